"""What people type into scrutiny's pages."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from sightline.govuk.forms import DateField, offer
from sightline.partnership import access
from sightline.partnership import queries as partnership
from sightline.partnership.access import Account
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.models import Body
from sightline.scrutiny.domain.referrals import ReferralState
from sightline.scrutiny.models import MinuteUpload
from sightline.scrutiny.queries import RecommendationFilter

MEGABYTE = 1024 * 1024


class RecommendationFilterForm(forms.Form):
    """Narrows a list of recommendations. What it does not know it ignores: a link from elsewhere must still open."""

    council = forms.ChoiceField(required=False, label="Council")
    state = forms.ChoiceField(required=False, label="Where it stands")
    body = forms.ChoiceField(required=False, label="Asked by")
    only = forms.ChoiceField(
        required=False,
        label="Only those that are",
        choices=[("", "Whatever they are"), ("late", "Late"), ("divergent", "Divergent")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        self._bodies = {body.slug: body for body in partnership.bodies() if BodyKind(body.kind).scrutinises}
        offer(self, "council", "Any council", {slug: council.name for slug, council in self._councils.items()})
        offer(self, "state", "Anywhere", {state.value: state.label for state in ReferralState})
        offer(self, "body", "Any body", {slug: str(body) for slug, body in self._bodies.items()})

    def narrowed(self) -> RecommendationFilter:
        """What was chosen, as the query takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        return RecommendationFilter(
            council=self._councils.get(chosen.get("council", "")),
            body=self._bodies.get(chosen.get("body", "")),
            state=ReferralState(chosen["state"]) if chosen.get("state") else None,
            late=chosen.get("only") == "late",
            divergent=chosen.get("only") == "divergent",
        )


class MeetingFilterForm(forms.Form):
    """Narrows a list of meetings to one body's."""

    body = forms.ChoiceField(required=False, label="Body")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {body.slug: body for body in partnership.bodies()}
        offer(self, "body", "Any body", {slug: str(body) for slug, body in self._bodies.items()})

    def chosen(self) -> Body | None:
        """The body that was chosen; None for any."""
        self.is_valid()
        return self._bodies.get(self.cleaned_data.get("body", ""))


class UploadForm(forms.Form):
    """Which body's minutes, and the file."""

    body = forms.ChoiceField(
        label="Which body met?", error_messages={"required": "Select the body whose minutes these are"}
    )
    file = forms.FileField(
        label="Upload the minutes",
        help_text="A text, Markdown, HTML, Word (docx) or PDF file.",
        error_messages={
            "required": "Select a file of minutes",
            "empty": "The selected file is empty. Check that the whole file was saved, then select it again",
        },
    )

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bodies = {body.slug: body for body in bodies}
        offer(self, "body", "Select a body", {slug: str(body) for slug, body in self._bodies.items()})

    def clean_body(self) -> Body:
        return self._bodies[self.cleaned_data["body"]]

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(
                f"The selected file must be smaller than {settings.UPLOAD_LIMIT_BYTES // MEGABYTE} MB;"
                f" it is {(file.size or 0) // MEGABYTE} MB"
            )
        return file


class RecordForm(forms.Form):
    """The day of the meeting, filled in with what the minutes say; and whose record it is."""

    held_on = DateField(
        label="Date of the meeting",
        error_messages={
            "required": "Enter the date of the meeting",
            "invalid": "The date of the meeting must be a real date",
        },
    )

    on_behalf_of = forms.ChoiceField(
        required=False,
        label="On whose behalf do you record them?",
        help_text="If you do this for a colleague, both names are kept.",
    )

    def __init__(self, *args: Any, upload: MinuteUpload, by: Account, **kwargs: Any) -> None:
        self.said_date = _date((upload.reading or {}).get("date"))
        kwargs.setdefault("initial", {"held_on": self.said_date})
        super().__init__(*args, **kwargs)
        council = upload.body.council
        others = (
            partnership.people_who_may("scrutiny.record_minute", council=council)
            if access.may(by, access.ACT_FOR_OTHERS, council=council)
            else []
        )
        self._others = {str(person.pk): person for person in others if person != getattr(by, "person", None)}
        if self._others:
            offer(self, "on_behalf_of", "My own", {key: person.name for key, person in self._others.items()})
        else:
            del self.fields["on_behalf_of"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned["on_behalf_of"] = self._others.get(cleaned.get("on_behalf_of", ""))
        return cleaned

    def clean_held_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("The date of the meeting must be today or in the past")
        return day


def _date(said: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(said) if said else None
