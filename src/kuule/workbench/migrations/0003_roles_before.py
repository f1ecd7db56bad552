"""Roles that a member had before."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workbench", "0002_audit_trail_only_grows")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.AddField("person", "roles_before", models.JSONField(default=list)),
    ]
