"""What pages, commands and other contexts read of the partnership."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from sightline.kernel.errors import SightlineError
from sightline.partnership import access
from sightline.partnership.domain import bodies as bodies_domain
from sightline.partnership.domain import rights
from sightline.partnership.domain.rights import RoleKind
from sightline.partnership.domain.titles import Titles
from sightline.partnership.models import Body, Council, Partnership, Person, Role, RoleTitle, User


class NotKnown(SightlineError):
    """A slug, code or name that stands for nothing here."""


def the_partnership() -> Partnership | None:
    """The partnership of this installation; None until its file has been loaded."""
    return Partnership.objects.first()


def lazy_partnership() -> Any:
    """The partnership, read from the database only when something of it is used."""
    return SimpleLazyObject(the_partnership)


def lazy_roles(request: HttpRequest) -> Any:
    """What the account of a request may do, for menus; read only when used."""
    return SimpleLazyObject(lambda: SignedIn(request.user))


class SignedIn:
    """What a menu asks of the account that looks at it."""

    def __init__(self, account: access.Account) -> None:
        self.account = account

    @property
    def may_upload_minutes(self) -> bool:
        return access.may_anywhere(self.account, "scrutiny.upload_minute")

    @property
    def may_manage_people(self) -> bool:
        return access.may_anywhere(self.account, "partnership.manage_people")

    @property
    def may_see_rights(self) -> bool:
        return access.may_anywhere(self.account, "partnership.see_rights")

    @property
    def may_see_audit(self) -> bool:
        return access.may_anywhere(self.account, "partnership.see_audit")

    @property
    def may_handle_personal_data(self) -> bool:
        return access.may_anywhere(self.account, "partnership.handle_personal_data")

    @property
    def role_names(self) -> list[str]:
        today = timezone.localdate()
        return sorted({role.kind.label for role in access.roles_of(self.account) if role.holds_on(today)})


def councils() -> QuerySet[Council]:
    return Council.objects.select_related("successor").order_by("name")


def current_councils(on: datetime.date) -> QuerySet[Council]:
    """The councils that existed on a day."""
    return councils().filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on))


def bodies() -> QuerySet[Body]:
    """Every body; those of the partnership first."""
    return Body.objects.select_related("council").order_by(F("council__name").asc(nulls_first=True), "name")


def councils_with_bodies() -> QuerySet[Council]:
    """Every council with its bodies, and with those that consider and decide for it; two queries however many."""
    return (
        councils()
        .select_related("considering_body", "deciding_body")
        .prefetch_related(Prefetch("bodies", Body.objects.order_by("name")))
    )


def council_called(name: str) -> Council:
    """The council with an abbreviation, GSS code or slug, in whatever case.

    Raises:
        NotKnown: there is none; the message lists those there are.
    """
    found = councils().filter(Q(abbreviation__iexact=name) | Q(gss_code__iexact=name) | Q(slug__iexact=name)).first()
    if found is None:
        known = ", ".join(f"{council.abbreviation} ({council.name})" for council in councils()) or "none"
        raise NotKnown(f"There is no council “{name}”. The councils of this partnership are: {known}.")
    return found


def name_of_place(gss_code: str | None) -> str:
    """What the council with a GSS code is called; "the partnership" for None."""
    return Council.objects.get(gss_code=gss_code).name if gss_code else "the partnership"


def council_colours() -> list[tuple[str, str]]:
    """Slug and colour of every council."""
    return list(Council.objects.order_by("slug").values_list("slug", "colour"))


@dataclass(frozen=True, slots=True)
class BodiesOf:
    """The bodies of one council, or of the partnership where ``council`` is None."""

    council: Council | None
    bodies: list[Body]


def bodies_by_council() -> list[BodiesOf]:
    """Every body under its council; the partnership's own first."""
    groups: dict[Council | None, list[Body]] = {}
    for body in bodies_with_panels():
        groups.setdefault(body.council, []).append(body)
    return [BodiesOf(council, of_council) for council, of_council in groups.items()]


def bodies_with_panels() -> QuerySet[Body]:
    """Every body with the panels that it is made of, the joint bodies it sits in, and whom it acts for."""
    return (
        bodies()
        .select_related("considers_for", "decides_for")
        .prefetch_related(
            Prefetch("sits_as", Body.objects.order_by("name")), Prefetch("joint_bodies", Body.objects.order_by("name"))
        )
    )


def body_called(slug: str) -> Body:
    """The body with a slug.

    Raises:
        NotKnown: there is none; the message lists those there are.
    """
    body = bodies().filter(slug=slug).first()
    if body is None:
        known = ", ".join(bodies().values_list("slug", flat=True).order_by("slug")) or "none"
        raise NotKnown(f"There is no body “{slug}”. The bodies of this partnership are: {known}.")
    return body


def is_called(body: Body, said: str) -> bool:
    """Whether minutes that call their body ``said`` may be those of ``body``."""
    return bodies_domain.is_called([body.name, str(body), *body.aliases], said)


def likeness(body: Body, said: str) -> bodies_domain.Likeness:
    """How well what minutes call their body fits the names of ``body``."""
    return bodies_domain.likeness([body.name, str(body), *body.aliases], said)


def user_called(username: str) -> User:
    """The active account with a user name.

    Raises:
        NotKnown: there is none.
    """
    user = User.objects.filter(username__iexact=username, is_active=True).first()
    if user is None:
        raise no_account(username)
    return user


def account_of_session(number: int, session_number: int) -> User | None:
    """The active account with a number, as long as it has not signed out everywhere since ``session_number``."""
    return User.objects.filter(pk=number, session_number=session_number, is_active=True).first()


def no_account(username: str) -> NotKnown:
    """What is said where no active account has a user name; or none that somebody may know of."""
    return NotKnown(f"There is no active account “{username}”. Ask an administrator, or check the spelling.")


def person_called(username: str) -> Person:
    """The person behind an account, one that can no longer log in too.

    Raises:
        NotKnown: there is no such account, or nobody behind it.
    """
    person = Person.objects.select_related("user").filter(user__username__iexact=username).first()
    if person is None:
        raise NotKnown(f"There is nobody with the account “{username}”. `sightline people list` names those there are.")
    return person


def people() -> QuerySet[Person]:
    """Everybody, with their accounts and roles; three queries however many."""
    roles = Role.objects.select_related("council", "title", "body").order_by("started_on", "pk")
    return Person.objects.select_related("user").prefetch_related(Prefetch("roles", roles)).order_by("name", "pk")


def people_who_may(action: str, *, council: Council | None) -> list[Person]:
    """Everybody who may do ``action`` today to a record of a council (None: the partnership's), by name."""
    today, gss_code = timezone.localdate(), council.gss_code if council else None
    return [
        person for person in people() if rights.may(action, access.held(person.roles.all()), council=gss_code, on=today)
    ]


def titles() -> Titles:
    """The posts of the partnership and the titles that mean them."""
    partnership = the_partnership()
    employers = [name for council in Council.objects.all() for name in (council.name, council.abbreviation)]
    if partnership is not None:
        employers += [partnership.provider_name, partnership.provider_abbreviation]
    table = [(post.title, post.aliases) for post in RoleTitle.objects.all()]
    return Titles.of(table, [name for name in employers if name])


def role_title_called(text: str) -> RoleTitle | None:
    """The post that a title means, as somebody wrote it: "Head of ICT (PSPS Ltd)", "the Head of ICT Services".

    None where it means none that the partnership file knows.
    """
    title = titles().find(text)
    return RoleTitle.objects.filter(title=title).first() if title else None


def role_titles_called(texts: Iterable[str]) -> dict[str, RoleTitle]:
    """The posts that titles mean, each under the text that means it; what means none is left out. Four queries however
    many, and none for no text."""
    wanted = set(texts)
    if not wanted:
        return {}
    known = titles()
    meant = {text: title for text in wanted if (title := known.find(text))}
    posts = {post.title: post for post in RoleTitle.objects.filter(title__in=set(meant.values()))}
    return {text: posts[title] for text, title in meant.items()}


def role_title_or_refuse(text: str) -> RoleTitle:
    """The post that a title means.

    Raises:
        NotKnown: it means none; the message lists those there are.
    """
    post = role_title_called(text)
    if post is None:
        known = "; ".join(RoleTitle.objects.values_list("title", flat=True)) or "none"
        raise NotKnown(f"No post is called “{text}”. The posts of this partnership are: {known}.")
    return post


def role_numbered(number: int) -> Role:
    """The role with the number that `sightline people list` prints.

    Raises:
        NotKnown: there is none.
    """
    role = Role.objects.select_related("person", "council").filter(pk=number).first()
    if role is None:
        raise no_role(number)
    return role


def no_role(number: int) -> NotKnown:
    """What is said where no role has a number; or none that somebody may know of."""
    return NotKnown(f"There is no role {number}. `sightline people list` prints the number of each.")


def role_titles_numbered(numbers: Any) -> list[RoleTitle]:
    """The posts with some numbers (a query of them, too), by title."""
    return list(RoleTitle.objects.filter(pk__in=numbers).order_by("title"))


def role_titles() -> list[RoleTitle]:
    """Every post, by title."""
    return list(RoleTitle.objects.order_by("title"))


def roles_held(on: datetime.date, *, reaching: Council | None) -> QuerySet[Role]:
    """The roles held on a day by people with an open account for a council, or for the partnership, whose provider
    works for every council. For the partnership's own matters (``reaching`` is None): every role."""
    held = Role.objects.select_related("person__user", "title", "council").filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=on), started_on__lte=on, person__user__is_active=True
    )
    if reaching is not None:
        held = held.filter(Q(council=reaching) | Q(council__isnull=True))
    return held.order_by("person__name", "pk")


def people_with(roles: QuerySet[Role]) -> list[Person]:
    """The people who hold some roles, each once, by name."""
    return list({role.person_id: role.person for role in roles}.values())


def holders_of(title: RoleTitle, on: datetime.date, *, reaching: Council | None) -> list[Person]:
    """Who holds a post on a day, for a council or for the partnership."""
    return people_with(roles_held(on, reaching=reaching).filter(title=title))


def portfolio_holders(on: datetime.date, *, council: Council | None, title: RoleTitle | None = None) -> list[Person]:
    """The portfolio holders of a council (of every council, where it is None) on a day; those of a post, where it is
    given and somebody holds it."""
    held = roles_held(on, reaching=None).filter(kind=RoleKind.PORTFOLIO_HOLDER.value)
    if council is not None:
        held = held.filter(council=council)
    of_title = people_with(held.filter(title=title)) if title is not None else []
    return of_title or people_with(held)


def clerks(on: datetime.date, *, council: Council | None) -> list[Person]:
    """The clerks of a council on a day; those of every council for what is the partnership's."""
    held = roles_held(on, reaching=None).filter(kind=RoleKind.CLERK.value)
    return people_with(held.filter(council=council) if council is not None else held)


def members_of(body: Body, on: datetime.date) -> list[Person]:
    """Who sits on a body on a day; on a joint one, whoever sits on a panel of which it is made."""
    seats = Q(body=body) | Q(body__joint_bodies=body)
    held = roles_held(on, reaching=None).filter(
        seats, kind__in=[RoleKind.MEMBER.value, RoleKind.PORTFOLIO_HOLDER.value]
    )
    return people_with(held)


def sits_on(person: Person, body: Body, on: datetime.date) -> bool:
    """Whether a person sits on a body on a day, or on a panel of which it is made."""
    return person in members_of(body, on)
