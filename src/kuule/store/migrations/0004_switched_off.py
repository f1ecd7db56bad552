"""The table of partners' links that are switched off."""

from __future__ import annotations

from django.db import migrations, models

from kuule.store.fields import RowIdField


class Migration(migrations.Migration):
    dependencies = [("store", "0003_counter")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="SwitchedOff",
            fields=[
                ("link_id", RowIdField(primary_key=True, serialize=False)),
                ("code", models.CharField(max_length=8)),
            ],
        ),
    ]
