"""What the desk's page sends and shows of items: each act one form, as those about passages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

from sightline.partnership.models import User
from sightline.scrutiny import desk_item_actions
from sightline.scrutiny.desk_forms import DivideForm, ItemForm, MoveForm
from sightline.scrutiny.desk_item_actions import can_begin, item_before
from sightline.scrutiny.desk_sitting import Done, Sent
from sightline.scrutiny.models import Minute, MinuteItem, Passage

Doing = tuple[forms.Form | None, Callable[[Sent], Done] | None]


class ItemsAtDesk:
    """The part of a request at the desk that is about items."""

    request: HttpRequest
    minute: Minute
    passages: list[Passage]
    items: list[MinuteItem]
    asked: QueryDict
    open: Passage | None
    open_item: MinuteItem | None

    @property
    def _by(self) -> User:
        assert isinstance(self.request.user, User)
        return self.request.user

    def item_asked(self, number: int | None) -> MinuteItem | None:
        return next((one for one in self.items if one.pk == number), None)

    def this_item(self) -> MinuteItem:
        if self.open_item is None:
            raise BadRequest("The desk was asked about no item, or about one of other minutes.")
        return self.open_item

    def correct_item(self) -> Doing:
        this = self.this_item()
        form = ItemForm(self.request.POST, item=this)
        if not form.is_valid():
            return form, None
        return form, lambda sent: desk_item_actions.correct_item(
            minute=self.minute, item=this.pk, **form.cleaned_data, by=self._by, sent=sent
        )

    def join_item(self) -> Doing:
        this = self.this_item()
        return None, lambda sent: desk_item_actions.join_item(minute=self.minute, item=this.pk, by=self._by, sent=sent)

    def divide_item(self) -> Doing:
        this = self.this_item()
        form = DivideForm(self.request.POST, passages=self._can_begin(this))
        if not form.is_valid():
            return form, None
        typed = form.cleaned_data
        return form, lambda sent: desk_item_actions.divide_item(
            minute=self.minute,
            item=this.pk,
            begins=int(typed["begins"]),
            title=typed["new_title"],
            presented_by=typed["new_presented_by"],
            by=self._by,
            sent=sent,
        )

    def move(self) -> Doing:
        this = self.open
        if this is None:
            raise BadRequest("The desk was asked about no passage, or about one of other minutes.")
        form = MoveForm(self.request.POST, items=self.items, this=this)
        if not form.is_valid():
            return form, None
        return form, lambda sent: desk_item_actions.move(
            minute=self.minute, passage=this.pk, item=int(form.cleaned_data["item"]), by=self._by, sent=sent
        )

    def _can_begin(self, item: MinuteItem) -> list[Passage]:
        return can_begin([one for one in self.passages if one.item_id == item.pk])

    def item_context(self, verb: str, form: forms.Form | None) -> dict[str, Any]:
        """What the page shows of the item, or of the passage's item, that is being changed."""
        if self.open_item is not None:
            this = self.open_item
            passages = self._can_begin(this)
            before = item_before(self.items, this)
            return {
                "this_item": this,
                "item_form": form if verb == "correct-item" else ItemForm(item=this),
                "divide_form": (form if verb == "divide-item" else DivideForm(passages=passages)) if passages else None,
                "join_to": before.title if before else "",
            }
        if self.open is not None and self.open.is_live and self.open.parent_id is None and len(self.items) > 1:
            return {"move_form": form if verb == "move" else MoveForm(items=self.items, this=self.open)}
        return {}

    def goes_on_at(self, verb: str, done: Done) -> str:
        """The heading to go on at after an act about items; empty after one about passages."""
        if done.act is None or not verb.endswith("-item"):
            return f"i{self.open_item.pk}" if self.open_item is not None else ""
        numbers = done.act.items
        others = [number for number in numbers if self.open_item is None or number != self.open_item.pk]
        if verb == "join-item":
            before = item_before(self.items, self.this_item())
            return f"i{before.pk}" if before else ""
        return f"i{others[0]}" if verb == "divide-item" and others else f"i{self.this_item().pk}"
