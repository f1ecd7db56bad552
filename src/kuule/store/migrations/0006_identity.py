"""The table that says which store this is."""

from __future__ import annotations

from django.db import migrations

from kuule.store.fields import RowIdField


class Migration(migrations.Migration):
    dependencies = [("store", "0005_ties")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="Identity",
            fields=[("identity_id", RowIdField(primary_key=True, serialize=False))],
        ),
    ]
