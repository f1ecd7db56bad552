"""The column that says which audience a store is of."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_identity")]  # noqa: RUF012 -- Django's form
    unnoticed_because = (
        "the only row of the table is written when a store is made, and never by a collector that serves"
    )

    operations = [  # noqa: RUF012 -- Django's form
        migrations.AddField(model_name="identity", name="audience", field=models.CharField(default="", max_length=16)),
    ]
