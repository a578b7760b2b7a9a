"""Gives the referrals that there are already their day, and the last one for a decision: two months later.

Nothing moves from the columns that the migration before removed: no action ever wrote them.
"""

from django.db import migrations

from sightline.scrutiny.domain.clocks import due_on


def start(apps, schema_editor):
    Recommendation = apps.get_model("scrutiny", "Recommendation")
    Referral = apps.get_model("scrutiny", "Referral")
    HistoricalReferral = apps.get_model("scrutiny", "HistoricalReferral")
    for day in list(Recommendation.objects.order_by().values_list("asked_on", flat=True).distinct()):
        asked = Recommendation.objects.filter(asked_on=day)
        clock = {"referred_on": day, "due_on": due_on(day)}
        Referral.objects.filter(recommendation__in=asked).update(**clock)
        HistoricalReferral.objects.filter(recommendation__in=asked).update(**clock)
        asked.update(unanswered_due_on=due_on(day))


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0010_referrals")]
    operations = [migrations.RunPython(start, migrations.RunPython.noop, elidable=True)]
