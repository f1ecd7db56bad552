"""What ties a draft to its visit, so that it goes with it, and a row to its code. Rows from before have none."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0004_switched_off")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.AddField("response", "tag", models.BinaryField(max_length=16, null=True)),
        migrations.AddField("draft", "visit", models.BinaryField(max_length=8, null=True)),
    ]
