"""What the partnership's own records and the libraries hold of people, and who may see what changed of them."""

from __future__ import annotations

from sightline.partnership import access, histories, notices, privacy
from sightline.partnership.audit_models import AuditEntry, AuditHead, AuditPending, DailyRun
from sightline.partnership.models import (
    Attachment,
    Body,
    Council,
    Partnership,
    Person,
    Role,
    RoleTitle,
    User,
)
from sightline.partnership.outbox import Notice
from sightline.partnership.people import MANAGE
from sightline.partnership.privacy import DONE_BY, PUBLIC_TASK, WITH_RECORD, Personal

CLOSED = "closed-accounts"
STAFF_AND_MEMBERS = "staff, members"
SECURITY = "to keep accounts safe"


def register() -> None:
    """Say it all."""
    _accounts_and_people()
    _facts()
    _notices()
    _log()
    _libraries()
    _changes()


def _accounts_and_people() -> None:
    account = Personal("how an account is called", STAFF_AND_MEMBERS, "to sign in", kept=CLOSED)
    privacy.holds(
        User,
        not_personal=privacy.field_names(User) & {"id", "is_active", "session_number"},
        username=account,
        email=Personal("an e-mail address", STAFF_AND_MEMBERS, "to sign in, and for notices", kept=CLOSED),
        password=Personal("a scrambled form of the password", STAFF_AND_MEMBERS, "to sign in", kept=CLOSED),
        last_login=Personal("when they last signed in", STAFF_AND_MEMBERS, SECURITY, kept=CLOSED),
        date_joined=Personal("when the account was made", STAFF_AND_MEMBERS, SECURITY, kept=CLOSED),
    )
    privacy.holds(
        Person,
        not_personal=["id"],
        name=Personal("a name", STAFF_AND_MEMBERS, "to know who holds which role", kept=CLOSED),
        user=Personal("which account is theirs", STAFF_AND_MEMBERS, "to know who holds which role"),
    )
    role = Personal(
        "which office they hold or held, and when", STAFF_AND_MEMBERS, "rights come from roles; offices are public"
    )
    privacy.holds(
        Role,
        not_personal=["id", *(privacy.field_names(Role) & {"from_group"})],
        **dict.fromkeys(("person", "kind", "council", "title", "body", "portfolio", "started_on", "ended_on"), role),
    )
    privacy.holds(
        Attachment,
        not_personal=["id", "media_type", "size_bytes", "sha256", "received_at"],
        name=Personal("a name, where the file is called by one", "anybody", "so that a file is known again"),
        content=Personal("whoever is named in the file", "anybody", "minutes are what records come from"),
        received_by=DONE_BY,
    )


def _facts() -> None:
    contact = Personal(
        "whom to turn to, where that is one person", "staff", "so that residents can ask", basis=PUBLIC_TASK
    )
    privacy.holds(
        Partnership,
        not_personal=[
            "id", "slug", "name", "short_name", "website", "provider_name", "provider_abbreviation", "provider_website",
            "is_invented", "file_digest",
        ],
        contact_email=contact,
        contact_phone=contact,
        contact_address=contact,
    )  # fmt: skip
    for kind in (Council, Body, RoleTitle):
        privacy.holds(kind, not_personal=privacy.field_names(kind))
    for model in privacy.our_models():
        if model._meta.label == "partnership.GroupRole":
            privacy.holds(model, not_personal=privacy.field_names(model))


def _notices() -> None:
    """The outbox of e-mail. What a letter was about stays, as numbers, so that none is sent twice."""
    letter = Personal(
        "to whom a notice by e-mail was sent, and what it said",
        "residents, staff, members",
        "to send it once, and to say why somebody got it or did not",
        kept=f"{notices.KEPT_DAYS} days after it was put into the outbox",
    )
    told = ("recipient", "subject", "text", "unsubscribe", "problem")
    privacy.holds(Notice, not_personal=privacy.field_names(Notice) - set(told), **dict.fromkeys(told, letter))


def _log() -> None:
    logged = Personal(
        "what an account saw, changed or tried; the account by number alone",
        STAFF_AND_MEMBERS,
        "so that what was done with exempt material and records can be proved",
        kept="as long as this installation; an erased account is a number that stands for nobody",
    )
    privacy.holds(
        AuditEntry,
        not_personal=["number", "digest", "at", "kind", "record", "record_id", "council"],
        content=logged,
        actor=logged,
    )
    privacy.holds(AuditPending, not_personal=["id"], facts=logged)
    privacy.holds(AuditHead, not_personal=privacy.field_names(AuditHead))
    privacy.holds(DailyRun, not_personal=privacy.field_names(DailyRun))


def _libraries() -> None:
    """Tables as a whole, those of libraries that an installation may do without too."""
    for label in (
        "auth.Permission", "auth.Group", "contenttypes.ContentType", "socialaccount.SocialApp", "sites.Site",
    ):  # fmt: skip
        privacy.others_hold(label, None)
    address = Personal("an e-mail address", STAFF_AND_MEMBERS, "to sign in, and for notices", kept=CLOSED)
    for label in ("account.EmailAddress", "account.EmailConfirmation"):
        privacy.others_hold(label, address)
    session = Personal("who is signed in", STAFF_AND_MEMBERS, "to stay signed in", kept="until it ends")
    for label in ("sessions.Session", "usersessions.UserSession"):
        privacy.others_hold(label, session)
    privacy.others_hold(
        "mfa.Authenticator", Personal("second factors, scrambled", STAFF_AND_MEMBERS, SECURITY, kept=CLOSED)
    )
    signing_on = Personal("who somebody is to their council's sign-on", STAFF_AND_MEMBERS, "to sign in", kept=CLOSED)
    for label in ("socialaccount.SocialAccount", "socialaccount.SocialToken"):
        privacy.others_hold(label, signing_on)
    attempt = Personal(
        "which account somebody tried to sign in to, and from where as a digest",
        STAFF_AND_MEMBERS,
        "to stop people guessing passwords",
        kept="sign-in-attempts",
    )
    for label in ("axes.AccessAttempt", "axes.AccessLog", "axes.AccessFailureLog", "axes.AccessAttemptExpiration"):
        privacy.others_hold(label, attempt)
    privacy.others_hold(
        "django_tasks_database.DBTaskResult",
        Personal("which record a background job works on", "staff", "to do the job", kept="background-jobs"),
    )


def _changes() -> None:
    def anybody_with_a_role(account: access.Account, _record: object) -> bool:
        return access.may_anywhere(account, "partnership.see_internal")

    for kind in (Partnership, Council, Body, RoleTitle):
        histories.seen_if(kind, anybody_with_a_role)
    for model in privacy.our_models():
        if model._meta.label == "partnership.GroupRole":
            histories.seen_if(model, lambda account, record: access.may(account, MANAGE, council=record.council))  # type: ignore[attr-defined]
    histories.seen_if(Role, lambda account, role: access.may(account, MANAGE, council=role.council))
    histories.seen_if(Person, may_handle)
    histories.seen_if(User, lambda account, user: may_handle(account, getattr(user, "person", None)))
    histories.seen_if(Attachment, lambda account, file: account == file.received_by)


def may_handle(account: access.Account, person: Person | None, action: str = MANAGE) -> bool:
    """Whether an account may do ``action`` to a person: for every council at which they hold or held a role."""
    councils = {role.council for role in person.roles.select_related("council")} if person else set()
    return all(access.may(account, action, council=council) for council in councils or {None})


__all__ = ["WITH_RECORD", "may_handle", "register"]
