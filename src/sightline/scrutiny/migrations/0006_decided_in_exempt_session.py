"""That a council decided in exempt session can be told without telling what."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scrutiny', '0001_squashed_0005_what_waits'),
    ]

    operations = [
        migrations.AddField(
            model_name='decision',
            name='fact_public',
            field=models.BooleanField(default=False, verbose_name='that it was decided is public'),
        ),
        migrations.AddField(
            model_name='historicaldecision',
            name='fact_public',
            field=models.BooleanField(default=False, verbose_name='that it was decided is public'),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='public_state',
            field=models.CharField(choices=[('waiting', 'Waiting to be considered'), ('considered', 'Considered, waiting for a decision'), ('accepted', 'Accepted'), ('accepted-in-part', 'Accepted in part'), ('rejected', 'Rejected'), ('deferred', 'Deferred'), ('decided-exempt', 'Decided in exempt session'), ('withdrawn', 'Withdrawn before a decision')], default='waiting', max_length=20),
        ),
        migrations.AlterField(
            model_name='historicalreferral',
            name='state',
            field=models.CharField(choices=[('waiting', 'Waiting to be considered'), ('considered', 'Considered, waiting for a decision'), ('accepted', 'Accepted'), ('accepted-in-part', 'Accepted in part'), ('rejected', 'Rejected'), ('deferred', 'Deferred'), ('decided-exempt', 'Decided in exempt session'), ('withdrawn', 'Withdrawn before a decision')], default='waiting', max_length=20),
        ),
        migrations.AlterField(
            model_name='referral',
            name='public_state',
            field=models.CharField(choices=[('waiting', 'Waiting to be considered'), ('considered', 'Considered, waiting for a decision'), ('accepted', 'Accepted'), ('accepted-in-part', 'Accepted in part'), ('rejected', 'Rejected'), ('deferred', 'Deferred'), ('decided-exempt', 'Decided in exempt session'), ('withdrawn', 'Withdrawn before a decision')], default='waiting', max_length=20),
        ),
        migrations.AlterField(
            model_name='referral',
            name='state',
            field=models.CharField(choices=[('waiting', 'Waiting to be considered'), ('considered', 'Considered, waiting for a decision'), ('accepted', 'Accepted'), ('accepted-in-part', 'Accepted in part'), ('rejected', 'Rejected'), ('deferred', 'Deferred'), ('decided-exempt', 'Decided in exempt session'), ('withdrawn', 'Withdrawn before a decision')], default='waiting', max_length=20),
        ),
    ]
