"""No entry of the audit trail can replace an existing one, as INSERT OR REPLACE would.

SQLite runs the trigger that refuses deletions for REPLACE only if recursive_triggers is on, and whoever opens the file
decides that. https://www.sqlite.org/lang_conflict.html
"""

from __future__ import annotations

from django.db import migrations

_REFUSE = """
CREATE TRIGGER workbench_entry_no_replace BEFORE INSERT ON workbench_entry
WHEN EXISTS (SELECT 1 FROM workbench_entry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END
"""


class Migration(migrations.Migration):
    dependencies = [("workbench", "0003_roles_before")]  # noqa: RUF012 -- Django's form

    operations = [  # noqa: RUF012 -- Django's form
        migrations.RunSQL(_REFUSE, "DROP TRIGGER workbench_entry_no_replace"),
    ]
