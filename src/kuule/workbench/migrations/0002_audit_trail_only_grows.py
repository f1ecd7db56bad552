"""The database refuses to change or delete an entry of the audit trail."""

from __future__ import annotations

from django.db import migrations

_REFUSE = """
CREATE TRIGGER workbench_entry_no_{verb} BEFORE {verb} ON workbench_entry
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END
"""
_ALLOW = "DROP TRIGGER workbench_entry_no_{verb}"


class Migration(migrations.Migration):
    dependencies = [("workbench", "0001_accounts")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.RunSQL(_REFUSE.format(verb=verb), _ALLOW.format(verb=verb)) for verb in ("UPDATE", "DELETE")
    ]
