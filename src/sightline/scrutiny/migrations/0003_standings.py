"""Where a recommendation stands at every council, held by itself, so that lists are narrowed without its referrals."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db import migrations, models


def fill(apps: Any, _schema_editor: Any) -> None:
    """Derive it for what is recorded already."""
    from sightline.scrutiny.domain import standings
    from sightline.scrutiny.domain.referrals import ReferralState

    rows = apps.get_model("scrutiny", "Referral").objects.order_by("recommendation").values_list(
        "recommendation", "council", "state", "public_state"
    )
    recommendations = apps.get_model("scrutiny", "Recommendation").objects
    for recommendation, of_one in groupby(rows.iterator(), key=lambda row: row[0]):
        at = list(of_one)
        recommendations.filter(pk=recommendation).update(
            standing=standings.written({council: ReferralState(state) for _, council, state, _ in at}),
            public_standing=standings.written({council: ReferralState(state) for _, council, _, state in at}),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0002_items_at_the_desk"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="recommendation",
            name="recommendation_public_newest",
        ),
        migrations.AddField(
            model_name="recommendation",
            name="public_standing",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="standing",
            field=models.TextField(blank=True),
        ),
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(
                fields=[
                    "publication",
                    "withdrawn_at",
                    "-asked_on",
                    "-id",
                    "public_standing",
                    "asked_by",
                    "council",
                    "diverges",
                    "unanswered_due_on",
                ],
                name="recommendation_public_newest",
            ),
        ),
        migrations.RemoveIndex(model_name="recommendation", name="recommendation_newest"),
        migrations.AddIndex(
            model_name="recommendation",
            index=models.Index(
                fields=[
                    "-asked_on",
                    "-id",
                    "withdrawn_at",
                    "publication",
                    "council",
                    "public_standing",
                    "standing",
                    "asked_by",
                ],
                name="recommendation_newest",
            ),
        ),
        migrations.RemoveIndex(model_name="commitment", name="commitment_by_state_and_due"),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(
                fields=["state", "due_on", "council", "owner", "publication"], name="commitment_by_state_and_due"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
