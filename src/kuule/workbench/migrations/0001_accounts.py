"""The tables of the accounts and of the audit trail."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_ID: tuple[str, models.BigAutoField[int, int]] = (
    "id",
    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
)


class Migration(migrations.Migration):
    initial = True

    operations = [  # noqa: RUF012 -- Django's form
        migrations.CreateModel(
            name="Organisation",
            fields=[
                _ID,
                ("name", models.CharField(max_length=80, unique=True)),
                ("links", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                _ID,
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("username", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=40)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="workbench.organisation"
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("languages", models.JSONField(default=list)),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                _ID,
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="workbench.organisation",
                    ),
                ),
                ("role", models.CharField(max_length=20)),
                ("languages", models.JSONField(default=list)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renewals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_by", models.CharField(default="", max_length=40)),
                ("expires", models.DateTimeField()),
                ("used", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                _ID,
                ("at", models.DateTimeField()),
                ("who", models.CharField(max_length=40)),
                ("what", models.CharField(max_length=60)),
                ("on", models.CharField(max_length=200)),
            ],
        ),
    ]
