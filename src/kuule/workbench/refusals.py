"""Pages in words for what is not done: each says why, and what became of what was typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kuule.errors import KuuleError
from kuule.workbench.pages import page

_SECRET = ("csrfmiddlewaretoken", "password", "code", "credential")
"""Fields that no page shows again: all whose name begins like one of these."""


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A role or a language does not have this (also Django's handler403)."""
    return said(request, "This is not open to you", "Your role or your languages do not include it.", 403)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return said(request, "There is nothing here", "The address leads to no page.", 404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return said(request, "This could not be read", "Nothing was changed. Please go back and try again.", 400)


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500: nothing of the request and no traceback."""
    return said(request, "Something broke on our side", "Nothing of it was your doing. Please try again.", 500)


def too_often(request: HttpRequest) -> HttpResponse:
    """More tries than anyone needs, in too short a time."""
    return said(request, "Too many tries", "Please wait a few minutes.", 429)


def another_site(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from a page of ours, or the page was older than the session."""
    return said(
        request,
        "This page was too old",
        "It was opened before you signed in, or came from another site. Nothing was changed. Open it again from here.",
        403,
        typed=typed(request),
    )


def session_over(request: HttpRequest) -> HttpResponse:
    """A form arrived after its session had ended: what was typed is shown, to be copied."""
    return said(
        request,
        "You are not signed in any more",
        "A session ends after eight hours. What you sent was not kept: copy it from here, then sign in.",
        401,
        typed=typed(request),
    )


def in_the_way(request: HttpRequest, error: KuuleError) -> HttpResponse:
    """Something of the study, or of what runs here, is not as it should be: what, and the remedy."""
    return said(
        request,
        "Something is in the way",
        "Nothing was changed. Whoever runs this site, or last changed the study, can mend it:",
        503,
        problems=error.problems,
        typed=typed(request),
    )


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form held, without passwords and codes."""
    fields = request.POST.lists() if request.method == "POST" else ()
    return [(name, value) for name, values in fields if not name.startswith(_SECRET) for value in values if value]


def said(request: HttpRequest, title: str, text: str, status: int, **content: object) -> HttpResponse:
    """A page with a heading and a sentence."""
    return page(request, "said.html", title=title, text=text, status=status, **{"typed": [], "problems": (), **content})
