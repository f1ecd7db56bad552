"""The table of orders that pages do not show a service."""

from __future__ import annotations

from django.db import migrations

from kuule.store.fields import RowIdField


class Migration(migrations.Migration):
    dependencies = [("store", "0009_field_control")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="HidingOrder",
            fields=[("service_id", RowIdField(primary_key=True, serialize=False))],
        ),
    ]
