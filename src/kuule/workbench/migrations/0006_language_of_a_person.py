"""The language in which a member reads the workbench; "" means the one that their browser asks for."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbench", "0005_countries")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.AddField("person", "language", models.CharField(max_length=35, default="", db_default="")),
    ]
