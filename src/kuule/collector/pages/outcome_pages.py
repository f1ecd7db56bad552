"""An outcome of the conversation as a page: one template each, the token sealed anew into every form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch

from django.http import HttpResponse

from kuule.collector.pages.form_padding import form_filler
from kuule.collector.pages.help_services import KINDS_FOR_THE_YOUNG, help_for_edition
from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.pages.page_media import allow_media
from kuule.collector.pages.page_renderer import HiddenFields, PageRenderer
from kuule.collector.pages.page_sizes import padded_page
from kuule.collector.pages.privacy_promise import promise_content
from kuule.collector.pages.question_views import page_view
from kuule.collector.pages.review_text import localise_answers
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.served.token_compression import compress
from kuule.collector.session.conversation import ASIDE_PAGE, REVIEW_PAGE
from kuule.collector.session.outcome import (
    AsideKind,
    AsidePage,
    Outcome,
    Paused,
    QuestionPage,
    ReviewPage,
    ScreenedOut,
    Submitted,
    Trouble,
    VisitEnded,
)
from kuule.collector.session.quality_flags import HONEYPOT_FIELD
from kuule.collector.session.respondent_codes import pause_deadline
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.token import TokenKeys, seal_token
from kuule.forms.navigation.page import Page
from kuule.languages.cldr.locale_formats import format_day
from kuule.web.length_hiding.field_padding import field_length, longest_encoded

_COUNTRY = field_length("country", 2)
"""Bytes of the list of countries on the page with help."""
_UNABLE = frozenset({Trouble.UNPAUSED, Trouble.UNPAUSED_BUSY})


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What showing needs besides the outcome."""

    keys: TokenKeys
    now: datetime
    drafts: bool

    def hidden_fields(self, offer: ServedEdition, carried: SessionState, page: str, fields: int = 0) -> HiddenFields:
        """`fields`: bytes of the fields of a page that asks no questions."""
        visit = carried.row_id(offer.edition.study.id)
        token = seal_token(compress(carried.to_bytes(), offer.compression_dictionary), self.keys, self.now, visit=visit)
        named = f"{offer.edition.short}.{page}"
        return HiddenFields(token, named, form_filler(named, fields))


def render_outcome(outcome: Outcome, keys: TokenKeys, now: datetime, *, drafts: bool) -> HttpResponse:
    """The page of an outcome. Raises TooLong where what is carried has no room in a token."""
    return _show(outcome, RenderContext(keys, now, drafts))


@singledispatch
def _show(outcome: object, setting: RenderContext) -> HttpResponse:
    raise TypeError(f"{type(outcome).__name__} has no page")


@_show.register
def _asked(outcome: QuestionPage, setting: RenderContext) -> HttpResponse:
    offer, carried = outcome.served, outcome.state
    tongue = _tongue(offer, carried)
    inside = setting.hidden_fields(offer, outcome.before or carried, outcome.page.key)
    drawing = PageRenderer(offer.edition.id, frame_for(offer, tongue))

    def drawn(page: Page) -> str:
        return drawing.render_page(page_view(page, offer, tongue), outcome, inside)

    page = outcome.page
    blank = "" if page.is_blank else drawn(page.without_answers)
    response = padded_page(offer, drawn(page), blank=blank, token=inside.token)
    return allow_media(response, offer.edition, page)


@_show.register
def _reviewing(outcome: ReviewPage, setting: RenderContext) -> HttpResponse:
    offer, carried = outcome.served, outcome.state
    tongue = _tongue(offer, carried)
    sections = localise_answers(outcome.sections, tongue)
    inside = setting.hidden_fields(offer, carried, REVIEW_PAGE, field_length(HONEYPOT_FIELD, 0))
    page = render_in_frame(
        "review",
        frame_for(offer, tongue),
        inside=inside,
        sections=sections,
        widest=longest_encoded(f"page:{line.page_key}" for section in sections for line in section.lines),
        trouble=outcome.trouble,
        until=_taken_back_until(offer, tongue, setting.now),
        paused=carried.pause_ticket is not None,
        empty=HONEYPOT_FIELD,
    )
    # 503: nothing was kept, and a proxy or a script is to know that as well as a person.
    status = 503 if outcome.trouble is Trouble.UNSENT else 200
    # Most that was answered stands on it: with room for that, it has one size as well.
    return padded_page(offer, page, token=inside.token, status=status, times=2)


@_show.register
def _aside(outcome: AsidePage, setting: RenderContext) -> HttpResponse:
    offer, carried = outcome.served, outcome.state
    tongue = _tongue(offer, carried)
    found = help_for_edition(offer, tongue, outcome.country, drafts=setting.drafts, today=setting.now.date())
    asks = outcome.kind is AsideKind.HELP and found.countries
    frame, inside = frame_for(offer, tongue), setting.hidden_fields(offer, carried, ASIDE_PAGE, _COUNTRY if asks else 0)
    if outcome.kind is AsideKind.PRIVACY:
        page = render_in_frame("privacy", frame, inside=inside, **promise_content(offer, tongue))
        return padded_page(offer, page, token=inside.token)
    if outcome.kind is AsideKind.BREAK:
        pausing = offer.edition.study.coming_back.pause_days > 0
        until = _in_words(pause_deadline(offer.edition, setting.now), tongue) if pausing else ""
        page = render_in_frame("break", frame, inside=inside, until=until, trouble=outcome.trouble)
        return padded_page(offer, page, token=inside.token, status=503 if outcome.trouble in _UNABLE else 200)
    return padded_page(offer, render_in_frame("help", frame, inside=inside, help=found), token=inside.token)


@_show.register
def _on_paper(outcome: Paused, setting: RenderContext) -> HttpResponse:
    offer, carried = outcome.served, outcome.paused_visit.state
    tongue = _tongue(offer, carried)
    inside = setting.hidden_fields(offer, carried, ASIDE_PAGE)
    page = render_in_frame(
        "paused",
        frame_for(offer, tongue),
        inside=inside,
        code=outcome.paused_visit.code.groups,
        until=_in_words(outcome.paused_visit.until, tongue),
        branched=outcome.paused_visit.branched,
    )
    return padded_page(offer, page, token=inside.token)


@_show.register
def _ended(outcome: VisitEnded, setting: RenderContext) -> HttpResponse:
    offer, tongue = outcome.served, outcome.served.languages[outcome.language]
    page = render_in_frame(
        "ended", frame_for(offer, tongue), now=outcome.just_now, sure=outcome.confirmed, paused=outcome.draft_remains
    )
    return padded_page(offer, page)


@_show.register
def _stopped(outcome: ScreenedOut, setting: RenderContext) -> HttpResponse:
    offer, tongue = outcome.served, outcome.served.languages[outcome.language]
    frame = frame_for(offer, tongue)
    if outcome.gate != "age":
        return padded_page(offer, render_in_frame("stopped", frame))
    found = help_for_edition(
        offer, tongue, "", drafts=setting.drafts, today=setting.now.date(), kinds=KINDS_FOR_THE_YOUNG
    )
    return padded_page(offer, render_in_frame("young", frame, help=found, study=offer.edition.study))


@_show.register
def _sent(outcome: Submitted, setting: RenderContext) -> HttpResponse:
    offer, tongue = outcome.served, outcome.served.languages[outcome.language]
    found = help_for_edition(offer, tongue, "", drafts=setting.drafts, today=setting.now.date())
    page = render_in_frame(
        "sent",
        frame_for(offer, tongue),
        already=outcome.already_sent,
        help=found,
        code=outcome.code.groups if outcome.code else "",
        until=_in_words(outcome.until, tongue) if outcome.until else "",
    )
    return padded_page(offer, page)


def _taken_back_until(offer: ServedEdition, tongue: ServedLanguage, now: datetime) -> str:
    coming_back = offer.edition.study.coming_back
    until = coming_back.withdraw_until
    return _in_words(until, tongue) if until and coming_back.accepts_withdrawals(now) else ""


def _in_words(one: date, tongue: ServedLanguage) -> str:
    return format_day(one.isoformat(), tongue.language.tag)


def _tongue(offer: ServedEdition, carried: SessionState) -> ServedLanguage:
    return offer.languages[carried.language]
