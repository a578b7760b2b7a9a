"""Whatever clerks do at the desk, in whatever order: nothing that was read is lost, and everything stays sound."""

from __future__ import annotations

import random

import pytest
from django.db import transaction

from sightline.kernel.errors import SightlineError
from sightline.partnership.models import User
from sightline.scrutiny import actions, desk_actions, desk_item_actions, desk_queries, desk_undoing
from sightline.scrutiny.desk_actions import Answers
from sightline.scrutiny.desk_sitting import ChangedMeanwhile, Sent
from sightline.scrutiny.domain.minutes import VERBS
from sightline.scrutiny.domain.passages import PassageKind, PassageState
from sightline.scrutiny.models import Commitment, DeskAct, Minute, Passage, Proposal, Recommendation
from sightline.scrutiny.recording import asks
from tests.scrutiny.conftest import Places, make_reading

ACTS = 60


class Clerk:
    """Somebody who does things at random, most of them sensible."""

    def __init__(self, minute: Minute, by: User, draw: random.Random) -> None:
        self.minute, self.by, self.draw = minute, by, draw
        self.sent = 0

    def act(self) -> str:
        """Do something; what was done, or why not."""
        doing = self.draw.choice(
            [self.accept, self.accept_certain, self.correct, self.correct, self.mark, self.mark, self.mark, self.split,
             self.merge, self.reject, self.take_back, self.take_back, self.publish, self.move,
             self.join_item, self.divide_item, self.correct_item]
        )  # fmt: skip
        try:
            with transaction.atomic():
                doing()
        except SightlineError as error:
            return type(error).__name__
        return doing.__name__

    def _sent(self) -> Sent:
        self.sent += 1
        # Now and then a page that is old.
        behind = self.draw.choice([0, 0, 0, 0, 1, 3])
        return Sent(max(0, desk_queries.version(self.minute) - behind), f"{self.by.pk} {self.sent}")

    def _passage(self) -> int:
        return self.draw.choice(list(Passage.objects.values_list("pk", flat=True)))

    def _answers(self) -> Answers:
        length = len(self.minute.text)
        start, end = sorted(self.draw.randint(-2, length + 2) for _ in range(2))
        if self.draw.random() < 0.7:
            end = min(end, start + 60)
        kind = self.draw.choice(list(PassageKind))
        return Answers(
            kind=kind,
            start=start,
            end=end,
            said_by=self.draw.choice(["", "The Chair", "x" * 301]),
            label=self.draw.choice(["", "2", *VERBS]),
            parent=self.draw.choice([None, self._passage()]),
        )

    def accept(self) -> None:
        desk_actions.accept(minute=self.minute, passage=self._passage(), by=self.by, sent=self._sent())

    def accept_certain(self) -> None:
        desk_actions.accept_certain(minute=self.minute, by=self.by, sent=self._sent())

    def correct(self) -> None:
        number = self._passage()
        answers = self._answers()
        if self.draw.random() < 0.5:
            one = Passage.objects.get(pk=number)
            answers = Answers(
                kind=answers.kind,
                start=one.start,
                end=one.end,
                label=answers.label,
                parent=one.parent_id or answers.parent,
            )
        desk_actions.correct(minute=self.minute, passage=number, answers=answers, by=self.by, sent=self._sent())

    def mark(self) -> None:
        desk_actions.mark(minute=self.minute, answers=self._answers(), by=self.by, sent=self._sent())

    def split(self) -> None:
        one = Passage.objects.get(pk=self._passage())
        at = self.draw.randint(one.start, one.end)
        desk_actions.split(minute=self.minute, passage=one.pk, second="", at=at, by=self.by, sent=self._sent())

    def merge(self) -> None:
        desk_actions.merge(minute=self.minute, passage=self._passage(), by=self.by, sent=self._sent())

    def reject(self) -> None:
        why = self.draw.choice(["not one", "", "y" * 501])
        desk_actions.reject(minute=self.minute, passage=self._passage(), why=why, by=self.by, sent=self._sent())

    def _item(self) -> int:
        return self.draw.choice(list(self.minute.items.values_list("pk", flat=True)))

    def move(self) -> None:
        one, item = self._passage(), self._item()
        desk_item_actions.move(minute=self.minute, passage=one, item=item, by=self.by, sent=self._sent())

    def join_item(self) -> None:
        desk_item_actions.join_item(minute=self.minute, item=self._item(), by=self.by, sent=self._sent())

    def divide_item(self) -> None:
        one = Passage.objects.get(pk=self._passage())
        desk_item_actions.divide_item(
            minute=self.minute, item=one.item_id, begins=one.pk, title="Half", by=self.by, sent=self._sent()
        )

    def correct_item(self) -> None:
        title = self.draw.choice(["Another", "", "t" * 501])
        desk_item_actions.correct_item(
            minute=self.minute, item=self._item(), title=title, presented_by="", by=self.by, sent=self._sent()
        )

    def take_back(self) -> None:
        last = desk_queries.version(self.minute)
        act = self.draw.randint(max(1, last - 3), last + 1)
        desk_undoing.take_back(minute=self.minute, act=act, by=self.by, sent=self._sent())

    def publish(self) -> None:
        if self.draw.random() < 0.3:
            actions.publish_minute(minute=self.minute, by=self.by)


def check(minute: Minute, proposals: list[dict[str, object]]) -> None:
    """What always holds of a minute at the desk."""
    assert list(Proposal.objects.order_by("pk").values()) == proposals
    text = minute.text
    passages = list(Passage.objects.select_related("item", "parent", "recommendation", "commitment"))
    by_number = {one.pk: one for one in passages}
    for one in passages:
        assert 0 <= one.start < one.end <= len(text)
        if one.kind != PassageKind.RESOLUTION:
            assert one.text == " ".join(text[one.start : one.end].split())
        state = PassageState(one.state)
        assert (state is PassageState.REJECTED) == bool(one.why)
        if state is PassageState.PROPOSED:
            assert one.published_at is None
        hangs_on = PassageKind(one.kind).hangs_on
        assert (one.parent is not None) == (hangs_on is not None)
        assert one.item.joined_into_id is None
        if one.is_live and one.parent is not None:
            assert one.item_id == one.parent.item_id
            assert one.parent.is_live
            assert one.parent.kind == hangs_on
        if state is PassageState.MERGED:
            assert one.merged_into_id in by_number
        # Records follow their passages, and none is ever gone.
        recommendation: Recommendation | None = getattr(one, "recommendation", None)
        commitment: Commitment | None = getattr(one, "commitment", None)
        asked = one.is_live and asks(one, minute)
        assert asked == (recommendation is not None and not recommendation.is_withdrawn)
        promised = one.is_live and one.kind == PassageKind.COMMITMENT
        assert promised == (commitment is not None and not commitment.is_withdrawn)
        if asked:
            assert recommendation is not None
            assert (recommendation.text, recommendation.referrals.count()) == (one.text, 3)
        if promised:
            assert commitment is not None
            assert (commitment.text, commitment.said_by) == (one.text, one.said_by)
        for record in (recommendation, commitment):
            if record is not None and record.publication == "public":
                assert one.published_at is not None
    for item in minute.items.all():
        assert 0 <= item.start < item.end
        assert item.title
    assert minute.items.order_by("pk").first().read_title
    progress = desk_queries.progress(minute)
    assert progress.total + progress.rejected == len(passages)
    assert progress.confirmed == sum(one.is_confirmed for one in passages)
    numbers = list(DeskAct.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_acts_keeps_a_minute_sound(places: Places, seed: int) -> None:
    draw = random.Random(seed)
    by = places.accounts["clerk"]
    minute = actions.record_minute(reading=make_reading(promised=0.6), body=places.panel, by=by).minute
    proposals: list[dict[str, object]] = list(Proposal.objects.order_by("pk").values())
    clerk = Clerk(minute, by, draw)
    done: dict[str, int] = {}
    for _ in range(ACTS):
        what = clerk.act()
        done[what] = done.get(what, 0) + 1
        check(minute, proposals)
    assert "CannotDo" in done
    assert len(set(done) - {"CannotDo", "ChangedMeanwhile"}) >= 8, done


def test_two_who_act_from_the_same_page_never_overwrite_each_other(places: Places) -> None:
    by = places.accounts["clerk"]
    minute = actions.record_minute(reading=make_reading(), body=places.panel, by=by).minute
    one = Passage.objects.get(kind="point")
    answers = Answers(kind=PassageKind.POINT, start=one.start, end=one.end - 1)
    desk_actions.correct(minute=minute, passage=one.pk, answers=answers, by=by, sent=Sent(0, "first"))
    with pytest.raises(ChangedMeanwhile) as told:
        desk_actions.reject(minute=minute, passage=one.pk, why="none", by=by, sent=Sent(0, "second"))
    assert [act.number for act in told.value.acts] == [1]
    one.refresh_from_db()
    assert one.state == "corrected"
