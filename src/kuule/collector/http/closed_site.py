"""A site that takes no answers just now: it says so, first in the person's language, and still shows who helps.

It knows of a visitor what any page knows: the address, and the languages that their browser asks for (which it does not
store).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from kuule.collector.http.collector_site import running_site
from kuule.collector.pages.help_services import KINDS_FOR_THE_YOUNG, help_for_audience
from kuule.collector.pages.page_frame import Frame, closed_frame
from kuule.collector.served.closed_study import ClosedStudy
from kuule.collector.session.field_watch import field_watch
from kuule.languages.cldr.collation import sort_key
from kuule.languages.cldr.tags import Language, find_language
from kuule.web.accept_language import accepted_languages
from kuule.web.headers import html_response
from kuule.web.interface_texts import InterfaceTexts
from kuule.web.length_hiding.field_padding import strip_padding

TypedFields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _ClosedLanguage:
    language: Language
    interface: InterfaceTexts


def link_and_language(path: str) -> tuple[str, str]:
    """What may be the code of a link, and what may be a language, at the beginning of an address."""
    first, _, rest = path.strip("/").partition("/")
    second = rest.partition("/")[0]
    return (first, second) if any(sign.isdigit() for sign in first) else ("", first)


def closed_page(request: HttpRequest, typed: TypedFields) -> HttpResponse:
    """Any page of a closed site. `typed`: what was posted and can be read; it stands in the page, to be sent again."""
    closed_study = running_site().closed_study or ClosedStudy()
    interface = _languages(request, closed_study)
    frame = closed_frame(closed_study, interface[0].language.tag)
    if (typed or request.method != "POST") and _asks_for_help(request.path, frame.tag):
        return _help(request, frame, closed_study)
    content = {
        "frame": frame,
        "others": sorted(interface[1:], key=lambda one: sort_key(one.language.autonym, frame.tag)),
        "fields": typed,
        "address": request.path,
    }
    return html_response(render_to_string("pages/closed.html", content), status=503)


def _languages(request: HttpRequest, closed_study: ClosedStudy) -> list[_ClosedLanguage]:
    """All languages: first the one in the address, otherwise one that the browser asks for, otherwise the study's
    own."""
    _, named = link_and_language(request.path)
    first = (
        [named]
        if named in closed_study.tags
        else accepted_languages(request.headers.get("Accept-Language", ""), closed_study.tags)
    )
    ordered = dict.fromkeys([*first[:1], *closed_study.tags])
    return [_ClosedLanguage(find_language(tag), closed_study.interface_in(tag)) for tag in ordered]


def _asks_for_help(path: str, tag: str) -> bool:
    code, named = link_and_language(path)
    parts = path.strip("/").split("/")[2 if code else 1 :]
    return named == tag and parts[:1] == ["help"] and len(parts) <= 2


def _help(request: HttpRequest, frame: Frame, closed_study: ClosedStudy) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    country = request.path.partition("/help/")[2] or strip_padding(asked.get("country", ""))
    kinds = KINDS_FOR_THE_YOUNG if "y" in request.POST else ()
    site = running_site()
    found = help_for_audience(
        closed_study.helplines.leave_out(() if site.waits_for_store else field_watch.hidden_services()),
        closed_study.audience,
        frame.tag,
        country,
        drafts=site.drafts,
        today=site.clock().date(),
        kinds=kinds,
    )
    content = {"frame": frame, "inside": None, "help": found, "young": bool(kinds)}
    return html_response(render_to_string("pages/help.html", content))
