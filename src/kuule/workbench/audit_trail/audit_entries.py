"""The audit trail: when, who, what and on what. Entries are added and never changed; they contain no texts of the
study."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest

from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.models import LONGEST_ENTRY_OBJECT, Entry

COMMAND_LINE = "the command line"
UNKNOWN_ACTOR = "somebody"
"""Whoever makes a request before signing in."""
ENTRIES_PER_PAGE = 100


def record_action(request: HttpRequest, what: str, on: str = "") -> None:
    """Add an entry about the member who makes this request. `what` is a short verb phrase, `on` names the object."""
    record_action_of(actor_name(request), what, on)


def record_action_of(who: str, what: str, on: str = "") -> None:
    """Add an entry about somebody by name, or about a program (COMMAND_LINE)."""
    Entry.objects.create(at=running_site().clock(), who=who, what=what, on=on[:LONGEST_ENTRY_OBJECT])


def latest_entries(before: int | None = None) -> Sequence[Entry]:
    """The newest ENTRIES_PER_PAGE entries (those older than the entry `before`, if given), plus one if there are
    more."""
    found = Entry.objects.order_by("-id")
    return list((found.filter(id__lt=before) if before is not None else found)[: ENTRIES_PER_PAGE + 1])


def actor_name(request: HttpRequest) -> str:
    """The name of whoever makes the request; UNKNOWN_ACTOR before anyone has signed in."""
    member = getattr(request, "member", None)
    return str(member.name if member is not None else getattr(request.user, "name", "") or UNKNOWN_ACTOR)
