"""The countries of the register that a member codes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbench", "0004_no_line_in_the_place_of_another")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.AddField(model, "countries", models.JSONField(default=list)) for model in ("person", "invitation")
    ]
