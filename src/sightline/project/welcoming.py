"""What is printed once an installation can be visited."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from sightline.partnership import demonstrating
from sightline.partnership import queries as partnership
from sightline.partnership.domain import demonstration, partnership_file
from sightline.partnership.domain.partnership_facts import PartnershipFile, RoleFacts
from sightline.partnership.domain.rights import RoleKind


def lines(*, host: str, port: int) -> Iterator[str]:
    """The address, whose partnership it is, and in the demonstration how to log in."""
    name = "localhost" if host in ("localhost", "0.0.0.0", "127.0.0.1", "::", "::1") else host  # noqa: S104
    address = f"http://{name}:{port}"
    yield ""
    yield f"Sightline is running: {address}"
    ours = partnership.the_partnership()
    if ours is None:
        yield "No partnership file is loaded yet: run `sightline site prepare`."
        return
    yield f"Partnership: {ours.name}{' (invented, for demonstration)' if ours.is_invented else ''}"
    if ours.is_invented:
        yield from _log_ins(partnership_file.read(settings.PARTNERSHIP_FILE), address)
    else:
        yield "The first account: sightline people create-administrator"


def _log_ins(file: PartnershipFile, address: str) -> Iterator[str]:
    """Each demonstration account, staff before members; residents need none."""
    people = [person for person in file.people if person.username and person.roles]
    if not people or not file.partnership.demonstration_password:
        return
    yield f"Log in at {address}{reverse('account_login')}"
    yield f"with the password {file.partnership.demonstration_password} as one of:"
    order = list(RoleKind)
    people.sort(key=lambda person: (order.index(RoleKind(person.roles[0].kind)), person.username))
    widest = max(len(person.username) for person in people)
    for person in people:
        yield f"  {person.username:{widest}}  {_in_words(file, person.roles[0])}"
    writers = [person for person in people if demonstrating.needs_second_factor(person)]
    if not writers:
        return
    yield "Those whose roles write enter a code too. To print the one of this half minute:"
    yield f"  {_command()} people code {writers[0].username}"
    yield "or put their secrets into an authenticator app:"
    for person in writers:
        secret = demonstration.second_factor_secret(file.partnership.slug, person.username)
        yield f"  {person.username:{widest}}  {secret}"


def _command() -> str:
    """How the command is called from where the installation was started."""
    own = Path(sys.executable).with_name("sightline")
    with contextlib.suppress(ValueError):
        own = own.relative_to(Path.cwd())
    return str(own)


def _in_words(file: PartnershipFile, role: RoleFacts) -> str:
    whose = file.council_called(role.council).name if role.council else "the partnership"
    return f"{RoleKind(role.kind).label}, {whose}"
