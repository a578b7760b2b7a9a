"""What a clerk fills in at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from sightline.scrutiny.desk_actions import LONGEST_LABEL, LONGEST_NAME, LONGEST_REASON, Answers
from sightline.scrutiny.desk_item_actions import LONGEST_PRESENTER, LONGEST_TITLE
from sightline.scrutiny.domain.finding import NotFound, find_end, find_span, find_start, first_words, last_words
from sightline.scrutiny.domain.passages import PassageKind
from sightline.scrutiny.models import MinuteItem, Passage

LONGEST_WORDS = 500
SHOWN_WORDS = 10


def hangable(passages: Iterable[Passage], *, but: Passage | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a response can answer and a part belong to, as grouped choices: the points and the resolutions."""
    groups: dict[str, list[tuple[str, str]]] = {"Points": [], "Resolutions": []}
    for passage in passages:
        if passage.is_live and (but is None or passage.pk != but.pk):
            words = f"{first_words(passage.text, SHOWN_WORDS)}…"
            if passage.kind == PassageKind.POINT:
                groups["Points"].append((str(passage.pk), words))
            elif passage.kind == PassageKind.RESOLUTION:
                groups["Resolutions"].append((str(passage.pk), f"{passage.label}: {words}"))
    return [(name, choices) for name, choices in groups.items() if choices]


class PassageForm(forms.Form):
    """What a passage is: its kind, its words, and who said it.

    The words are given by the first and the last few of them. ``start`` and ``end``, which a script or the desk fills
    in, say which of several places is meant; they count as long as the words still fit them.
    """

    kind = forms.ChoiceField(
        label="What is it?",
        error_messages={"required": "Select what it is"},
        choices=[(kind.value, kind.label) for kind in PassageKind],
    )
    first = forms.CharField(
        label="It begins with the words",
        max_length=LONGEST_WORDS,
        error_messages={"required": "Enter the first words of the passage"},
    )
    last = forms.CharField(
        label="It ends with the words",
        max_length=LONGEST_WORDS,
        required=False,
        help_text="Leave this empty if the words above are the whole passage.",
    )
    said_by = forms.CharField(
        label="Who said it, or is to do it",
        max_length=LONGEST_NAME,
        required=False,
        help_text="For a response or a commitment, in the minutes’ words.",
    )
    label = forms.CharField(
        label="Number, or a resolution’s verb",
        max_length=LONGEST_LABEL,
        required=False,
        help_text="As printed, such as 2 or (b); of a resolution RESOLVED, AGREED, NOTED or another such verb.",
    )
    parent = forms.ChoiceField(
        label="What it belongs to", required=False, help_text="A response’s point, or the resolution of a part."
    )
    start = forms.IntegerField(required=False, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        text: str,
        passages: Sequence[Passage],
        this: Passage | None = None,
        span: tuple[int, int] | None = None,
        **kwargs: Any,
    ) -> None:
        """text: of the minute. this: the passage to be corrected; without one, another is marked. span: the words that
        were selected, where they were."""
        self._text = text
        initial: dict[str, Any] = {}
        if this is not None:
            initial = {"kind": this.kind, "said_by": this.said_by, "label": this.label, "parent": this.parent_id or ""}
            span = span or (this.start, this.end)
        if span is not None:
            words = text[span[0] : span[1]]
            initial |= {
                "start": span[0],
                "end": span[1],
                "first": first_words(words),
                "last": last_words(words) if len(words.split()) > 6 else "",
            }
        kwargs.setdefault("initial", initial)
        kwargs.setdefault("auto_id", "desk_%s")
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ChoiceField)
        parent.choices = [("", "Nothing"), *hangable(passages, but=this)]

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        if "first" in chosen:
            try:
                chosen["span"] = self._span(chosen["first"], chosen.get("last", ""))
            except NotFound as error:
                self.add_error(error.where, str(error))
        return chosen

    def _span(self, first: str, last: str) -> tuple[int, int]:
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start is None or end is None or not 0 <= start < end <= len(self._text):
            return find_span(self._text, first, last)
        words = self._text[start:end]
        short = len(words.split()) <= 6
        same_first = _same(first, first_words(words))
        same_last = _same(last, "" if short else last_words(words))
        if same_first and same_last:
            return start, end
        if same_first and last.strip():
            return start, find_end(self._text, last, start)
        if same_last and not short:
            return find_start(self._text, first, end), end
        return find_span(self._text, first, last)

    def answers(self) -> Answers:
        """What was filled in, as the desk's actions take it. Call it on a valid form alone."""
        chosen = self.cleaned_data
        start, end = chosen["span"]
        return Answers(
            kind=PassageKind(chosen["kind"]),
            start=start,
            end=end,
            said_by=chosen["said_by"],
            label=chosen["label"],
            parent=int(chosen["parent"]) if chosen["parent"] else None,
        )


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


class SplitForm(forms.Form):
    """Where a passage is parted in two."""

    second = forms.CharField(
        label="The second part begins with the words",
        max_length=LONGEST_WORDS,
        error_messages={"required": "Enter the first words of the second part"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "desk_%s")
        super().__init__(*args, **kwargs)


class MoveForm(forms.Form):
    """The item to which a passage belongs."""

    item = forms.ChoiceField(label="The item it belongs to")

    def __init__(self, *args: Any, items: Iterable[MinuteItem], this: Passage, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "desk_%s")
        kwargs.setdefault("initial", {"item": this.item_id})
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(item.pk), item.title) for item in items]


class ItemForm(forms.Form):
    """What an item is called, and who presented it."""

    title = forms.CharField(
        label="Title", max_length=LONGEST_TITLE, error_messages={"required": "Enter what the item is called"}
    )
    presented_by = forms.CharField(
        label="Presented by",
        max_length=LONGEST_PRESENTER,
        required=False,
        help_text="In the minutes’ words. Leave this empty if they name nobody.",
    )

    def __init__(self, *args: Any, item: MinuteItem, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "desk_%s")
        kwargs.setdefault("initial", {"title": item.title, "presented_by": item.presented_by})
        super().__init__(*args, **kwargs)


class DivideForm(forms.Form):
    """Where an item is parted in two, and what the second one is called."""

    begins = forms.ChoiceField(
        label="The second item begins with", error_messages={"required": "Select where the second item begins"}
    )
    new_title = forms.CharField(
        label="Title of the second item",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Enter what the second item is called"},
    )
    new_presented_by = forms.CharField(label="Presented by", max_length=LONGEST_PRESENTER, required=False)

    def __init__(self, *args: Any, passages: Iterable[Passage], **kwargs: Any) -> None:
        """passages: those with which it can begin."""
        kwargs.setdefault("auto_id", "desk_%s")
        super().__init__(*args, **kwargs)
        field = self.fields["begins"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Select a passage"),
            *(
                (str(one.pk), f"{PassageKind(one.kind).label}: {first_words(one.text, SHOWN_WORDS)}…")
                for one in passages
            ),
        ]


class RejectForm(forms.Form):
    """Why a passage is not what it was read as."""

    why = forms.CharField(
        label="Why is it none?",
        max_length=LONGEST_REASON,
        help_text="Such as “it only says what was done”. The reason is kept with the passage.",
        error_messages={"required": "Enter the reason"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "desk_%s")
        super().__init__(*args, **kwargs)
