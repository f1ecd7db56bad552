"""Messages that the next page shows once. They are kept in the session, so only for somebody who is signed in or about
to be."""

from __future__ import annotations

from django.http import HttpRequest

_KEY = "notices"
_MOST = 5


def add_notice(request: HttpRequest, text: str) -> None:
    """Show this text on the next page."""
    request.session[_KEY] = [*request.session.get(_KEY, []), text][-_MOST:]


def take_notices(request: HttpRequest) -> list[str]:
    """The messages to show now; they are removed from the session."""
    session = getattr(request, "session", None)
    return [] if session is None or _KEY not in session else list(session.pop(_KEY))
