"""The table of what was ordered of the field period: closed, opened again, launched for everybody."""

from __future__ import annotations

from django.db import migrations, models

import kuule.store.fields


class Migration(migrations.Migration):
    dependencies = [("store", "0008_restored_from")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="FieldControl",
            fields=[
                ("control_id", kuule.store.fields.RowIdField(primary_key=True, serialize=False)),
                ("latest_order", models.CharField(default="", max_length=8)),
                ("closed_on", models.CharField(default="", max_length=10)),
                ("finish_days", models.IntegerField(default=0)),
                ("launched", models.IntegerField(default=0)),
            ],
        ),
    ]
