"""What councils made of a recommendation: considerations, decisions, and the passages of minutes that may tell of them.

Nothing here is ever deleted. A deferral is superseded by the decision that follows it, a wrong record by the one that
corrects it; both stay readable.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from sightline.partnership.models import Body, EnteredForSomebody, Person, PublishedRecord, User
from sightline.scrutiny.domain.matching import LinkState, Step
from sightline.scrutiny.domain.referrals import ConsiderationOutcome, DecisionOutcome, Taken
from sightline.scrutiny.models.passages import Passage
from sightline.scrutiny.models.recommendations import Recommendation, Referral


class Consideration(PublishedRecord):
    """What the scrutiny panel of one council made of a recommendation at one meeting.

    passage: the words of the panel's minutes that it rests on, where they are recorded here.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="considerations")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=[(value.value, value.label) for value in ConsiderationOutcome])
    considered_on = models.DateField()
    comments = models.TextField(blank=True)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="considerations")
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    # Where its passage can be read, where whoever looks may; see referral_queries.
    seen_passage: str

    class Meta(PublishedRecord.Meta):
        ordering = ("considered_on", "pk")
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
                name="consideration_not_superseded_by_itself",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ConsiderationOutcome.WITH_COMMENTS.value) | ~Q(comments=""),
                name="consideration_with_its_comments",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} by {self.body.name}, {self.considered_on.day} {self.considered_on:%B %Y}"

    @property
    def taken(self) -> Taken:
        """As the rules look at it."""
        return Taken(self.pk, self.considered_on, self.outcome)

    def get_absolute_url(self) -> str:
        return self.referral.get_absolute_url()


class Decision(EnteredForSomebody, PublishedRecord):
    """What one council decided on a recommendation.

    portfolio_holder: who answers for it in the council's executive.
    on_behalf_of: whose decision it is where somebody else entered it, such as a clerk for a portfolio holder.
    call_in_ends_on: the last day on which it may be called in; None where it cannot be.
    fact_public: while it is exempt, everybody may know that it was decided and when, and not what.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="decisions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=[(value.value, value.label) for value in DecisionOutcome])
    decided_on = models.DateField()
    reason = models.TextField(blank=True)
    portfolio_holder = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    call_in_ends_on = models.DateField(null=True, blank=True)
    fact_public = models.BooleanField("that it was decided is public", default=False)
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    history = HistoricalRecords()

    # Where its passage can be read, where whoever looks may; see referral_queries.
    seen_passage: str

    class Meta(PublishedRecord.Meta):
        ordering = ("decided_on", "pk")
        constraints = [
            *PublishedRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("id")),
                name="decision_not_superseded_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(outcome=DecisionOutcome.ACCEPTED.value) | ~Q(reason=""), name="decision_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(call_in_ends_on__isnull=True) | Q(call_in_ends_on__gte=F("decided_on")),
                name="decision_called_in_after_it",
            ),
        ]
        indexes = [models.Index(fields=["publication", "-published_at", "-id"], name="decision_public_newest")]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} by {self.body.name}, {self.decided_on.day} {self.decided_on:%B %Y}"

    @property
    def taken(self) -> Taken:
        """As the rules look at it."""
        return Taken(self.pk, self.decided_on, self.outcome)

    def get_absolute_url(self) -> str:
        return self.referral.get_absolute_url()


class Withdrawal(models.Model):
    """That scrutiny no longer asks for a recommendation, since when and why. The recommendation stays readable.

    superseded_by: the recommendation that now asks in its place.
    asked_again_on, asked_again_why, asked_again_by: since when scrutiny asks for it again, and why; the withdrawal
        stays on record.
    """

    recommendation = models.OneToOneField(Recommendation, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_on = models.DateField()
    reason = models.TextField()
    superseded_by = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_again_on = models.DateField(null=True, blank=True)
    asked_again_why = models.TextField(blank=True)
    asked_again_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ("-withdrawn_on", "-pk")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_with_reason"),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True) | ~Q(superseded_by=F("recommendation")),
                name="withdrawal_not_for_itself",
            ),
            models.CheckConstraint(
                condition=Q(asked_again_on__isnull=True, asked_again_why="", asked_again_by__isnull=True)
                | (Q(asked_again_on__gte=F("withdrawn_on"), asked_again_by__isnull=False) & ~Q(asked_again_why="")),
                name="withdrawal_asked_again_with_reason",
            ),
        ]

    @property
    def stands(self) -> bool:
        """Whether scrutiny still does not ask for the recommendation."""
        return self.asked_again_on is None

    def __str__(self) -> str:
        word = "superseded" if self.superseded_by_id else "withdrawn"
        return f"{self.recommendation.reference} {word} on {self.withdrawn_on.day} {self.withdrawn_on:%B %Y}"


class Link(models.Model):
    """That a passage of a body's minutes may deal with a recommendation at that body's council. A clerk says whether.

    step: what the body may do: consider or decide.
    outcome: what the passage seems to say became of it; empty where it does not say.
    why: the reasons, one a line, each a sentence.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="links")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="links")
    step = models.CharField(max_length=13, choices=[(step.value, step.label) for step in Step])
    outcome = models.CharField(max_length=20, blank=True)
    confidence = models.FloatField()
    why = models.TextField()
    state = models.CharField(
        max_length=10, choices=[(state.value, state.label) for state in LinkState], default=LinkState.PROPOSED.value
    )
    proposed_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ("passage__start", "referral__recommendation__reference")
        constraints = [
            models.UniqueConstraint(fields=["passage", "referral"], name="link_once"),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="link_confidence_is_a_share"),
            models.CheckConstraint(
                condition=Q(state=LinkState.PROPOSED.value, settled_by__isnull=True)
                | (~Q(state=LinkState.PROPOSED.value) & Q(settled_by__isnull=False)),
                name="link_settled_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["state", "passage"], name="link_by_state")]

    def __str__(self) -> str:
        return f"{self.referral}: {self.get_state_display()}"

    @property
    def is_unsettled(self) -> bool:
        """Whether it may still lead to a record: it was not rejected."""
        return self.state != LinkState.REJECTED.value

    @property
    def outcome_label(self) -> str:
        """What the passage seems to say, in words; empty where it does not say."""
        if not self.outcome:
            return ""
        decides = self.step == Step.DECISION.value
        return (DecisionOutcome(self.outcome) if decides else ConsiderationOutcome(self.outcome)).label

    @property
    def percent(self) -> int:
        return round(100 * self.confidence)

    @property
    def reasons(self) -> list[str]:
        return self.why.splitlines()

    @property
    def form_address(self) -> str:
        """Where it is put on record, with what was read filled in."""
        name = "consider" if self.step == Step.CONSIDERATION.value else "decide"
        to = reverse(
            f"recommendation-{name}", args=[self.referral.recommendation.reference, self.referral.council.slug]
        )
        return f"{to}?link={self.pk}"
