"""Which second factors were used: the database has each once, so that two requests of one moment cannot both use it."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbench", "0006_language_of_a_person")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            "SpentFactor",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown_at", models.FloatField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="spent_factors",
                        to="workbench.person",
                    ),
                ),
            ],
            options={
                "constraints": (
                    models.UniqueConstraint(models.F("person"), models.F("shown_at"), name="a_factor_is_spent_once"),
                ),
            },
        ),
    ]
