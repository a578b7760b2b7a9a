"""What an administrator fills in about people."""

from __future__ import annotations

from typing import Any

from django import forms

from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Council, RoleTitle, User

AT_ONCE, TODAY = "at-once", "today"


class GroupRoleForm(forms.Form):
    """A line of the table by which groups give roles."""

    council = forms.ModelChoiceField(
        Council.objects.none(), label="Council", empty_label="Choose", error_messages={"required": "Select a council"}
    )
    group = forms.CharField(
        label="Group",
        max_length=200,
        help_text="As the council's sign-on writes it: a name, or the long number that some providers send instead.",
        error_messages={"required": "Enter the group"},
    )
    kind = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose"), *((kind.value, kind.label) for kind in RoleKind)],
        error_messages={"required": "Select a role"},
    )
    title = forms.ModelChoiceField(
        RoleTitle.objects.none(), label="Post (optional)", required=False, empty_label="None"
    )

    def __init__(self, *args: Any, councils: list[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("council", Council.objects.filter(pk__in=[council.pk for council in councils]).order_by("name"))
        self._choose("title", RoleTitle.objects.all())

    def _choose(self, name: str, records: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = records


def _name_of(obj: User) -> str:
    return obj.get_full_name()


class LeavingForm(forms.Form):
    """When somebody's roles end, and who takes over what waits for them."""

    when = forms.ChoiceField(
        label="When do the roles end?",
        choices=[
            (TODAY, "At the end of today"),
            (AT_ONCE, "Now. The account is closed and signed out everywhere, unless another council's role remains"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select when the roles end"},
    )
    take_over = forms.ModelChoiceField(
        User.objects.none(), label="Who takes over what waits for them?", required=False, empty_label="Choose"
    )

    def __init__(self, *args: Any, takers: list[User], must_hand_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not must_hand_over:
            del self.fields["take_over"]
            return
        field = self.fields["take_over"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[user.pk for user in takers]).order_by("person__name")
        field.label_from_instance = _name_of  # type: ignore[method-assign]
        field.required = bool(takers)
        field.error_messages["required"] = "Select who takes over"
        if not takers:
            field.help_text = "Nobody else holds the roles for all of it. It stays where it is until somebody does."
