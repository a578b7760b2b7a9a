"""What people type about commitments."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from sightline.govuk.forms import DateField, offer
from sightline.partnership import queries as partnership
from sightline.partnership.models import Person, RoleTitle
from sightline.scrutiny.commitment_queries import CommitmentFilter
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.models import Commitment, Update
from sightline.scrutiny.update_actions import LONGEST_TEXT, Shown

NOBODY = "nobody"


class CommitmentFilterForm(forms.Form):
    """Narrows a list of commitments. What it does not know it ignores: a link from elsewhere must still open."""

    council = forms.ChoiceField(required=False, label="Council")
    state = forms.ChoiceField(required=False, label="Where it stands")
    owner = forms.ChoiceField(required=False, label="Whose it is to do")
    late = forms.BooleanField(required=False, label="Only what is late")

    def __init__(self, *args: Any, owners: Sequence[RoleTitle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._councils = {council.slug: council for council in partnership.councils()}
        self._owners = {str(title.pk): title for title in owners}
        offer(self, "council", "Any council", {slug: council.name for slug, council in self._councils.items()})
        offer(self, "state", "Anywhere", {state.value: state.label for state in CommitmentState})
        names = {key: title.title for key, title in self._owners.items()}
        offer(self, "owner", "Anybody’s", {NOBODY: "Nobody’s yet", **names})

    def narrowed(self) -> CommitmentFilter:
        """What was chosen, as the query takes it."""
        self.is_valid()
        chosen = self.cleaned_data
        return CommitmentFilter(
            council=self._councils.get(chosen.get("council", "")),
            state=CommitmentState(chosen["state"]) if chosen.get("state") else None,
            owner_title=self._owners.get(chosen.get("owner", "")),
            nobodys=chosen.get("owner") == NOBODY,
            late=bool(chosen.get("late")),
        )


class AssignForm(forms.Form):
    """Who is to do it, and by when; filled in with what is known, and with what the words suggest."""

    owner_title = forms.ChoiceField(
        required=False, label="Which post is to do it?", help_text="Everybody can see the post."
    )
    owner = forms.ChoiceField(
        required=False,
        label="Who holds it?",
        help_text="They are told by e-mail, with a link to answer by. Only those who log in see the name.",
    )
    portfolio_title = forms.ChoiceField(
        required=False,
        label="Which portfolio holder is told when it is late?",
        help_text="Without one, every portfolio holder of the council is told.",
    )
    due_on = DateField(required=False, label="By when is it due?")

    def __init__(
        self,
        *args: Any,
        commitment: Commitment,
        people: Sequence[tuple[Person, str]],
        suggested_on: datetime.date | None,
        **kwargs: Any,
    ) -> None:
        titles = partnership.role_titles()
        self._titles = {str(title.pk): title for title in titles}
        self._people = {str(person.pk): person for person, _ in people}
        kwargs.setdefault(
            "initial",
            {
                "owner_title": str(commitment.owner_title_id or ""),
                "owner": str(commitment.owner_id or self._only_holder(commitment, people) or ""),
                "portfolio_title": str(commitment.portfolio_title_id or ""),
                "due_on": commitment.due_on or suggested_on,
            },
        )
        super().__init__(*args, **kwargs)
        names = {key: title.title for key, title in self._titles.items()}
        offer(self, "owner_title", "Not known yet", names)
        offer(self, "portfolio_title", "Every portfolio holder of the council", names)
        offer(self, "owner", "Nobody yet", {str(person.pk): says for person, says in people})
        if commitment.said_by:
            said = f"The minutes say: “{commitment.said_by}”. Everybody can see the post."
            self.fields["owner_title"].help_text = said

    @staticmethod
    def _only_holder(commitment: Commitment, people: Sequence[tuple[Person, str]]) -> int | None:
        """The one person who holds the post that the minutes name."""
        if commitment.owner_title is None:
            return None
        holding = [person.pk for person, says in people if commitment.owner_title.title in says.split(", ", 1)[-1]]
        return holding[0] if len(holding) == 1 else None

    def clean_owner_title(self) -> RoleTitle | None:
        return self._titles.get(self.cleaned_data["owner_title"])

    def clean_owner(self) -> Person | None:
        return self._people.get(self.cleaned_data["owner"])

    def clean_portfolio_title(self) -> RoleTitle | None:
        return self._titles.get(self.cleaned_data["portfolio_title"])


class UpdateForm(forms.Form):
    """What was done, and what shows it."""

    claims = forms.ChoiceField(
        label="Where is it?",
        widget=forms.RadioSelect,
        choices=Update.Claims.choices,
        error_messages={"required": "Say whether it is done"},
    )
    text = forms.CharField(
        label="What was done, or what is in the way?",
        help_text="In plain words. Everybody may read it once a clerk has published it, so name nobody without need.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": "Say in a few words what was done",
            "max_length": f"The text must have at most {LONGEST_TEXT:,} characters",
        },
    )
    link = forms.CharField(
        required=False,
        max_length=2000,
        label="The address of something that shows it",
        help_text="A page such as https://www.example.org/report, or the address of a record here.",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    link_title = forms.CharField(required=False, max_length=300, label="What stands there, in a few words")
    file = forms.FileField(
        required=False,
        label="A document that shows it",
        error_messages={
            "empty": "The selected file is empty. Check that the whole file was saved, then select it again"
        },
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"submission": uuid.uuid4()})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "submission" in self.errors:
            # Nobody types it, so there is no field to mend.
            self.add_error(None, "This form was not sent from its page. Open the page again and fill it in there")
        return given

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(
                f"The selected file must be smaller than {settings.UPLOAD_LIMIT_BYTES // 1024 // 1024} MB"
            )
        return file

    def evidence(self) -> list[Shown]:
        """The pieces of evidence that were given; after the form was found valid."""
        given = self.cleaned_data
        shown = []
        if given.get("link"):
            shown.append(Shown(title=given.get("link_title", ""), address=given["link"]))
        if given.get("file"):
            shown.append(Shown(name=given["file"].name or "", content=given["file"].read()))
        return shown

    def refuse(self, field: str, message: str) -> None:
        """Say what an action found wrong, at the field to mend."""
        self.add_error(field if field in self.fields else "link", message)


class ReferralUpdateForm(UpdateForm):
    """What a council has done about a recommendation that it accepted."""

    publish = forms.BooleanField(required=False, label="Let everybody read it at once, with its evidence")

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"]


class DecideForm(forms.Form):
    """The word of the body that asked."""

    decision = forms.ChoiceField(
        label="What does the body that asked say?",
        widget=forms.RadioSelect,
        choices=[("accept", "Accept it as done"), ("return", "Return it: more is needed")],
        error_messages={"required": "Say whether it is accepted or returned"},
    )
    reason = forms.CharField(
        required=False,
        label="Why",
        help_text="Needed when it is returned. Its owner reads it, and so does everybody who follows the commitment.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    publish = forms.BooleanField(required=False, label="Let everybody read the claim and its evidence")

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["publish"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("decision") == "return" and "reason" in given and not given["reason"].strip():
            self.add_error("reason", "Say what more is needed")
        return given


class ReasonForm(forms.Form):
    """Why something is withdrawn, or opened again."""

    reason = forms.CharField(
        label="Why",
        help_text="It stays on the commitment’s page.",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Give the reason"},
    )


class NewLinkForm(forms.Form):
    """Asks for a new link to answer by."""

    reference = forms.CharField(max_length=20, label="The commitment’s reference", help_text="Such as C2024-003.")
    email = forms.EmailField(label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
