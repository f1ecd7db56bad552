"""The pages for requests that are no step of a visit. Each says what became of what was typed."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from kuule.collector.http.closed_site import closed_page, link_and_language
from kuule.collector.http.collector_site import running_site
from kuule.collector.http.language_negotiation import languages_by_preference
from kuule.collector.pages.page_frame import Frame, frame_for, frame_without_edition
from kuule.collector.served.served_editions import ServedEdition
from kuule.collector.session.link_switches import study_link_if_on
from kuule.web.handler_types import GetResponse
from kuule.web.headers import html_response, is_cross_site
from kuule.web.interface_texts import english_interface
from kuule.web.posted_form import PostedForm

_FORM = "application/x-www-form-urlencoded"
BUSY_KEY = "kuule.busy"
"""The key in a request's environment that says that all places are taken. A visitor's headers begin with HTTP_
there."""
_RETRY_SECONDS = "60"


def refuse_unreadable_requests(get_response: GetResponse) -> GetResponse:
    """Middleware: answers for a closed site, and refuses posts of other sites, other formats, and bodies larger than
    any form, before any view. A form is read here, and `request.POST` is what was read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if running_site().conversation is None and not request.path.startswith("/style-"):
            return closed_page(request, _posted_fields(request))
        if request.method not in {"GET", "HEAD", "POST"}:
            return message_page(request, "unreadable_title", "unreadable_text", 405)
        if request.method == "POST" and (refused := _refuse(request)):
            return refused
        return busy_page(request) if BUSY_KEY in request.META else get_response(request)

    return middleware


def _refuse(request: HttpRequest) -> HttpResponse | None:
    if is_cross_site(request):
        return message_page(request, "elsewhere_title", "elsewhere_text", 403)
    if "HTTP_TRANSFER_ENCODING" in request.META:
        # Without a length the body would be taken for empty.
        return message_page(request, "unreadable_title", "unreadable_text", 411)
    if request.content_type != _FORM:
        return message_page(request, "unreadable_title", "unreadable_text", 415)
    try:
        request.POST = PostedForm(request.body)  # type: ignore[assignment] # the stubs have a class that Django lacks
    except (RequestDataTooBig, TooManyFieldsSent):
        return too_big_page(request)
    except (SuspiciousOperation, MultiPartParserError, UnicodeError, LookupError, OSError):
        # LookupError: an unknown charset. OSError: the browser went away in the middle.
        return message_page(request, "unreadable_title", "unreadable_text", 400)
    return None


def too_big_page(request: HttpRequest) -> HttpResponse:
    """The page for more than the form, or the token, has room for."""
    return message_page(request, "too_big_title", "too_big_text", 413)


def not_found_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler404. For a language that is not open yet it shows those that are."""
    conversation = running_site().conversation
    if conversation is not None:
        served = conversation.editions.current
        code, asked = link_and_language(request.path)
        if served.is_language_closed(asked):
            return language_closed_page(request, served, code)
    return message_page(request, "absent_title", "absent_text", 404)


def language_closed_page(request: HttpRequest, served: ServedEdition, code: str) -> HttpResponse:
    """Says that the language is closed, in a language that the browser asks for, with links to the same page in each
    open one."""
    preferred, others = languages_by_preference(request.headers.get("Accept-Language", ""), served.languages)
    content = {
        "frame": frame_for(served, preferred[0], code),
        "preferred": preferred,
        "others": others,
        "link": study_link_if_on(served.edition.study.links, code),
        "rest": _rest(request.path),
    }
    return html_response(render_to_string("pages/shut.html", content), status=404)


def _rest(path: str) -> str:
    """What follows the language in an address of ours; "" for one that leads nowhere in any language."""
    code, asked = link_and_language(path)
    rest = path.strip("/").removeprefix(f"{code}/" if code else "").removeprefix(asked)
    return rest if _is_known_path(path) else ""


def bad_request_page(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Django's handler400."""
    return message_page(request, "unreadable_title", "unreadable_text", 400)


def server_error_page(request: HttpRequest) -> HttpResponse:
    """Django's handler500: no traceback and nothing of the request. It works even when nothing else does."""
    return message_page(request, "broken_title", "broken_text", 500)


def busy_page(request: HttpRequest) -> HttpResponse:
    """More people than places: what was typed stands in the page that says so, and one button sends it again.

    No token is opened and nothing is looked up for it, so that it costs little when there is most to do.
    """
    posted = request.method == "POST"
    if not _has_page(request):
        return not_found_page(request)
    address = request.path if posted else request.get_full_path()
    content = {"frame": _frame(request), "fields": _posted_fields(request) if posted else None, "address": address}
    response = html_response(render_to_string("pages/busy.html", content), status=503)
    response["Retry-After"] = _RETRY_SECONDS
    return response


def _posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """All that was posted, to stand in the page that says why it was not taken; nothing where it cannot be read."""
    if request.method != "POST" or _refuse(request) or not _has_page(request):
        return []
    return [(name, value) for name, values in request.POST.lists() for value in values]


def _has_page(request: HttpRequest) -> bool:
    """Whether there is a page at the address: otherwise a form would be sent nowhere."""
    return _is_known_path(request.path)


def _is_known_path(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def message_page(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    """A page with a heading, a sentence and a link to the first page. `title` and `text` name interface texts."""
    content = {"frame": _frame(request), "title": title, "text": text}
    return html_response(render_to_string("pages/said.html", content), status=status)


def _frame(request: HttpRequest) -> Frame:
    """The frame in the language of the address, or the study's own."""
    conversation = running_site().conversation
    if conversation is None:
        return frame_without_edition(english_interface(), "ltr")
    served = conversation.editions.current
    code, asked = link_and_language(request.path)
    return frame_for(served, served.languages.get(asked) or next(iter(served.languages.values())), code)
