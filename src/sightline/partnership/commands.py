"""`sightline partnership …` and `sightline people …`.

`partnership check` touches no database and starts without the web framework.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sightline.partnership import privacy_commands
from sightline.partnership.domain import partnership_file
from sightline.partnership.domain.rights import RIGHTS, RoleKind, as_markdown, with_table

Function = TypeVar("Function", bound=Callable[..., Any])

FILE = click.argument("file", metavar="NAME_OR_PATH")
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
AS_USER = click.option("--as", "acting", required=True, metavar="USER", help="The account that does it.")
AS_USER_OR_OPERATOR = click.option(
    "--as", "acting", metavar="USER", help="The account that does it; without one, the operator at this machine."
)
DAY = click.DateTime(["%Y-%m-%d"])


def _set_up() -> None:
    """Start the web framework, which the other modules of this room need."""
    import django

    django.setup()


def _user(acting: str | None) -> Any:
    from sightline.partnership import queries

    return queries.user_called(acting) if acting else None


@click.group()
def partnership() -> None:
    """Load and show the partnership's own facts."""


@partnership.command()
@FILE
def check(file: str) -> None:
    """Say what is wrong with a partnership file. Changes nothing and needs no database."""
    try:
        facts = partnership_file.read(file)
    except partnership_file.CannotRead:
        raise
    except partnership_file.PartnershipFileError as error:
        for problem in error.problems:
            click.echo(f"{error.name}: {problem}", err=True)
        raise click.exceptions.Exit(1) from error
    counted = (
        f"{len(facts.councils)} councils, {len(facts.bodies)} bodies, {len(facts.role_titles)} titles,"
        f" {len(facts.glossary)} terms, {len(facts.people)} people"
    )
    kind = "invented" if facts.partnership.invented else "real"
    click.echo(f"{facts.partnership.name} ({kind}): {counted}. Nothing is wrong.")


@partnership.command()
@FILE
@AS_USER_OR_OPERATOR
@AS_JSON
def load(file: str, acting: str | None, as_json: bool) -> None:
    """Bring the facts of a partnership file into the database. The same file again changes nothing."""
    facts = partnership_file.read(file)
    _set_up()
    from sightline.partnership import actions

    report = actions.load_partnership(facts, by=_user(acting))
    if as_json:
        told = {"new": report.new, "changed": report.changed, "missing": report.missing, "left": report.left}
        click.echo(json.dumps({"partnership": facts.partnership.slug, **told}, ensure_ascii=False))
        return
    for record in report.new:
        click.echo(f"New: {record}")
    for record in report.changed:
        click.echo(f"Changed: {record}")
    for record in report.left:
        click.echo(f"Left as it is, since somebody changed it here: {record}")
    for record in report.missing:
        click.echo(f"Kept, though the file no longer names it: {record}")
    changes = f"{len(report.new)} new, {len(report.changed)} changed"
    click.echo(f"{facts.partnership.name}: {'nothing to change' if report.unchanged else changes}.")


@partnership.command()
@AS_JSON
def show(as_json: bool) -> None:
    """Print the partnership as the database holds it."""
    _set_up()
    from sightline.partnership import outline, queries

    found = queries.the_partnership()
    if found is None:
        raise click.ClickException("No partnership is loaded yet. Run `sightline partnership load NAME_OR_PATH`.")
    facts = outline.facts_of(found)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else outline.in_words(facts))


@click.group()
def people() -> None:
    """Accounts and roles."""


@people.command("list")
@AS_JSON
def list_people(as_json: bool) -> None:
    """Print everybody with their accounts and roles."""
    _set_up()
    from sightline.partnership import outline, queries

    everybody = [outline.facts_of_person(person) for person in queries.people()]
    if as_json:
        click.echo(json.dumps(everybody, ensure_ascii=False))
        return
    for person in everybody:
        account = person["username"] or "no account"
        closed = "" if person["can_log_in"] or not person["username"] else ", cannot log in"
        click.echo(f"{person['name']} ({account}{closed})")
        for role in person["roles"]:
            click.echo(f"  {outline.role_in_words(role)}")


@people.command()
@click.option(
    "--write",
    "page",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE.md",
    help="Put the table into this page, in the place of the one that stands there.",
)
def rights(page: Path | None) -> None:
    """Print who may do what, as a Markdown table."""
    if page is None:
        click.echo(as_markdown(RIGHTS))
        return
    try:
        page.write_text(with_table(page.read_text(encoding="utf-8"), RIGHTS), encoding="utf-8")
    except ValueError as error:
        raise click.UsageError(f"{page}: {error}") from error
    click.echo(f"{page}: {len(RIGHTS)} rights.", err=True)


@people.command("why-not")
@click.argument("username", metavar="USER")
@click.argument("action", type=click.Choice([right.action for right in RIGHTS]))
@click.option("--council", metavar="COUNCIL", help="Whose records; leave it out for the partnership's.")
@AS_USER_OR_OPERATOR
@AS_JSON
def why_not(username: str, action: str, council: str | None, acting: str | None, as_json: bool) -> None:
    """Say why the account USER may not do ACTION, such as scrutiny.record_minute, or by which role it may.

    The sentence is the one that they are told themselves. Exit code 0 either way.
    """
    _set_up()
    from sightline.partnership import access, queries, who_may

    place = queries.council_called(council) if council else None
    by = _user(acting)
    if by is not None:
        access.require(by, who_may.SEE, council=place)
    person = who_may.person_called(by, username) if by is not None else queries.person_called(username)
    answer = who_may.why(person, action, place)
    if as_json:
        told = {"account": username, "action": action, "council": place.abbreviation if place else None}
        click.echo(json.dumps({**told, "allowed": answer.allowed, "says": answer.says}, ensure_ascii=False))
    else:
        click.echo(answer.says)


PASSWORD = click.option(
    "--password",
    envvar="SIGHTLINE_ADMIN_PASSWORD",
    hidden=True,
    help="Asked for on the terminal; in scripts, the variable SIGHTLINE_ADMIN_PASSWORD.",
)


def _password(given: str | None) -> str:
    """The password from the environment, or typed twice on a terminal.

    Raises:
        UsageError: there is neither.
    """
    if given:
        return given
    if not sys.stdin.isatty():
        raise click.UsageError("No password: set SIGHTLINE_ADMIN_PASSWORD, or run this on a terminal to type it.")
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt="The password again", err=True)
    return typed


@people.command("create-administrator")
@click.option("--name", required=True, help="Their name, as it is printed.")
@click.option("--username", required=True, metavar="USER", help="What they log in with.")
@click.option("--email", required=True, help="Where a lost password is sent to.")
@PASSWORD
def create_administrator(name: str, username: str, email: str, password: str | None) -> None:
    """Make the first account: an administrator of the partnership, who then adds everybody else.

    The password is asked for, or read from the variable SIGHTLINE_ADMIN_PASSWORD.
    """
    _set_up()
    from sightline.partnership import actions

    person = actions.create_first_administrator(name=name, username=username, email=email, password=_password(password))
    click.echo(f"{person.name} can log in as “{person.user}” and is an administrator of the partnership.")


@people.command()
@AS_USER
@click.option("--name", required=True, help="Their name, as it is printed.")
@click.option("--username", metavar="USER", default="", help="What they log in with; leave it out for no account.")
@click.option("--email", default="", help="Where a lost password is sent to.")
@click.option("--no-password", is_flag=True, help="They choose their first password themselves, by e-mail.")
@PASSWORD
def add(acting: str, name: str, username: str, email: str, no_password: bool, password: str | None) -> None:
    """Add a person, with an account where a user name is given. Rights come with roles: see `give-role`."""
    if no_password and not email:
        raise click.UsageError("Without a password they need --email, to which the link to choose one is sent.")
    _set_up()
    from sightline.partnership import actions, queries

    chosen = None if no_password or not username else _password(password)
    person = actions.create_person(
        name=name, username=username, email=email, password=chosen, by=queries.user_called(acting)
    )
    account = f", who can log in as “{person.user}”" if person.user else ""
    click.echo(f"Added {person.name}{account}.")


@people.command("set-password")
@click.argument("username", metavar="USER")
@AS_USER_OR_OPERATOR
@PASSWORD
def set_password(username: str, acting: str | None, password: str | None) -> None:
    """Give the account USER another password, where it cannot be sent by e-mail."""
    _set_up()
    from sightline.partnership import actions, who_may

    by = _user(acting)
    account = who_may.account_looked_after(by, username)
    actions.set_password(account=account, password=_password(password), by=by)
    click.echo(f"The password of “{account}” is set.")


@people.command("give-role")
@click.argument("username", metavar="USER")
@click.argument("kind", type=click.Choice([kind.value for kind in RoleKind]))
@click.option("--council", metavar="COUNCIL", help="Abbreviation, GSS code or slug; leave it out for the partnership.")
@click.option("--title", help="Their post, by any of its titles in the partnership file.")
@click.option("--body", metavar="SLUG", help="The body on which they sit.")
@click.option("--portfolio", default="", help="What a portfolio holder decides on.")
@click.option("--from", "started_on", type=DAY, help="The first day, as 2026-05-07; today if left out.")
@AS_USER
def give_role(
    username: str,
    kind: str,
    council: str | None,
    title: str | None,
    body: str | None,
    portfolio: str,
    started_on: Any,
    acting: str,
) -> None:
    """Give the person with the account USER a role, for one council or for the partnership."""
    _set_up()
    from django.utils import timezone

    from sightline.partnership import access, actions, queries

    by = queries.user_called(acting)
    access.require_anywhere(by, "partnership.manage_people")
    role = actions.give_role(
        person=queries.person_called(username),
        kind=RoleKind(kind),
        council=queries.council_called(council) if council else None,
        title=queries.role_title_or_refuse(title) if title else None,
        body=queries.body_called(body) if body else None,
        portfolio=portfolio,
        started_on=started_on.date() if started_on else timezone.localdate(),
        by=by,
    )
    click.echo(f"{role.person.name}: {role}, number {role.pk}.")


@people.command("end-role")
@click.argument("number", type=int)
@click.option("--on", "ended_on", type=DAY, help="The last day, as 2026-05-06; today if left out.")
@AS_USER
def end_role(number: int, ended_on: Any, acting: str) -> None:
    """End the role with a NUMBER, which `people list` prints. It stays on record."""
    _set_up()
    from django.utils import timezone

    from sightline.partnership import actions, queries, who_may

    by = queries.user_called(acting)
    role = actions.end_role(
        role=who_may.role_looked_after(by, number),
        ended_on=ended_on.date() if ended_on else timezone.localdate(),
        by=by,
    )
    click.echo(f"{role.person.name}: {role} ends on {role.ended_on}.")


@people.command()
@click.argument("username", metavar="USER")
@click.option("--at-once", is_flag=True, help="End the roles now and close the account; else today is their last day.")
@click.option("--take-over", metavar="USER", help="The account that gets what waits for them.")
@AS_USER
def leave(username: str, at_once: bool, take_over: str | None, acting: str) -> None:
    """End the roles of the person with the account USER, and hand over what waits for them, in one go."""
    _set_up()
    from sightline.partnership import actions, queries, who_may

    by = queries.user_called(acting)
    left = actions.leave(
        person=who_may.account_looked_after(by, username).person,
        at_once=at_once,
        take_over=queries.user_called(take_over) if take_over else None,
        by=by,
    )
    closed = "; the account is closed" if left.closed else ""
    click.echo(f"Roles ended: {left.roles}; items handed over: {left.items}{closed}.")


@people.command()
@click.argument("username", metavar="USER")
@AS_USER_OR_OPERATOR
def unlock(username: str, acting: str | None) -> None:
    """Let the account USER sign in again at once after too many wrong passwords."""
    _set_up()
    from sightline.partnership import actions, who_may

    by = _user(acting)
    account = who_may.account_looked_after(by, username)
    places = actions.unlock(account=account, by=by)
    click.echo(f"“{account}” can sign in again; failed attempts from {places} {_places(places)} are forgotten.")


def _places(count: int) -> str:
    return "place" if count == 1 else "places"


@people.command("forget-second-factor")
@click.argument("username", metavar="USER")
@AS_USER_OR_OPERATOR
def forget_second_factor(username: str, acting: str | None) -> None:
    """Take the second factor of the account USER away, whose owner has lost it, so that they set up another.

    Make sure that it is the owner who asks: until another is set up, the password alone opens the account.
    """
    _set_up()
    from sightline.partnership import actions, who_may

    by = _user(acting)
    account = who_may.account_looked_after(by, username)
    actions.forget_second_factor(account=account, by=by)
    click.echo(f"“{account}” has no second factor any more and is signed out everywhere.")


@people.command()
@click.argument("username", metavar="USER")
def code(username: str) -> None:
    """Print the code that a demonstration account enters now as its second factor.

    Refused outside an invented partnership.
    """
    _set_up()
    from django.utils import timezone

    from sightline.partnership import demonstrating, queries
    from sightline.partnership.domain import demonstration

    secret = demonstrating.secret_of(queries.user_called(username))
    click.echo(demonstration.code_at(secret, timezone.now().timestamp()))


people.add_command(privacy_commands.export)
people.add_command(privacy_commands.erase)
