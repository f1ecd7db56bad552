"""What a preview adds to a page of the collector: that it is one, in two languages, and what is wrong with a question.

The page itself is the collector's own, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from markupsafe import Markup

from kuule.collector.http.closed_site import link_and_language
from kuule.collector.session.posted import split_page_name
from kuule.core.problems import Severity
from kuule.forms.model.paths import without_positions
from kuule.preview.frame_assets import asset_address
from kuule.preview.placed_problems import PlacedProblem
from kuule.preview.preview_session import PreviewState
from kuule.preview.preview_site import running_preview
from kuule.web.handler_types import GetResponse

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'self'"
)
NOTHING_KEPT = "Preview. Nothing typed here is kept."
_BODY = re.compile(r"<body[^>]*>")
_LANGUAGE = re.compile(r'<html lang="([^"]+)"')
_PAGE = re.compile(r'<input type="hidden" name="page" value="([^"]*)"')
_PREVIEWED_PAGE = "/preview/page/"
_MAIN = "<main>"
_BEFORE = ('<div class="question', "<table")


def mark_pages(get_response: GetResponse) -> GetResponse:
    """Middleware: every page of the collector is marked, and may be shown in the frame of the preview."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        own = request.path == "/preview" or request.path.startswith("/preview/")
        framed = not own or request.path.startswith(_PREVIEWED_PAGE)
        if framed and isinstance(response, HttpResponse) and "html" in response.get("Content-Type", ""):
            html = response.content.decode()
            response.content = marked_page(html, _tag(request, html), running_preview().state).encode()
            response["Content-Security-Policy"] = PAGE_POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
            if "Content-Length" in response:
                response["Content-Length"] = str(len(response.content))
        return response

    return middleware


def marked_page(html: str, tag: str, state: PreviewState) -> str:
    """The page with its marks."""
    style = f'<link rel="stylesheet" href="{asset_address("marks.css")}">'
    html = html.replace("</head>", f"{style}</head>", 1)
    html = _BODY.sub(lambda body: body[0] + _bar(tag, state), html, count=1)
    found = _PAGE.search(html)
    key = without_positions(split_page_name(found[1])[1]) if found else ""
    here = [one for one in state.problems if key and one.page == key and one.problem.language in ("", tag)]
    return _with_problems(html, here)


def _tag(request: HttpRequest, html: str) -> str:
    found = _LANGUAGE.search(html)
    return found[1] if found else link_and_language(request.path)[1]


def _bar(tag: str, state: PreviewState) -> str:
    """That it is a preview, in the language of the page and in English."""
    languages = {} if state.study is None else state.study.served.languages
    own = languages[tag].interface.say("practice") if tag in languages else ""
    words = Markup("<p>{}</p>").format(own) if own else Markup()
    said = Markup('<p lang="en" dir="ltr">{}</p>').format(NOTHING_KEPT)
    return str(Markup('<div class="preview-mark" role="region" aria-label="Preview">{}{}</div>').format(words, said))


def _with_problems(html: str, problems: Sequence[PlacedProblem]) -> str:
    """Each problem before its question; one whose question is not on the page as a field, before all of them."""
    at: dict[int, list[PlacedProblem]] = {}
    for one in problems:
        at.setdefault(_place_of(html, one.path), []).append(one)
    for place in sorted(at, reverse=True):
        html = html[:place] + "".join(map(_box, at[place])) + html[place:]
    return html


def _place_of(html: str, path: str) -> int:
    field = re.search(rf'name="{_with_numbers(path)}"', html)
    if field is not None:
        place = max(html.rfind(mark, 0, field.start()) for mark in _BEFORE)
        if place >= 0:
            return place
    return html.find(_MAIN) + len(_MAIN) if _MAIN in html else 0


def _box(one: PlacedProblem) -> str:
    problem = one.problem
    kind = "Error" if problem.severity is Severity.ERROR else "Warning"
    box = Markup(
        '<div class="preview-problem {}" lang="en" dir="ltr" role="note"><p><strong>{} {}</strong> {}: {}</p>'
        "<p>{}</p></div>"
    )
    return str(box.format(kind.lower(), kind, problem.code, one.name, one.cause, one.remedy))


def _with_numbers(path: str) -> str:
    """A pattern for the path, with a position after any of its parts."""
    return "".join(rf"/{re.escape(part)}(?:\[[0-9]+\])?" for part in path.strip("/").split("/"))
