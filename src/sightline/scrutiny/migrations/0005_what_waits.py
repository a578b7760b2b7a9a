"""Indices that hold what is asked of everything open, so that what waits for somebody is found without reading it all."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scrutiny', "0004_asked_again"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='referral',
            name='referral_by_council_and_state',
        ),
        migrations.AddIndex(
            model_name='link',
            index=models.Index(fields=['state', 'passage'], name='link_by_state'),
        ),
        migrations.AddIndex(
            model_name='passage',
            index=models.Index(fields=['state', 'item'], name='passage_by_state'),
        ),
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['council', 'state', 'due_on', 'id', 'recommendation'], name='referral_by_council_and_state'),
        ),
    ]
