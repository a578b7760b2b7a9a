"""Gives the invented demonstration partnership its minutes and what came of them, by the same actions that people use.

`demonstration/index.toml` tells the story, a meeting at a time. What lies ahead on the day of loading is left out, and
comes with the first start after it has happened; days by which something is due may be told from the day of loading,
so that something is late, and something else soon due, whenever somebody looks.
"""

from __future__ import annotations

import datetime
import hashlib
import tomllib
import uuid
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils import timezone

from sightline.kernel.errors import SightlineError
from sightline.partnership import notices
from sightline.partnership import queries as partnership
from sightline.partnership.models import User
from sightline.partnership.records import dated
from sightline.scrutiny import (
    actions,
    commitment_actions,
    desk_actions,
    desk_queries,
    escalating,
    link_actions,
    recommendation_actions,
    referral_actions,
    referral_queries,
    referral_updates,
)
from sightline.scrutiny.desk_sitting import Sent
from sightline.scrutiny.domain.escalation import SCHEDULE
from sightline.scrutiny.domain.matching import Step
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Commitment, Minute, Recommendation
from sightline.scrutiny.reading import read_minutes_file
from sightline.scrutiny.update_actions import Shown

Facts = dict[str, Any]
FOLDER = resources.files("sightline.scrutiny.demonstration")


class OnlyInvented(SightlineError):
    """Invented minutes were to be loaded into a partnership that is not invented."""


def load(say: Callable[[str], None], *, until: datetime.date | None = None) -> None:
    """Record and publish the demonstration's minutes, and do what was done about them. What is there already stays as
    it is. No letter is sent of what is long past.

    until: the last meeting's day, for whoever needs no more of the story; today where it is None.

    Raises:
        OnlyInvented: the partnership is a real one.
    """
    here = partnership.the_partnership()
    if here is None or not here.is_invented:
        raise OnlyInvented("Invented minutes belong to an invented partnership: this one is real, so none were loaded.")
    for entry in _so_far(until):
        # One meeting at a time, each with all that came of it: a start that is broken off goes on with the next.
        with transaction.atomic(), notices.unsent(), dated(_noon(_day_of(entry))):
            minute = _load_one(entry)
        if minute is not None:
            say(f"Recorded {minute}")


def _day_of(entry: Facts) -> datetime.date:
    return datetime.date.fromisoformat(entry["file"][:10])


def _noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def _so_far(until: datetime.date | None = None) -> Iterator[Facts]:
    """The meetings up to a day, or to today; the name of each file begins with its day."""
    index = tomllib.loads(FOLDER.joinpath("index.toml").read_text(encoding="utf-8"))
    last = min(until or datetime.date.max, timezone.localdate()).isoformat()
    return (entry for entry in index["minutes"] if entry["file"][:10] <= last)


def _load_one(entry: Facts) -> Minute | None:
    """Record a meeting's minutes with what came of them; None where they were recorded before."""
    by = partnership.user_called(entry["clerk"])
    reading = read_minutes_file(name=entry["file"], content=FOLDER.joinpath(entry["file"]).read_bytes())
    recorded = actions.record_minute(reading=reading, body=partnership.body_called(entry["body"]), by=by)
    if not recorded.new:
        return None
    minute = recorded.minute
    for words in entry.get("accept", []):
        _accept(minute, words, by)
    if entry.get("settle"):
        _settle(minute, by=by, portfolio_holder=entry.get("portfolio_holder", ""))
    if entry["publish"]:
        actions.publish_minute(minute=minute, by=by)
    for asked in entry.get("recommendations", []):
        recommendation = Recommendation.objects.get(passage__item__minute=minute, text__contains=asked["words"])
        if "purpose" in asked:
            recommendation_actions.say_purpose(recommendation=recommendation, purpose=asked["purpose"], by=by)
    for over in entry.get("over", []):
        _end(minute, over, by)
    for told in entry.get("in_session", []):
        _decide_in_session(minute, told)
    for told in entry.get("updates", []):
        _update(minute, told)
    for promised in entry.get("commitments", []):
        commitment = Commitment.objects.get(passage__item__minute=minute, text__contains=promised["words"])
        for number, step in enumerate(promised["steps"]):
            if not _has_happened(step):
                continue
            with dated(_noon(step.get("on", _day_of(entry)))):
                _step(commitment, step, by=by, submission=_number(entry["file"], promised["words"], number))
    return minute


def _accept(minute: Minute, words: str, by: User) -> None:
    """What a clerk confirms at the desk that was read from weaker signs."""
    for passage in desk_queries.passages_of(minute):
        if words in passage.text and not passage.is_confirmed:
            sent = Sent(desk_queries.version(minute), f"demonstration {passage.pk}")
            desk_actions.accept(minute=minute, passage=passage.pk, by=by, sent=sent)


def _settle(minute: Minute, *, by: User, portfolio_holder: str) -> None:
    """Confirm every recommendation that the minutes are proposed to deal with, and put on record what came of it."""
    for link in referral_queries.links_of(minute):
        link_actions.confirm_link(link=link, by=by)
        what: Facts = {
            "referral": link.referral,
            "body": minute.meeting.body,
            "passage": link.passage,
            "by": by,
        }
        on, words = minute.meeting.held_on, link.passage.text.rstrip(" ;,")
        if link.step == Step.CONSIDERATION:
            outcome = ConsiderationOutcome(link.outcome)
            referral_actions.consider_referral(outcome=outcome, considered_on=on, **what)
        else:
            decided = DecisionOutcome(link.outcome)
            referral_actions.decide_referral(
                outcome=decided,
                decided_on=on,
                reason=words if decided.needs_reason else "",
                portfolio_holder=partnership.person_called(portfolio_holder) if portfolio_holder else None,
                **what,
            )


def _asked(where: Facts, minute: Minute) -> Recommendation:
    """The recommendation of earlier minutes (``file``), or of these, in which some words stand."""
    name = where.get("file", minute.attachment.name)
    return Recommendation.objects.get(passage__item__minute__attachment__name=name, text__contains=where["words"])


def _end(minute: Minute, over: Facts, by: User) -> None:
    """Withdraw what is no longer asked for, or say what takes its place since this meeting."""
    facts: Facts = {"recommendation": _asked(over, minute), "reason": over["reason"], "by": by}
    on = minute.meeting.held_on
    if "instead" in over:
        instead = _asked({"words": over["instead"]}, minute)
        recommendation_actions.supersede_recommendation(superseded_by=instead, superseded_on=on, **facts)
    else:
        recommendation_actions.withdraw_recommendation(withdrawn_on=on, **facts)


def _decide_in_session(minute: Minute, told: Facts) -> None:
    """What a council decided without the public, which may know no more than that."""
    asked, body = _asked(told, minute), partnership.body_called(told["body"])
    with dated(_noon(told["on"])):
        referral_actions.decide_referral(
            referral=asked.referrals.select_related("council", "recommendation").get(council=body.council),
            body=body,
            outcome=DecisionOutcome(told["outcome"]),
            decided_on=told["on"],
            by=partnership.user_called(told["clerk"]),
            reason=told["reason"],
            exempt_paragraph=told["exempt_paragraph"],
            fact_public=True,
        )


def _update(minute: Minute, told: Facts) -> None:
    """What a council told of a recommendation that it had accepted."""
    if not _has_happened(told):
        return
    asked = _asked(told, minute)
    with dated(_noon(told["on"])):
        referral_updates.tell_of_referral(
            referral=asked.referrals.select_related("council", "recommendation").get(council__slug=told["council"]),
            by=partnership.user_called(told["clerk"]),
            told_by=partnership.person_called(told["told_by"]) if "told_by" in told else None,
            on=told["on"],
            text=told["text"],
            claims=told["claims"],
            evidence=_shown(told),
            submission=_number(asked.reference, told["council"], told["on"].toordinal()),
            publish=True,
        )


def _step(commitment: Commitment, step: Facts, *, by: User, submission: uuid.UUID) -> None:
    """One thing that was done about a commitment."""
    commitment.refresh_from_db()
    match step["do"]:
        case "assign":
            due_on = step.get("due_on")
            if "due_in_days" in step:
                due_on = timezone.localdate() + datetime.timedelta(days=step["due_in_days"])
            titles = {title.title: title for title in partnership.role_titles()}
            commitment_actions.assign(
                commitment=commitment,
                by=by,
                owner_title=commitment.owner_title,
                owner=partnership.person_called(step["owner"]) if "owner" in step else None,
                portfolio_title=titles[step["portfolio"]] if "portfolio" in step else None,
                due_on=max(due_on, commitment.made_on) if due_on else None,
            )
        case "tell":
            update = commitment_actions.tell(
                commitment=commitment,
                by=by,
                told_by=commitment.owner,
                on=step["on"],
                text=step["text"],
                claims=step["claims"],
                evidence=_shown(step),
                submission=submission,
            )
            if step.get("publish"):
                commitment_actions.publish(update=update, by=by)
        case "accept" | "return":
            commitment_actions.decide(
                commitment=commitment,
                by=by,
                accept=step["do"] == "accept",
                reason=step.get("reason", ""),
                publish=True,
                on=step["on"],
            )
        case "withdraw":
            commitment_actions.withdraw(commitment=commitment, by=by, reason=step["reason"])
        case "escalate":
            _escalate(commitment, step.get("until", timezone.localdate()))
        case other:
            raise ValueError(f"demonstration/index.toml: nobody can do “{other}” with a commitment.")


def _escalate(commitment: Commitment, until: datetime.date) -> None:
    """Take the steps of the schedule on the days on which they were due, up to a day."""
    if commitment.due_on is None:
        return
    for line in SCHEDULE:
        day = commitment.due_on + datetime.timedelta(days=line.days)
        if commitment.made_on < day <= min(until, timezone.localdate()):
            with dated(_noon(day)):
                escalating.take_step(commitment.pk, day)


def _has_happened(step: Facts) -> bool:
    return "on" not in step or step["on"] <= timezone.localdate()


def _shown(step: Facts) -> list[Shown]:
    return [
        Shown(
            title=one["title"],
            address=one.get("address", ""),
            name=one.get("name", ""),
            content=one["content"].encode() if "content" in one else None,
        )
        for one in step.get("evidence", [])
    ]


def _number(*about: object) -> uuid.UUID:
    """The same number for the same act, so that it is done once."""
    return uuid.uuid5(uuid.NAMESPACE_URL, " ".join(["sightline demonstration", *map(str, about)]))


def digest() -> str:
    """SHA-256 of the minutes that `load` gives by today, so that a start need not read them again when they are the
    same."""
    seen = hashlib.sha256()
    for file in sorted(FOLDER.iterdir(), key=lambda file: file.name):
        if file.is_file():
            content = file.read_bytes()
            seen.update(f"{file.name} {len(content)}\n".encode() + content)
    seen.update(" ".join(entry["file"] for entry in _so_far()).encode())
    return seen.hexdigest()
