"""Notes of people who try the questionnaire, by question. They are the workbench's alone."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbench", "0007_a_factor_is_spent_once")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            "PretestNote",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.CharField(max_length=200)),
                ("wording", models.CharField(max_length=500)),
                ("language", models.CharField(max_length=35)),
                ("kind", models.CharField(max_length=20)),
                ("on_paper", models.BooleanField(default=False)),
                ("words", models.CharField(max_length=2000)),
                ("who", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("settled_by", models.CharField(default="", max_length=40)),
            ],
        ),
    ]
