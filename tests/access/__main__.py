"""Write docs/accessibility.md anew: `python -m tests.access`."""

from __future__ import annotations

import sys

from tests.access.statement import PAGE, ROOT, statement

PAGE.write_text(statement(), encoding="utf-8")
sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
