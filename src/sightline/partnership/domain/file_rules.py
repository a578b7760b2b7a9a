"""What must hold between the tables of a partnership file: one rule, one function, one sentence to whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sightline.partnership.domain import seats
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.file_account import FILE_ACCOUNT
from sightline.partnership.domain.file_keys import did_you_mean
from sightline.partnership.domain.partnership_facts import BodyFacts, CouncilFacts, PartnershipFile, RoleFacts
from sightline.partnership.domain.slugs import slug_of
from sightline.partnership.domain.titles import Titles, fold_title

# Codes of the Office for National Statistics count up from 001 within a kind of area and have never come near.
INVENTED_GSS = "999"

SHORTEST_PASSWORD = 12


def broken_rules(file: PartnershipFile) -> Iterator[str]:
    """One sentence for each rule that a file breaks, in the order of its tables."""
    for rule in _RULES:
        yield from rule(file)


def there_is_a_council(file: PartnershipFile) -> Iterator[str]:
    if not file.councils:
        yield "councils is empty. Add a [[councils]] table for each council of the partnership."


def councils_are_told_apart(file: PartnershipFile) -> Iterator[str]:
    for key in ("gss_code", "name", "abbreviation", "address_slug"):
        yield from _repeated("councils", key.replace("address_", ""), [str(getattr(c, key)) for c in file.councils])
    for place, council in enumerate(file.councils, 1):
        if not council.address_slug:
            yield f"councils[{place}].slug is missing, and no address can be made from “{council.name}”. Add it."


def invented_codes_are_nobodys(file: PartnershipFile) -> Iterator[str]:
    for place, council in enumerate(file.councils, 1):
        looks_invented = council.gss_code[3:6] == INVENTED_GSS
        if file.partnership.invented and not looks_invented:
            yield (
                f"councils[{place}].gss_code is “{council.gss_code}”, which may be a real council's. An invented"
                f" partnership takes codes with {INVENTED_GSS} in the middle, such as E07{INVENTED_GSS}001."
            )
        if not file.partnership.invented and looks_invented:
            yield (
                f"councils[{place}].gss_code is “{council.gss_code}”, an invented code. Give the council's real one, or"
                " say invented = true in [partnership]."
            )


def successors_exist(file: PartnershipFile) -> Iterator[str]:
    known = [council.abbreviation for council in file.councils]
    for place, council in enumerate(file.councils, 1):
        key = f"councils[{place}].successor"
        if not council.successor:
            continue
        if council.successor not in known:
            yield f"{key} is “{council.successor}”, which is {_no_council(council.successor, file)}."
        elif council.ended_on is None:
            yield f"{key} is “{council.successor}”, but {council.name} has not ended. Add ended_on, its last day."
        elif _comes_round(council, file):
            yield f"{key}: the line of successors of {council.name} comes back to itself. Break it."


def bodies_are_told_apart(file: PartnershipFile) -> Iterator[str]:
    yield from _repeated("bodies", "slug", [body.slug for body in file.bodies])
    names: dict[tuple[str, str], tuple[int, str]] = {}
    for place, body in enumerate(file.bodies, 1):
        for said in (body.name, *body.aliases):
            first, slug = names.setdefault((body.council, said.casefold()), (place, body.slug))
            if first != place:
                whose = body.council or "the partnership"
                yield (
                    f"bodies[{place}] (“{body.name}”): “{said}” already means bodies[{first}] (“{slug}”) of {whose}."
                    " A name or alias means one body of a council."
                )


def bodies_belong_to_a_council(file: PartnershipFile) -> Iterator[str]:
    known = [council.abbreviation for council in file.councils]
    for place, body in enumerate(file.bodies, 1):
        if body.council and body.council not in known:
            yield (
                f"bodies[{place}].council (“{body.name}”) is “{body.council}”, which is"
                f" {_no_council(body.council, file)}. Leave it out for a body of the partnership."
            )


def one_body_considers_and_one_decides(file: PartnershipFile) -> Iterator[str]:
    for key, fitting, kinds in (
        ("considers", [kind for kind in BodyKind if kind.scrutinises], "a body that scrutinises"),
        ("decides", [kind for kind in BodyKind if kind.decides], "a cabinet, an executive board or a full council"),
    ):
        first: dict[str, BodyFacts] = {}
        for place, body in enumerate(file.bodies, 1):
            if not getattr(body, key):
                continue
            where = f"bodies[{place}].{key} (“{body.name}”)"
            if not body.council:
                yield f"{where}: a body of the partnership {key} for no council: each decides for itself. Take it out."
            elif body.kind not in fitting:
                yield f"{where}: only {kinds} {key}, and its kind is “{body.kind.value}”. Mend either."
            elif (other := first.setdefault(body.council, body)) is not body:
                yield f"{where}: “{other.slug}” {key} for {body.council} already. One body {key} for a council."


def panels_that_sit_jointly_exist(file: PartnershipFile) -> Iterator[str]:
    bodies = {body.slug: body for body in file.bodies}
    for place, body in enumerate(file.bodies, 1):
        where = f"bodies[{place}].sits_as (“{body.name}”)"
        if body.kind is BodyKind.JOINT_PANEL:
            if len(set(body.sits_as)) < 2:
                yield f"{where} names fewer than two panels. List the slugs of the panels that sit jointly."
        elif body.sits_as:
            yield f'{where} is only for panels sitting jointly. Take it out, or say kind = "joint-panel".'
            continue
        for slug in body.sits_as:
            panel = bodies.get(slug)
            if panel is None:
                panels = [other.slug for other in file.bodies if other.kind is BodyKind.SCRUTINY_PANEL]
                yield f"{where} names “{slug}”, which is no body{did_you_mean(slug, panels)}."
            elif panel.kind is not BodyKind.SCRUTINY_PANEL:
                yield f"{where} names “{slug}”, whose kind is “{panel.kind.value}”. Only scrutiny panels sit jointly."
            elif body.council and panel.council != body.council:
                yield (
                    f"{where} names “{slug}” of {panel.council or 'the partnership'}, but this is a body of"
                    f" {body.council}. Leave council out where panels of several councils sit jointly."
                )


def titles_mean_one_role(file: PartnershipFile) -> Iterator[str]:
    first: dict[str, tuple[int, str]] = {}
    for place, post in enumerate(file.role_titles, 1):
        for said in (post.title, *post.aliases):
            folded = fold_title(said, file.employers)
            other, title = first.setdefault(folded, (place, post.title))
            if not folded:
                yield f"role_titles[{place}]: “{said}” holds no word, so it cannot be a title. Mend it."
            elif other != place:
                yield f"role_titles[{place}]: “{said}” means “{title}” (role_titles[{other}]) already. Take one out."


def terms_are_told_apart(file: PartnershipFile) -> Iterator[str]:
    first: dict[str, tuple[int, str]] = {}
    for place, entry in enumerate(file.glossary, 1):
        if not slug_of(entry.term):
            yield f"glossary[{place}].term is “{entry.term}”, which no address can be made from. Write it with letters."
        for said in (entry.term, *entry.aliases):
            other, term = first.setdefault(said.casefold(), (place, entry.term))
            if other != place:
                yield f"glossary[{place}]: “{said}” already means “{term}” (glossary[{other}]). Explain a term once."
    yield from _repeated("glossary", "term", [slug_of(entry.term) for entry in file.glossary], says="its address")


def sources_have_a_date(file: PartnershipFile) -> Iterator[str]:
    for table, entries in (("councils", file.councils), ("bodies", file.bodies), ("glossary", file.glossary)):
        for place, entry in enumerate(entries, 1):
            if entry.checked_on and not (entry.source or entry.source_url):
                yield f"{table}[{place}].checked_on is the day a source was checked. Add source or source_url."
            if (entry.source or entry.source_url) and not entry.checked_on:
                yield f"{table}[{place}].checked_on is missing: say on which day the source was checked."


def real_partnerships_bring_no_people(file: PartnershipFile) -> Iterator[str]:
    if file.partnership.invented:
        return
    if file.people:
        yield (
            "people: a real partnership's file brings no people and no accounts. Take the tables out; make the first"
            " account with `sightline people create-administrator`."
        )
    if file.partnership.demonstration_password:
        yield "partnership.demonstration_password: a real partnership has no demonstration accounts. Take it out."


def demonstration_accounts_can_log_in(file: PartnershipFile) -> Iterator[str]:
    if not file.partnership.invented:
        return
    names = [person.username for person in file.people if person.username]
    password = file.partnership.demonstration_password
    if names and len(password) < SHORTEST_PASSWORD:
        yield (
            "partnership.demonstration_password is missing or shorter than"
            f" {SHORTEST_PASSWORD} characters, but {len(names)} people have a username. Add it."
        )
    if FILE_ACCOUNT in (name.lower() for name in names):
        yield f"people: the username “{FILE_ACCOUNT}” is the file's own. Choose another."
    by_place = {place: person.username for place, person in enumerate(file.people, 1) if person.username}
    yield from _repeated("people", "username", list(by_place.values()), list(by_place))
    by_place = {place: person.email for place, person in enumerate(file.people, 1) if person.email}
    yield from _repeated("people", "email", list(by_place.values()), list(by_place))
    nameless = {place: person.name for place, person in enumerate(file.people, 1) if not person.username}
    yield from _repeated("people", "name", list(nameless.values()), list(nameless))


def roles_are_held_somewhere(file: PartnershipFile) -> Iterator[str]:
    if not file.partnership.invented:
        return
    titles = _titles(file)
    for number, person in enumerate(file.people, 1):
        seen: set[RoleFacts] = set()
        for place, role in enumerate(person.roles, 1):
            where = f"people[{number}].roles[{place}] (“{person.name}”)"
            for problem in _wrong_with(role, file, titles):
                yield f"{where} {problem}"
            if role.model_copy(update={"ended_on": None}) in seen:
                yield f"{where} is there twice. Take one out."
            seen.add(role.model_copy(update={"ended_on": None}))


def nobody_scrutinises_themselves(file: PartnershipFile) -> Iterator[str]:
    bodies = {body.slug: body for body in file.bodies}
    for number, person in enumerate(file.people, 1):
        held = [
            seats.Seat(
                kind=role.kind,
                council=role.council or None,
                body=bodies[role.body].kind if role.body in bodies else None,
                started_on=role.started_on,
                ended_on=role.ended_on,
                body_name=f"“{role.body}”",
            )
            for role in person.roles
        ]
        for one, other in seats.clashes(held):
            yield f"people[{number}].roles (“{person.name}”): {seats.refusal(person.name, one, other)}"


def _wrong_with(role: RoleFacts, file: PartnershipFile, titles: Titles | None) -> Iterator[str]:
    councils = [council.abbreviation for council in file.councils]
    if role.council and role.council not in councils:
        yield f"names the council “{role.council}”, which is {_no_council(role.council, file)}."
    if role.ended_on and role.ended_on < role.started_on:
        yield "ends before it starts. Mend started_on or ended_on."
    if role.title and titles and titles.find(role.title) is None:
        known = [post.title for post in file.role_titles]
        yield f"has the title “{role.title}”, which is not in [[role_titles]]{did_you_mean(role.title, known)}."
    if role.body:
        body = next((body for body in file.bodies if body.slug == role.body), None)
        if body is None:
            known = [body.slug for body in file.bodies]
            yield f"names the body “{role.body}”, which is no body's slug{did_you_mean(role.body, known)}."
        elif body.council and body.council != role.council:
            yield f"is held for {role.council or 'the partnership'}, but “{role.body}” is a body of {body.council}."


def _no_council(word: str, file: PartnershipFile) -> str:
    return f"no council's abbreviation{did_you_mean(word, [council.abbreviation for council in file.councils])}"


def _titles(file: PartnershipFile) -> Titles | None:
    try:
        return Titles.of([(post.title, post.aliases) for post in file.role_titles], file.employers)
    except ValueError:
        # Said by titles_mean_one_role already.
        return None


def _comes_round(council: CouncilFacts, file: PartnershipFile) -> bool:
    by_abbreviation = {other.abbreviation: other for other in file.councils}
    passed: set[str] = set()
    here: CouncilFacts | None = council
    while here is not None and here.successor:
        if here.abbreviation in passed:
            return True
        passed.add(here.abbreviation)
        here = by_abbreviation.get(here.successor)
    return False


def _repeated(
    table: str, key: str, values: list[str], places: Iterable[int] | None = None, says: str = ""
) -> Iterator[str]:
    """One sentence for each value that stands in two entries, whatever its case."""
    first: dict[str, int] = {}
    for place, value in zip(places or range(1, len(values) + 1), values, strict=True):
        other = first.setdefault(value.casefold(), place)
        if value and other != place:
            what = f"{says} would be" if says else "is"
            yield f"{table}[{place}].{key}: {what} “{value}”, as in {table}[{other}]. Make them differ."


_RULES: tuple[Callable[[PartnershipFile], Iterator[str]], ...] = (
    there_is_a_council,
    councils_are_told_apart,
    invented_codes_are_nobodys,
    successors_exist,
    bodies_are_told_apart,
    bodies_belong_to_a_council,
    one_body_considers_and_one_decides,
    panels_that_sit_jointly_exist,
    titles_mean_one_role,
    terms_are_told_apart,
    sources_have_a_date,
    real_partnerships_bring_no_people,
    demonstration_accounts_can_log_in,
    roles_are_held_somewhere,
    nobody_scrutinises_themselves,
)
