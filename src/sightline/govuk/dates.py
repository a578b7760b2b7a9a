"""A date as the Design System asks for it: day, month and year in three inputs."""

from __future__ import annotations

import calendar
import datetime
from typing import Any

from django import forms

PARTS = ("day", "month", "year")
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
}

_HOW = {
    "day": "in numbers, for example 6",
    "month": "in numbers, for example 3",
    "year": "in full, for example 2023",
}


class DateWidget(forms.MultiWidget):
    """Three inputs, named after their part."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: datetime.date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [None, None, None]


def _number(part: str, written: str) -> int:
    """What somebody wrote for a part; months by name too.

    Raises:
        ValueError: it is no number that can be meant.
    """
    if part == "month" and (month := _MONTHS.get(written.casefold().rstrip("."))):
        return month
    if not (written.isascii() and written.isdigit()) or (part == "year" and len(written) != 4):
        raise ValueError(written)
    return int(written)


def _listed(words: list[str]) -> str:
    return " and ".join(words)


class DateField(forms.MultiValueField):
    """A date in three parts, whose errors say which part is wrong."""

    widget = DateWidget

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("require_all_fields", False)
        super().__init__(fields=[forms.CharField(required=False) for _ in PARTS], **kwargs)

    def compress(self, data_list: list[int]) -> datetime.date:
        """The date of three numbers in the order of the parts; ValueError for a day that no calendar has."""
        day, month, year = data_list
        return datetime.date(year, month, day)

    def clean(self, value: Any) -> datetime.date | None:
        """The date of three written parts; None when all are empty and none is needed.

        Raises:
            ValidationError: with ``params["parts"]``, the parts that are wrong.
        """
        written = {part: str(text or "").strip() for part, text in zip(PARTS, value or ("", "", ""), strict=True)}
        # A question is no name: "When was it counted? must be a real date" is no sentence.
        named = bool(self.label) and not str(self.label).endswith("?")
        what = str(self.label) if named else "The date"
        missing = [part for part in PARTS if not written[part]]
        if len(missing) == len(PARTS):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required", params={"parts": PARTS})
            return None
        if missing:
            raise forms.ValidationError(
                f"{what} must include a {_listed(missing)}", code="incomplete", params={"parts": tuple(missing)}
            )
        numbers: dict[str, int] = {}
        for part in PARTS:
            try:
                numbers[part] = _number(part, written[part])
            except ValueError:
                raise forms.ValidationError(
                    f"{what}: write the {part} {_HOW[part]}", code="invalid", params={"parts": (part,)}
                ) from None
        try:
            date = self.compress([numbers[part] for part in PARTS])
        except ValueError:
            raise forms.ValidationError(
                f"{what} must be a real date", code="invalid", params={"parts": PARTS}
            ) from None
        self.run_validators(date)
        return date
