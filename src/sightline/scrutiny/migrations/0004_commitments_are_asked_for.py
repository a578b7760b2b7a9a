"""By itself, since PostgreSQL alters no table whose rows were changed in the same transaction."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scrutiny", "0003_who_asked_for_commitments"),
        ("partnership", "0004_audit"),
    ]

    operations = [
        migrations.AlterField(
            model_name="commitment",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="partnership.body"
            ),
        ),
    ]
