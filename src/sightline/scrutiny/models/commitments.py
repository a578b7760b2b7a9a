"""What somebody said they would do, and what has been told of it since."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import AnswerLinkRow, Attachment, Body, Person, PublishedRecord, RoleTitle, User
from sightline.scrutiny.domain.commitments import CommitmentState
from sightline.scrutiny.domain.escalation import Stage
from sightline.scrutiny.models.passages import Passage
from sightline.scrutiny.models.recommendations import Referral


class Commitment(PublishedRecord):
    """What somebody said they would do.

    asked_by: the body at whose meeting it was said; it accepts or returns what is claimed done.
    owner_title, owner: the post that is to do it, and the person who holds it.
    portfolio_title: the post of the portfolio holder who is told when it is late.
    """

    reference = models.CharField(max_length=20, unique=True)
    text = models.TextField()
    said_by = models.CharField("who said it or is to do it, in the minute's words", max_length=300, blank=True)
    made_on = models.DateField()
    passage = models.OneToOneField(Passage, on_delete=models.PROTECT, related_name="commitment")
    asked_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="commitments")
    owner_title = models.ForeignKey(RoleTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments")
    portfolio_title = models.ForeignKey(RoleTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, state.label) for state in CommitmentState],
        default=CommitmentState.OPEN.value,
    )
    state_reason = models.TextField("why it stands so", blank=True)
    state_on = models.DateField("since when it stands so", null=True, blank=True)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("-made_on", "-pk")
        indexes = [
            models.Index(fields=["publication", "-made_on", "-id"], name="commitment_public_newest"),
            # Holds all that "what waits for me" asks of every open one.
            models.Index(
                fields=["state", "due_on", "council", "owner", "publication"], name="commitment_by_state_and_due"
            ),
            models.Index(fields=["owner", "state", "due_on"], name="commitment_by_owner"),
            models.Index(fields=["asked_by", "state", "due_on"], name="commitment_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:80]}"

    @property
    def heading(self) -> str:
        """The text as it stands by itself: a part of a list ends in a semicolon and may begin small."""
        text = self.text.rstrip(" ;,")
        return text[:1].upper() + text[1:]

    @property
    def standing(self) -> CommitmentState:
        return CommitmentState(self.state)

    @property
    def is_withdrawn(self) -> bool:
        return self.standing is CommitmentState.WITHDRAWN

    def get_absolute_url(self) -> str:
        return reverse("commitment", args=[self.reference])


class Update(PublishedRecord):
    """What was told of a commitment or of a referral, by whom and when. It is never changed, only added to.

    Like every record it starts internal: what an owner writes is public when a clerk has published it. Its evidence is
    as public as it is.

    claims: what it says of the matter: that nothing is to be shown yet, that it has come further, or that it is done.
        The latter two need evidence; whether a commitment is done, the asking body says.
    by, entered_by: whose word it is; the account that sent it, empty for a signed link.
    submission: the number of the form that sent it, so that sending it twice keeps it once.
    """

    class Claims(models.TextChoices):
        NOTHING = "nothing", "Nothing to show yet"
        PROGRESS = "progress", "It has come further"
        DONE = "done", "It is done"

    class Way(models.TextChoices):
        PAGE = "page", "On its page"
        SIGNED_LINK = "signed-link", "By signed link"

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, blank=True, related_name="updates")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, null=True, blank=True, related_name="updates")
    text = models.TextField()
    claims = models.CharField(max_length=10, choices=Claims.choices, default=Claims.NOTHING)
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.PAGE)
    submission = models.UUIDField(unique=True)
    written_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords()

    class Meta(PublishedRecord.Meta):
        ordering = ("on", "pk")
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(commitment__isnull=False, referral__isnull=True)
                | Q(commitment__isnull=True, referral__isnull=False),
                name="update_of_one_record",
            ),
        ]
        indexes = [
            models.Index(fields=["commitment", "on"], name="update_of_commitment"),
            models.Index(fields=["referral", "on"], name="update_of_referral"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.text[:80]}"


class Evidence(models.Model):
    """What shows that an update is true: a document, a link, or the stable address of a record here."""

    class Kind(models.TextChoices):
        DOCUMENT = "document", "A document"
        LINK = "link", "A link"
        RECORD = "record", "A record of this site"

    update_shown = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=300)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=1000, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("update_shown", "pk")
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="document", attachment__isnull=False, address="")
                | (Q(kind__in=["link", "record"], attachment__isnull=True) & ~Q(address="")),
                name="evidence_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence-file", args=[self.pk]) if self.kind == self.Kind.DOCUMENT else self.address


class EscalationStep(models.Model):
    """A step of the schedule that was taken for a commitment: once for each day on which it was due."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    due_on = models.DateField("the day on which it was due")
    stage = models.CharField(max_length=20, choices=[(stage.value, stage.label) for stage in Stage])
    on = models.DateField()
    told = models.ManyToManyField(Person, blank=True, related_name="+")
    taken_at = models.DateTimeField(auto_now_add=True)

    history = HistoricalRecords(m2m_fields=[told])

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "due_on", "stage"], name="escalation_step_once"),
            models.UniqueConstraint(fields=["commitment", "on"], name="escalation_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.reference}: {self.get_stage_display()}, {self.on}"


class AnswerLink(AnswerLinkRow):
    """A link in a letter by which one person answers for one commitment, once, without logging in.

    The link itself is this row's number with a signature; it is made when the letter is sent and kept nowhere.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="answer_links")
    answer = models.OneToOneField(Update, on_delete=models.SET_NULL, null=True, blank=True, related_name="answer_link")

    history = HistoricalRecords()

    class Meta(AnswerLinkRow.Meta):
        pass

    def __str__(self) -> str:
        return f"{self.person} for {self.commitment.reference}"
