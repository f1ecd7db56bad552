"""Pages in words for what is not a step of the conversation. Each says what became of what was typed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, RawPostDataException
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

from kuule.collector.frame import Frame, frame_of, frame_without_edition
from kuule.collector.site import running_site
from kuule.languages.tags import language
from kuule.web.headers import as_html, from_another_site
from kuule.web.interface.texts import english, interface, translated

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_FORM = "application/x-www-form-urlencoded"
_PIECE = 64 * 1024
_MOST_DRAINED = 64 * 1024 * 1024
"""Bytes of a refused body that are read and dropped: a browser shows the answer only after it has sent everything."""


def refuse_what_cannot_be_read(get_response: GetResponse) -> GetResponse:
    """Middleware: closed sites, other sites' posts, other formats and bodies larger than any form, before any view."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if running_site().open is None and not request.path.startswith("/style-"):
            return closed(request)
        if request.method not in {"GET", "HEAD", "POST"}:
            return said(request, "unreadable_title", "unreadable_text", 405)
        if request.method == "POST":
            refused = _refused(request)
            if refused is not None:
                _drain(request)
            return refused or get_response(request)
        return get_response(request)

    return middleware


def _refused(request: HttpRequest) -> HttpResponse | None:
    if from_another_site(request):
        return said(request, "elsewhere_title", "elsewhere_text", 403)
    if "HTTP_TRANSFER_ENCODING" in request.META:
        # Without a length the body would be taken for empty.
        return said(request, "unreadable_title", "unreadable_text", 411)
    if request.content_type != _FORM:
        return said(request, "unreadable_title", "unreadable_text", 415)
    try:
        _ = request.POST
    except (RequestDataTooBig, TooManyFieldsSent):
        return too_big(request)
    except (SuspiciousOperation, MultiPartParserError, UnicodeError, LookupError, OSError):
        # LookupError: a charset that does not exist. OSError: the browser went away in the middle.
        return said(request, "unreadable_title", "unreadable_text", 400)
    return None


def _drain(request: HttpRequest) -> None:
    """Read what is left of a body, up to a limit. The browser may go away meanwhile."""
    with suppress(OSError, RawPostDataException):
        for _ in range(_MOST_DRAINED // _PIECE):
            if not request.read(_PIECE):
                return


def too_big(request: HttpRequest) -> HttpResponse:
    """More than the form, or the token, has room for."""
    return said(request, "too_big_title", "too_big_text", 413)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404."""
    return said(request, "absent_title", "absent_text", 404)


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return said(request, "unreadable_title", "unreadable_text", 400)


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500: no traceback, nothing of the request; it works also when nothing else does."""
    return said(request, "broken_title", "broken_text", 500)


def closed(request: HttpRequest) -> HttpResponse:
    """Every page of a site that cannot take answers safely, in every language that we speak."""
    words = [spoken for tag in translated() if (spoken := interface(tag))]
    said_in = [(language(spoken.language), spoken) for spoken in words]
    frame = frame_without_edition(english(), "ltr")
    return as_html(render_to_string("pages/closed.html", {"frame": frame, "said_in": said_in}), status=503)


def said(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    """A page with a heading, a sentence and the way to the first page. `title`, `text` name interface texts."""
    content = {"frame": _frame(request), "title": title, "text": text}
    return as_html(render_to_string("pages/said.html", content), status=status)


def _frame(request: HttpRequest) -> Frame:
    """In the language that the address names, or the study's own."""
    conversation = running_site().open
    if conversation is None:
        return frame_without_edition(english(), "ltr")
    offer = conversation.editions.current
    asked = request.path.strip("/").partition("/")[0]
    return frame_of(offer, offer.tongues.get(asked) or next(iter(offer.tongues.values())))
