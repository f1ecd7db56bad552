"""The page of the audit trail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kuule.workbench.audit_trail.audit_entries import ENTRIES_PER_PAGE, latest_entries
from kuule.workbench.member_words.saying import say_plain
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may


def audit_page(request: HttpRequest) -> HttpResponse:
    """A hundred entries, the newest first, with a link to older ones (`?before=` and the number of an entry)."""
    check_may(request_member(request), Permission.SEE_AUDIT)
    before = request.GET.get("before", "")
    entries = latest_entries(int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None)
    older = entries[ENTRIES_PER_PAGE - 1].pk if len(entries) > ENTRIES_PER_PAGE else None
    return render_page(
        request, "audit.html", title=say_plain("way_audit"), entries=entries[:ENTRIES_PER_PAGE], older=older
    )
