"""The column that says which audience a store is of."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0006_identity")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.AddField(model_name="identity", name="audience", field=models.CharField(default="", max_length=16)),
    ]
