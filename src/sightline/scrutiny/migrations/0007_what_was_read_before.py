"""Minutes that were recorded before there was a desk: what was read in them was proposed, and what is public was
confirmed by whoever published it."""

from django.db import migrations
from django.db.models import F

READER = "before the desk"
BATCH = 1000


def keep_what_was_read(apps, schema_editor):
    Passage = apps.get_model("scrutiny", "Passage")
    Proposal = apps.get_model("scrutiny", "Proposal")
    public = (
        Passage.objects.filter(state="proposed", item__minute__publication="public")
        .annotate(since=F("item__minute__published_at"))
        .only("pk")
    )
    for passages in _batches(public):
        for passage in passages:
            passage.state, passage.in_bulk, passage.published_at = "accepted", True, passage.since
        Passage.objects.bulk_update(passages, ["state", "in_bulk", "published_at"])
    unproposed = Passage.objects.filter(proposal__isnull=True).annotate(read_at=F("item__minute__recorded_at"))
    for passages in _batches(unproposed):
        Proposal.objects.bulk_create(
            Proposal(
                passage_id=passage.pk,
                hung_on_id=passage.parent_id,
                kind=passage.kind,
                start=passage.start,
                end=passage.end,
                text=passage.text,
                said_by=passage.said_by,
                label=passage.label,
                confidence=passage.confidence,
                reader=READER,
                proposed_at=passage.read_at,
            )
            for passage in passages
        )


def _batches(passages):
    """Those that are left, some at a time, until none is."""
    while found := list(passages.order_by("pk")[:BATCH]):
        yield found


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0006_clerks_desk")]

    operations = [migrations.RunPython(keep_what_was_read, migrations.RunPython.noop)]
