"""Messages that the next page shows once. They are kept in the session, so only for somebody who is signed in or about
to be."""

from __future__ import annotations

from django.http import HttpRequest
from markupsafe import Markup, escape

_KEY = "notices_html"
_MOST = 5


def add_notice(request: HttpRequest, text: str) -> None:
    """Show this text on the next page: HTML if it is Markup, else plain text."""
    request.session[_KEY] = [*request.session.get(_KEY, []), str(escape(text))][-_MOST:]


def take_notices(request: HttpRequest) -> list[Markup]:
    """The messages to show now; they are removed from the session."""
    session = getattr(request, "session", None)
    kept = [] if session is None or _KEY not in session else session.pop(_KEY)
    return [Markup(text) for text in kept]  # noqa: S704 - escaped in `add_notice`
