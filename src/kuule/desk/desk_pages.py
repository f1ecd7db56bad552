"""Rendering pages of the desk: Jinja2 templates with what every page needs, and nothing that a browser keeps."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from jinja2 import Environment

from kuule.core.problems import KuuleError
from kuule.desk.figure_html import chart_colours
from kuule.desk.running_desk import Notice, running_desk
from kuule.desk.shown_words import visible_html
from kuule.languages.cldr.tags import find_language
from kuule.web import templates
from kuule.web.handler_types import GetResponse
from kuule.web.headers import html_response
from kuule.web.length_hiding.page_padding import accepts_gzip
from kuule.web.stylesheet import style_sheet

_OWN_STYLE = Path(__file__).parent / "static" / "desk.css"
_SPOKEN_STATES = {"single": "coded by one", "adjudicated": "decided"}
View = Callable[..., HttpResponseBase]


def desk_environment(**options: Any) -> Environment:
    """The Jinja environment of all sites (`web.templates`), with the names that templates of the desk use."""
    made = templates.environment(**options)
    made.globals.update(
        style_address=lambda: style_sheet().address,
        own_style_address=lambda: own_style().address,
        language=language_name,
    )
    made.filters["visible"] = visible_html
    made.filters["state"] = lambda state: _SPOKEN_STATES.get(str(state)) or str(state).replace("-", " ")
    return made


def language_name(tag: str) -> str:
    """The name of a language in itself, or the tag if it has none."""
    try:
        return str(find_language(tag).autonym) or tag
    except KuuleError:
        return tag


def render_page(request: HttpRequest, template: str, *, title: str, status: int = 200, **content: Any) -> HttpResponse:
    """A page in the layout of the desk. `title` is in the browser's tab and its history: no word of an answer is."""
    desk = running_desk()
    known = {"title": title, "base": desk.base, "desk": desk, "here": request.path_info, "notices": desk.take_notices()}
    return html_response(render_to_string(template, {**known, **content}), status=status)


def go_to(address: str) -> HttpResponse:
    """On to another page of the desk, after a form."""
    response = HttpResponseRedirect(f"{running_desk().base}{address}")
    response.status_code = 303
    return response


def tell_of(error: KuuleError, lead: str = "Not saved.") -> None:
    """Have the next page say what was wrong, and what is to be done."""
    for one in error.problems:
        running_desk().tell(Notice(one.cause, one.remedy, problem=True, lead=lead))


def tells_problems(back: Callable[..., str], lead: str = "Not saved.") -> Callable[[View], View]:
    """A view whose problems are told on the page that `back` names, with what is to be done. Nothing was saved then."""

    def wrap(view: View) -> View:
        @wraps(view)
        def told(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
            try:
                return view(request, *given, **named)
            except KuuleError as error:
                tell_of(error, lead)
                return go_to(back(*given, **named))

        return told

    return wrap


def never_kept(get_response: GetResponse) -> GetResponse:
    """Middleware: no page, no style sheet and no refusal of the desk stays in a browser."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response["Cache-Control"] = "no-store"
        return response

    return middleware


@dataclass(frozen=True, slots=True)
class OwnStyle:
    """The desk's own style sheet, on top of that of all sites."""

    address: str
    content: bytes


@lru_cache(maxsize=1)
def own_style() -> OwnStyle:
    """The desk's style sheet, read once."""
    content = _OWN_STYLE.read_bytes() + chart_colours().encode()
    return OwnStyle(f"/desk-{hashlib.sha256(content).hexdigest()[:12]}.css", content)


def serve_style(request: HttpRequest, name: str) -> HttpResponse:
    """One of the two style sheets."""
    content = style_sheet().content if name == "style" else own_style().content
    headers = {"Content-Length": str(len(content))}
    if accepts_gzip(request.headers.get("Accept-Encoding", "")):
        content = gzip.compress(content, mtime=0)
        headers = {"Content-Length": str(len(content)), "Content-Encoding": "gzip"}
    return HttpResponse(content, content_type="text/css; charset=utf-8", headers=headers)
