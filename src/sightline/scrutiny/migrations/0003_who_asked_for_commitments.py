"""The body that asked for a commitment is the one at whose meeting it was made."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def say_who_asked(apps, schema_editor):
    commitments = apps.get_model("scrutiny", "Commitment").objects
    own = commitments.filter(pk=OuterRef("pk")).values("passage__item__minute__meeting__body")[:1]
    commitments.filter(asked_by=None).update(asked_by=Subquery(own))


class Migration(migrations.Migration):
    dependencies = [("scrutiny", "0002_commitments")]

    operations = [migrations.RunPython(say_who_asked, migrations.RunPython.noop)]
