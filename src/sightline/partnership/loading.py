"""Brings the facts of a partnership file into the database: adds what is new, changes what differs, deletes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, models, transaction

from sightline.kernel.errors import SightlineError
from sightline.partnership import access, demonstrating
from sightline.partnership.domain.file_account import FILE_ACCOUNT
from sightline.partnership.domain.titles import Titles
from sightline.partnership.models import Body, Council, Partnership, Person, Role, RoleTitle, User
from sightline.partnership.records import Kept, keep, keep_links

if TYPE_CHECKING:
    from sightline.partnership.domain.partnership_facts import BodyFacts, CouncilFacts, PartnershipFile, RoleFacts

REASON = "partnership file loaded"

Model = TypeVar("Model", bound=models.Model)


class CannotLoad(SightlineError):
    """The file belongs to another partnership than this installation; nothing was changed."""


@dataclass
class LoadReport:
    """What loading a file did. Each entry names one record, such as "council Thornfen District Council".

    missing: here, but no longer in the file; such records stay, since nothing is deleted.
    left: differs from the file, but somebody changed it here, so it was left as it is.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> bool:
        return not (self.new or self.changed)

    def tell(self, what: str, kept: Kept) -> None:
        """Note what became of one record; a later change to one that is new says nothing more."""
        if kept is Kept.NEW:
            self.new.append(what)
        elif kept is Kept.CHANGED and what not in self.new and what not in self.changed:
            self.changed.append(what)


# Higher contexts bring in the parts of the file that they own. They register in their AppConfig.ready.
MoreToLoad = Callable[["PartnershipFile", LoadReport, User], None]
_more_to_load: list[MoreToLoad] = []


def also_load(load: MoreToLoad) -> None:
    """Call ``load`` with every partnership file that is loaded, within the same transaction."""
    if load not in _more_to_load:
        _more_to_load.append(load)


@transaction.atomic
def load_partnership(file: PartnershipFile, *, by: User | None = None) -> LoadReport:
    """Bring the facts of a checked file into the database, wholly or not at all.

    The same file again changes nothing and leaves no history. Councils are known by GSS code, bodies by slug, posts
    by any of their titles, people by username (by name, where they have none).

    by: who loads it; None where it is the operator at the machine, before anybody can log in: the history then names
        the account of the file, which cannot log in.

    Raises:
        Refused: the account may not.
        CannotLoad: this installation is another partnership's, or a real one's while the file is invented, or the
            reverse.
        CannotSit: somebody would sit in a council's executive and scrutinise it, by a role that was given here.
    """
    if by is not None:
        access.require(by, "partnership.load_file", council=None)
    partnership = _the_one(file)
    actor = by or _file_account()
    report = LoadReport()
    _load_facts(partnership, file, actor, report)
    councils = _load_councils(file, actor, report)
    bodies = _load_bodies(file, councils, actor, report)
    titles = _load_titles(file, actor, report)
    _load_people(file, councils, bodies, titles, actor, report)
    demonstrating.give_second_factors(file)
    for load in _more_to_load:
        load(file, report, actor)
    return report


def _the_one(file: PartnershipFile) -> Partnership:
    """The row of this installation's partnership, locked, so that two loads take turns."""
    facts = file.partnership
    here = Partnership.objects.select_for_update().first()
    if here is None:
        return Partnership(pk=1)
    if here.is_invented and not facts.invented:
        raise CannotLoad(
            f"This installation holds the invented partnership {here.name}, and {facts.name} is a real one: invented"
            " records would stand under its name. Start a new installation for it, in a folder of its own"
            " (SIGHTLINE_VAR)."
        )
    if facts.invented and not here.is_invented:
        raise CannotLoad(
            f"This installation is {here.name}'s, a real partnership, and {facts.name} is invented: it must not stand"
            " among real records. Start a new installation for it, in a folder of its own (SIGHTLINE_VAR)."
        )
    if here.slug != facts.slug:
        raise CannotLoad(
            f"This installation is {here.name}'s (partnership.slug “{here.slug}”), but the file is “{facts.slug}”. An"
            " installation serves one partnership: start a new one, or mend the slug if it is the same partnership."
        )
    return here


def _file_account() -> User:
    account = User.objects.filter(username=FILE_ACCOUNT).first()
    if account is None:
        account = User(username=FILE_ACCOUNT, is_active=False)
        account.set_unusable_password()
        keep(account, by=None, reason="the partnership file's own account, which cannot log in")
    return account


def _load_facts(partnership: Partnership, file: PartnershipFile, by: User, report: LoadReport) -> None:
    facts = file.partnership
    values = {
        "slug": facts.slug,
        "name": facts.name,
        "short_name": facts.short_name,
        "website": facts.website,
        "provider_name": facts.provider.name,
        "provider_abbreviation": facts.provider.abbreviation,
        "provider_website": facts.provider.website,
        "contact_email": facts.contact.email,
        "contact_phone": facts.contact.phone,
        "contact_address": facts.contact.address,
        "is_invented": facts.invented,
        "file_digest": file.digest,
    }
    try:
        with transaction.atomic():
            kept = keep(partnership, by=by, reason=REASON, **values)
    except IntegrityError:
        # Somebody else loaded the first file at the same moment. Theirs stands; ours is compared with it.
        kept = keep(_the_one(file), by=by, reason=REASON, **values)
    report.tell(f"partnership {facts.name}", kept)


def _load_councils(file: PartnershipFile, by: User, report: LoadReport) -> dict[str, Council]:
    """The councils of the file by abbreviation."""
    known = _by(Council.objects.all(), "gss_code")
    councils: dict[str, Council] = {}
    for facts in _successors_first(file.councils):
        council = known.pop(facts.gss_code, None) or Council(gss_code=facts.gss_code, slug=facts.address_slug)
        kept = keep(
            council,
            by=by,
            reason=REASON,
            name=facts.name,
            abbreviation=facts.abbreviation,
            # An address that was given out stays, unless the file gives another.
            slug=facts.slug or council.slug,
            colour=facts.colour,
            website=facts.website,
            ended_on=facts.ended_on,
            successor=councils.get(facts.successor),
            source=facts.source,
            source_url=facts.source_url,
            checked_on=facts.checked_on,
        )
        report.tell(f"council {facts.name}", kept)
        councils[facts.abbreviation] = council
    report.missing += [f"council {council.name}" for council in known.values()]
    return councils


def _successors_first(councils: tuple[CouncilFacts, ...]) -> list[CouncilFacts]:
    """Councils so that each comes after its successor; no line of successors comes back to itself."""
    by_abbreviation = {council.abbreviation: council for council in councils}

    def steps_to_the_last(council: CouncilFacts) -> int:
        return 1 + steps_to_the_last(by_abbreviation[council.successor]) if council.successor else 0

    return sorted(councils, key=steps_to_the_last)


def _load_bodies(file: PartnershipFile, councils: dict[str, Council], by: User, report: LoadReport) -> dict[str, Body]:
    """The bodies of the file by slug."""
    known = _by(Body.objects.all(), "slug")
    bodies: dict[str, Body] = {}
    duties: dict[str, dict[str, Council | None]] = {}
    for facts in file.bodies:
        council = councils.get(facts.council)
        body = known.pop(facts.slug) if facts.slug in known else Body(slug=facts.slug)
        bodies[facts.slug] = body
        duty = duties[facts.slug] = {
            "considers_for": council if facts.considers else None,
            "decides_for": council if facts.decides else None,
        }
        if not body._state.adding:
            # First whoever loses a duty lays it down: a council has one body for each at a time.
            given_up = {name: None for name, whose in duty.items() if getattr(body, name) != whose}
            report.tell(_said(facts), keep(body, by=by, reason=REASON, **given_up))
    for body in known.values():
        report.missing.append(f"body {body.name} ({body.slug})")
    for facts in file.bodies:
        kept = keep(
            bodies[facts.slug],
            by=by,
            reason=REASON,
            name=facts.name,
            kind=facts.kind.value,
            council=councils.get(facts.council),
            portfolio=facts.portfolio,
            aliases=list(facts.aliases),
            source=facts.source,
            source_url=facts.source_url,
            checked_on=facts.checked_on,
            **duties[facts.slug],
        )
        report.tell(_said(facts), kept)
    for facts in file.bodies:
        panels = [bodies[slug] for slug in facts.sits_as]
        report.tell(_said(facts), keep_links(bodies[facts.slug], "sits_as", panels, by=by, reason=REASON))
    return bodies


def _said(facts: BodyFacts) -> str:
    return f"body {facts.name} ({facts.slug})"


def _load_titles(file: PartnershipFile, by: User, report: LoadReport) -> dict[str, RoleTitle]:
    """The posts of the file by title."""
    known = _by(RoleTitle.objects.all(), "title")
    posts = {}
    for facts in file.role_titles:
        renamed = next((known[alias] for alias in facts.aliases if alias in known), None)
        post = known.get(facts.title) or renamed or RoleTitle()
        known.pop(post.title, None)
        kept = keep(post, by=by, reason=REASON, title=facts.title, aliases=list(facts.aliases))
        report.tell(f"title {facts.title}", kept)
        posts[facts.title] = post
    report.missing += [f"title {title}" for title in known]
    return posts


def _load_people(
    file: PartnershipFile,
    councils: dict[str, Council],
    bodies: dict[str, Body],
    posts: dict[str, RoleTitle],
    by: User,
    report: LoadReport,
) -> None:
    if not file.people:
        return
    titles = Titles.of([(facts.title, facts.aliases) for facts in file.role_titles], file.employers)
    # One hash for all: they share one public password, and each hash takes a good part of a second.
    password = ""
    accounts = {user.username: user for user in User.objects.select_related("person")}
    nameless = _by(Person.objects.filter(user__isnull=True), "name")
    for facts in file.people:
        account = accounts.get(facts.username)
        if facts.username and account is None:
            password = password or make_password(file.partnership.demonstration_password)
            account = User(username=facts.username, password=password)
        if account is not None:
            keep(account, by=by, reason=REASON, email=facts.email)
        person = (getattr(account, "person", None) if account else nameless.get(facts.name)) or Person()
        kept = keep(person, by=by, reason=REASON, name=facts.name, user=account)
        report.tell(f"person {facts.name}", kept)
        # First what has ended: whoever changes hats lays one down before putting the other on.
        for role in sorted(facts.roles, key=lambda role: role.ended_on is None):
            report.tell(f"person {facts.name}", _load_role(person, role, councils, bodies, posts, titles, by))


def _load_role(
    person: Person,
    role: RoleFacts,
    councils: dict[str, Council],
    bodies: dict[str, Body],
    posts: dict[str, RoleTitle],
    titles: Titles,
    by: User,
) -> Kept:
    what: dict[str, Any] = {
        "person": person,
        "kind": role.kind.value,
        "council": councils.get(role.council),
        "title": posts.get(titles.find(role.title) or ""),
        "body": bodies.get(role.body),
        "portfolio": role.portfolio,
        "started_on": role.started_on,
    }
    held = Role.objects.filter(**{name: value for name, value in what.items() if value is not None})
    here = held.filter(**{f"{name}__isnull": True for name, value in what.items() if value is None}).first()
    return keep(here or Role(**what), by=by, reason=REASON, ended_on=role.ended_on)


def _by(records: Iterable[Model], key: str) -> dict[str, Model]:
    return {getattr(record, key): record for record in records}
