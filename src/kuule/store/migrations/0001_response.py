"""The table of sealed responses."""

from __future__ import annotations

from django.db import migrations, models

from kuule.store.fields import RowIdField


class Migration(migrations.Migration):
    initial = True

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="Response",
            fields=[
                ("row_id", RowIdField(primary_key=True, serialize=False)),
                ("key_id", models.BinaryField(max_length=8)),
                ("envelope", models.BinaryField()),
            ],
        ),
    ]
