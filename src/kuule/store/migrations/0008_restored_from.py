"""The column that says from which day's backup a store was restored."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0007_audience")]  # noqa: RUF012 -- Django's form
    unnoticed_because = (
        "the only row of the table is written when a store is made or restored, and never by a collector that serves"
    )

    operations = [  # noqa: RUF012 -- Django's form
        migrations.AddField(
            model_name="identity", name="restored_from", field=models.CharField(default="", max_length=10)
        ),
    ]
