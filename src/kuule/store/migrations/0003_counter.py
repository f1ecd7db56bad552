"""The table of the counters for partners."""

from __future__ import annotations

from django.db import migrations, models

from kuule.store.fields import RowIdField


class Migration(migrations.Migration):
    dependencies = [("store", "0002_coming_back")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("counter_id", RowIdField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=8)),
                ("name", models.CharField(max_length=35)),
                ("steps", models.IntegerField()),
            ],
        ),
    ]
