"""What an administrator chooses on the pages about rights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sightline.partnership.domain.rights import RIGHTS
from sightline.partnership.models import Council, Person

PARTNERSHIP = "partnership"


def _choices(places: Sequence[Council | None]) -> list[tuple[str, str]]:
    return [(_value(place), place.name if place else "The partnership") for place in places]


def _value(place: Council | None) -> str:
    return place.slug if place else PARTNERSHIP


class PlaceForm(forms.Form):
    """Chooses the council, or the partnership, whose rights are shown. What it does not know it ignores."""

    place = forms.ChoiceField(required=False, label="Whose records")

    def __init__(self, *args: Any, places: Sequence[Council | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._places = {_value(place): place for place in places}
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _choices(places)

    def chosen(self) -> Council | None:
        """The council that was chosen, or else the first there is; None is the partnership."""
        self.is_valid()
        first = next(iter(self._places.values()))
        return self._places.get(self.cleaned_data.get("place", ""), first)


class WhyNotForm(forms.Form):
    """Who, what and whose records."""

    person = forms.ChoiceField(label="Who", error_messages={"required": "Select a person"})
    action = forms.ChoiceField(label="May not …", error_messages={"required": "Select what they cannot do"})
    place = forms.ChoiceField(label="Whose records", error_messages={"required": "Select whose records"})

    def __init__(self, *args: Any, people: Sequence[Person], places: Sequence[Council | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(person.user): person for person in people}
        self._places = {_value(place): place for place in places}
        for name, choices in (
            ("person", [("", "Select a person"), *((user, f"{who} ({user})") for user, who in self._people.items())]),
            ("action", [("", "Select an action"), *((right.action, right.says) for right in RIGHTS)]),
            ("place", _choices(places)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def person_chosen(self) -> Person:
        """Who was chosen; only of a valid form."""
        return self._people[self.cleaned_data["person"]]

    def place_chosen(self) -> Council | None:
        """Whose records; only of a valid form."""
        return self._places[self.cleaned_data["place"]]
