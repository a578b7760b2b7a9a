"""The partnership and its people as plain values, for the command line to print as words or as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from sightline.partnership import queries
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.models import Body, Council, Partnership, Person, Role, RoleTitle


def facts_of(partnership: Partnership) -> dict[str, Any]:
    """Everything that a partnership file states, as the database holds it."""
    return {
        "slug": partnership.slug,
        "name": partnership.name,
        "short_name": partnership.short_name,
        "invented": partnership.is_invented,
        "website": partnership.website,
        "provider": {
            "name": partnership.provider_name,
            "abbreviation": partnership.provider_abbreviation,
            "website": partnership.provider_website,
        },
        "contact": {
            "email": partnership.contact_email,
            "phone": partnership.contact_phone,
            "address": partnership.contact_address,
        },
        "councils": [_council(council) for council in queries.councils()],
        "bodies": [_body(body) for body in queries.bodies_with_panels()],
        "role_titles": [{"title": post.title, "aliases": post.aliases} for post in RoleTitle.objects.all()],
    }


def _council(council: Council) -> dict[str, Any]:
    return {
        "gss_code": council.gss_code,
        "name": council.name,
        "abbreviation": council.abbreviation,
        "slug": council.slug,
        "colour": council.colour,
        "website": council.website,
        "ended_on": _day(council.ended_on),
        "successor": council.successor.abbreviation if council.successor else None,
        "source": council.source,
        "source_url": council.source_url,
        "checked_on": _day(council.checked_on),
    }


def _body(body: Body) -> dict[str, Any]:
    return {
        "slug": body.slug,
        "name": body.name,
        "kind": body.kind,
        "council": body.council.abbreviation if body.council else None,
        "portfolio": body.portfolio,
        "aliases": body.aliases,
        "sits_as": [panel.slug for panel in body.sits_as.all()],
        "considers": body.considers_for_id is not None,
        "decides": body.decides_for_id is not None,
        "source": body.source,
        "source_url": body.source_url,
        "checked_on": _day(body.checked_on),
    }


def facts_of_person(person: Person) -> dict[str, Any]:
    """A person with account and roles."""
    return {
        "name": person.name,
        "username": person.user.username if person.user else None,
        "can_log_in": bool(person.user and person.user.is_active),
        "roles": [_role(role) for role in person.roles.all()],
    }


def _role(role: Role) -> dict[str, Any]:
    return {
        "number": role.pk,
        "kind": role.kind,
        "council": role.council.abbreviation if role.council else None,
        "title": role.title.title if role.title else None,
        "body": role.body.slug if role.body else None,
        "portfolio": role.portfolio,
        "started_on": _day(role.started_on),
        "ended_on": _day(role.ended_on),
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def in_words(facts: dict[str, Any]) -> str:
    """The facts of a partnership as an outline."""
    return "\n".join(_lines(facts))


def _lines(facts: dict[str, Any]) -> Iterator[str]:
    yield f"{facts['name']}{' (invented, for demonstration)' if facts['invented'] else ''}"
    yield f"  provider: {facts['provider']['name']}"
    bodies = facts["bodies"]
    for council in facts["councils"]:
        end = f", ended on {council['ended_on']}" if council["ended_on"] else ""
        after = f", then {council['successor']}" if council["successor"] else ""
        yield f"{council['name']} ({council['abbreviation']}, {council['gss_code']}{end}{after})"
        yield from _bodies(body for body in bodies if body["council"] == council["abbreviation"])
    yield "The partnership"
    yield from _bodies(body for body in bodies if body["council"] is None)


def _bodies(bodies: Iterator[dict[str, Any]]) -> Iterator[str]:
    for body in bodies:
        does = "".join(f", {verb}" for verb in ("considers", "decides") if body[verb])
        yield f"  {body['slug']}: {body['name']} ({body['kind']}{does})"


def role_in_words(role: dict[str, Any]) -> str:
    """One role of ``facts_of_person`` in a line; its number is what `sightline people end-role` takes."""
    said = [f"{RoleKind(role['kind']).label} for {role['council'] or 'the partnership'}"]
    said += [role[name] for name in ("title", "body", "portfolio") if role[name]]
    until = f" to {role['ended_on']}" if role["ended_on"] else ""
    return f"{role['number']:>5}  {', '.join(said)}, from {role['started_on']}{until}"
