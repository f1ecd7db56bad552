"""The tables of coming back: drafts that were paused, and the ids of what was taken back."""

from __future__ import annotations

from django.db import migrations, models

from kuule.store.fields import RowIdField


class Migration(migrations.Migration):
    dependencies = [("store", "0001_response")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("draft_id", RowIdField(primary_key=True, serialize=False)),
                ("last_week", models.IntegerField()),
                ("sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[("row_id", RowIdField(primary_key=True, serialize=False))],
        ),
    ]
