"""Gives the invented demonstration partnership its minutes, through the same actions that a clerk uses."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from importlib import resources
from typing import Any

from sightline.kernel.errors import SightlineError
from sightline.partnership import queries as partnership
from sightline.partnership.models import User
from sightline.scrutiny import actions, link_actions, recommendation_actions, referral_actions, referral_queries
from sightline.scrutiny.domain.matching import Step
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome
from sightline.scrutiny.models import Minute, Recommendation
from sightline.scrutiny.reading import read_minutes_file


class OnlyInvented(SightlineError):
    """Invented minutes were to be loaded into a partnership that is not invented."""


def load(say: Callable[[str], None]) -> None:
    """Record and publish the demonstration's minutes. What is there already stays as it is.

    Raises:
        OnlyInvented: the partnership is a real one.
    """
    here = partnership.the_partnership()
    if here is None or not here.is_invented:
        raise OnlyInvented("Invented minutes belong to an invented partnership: this one is real, so none were loaded.")
    folder = resources.files("sightline.scrutiny.demonstration")
    index = tomllib.loads(folder.joinpath("index.toml").read_text(encoding="utf-8"))
    for entry in index["minutes"]:
        by = partnership.user_called(entry["clerk"])
        reading = read_minutes_file(name=entry["file"], content=folder.joinpath(entry["file"]).read_bytes())
        recorded = actions.record_minute(reading=reading, body=partnership.body_called(entry["body"]), by=by)
        if recorded.new and entry.get("settle"):
            _settle(recorded.minute, by=by, portfolio_holder=entry.get("portfolio_holder", ""))
        if entry["publish"]:
            actions.publish_minute(minute=recorded.minute, by=by)
        if recorded.new:
            say(f"Recorded {recorded.minute}")
    for entry in index["purposes"]:
        recommendation = Recommendation.objects.get(reference=entry["reference"])
        if not recommendation.purpose:
            recommendation_actions.say_purpose(
                recommendation=recommendation, purpose=entry["purpose"], by=partnership.user_called(entry["clerk"])
            )


def _settle(minute: Minute, *, by: User, portfolio_holder: str) -> None:
    """Confirm every recommendation that the minutes are proposed to deal with, and put on record what came of it."""
    for link in referral_queries.links_of(minute):
        link_actions.confirm_link(link=link, by=by)
        what: dict[str, Any] = {
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


def digest() -> str:
    """SHA-256 of the minutes that `load` gives, so that a start need not read them again when they are the same."""
    seen = hashlib.sha256()
    for file in sorted(resources.files("sightline.scrutiny.demonstration").iterdir(), key=lambda file: file.name):
        if file.is_file():
            content = file.read_bytes()
            seen.update(f"{file.name} {len(content)}\n".encode() + content)
    return seen.hexdigest()
