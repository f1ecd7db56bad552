"""An outcome of the conversation as a page: one template each, the token sealed anew into every form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch

from django.http import HttpResponse

from kuule.collector.offer.editions import Offer, Tongue
from kuule.collector.offer.packed import pack
from kuule.collector.pages.beside import allowing_media
from kuule.collector.pages.drawing import Drawing, Inside
from kuule.collector.pages.evened import filling
from kuule.collector.pages.frame import frame_of, page_with
from kuule.collector.pages.help import KINDS_FOR_THE_YOUNG, help_for
from kuule.collector.pages.promise import promised
from kuule.collector.pages.questions import page_view
from kuule.collector.pages.reading_through import in_words
from kuule.collector.pages.sizes import sized_page
from kuule.collector.visit.carried import Carried
from kuule.collector.visit.coming_back import last_day
from kuule.collector.visit.conversation import ASIDE, REVIEW
from kuule.collector.visit.marks import EMPTY
from kuule.collector.visit.outcome import (
    Aside,
    AsideKind,
    Asked,
    Ended,
    OnPaper,
    Outcome,
    Reviewing,
    Sent,
    Stopped,
    Trouble,
)
from kuule.collector.visit.token import TokenKeys, seal_token
from kuule.forms.page import Page
from kuule.languages.moments import format_day
from kuule.web.lengths import field_length, longest_encoded

_COUNTRY = field_length("country", 2)
"""Bytes of the list of countries on the page with help."""
_UNABLE = frozenset({Trouble.UNPAUSED, Trouble.UNPAUSED_BUSY})


@dataclass(frozen=True, slots=True)
class Setting:
    """What showing needs besides the outcome."""

    keys: TokenKeys
    now: datetime
    drafts: bool

    def inside(self, offer: Offer, carried: Carried, page: str, fields: int = 0) -> Inside:
        """`fields`: bytes of the fields of a page that asks no questions."""
        visit = carried.row_id(offer.edition.study.id)
        token = seal_token(pack(carried.to_bytes(), offer.dictionary), self.keys, self.now, visit=visit)
        named = f"{offer.edition.short}.{page}"
        return Inside(token, named, filling(named, fields))


def show(outcome: Outcome, keys: TokenKeys, now: datetime, *, drafts: bool) -> HttpResponse:
    """The page of an outcome. Raises TooLong where what is carried has no room in a token."""
    return _show(outcome, Setting(keys, now, drafts))


@singledispatch
def _show(outcome: object, setting: Setting) -> HttpResponse:
    raise TypeError(f"{type(outcome).__name__} has no page")


@_show.register
def _asked(outcome: Asked, setting: Setting) -> HttpResponse:
    offer, carried = outcome.offer, outcome.carried
    tongue = _tongue(offer, carried)
    inside = setting.inside(offer, outcome.before or carried, outcome.page.key)
    drawing = Drawing(offer.edition.id, frame_of(offer, tongue))

    def drawn(page: Page) -> str:
        return drawing.page(page_view(page, offer, tongue), outcome, inside)

    page = outcome.page
    blank = "" if page.is_blank else drawn(page.without_answers)
    response = sized_page(offer, drawn(page), blank=blank, token=inside.token)
    return allowing_media(response, offer.edition, page)


@_show.register
def _reviewing(outcome: Reviewing, setting: Setting) -> HttpResponse:
    offer, carried = outcome.offer, outcome.carried
    tongue = _tongue(offer, carried)
    sections = in_words(outcome.sections, tongue)
    inside = setting.inside(offer, carried, REVIEW, field_length(EMPTY, 0))
    page = page_with(
        "review",
        frame_of(offer, tongue),
        inside=inside,
        sections=sections,
        widest=longest_encoded(f"page:{line.page_key}" for section in sections for line in section.lines),
        trouble=outcome.trouble,
        until=_taken_back_until(offer, tongue, setting.now),
        paused=carried.paper is not None,
        empty=EMPTY,
    )
    # 503: nothing was kept, and a proxy or a script is to know that as well as a person.
    status = 503 if outcome.trouble is Trouble.UNSENT else 200
    # Most that was answered stands on it: with room for that, it has one size as well.
    return sized_page(offer, page, token=inside.token, status=status, times=2)


@_show.register
def _aside(outcome: Aside, setting: Setting) -> HttpResponse:
    offer, carried = outcome.offer, outcome.carried
    tongue = _tongue(offer, carried)
    found = help_for(offer, tongue, outcome.country, drafts=setting.drafts, today=setting.now.date())
    asks = outcome.kind is AsideKind.HELP and found.countries
    frame, inside = frame_of(offer, tongue), setting.inside(offer, carried, ASIDE, _COUNTRY if asks else 0)
    if outcome.kind is AsideKind.PRIVACY:
        page = page_with("privacy", frame, inside=inside, **promised(offer, tongue))
        return sized_page(offer, page, token=inside.token)
    if outcome.kind is AsideKind.BREAK:
        pausing = offer.edition.study.coming_back.pause_days > 0
        until = _in_words(last_day(offer.edition, setting.now), tongue) if pausing else ""
        page = page_with("break", frame, inside=inside, until=until, trouble=outcome.trouble)
        return sized_page(offer, page, token=inside.token, status=503 if outcome.trouble in _UNABLE else 200)
    return sized_page(offer, page_with("help", frame, inside=inside, help=found), token=inside.token)


@_show.register
def _on_paper(outcome: OnPaper, setting: Setting) -> HttpResponse:
    offer, carried = outcome.offer, outcome.paused.carried
    tongue = _tongue(offer, carried)
    inside = setting.inside(offer, carried, ASIDE)
    page = page_with(
        "paused",
        frame_of(offer, tongue),
        inside=inside,
        code=outcome.paused.code.groups,
        until=_in_words(outcome.paused.until, tongue),
        branched=outcome.paused.branched,
    )
    return sized_page(offer, page, token=inside.token)


@_show.register
def _ended(outcome: Ended, setting: Setting) -> HttpResponse:
    offer, tongue = outcome.offer, outcome.offer.tongues[outcome.language]
    page = page_with("ended", frame_of(offer, tongue), now=outcome.now, sure=outcome.sure, paused=outcome.paused)
    return sized_page(offer, page)


@_show.register
def _stopped(outcome: Stopped, setting: Setting) -> HttpResponse:
    offer, tongue = outcome.offer, outcome.offer.tongues[outcome.language]
    frame = frame_of(offer, tongue)
    if outcome.gate != "age":
        return sized_page(offer, page_with("stopped", frame))
    found = help_for(offer, tongue, "", drafts=setting.drafts, today=setting.now.date(), kinds=KINDS_FOR_THE_YOUNG)
    return sized_page(offer, page_with("young", frame, help=found, study=offer.edition.study))


@_show.register
def _sent(outcome: Sent, setting: Setting) -> HttpResponse:
    offer, tongue = outcome.offer, outcome.offer.tongues[outcome.language]
    found = help_for(offer, tongue, "", drafts=setting.drafts, today=setting.now.date())
    page = page_with(
        "sent",
        frame_of(offer, tongue),
        already=outcome.already,
        help=found,
        code=outcome.code.groups if outcome.code else "",
        until=_in_words(outcome.until, tongue) if outcome.until else "",
    )
    return sized_page(offer, page)


def _taken_back_until(offer: Offer, tongue: Tongue, now: datetime) -> str:
    coming_back = offer.edition.study.coming_back
    until = coming_back.withdraw_until
    return _in_words(until, tongue) if until and coming_back.accepts_withdrawals(now) else ""


def _in_words(one: date, tongue: Tongue) -> str:
    return format_day(one.isoformat(), tongue.language.tag)


def _tongue(offer: Offer, carried: Carried) -> Tongue:
    return offer.tongues[carried.language]
