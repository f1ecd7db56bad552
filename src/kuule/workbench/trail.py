"""The page of the audit trail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kuule.workbench.audit import PAGE, entries
from kuule.workbench.entry import member_of
from kuule.workbench.pages import page
from kuule.workbench.roles import Action, check_may


def trail(request: HttpRequest) -> HttpResponse:
    """A hundred lines, the newest first, and the way to older ones (`?before=` the number of a line)."""
    check_may(member_of(request), Action.SEE_AUDIT)
    asked = request.GET.get("before", "")
    found = entries(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 16 else None)
    older = found[PAGE - 1].pk if len(found) > PAGE else None
    return page(request, "audit.html", title="Audit trail", entries=found[:PAGE], older=older)
