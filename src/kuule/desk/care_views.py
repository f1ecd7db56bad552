"""Care for whoever reads: a note before the first text, breaks, help, and a way out that asks nothing."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kuule.desk.desk_pages import go_to, render_page
from kuule.desk.running_desk import running_desk
from kuule.usecases.open_answers.reading_care import ReadingState

_FOLDED_PAGE = re.compile(r"/text/[0-9a-f]{6,64}(/[a-z]{1,12})?|/quotes/[0-9]{1,9}(/check/[a-z]{1,12})?")


@require_http_methods(["GET", "HEAD", "POST"])
def show_note(request: HttpRequest) -> HttpResponseBase:
    """What the texts may be about, and what helps. Whoever has read it goes on to the text or quote that they wanted,
    or to the list."""
    desk = running_desk()
    if request.method == "POST":
        desk.reading.begin()
        return go_to(_folded_page(request.POST.get("for", "")) or "/texts")
    wanted = _folded_page(request.GET.get("for", ""))
    return render_page(request, "note.html", title="Before you read", wanted=wanted)


def _folded_page(address: str) -> str:
    """The address, if it is that of a page on which words can be folded; else ""."""
    return address if _FOLDED_PAGE.fullmatch(address) else ""


@require_http_methods(["GET", "HEAD", "POST"])
def show_break(request: HttpRequest) -> HttpResponseBase:
    """A break, or the end of a day. What was begun is saved; other pages of the desk stay open."""
    desk = running_desk()
    if desk.reading.state is not ReadingState.BREAK:
        return render_page(request, "break.html", title="Enough for today", left=None)
    if request.method == "POST" and desk.reading.come_back():
        return go_to("/texts")
    left = desk.reading.rest()
    return render_page(request, "break.html", title="A break", left=-(-left // 60))


@require_safe
def show_help(request: HttpRequest) -> HttpResponseBase:
    """Somebody to talk to, for readers."""
    return render_page(request, "help.html", title="Help for readers")


@require_POST
def go_away(request: HttpRequest) -> HttpResponseBase:
    """Leave what is on the screen, at once and without a reason: texts are folded, and the page has nothing of them."""
    running_desk().reading.fold()
    return render_page(request, "away.html", title="Kuule")


@require_POST
def close_desk(request: HttpRequest) -> HttpResponseBase:
    """End the command: the project is closed, and this address is nothing any more."""
    desk = running_desk()
    desk.reading.fold()
    page = render_page(request, "closed.html", title="Closed")
    desk.stop()
    return page


def show_missing(request: HttpRequest, exception: Any = None) -> HttpResponseBase:
    """An address that is none of the desk's."""
    return render_page(request, "missing.html", title="Not here", status=404)


def show_unread(request: HttpRequest, exception: Any = None) -> HttpResponseBase:
    """A form that cannot be read: cut off on its way, or no form at all."""
    return render_page(request, "unread.html", title="Not read", status=400)


def show_fault(request: HttpRequest) -> HttpResponseBase:
    """A fault of ours. What was saved is saved."""
    return render_page(request, "broken.html", title="Something broke", status=500)
