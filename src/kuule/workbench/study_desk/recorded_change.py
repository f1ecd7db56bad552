"""Changing the study at this desk and saying so in the audit trail: both or neither."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest

from kuule.workbench.audit_trail.audit_entries import record_action


def record_change(request: HttpRequest, what: str, on: str, *, undo: Callable[[], object]) -> None:
    """Record what was changed just now. Where the accounts cannot be written, such as on a full disk, it is undone:
    nothing changes here without its line."""
    try:
        record_action(request, what, on)
    except DatabaseError:
        undo()
        raise
