"""What is recorded of the partnership: councils, bodies, people and roles; and the base of every published record."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from simple_history.models import HistoricalRecords

from sightline.partnership.domain import seats
from sightline.partnership.domain.bodies import BodyKind
from sightline.partnership.domain.rights import HeldRole, RoleKind
from sightline.partnership.outbox import Notice as Notice
from sightline.partnership.record_bases import AnswerLinkRow as AnswerLinkRow
from sightline.partnership.record_bases import EnteredForSomebody as EnteredForSomebody
from sightline.partnership.record_bases import PublishedRecord as PublishedRecord
from sightline.partnership.record_bases import SourcedFact as SourcedFact


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, email: str = "", password: str | None = None) -> User:
        user = self.model(username=username, email=self.normalize_email(email))
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account that can log in. It has no rights of its own: those come from the roles of the person behind it,
    by the one table in domain/rights.py."""

    username = models.CharField(
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        help_text="Letters, digits and @.+-_ only.",
    )
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Part of what each session is checked against: raising it ends every session of the account.
    session_number = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    # What access.roles_of read for this object; see there.
    held_roles: tuple[HeldRole, ...] | None = None
    # The keys of the councils that those roles are held for, by GSS code.
    council_keys: Mapping[str, int] = {}

    class Meta:
        constraints = [
            # People log in with either, in whatever case they type.
            models.UniqueConstraint(Lower("username"), name="user_username_once"),
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        if set(kwargs.get("update_fields") or ["everything"]) == {"last_login"}:
            # Logging in changes nothing about the account, and nobody needs a record of every time somebody came.
            self.skip_history_when_saving = True
            try:
                super().save(*args, **kwargs)
            finally:
                del self.skip_history_when_saving
        else:
            super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is checked against: it dies with the password, and when ``session_number`` is raised."""
        return salted_hmac(
            "sightline.partnership.models.User.session",
            f"{self.session_number}:{self.password}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def get_full_name(self) -> str:
        person: Person | None = getattr(self, "person", None)
        return person.name if person else self.username

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the table of rights allows ``perm``, on ``obj`` or, without one, on anything at all."""
        return self.is_active and rules.has_perm(perm, self, obj)

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active


class Partnership(models.Model):
    """The one partnership of this installation."""

    # Which partnership this is, whatever it calls itself: an installation never becomes another's.
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    website = models.URLField(blank=True)
    provider_name = models.CharField("provider", max_length=200)
    provider_abbreviation = models.CharField(max_length=40, blank=True)
    provider_website = models.URLField(blank=True)
    # Whom residents turn to: the accessibility statement and the privacy notice say so.
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_address = models.TextField(blank=True)
    is_invented = models.BooleanField("invented, for demonstration", default=False)
    file_digest = models.CharField("digest of the partnership file last loaded", max_length=64, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="partnership_is_one")]

    def __str__(self) -> str:
        return self.name


class Council(SourcedFact):
    """One sovereign council. ``ended_on`` is its last day."""

    gss_code = models.CharField("GSS code", max_length=9, unique=True)
    name = models.CharField(max_length=200, unique=True)
    abbreviation = models.CharField(max_length=20, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    colour = models.CharField(max_length=7, validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$")], default="#1d3557")
    website = models.URLField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")

    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(ended_on__isnull=False), name="council_with_successor_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("council", args=[self.slug])

    def exists_on(self, day: datetime.date) -> bool:
        """Whether a day lies before its end, or on its last day."""
        return self.ended_on is None or day <= self.ended_on


class Body(SourcedFact):
    """A committee of one council, or of the partnership when it has no council."""

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in BodyKind])
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, blank=True, related_name="bodies")
    portfolio = models.CharField("what it deals with", max_length=300, blank=True)
    # Names under which minutes speak of it.
    aliases = models.JSONField(default=list, blank=True)
    sits_as = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="joint_bodies", verbose_name="panels that sit jointly"
    )
    considers_for = models.OneToOneField(
        Council, on_delete=models.PROTECT, null=True, blank=True, related_name="considering_body"
    )
    decides_for = models.OneToOneField(
        Council, on_delete=models.PROTECT, null=True, blank=True, related_name="deciding_body"
    )

    history = HistoricalRecords(m2m_fields=[sits_as])

    class Meta:
        ordering = ("council__name", "name")
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["council", "name"], name="body_name_once_a_council"),
            # A second constraint, since SQLite takes every null for another.
            models.UniqueConstraint(
                fields=["name"], condition=Q(council__isnull=True), name="body_name_once_in_the_partnership"
            ),
            # A check lets unknown pass, so a body without a council must be refused by name.
            # Sovereignty: no body considers or decides for another council.
            models.CheckConstraint(
                condition=Q(considers_for__isnull=True) | Q(council__isnull=False, considers_for=F("council")),
                name="body_considers_for_its_own",
            ),
            models.CheckConstraint(
                condition=Q(decides_for__isnull=True) | Q(council__isnull=False, decides_for=F("council")),
                name="body_decides_for_its_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.council.name}" if self.council else self.name

    @property
    def label(self) -> str:
        """What kind of committee it is, in words."""
        return BodyKind(self.kind).label

    @property
    def scrutinises(self) -> bool:
        """Whether it asks and recommends."""
        return BodyKind(self.kind).scrutinises

    @property
    def decides(self) -> bool:
        """Whether it may take its council's decision on a recommendation."""
        return BodyKind(self.kind).decides

    def get_absolute_url(self) -> str:
        return reverse("body", args=[self.slug])


class RoleTitle(models.Model):
    """A post and the titles that mean it: "Head of ICT", "Head of ICT Services" and "Head of ICT (PSPS)" are one."""

    title = models.CharField(max_length=200, unique=True)
    aliases = models.JSONField(default=list, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """An elected or employed person."""

    name = models.CharField(max_length=200)
    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="person")

    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What a person is, for one council or (without a council) for the partnership, from one date to another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in RoleKind])
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    title = models.ForeignKey(RoleTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    portfolio = models.CharField(max_length=200, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # Empty for a role that an administrator gave; else the role ends when its holder has left the group.
    from_group = models.CharField("group of the council's sign-on that gives it", max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("started_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="role_ends_after_it_starts"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the role, by whatever way it came.

        Raises:
            CannotSit: the person would sit in a council's executive and scrutinise it on the same day. No database
                can hold this rule: it looks at two rows and at what kind of body each names.
        """
        held = {role.pk: role.seat for role in self.person.roles.select_related("council", "body")}
        # What was kept before may always be ended: only a clash that is new is refused.
        before = held.pop(self.pk, None)
        mine = self.seat
        for other in (mine, *held.values()):
            if seats.clash(mine, other) and not (before and seats.clash(before, other)):
                raise seats.CannotSit(seats.refusal(self.person.name, mine, other))
        super().save(*args, **kwargs)

    @property
    def seat(self) -> seats.Seat:
        """What the rule on executive and scrutiny looks at."""
        return seats.Seat(
            kind=RoleKind(self.kind),
            council=self.council.gss_code if self.council else None,
            body=BodyKind(self.body.kind) if self.body else None,
            started_on=_as_day(self, "started_on"),
            ended_on=_as_day(self, "ended_on"),
            body_name=str(self.body) if self.body else "",
        )

    def __str__(self) -> str:
        where = self.council.abbreviation if self.council else "the partnership"
        return f"{self.get_kind_display()} for {where}"


def _as_day(role: Role, name: str) -> Any:
    """A date of a role that is not kept yet, which may still be text."""
    field: Any = Role._meta.get_field(name)
    return field.to_python(getattr(role, name))


class GroupRole(models.Model):
    """A line of the table by which a council's sign-on gives roles: whoever is in the group holds the role there.

    A council's sign-on speaks for that council alone, so no line gives a role for the partnership.
    """

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="group_roles")
    group = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.label) for kind in RoleKind])
    title = models.ForeignKey(RoleTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="group_roles")

    history = HistoricalRecords()

    class Meta:
        ordering = ("council__name", "group", "kind")
        constraints = [
            models.UniqueConstraint(fields=["council", "group", "kind"], name="group_role_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.council.abbreviation}, by the group {self.group}"


class Attachment(models.Model):
    """A file as it was received. Kept in the database, so that a record and its file come and go in one transaction."""

    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords(excluded_fields=["content"])

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def digest(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()


# The audit log's own tables stand in a file of their own; Django looks for them here.
from sightline.partnership.audit_models import AuditEntry, AuditHead, AuditPending, DailyRun  # noqa: E402, F401
