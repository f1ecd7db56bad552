"""The outcomes of the conversation as pages: one template for each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import singledispatch

from django.http import HttpResponse

from kuule.collector.pages.deadline_page import KIND_WIDTH, QUESTION_LENGTH, deadline_page, offered_words
from kuule.collector.pages.help_services import KINDS_FOR_THE_YOUNG, HelpView, help_for_edition
from kuule.collector.pages.not_open_page import not_open_page
from kuule.collector.pages.page_frame import Frame, frame_for, render_in_frame
from kuule.collector.pages.page_media import allow_media
from kuule.collector.pages.page_renderer import HiddenFields, PageRenderer
from kuule.collector.pages.page_sizes import padded_page
from kuule.collector.pages.privacy_promise import promise_content
from kuule.collector.pages.question_views import page_view
from kuule.collector.pages.review_text import folded_sections, localise_answers
from kuule.collector.pages.shared_pages import SharedPages
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.session.outcome import (
    AGE_GATE,
    AsideKind,
    AsidePage,
    EndPage,
    NotOpen,
    Paused,
    QuestionPage,
    Reply,
    ReviewPage,
    ScreenedOut,
    Submitted,
    Trouble,
    VisitEnded,
)
from kuule.collector.session.posted import ASIDE_PAGE, END_PAGE, REVIEW_PAGE, page_name
from kuule.collector.session.quality_flags import HONEYPOT_FIELD
from kuule.collector.session.respondent_codes import pause_deadline
from kuule.collector.session.session_state import SessionState
from kuule.forms.navigation.page import Page
from kuule.helplines.service import ServiceKind
from kuule.languages.cldr.locale_formats import format_day
from kuule.redaction.stripping import MARK
from kuule.study.settings.field_phase import FieldStatus
from kuule.web.length_hiding.field_padding import field_length, longest_encoded_length
from kuule.web.length_hiding.form_padding import form_filler

_COUNTRY = field_length("country", 2)
"""Bytes of the list of countries on the help page."""
_NOT_PAUSED = frozenset({Trouble.UNPAUSED, Trouble.UNPAUSED_BUSY})


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What rendering needs besides the outcome. `token` is what the page carries, "" for none. `hidden`: ids of
    services that are not shown."""

    token: str
    now: datetime
    drafts: bool
    hidden: frozenset[int]
    status: FieldStatus

    def frame(self, served: ServedEdition, state: SessionState) -> Frame:
        """The frame of a page of a visit, which says until when it may be finished where the survey has closed."""
        language, until = _language_of(served, state), self.finish_until(state)
        return frame_for(served, language, finish_until=_format_date(until, language) if until else "")

    def finish_until(self, state: SessionState) -> date | None:
        """The day until which a visit may be finished, where the survey has closed."""
        return self.status.finish_until if state.pause_ticket is None else self.status.paused_until

    def shared_pages(self, served: ServedEdition, language: ServedLanguage) -> SharedPages:
        """What everybody in this language sees alike."""
        return SharedPages(served, language, self.status, self.now, self.drafts, self.hidden)

    def help_view(
        self, served: ServedEdition, language: ServedLanguage, country: str, kinds: Sequence[ServiceKind] = ()
    ) -> HelpView:
        """The help that pages show today."""
        today, hidden = self.now.date(), self.hidden
        return help_for_edition(served, language, country, hidden=hidden, drafts=self.drafts, today=today, kinds=kinds)

    def hidden_fields(self, served: ServedEdition, page: str, fields: int = 0) -> HiddenFields:
        """`fields`: bytes of the fields of a page that asks no questions."""
        name = page_name(served.edition.short, page)
        return HiddenFields(self.token, name, form_filler(name, fields))


def render_reply(reply: Reply, now: datetime, *, drafts: bool, hidden: frozenset[int]) -> HttpResponse:
    """The page of a reply. `drafts`: help that nobody has checked is shown too. `hidden`: ids of services that are
    not."""
    return _render(reply.outcome, RenderContext(reply.token, now, drafts, hidden, reply.status))


@singledispatch
def _render(outcome: object, context: RenderContext) -> HttpResponse:
    raise TypeError(f"{type(outcome).__name__} has no page")


@_render.register
def _question_page(outcome: QuestionPage, context: RenderContext) -> HttpResponse:
    served, state = outcome.served, outcome.state
    language = _language_of(served, state)
    hidden = HiddenFields(context.token, page_name(served.edition.short, outcome.page.key))
    renderer = PageRenderer(served.edition.id, context.frame(served, state))

    def rendered(page: Page) -> str:
        return renderer.render_page(page_view(page, served, language), outcome, hidden)

    page = outcome.page
    empty_page = "" if page.is_blank or page.follow_up else rendered(page.without_answers)
    response = padded_page(served, rendered(page), empty_page=empty_page, token=hidden.token)
    return allow_media(response, served.edition, page)


@_render.register
def _end_page(outcome: EndPage, context: RenderContext) -> HttpResponse:
    served, state = outcome.served, outcome.state
    language = _language_of(served, state)
    hidden = context.hidden_fields(served, END_PAGE, field_length(HONEYPOT_FIELD, 0))
    shared = context.shared_pages(served, language)
    page: str
    if outcome.early or outcome.trouble or context.finish_until(state):
        frame = context.frame(served, state)
        page = shared.render_ending(frame, hidden, early=outcome.early, trouble=outcome.trouble)
    else:
        page = shared.page_before_sending(hidden)
    return padded_page(served, page, token=hidden.token, status=_status(outcome.trouble))


@_render.register
def _review_page(outcome: ReviewPage, context: RenderContext) -> HttpResponse:
    served, state = outcome.served, outcome.state
    language = _language_of(served, state)
    shared = context.shared_pages(served, language)
    sections = localise_answers(outcome.sections, language)
    open_all = outcome.trouble is Trouble.TOO_MUCH
    hidden = context.hidden_fields(served, REVIEW_PAGE, field_length(HONEYPOT_FIELD, 0))
    page = render_in_frame(
        "review",
        context.frame(served, state),
        inside=hidden,
        sections=folded_sections(sections, open_all=open_all, changed_page=outcome.changed_page),
        widest=longest_encoded_length(f"page:{line.page_key}" for section in sections for line in section.lines),
        mark=MARK if outcome.stripped else "",
        trouble=outcome.trouble,
        until=shared.withdraw_day,
        pausing=shared.is_pausing_offered,
        empty=HONEYPOT_FIELD,
    )
    # Most answers stand on it: with room for twice as much, it has one size as well.
    return padded_page(served, page, token=hidden.token, status=_status(outcome.trouble), times=2)


@_render.register
def _aside_page(outcome: AsidePage, context: RenderContext) -> HttpResponse:
    served, state = outcome.served, outcome.state
    language = _language_of(served, state)
    if outcome.kind is AsideKind.UNTIL and (answer := _until_page(outcome, language, context)) is not None:
        return answer
    frame, hidden = context.frame(served, state), context.hidden_fields(served, ASIDE_PAGE)
    if outcome.kind is AsideKind.PRIVACY:
        page = render_in_frame("privacy", frame, inside=hidden, **promise_content(served, language))
        return padded_page(served, page, token=hidden.token)
    if outcome.kind is AsideKind.BREAK:
        pausing = context.shared_pages(served, language).is_pausing_offered
        until = _format_date(pause_deadline(served.edition, context.now), language) if pausing else ""
        page = render_in_frame("break", frame, inside=hidden, pausing=pausing, until=until, trouble=outcome.trouble)
        return padded_page(served, page, token=hidden.token, status=503 if outcome.trouble in _NOT_PAUSED else 200)
    found = context.help_view(served, language, outcome.country)
    if found.countries:
        hidden = context.hidden_fields(served, ASIDE_PAGE, _COUNTRY)
    page = render_in_frame("help", frame, inside=hidden, help=found, until=offered_words(served, language))
    return padded_page(served, page, token=hidden.token)


def _until_page(outcome: AsidePage, language: ServedLanguage, context: RenderContext) -> HttpResponse | None:
    """The page about time limits; None where it is not offered, and help is shown."""
    served, today = outcome.served, context.now.date()
    page = deadline_page(served, language, outcome.asked, hidden=context.hidden, drafts=context.drafts, today=today)
    if page is None:
        return None
    hidden = context.hidden_fields(served, ASIDE_PAGE, QUESTION_LENGTH)
    frame = context.frame(served, outcome.state)
    content = render_in_frame("until", frame, inside=hidden, page=page, kind_width=KIND_WIDTH)
    return padded_page(served, content, token=hidden.token)


@_render.register
def _paused_page(outcome: Paused, context: RenderContext) -> HttpResponse:
    served, state = outcome.served, outcome.paused_visit.state
    language = _language_of(served, state)
    hidden = context.hidden_fields(served, ASIDE_PAGE)
    page = render_in_frame(
        "paused",
        frame_for(served, language),
        inside=hidden,
        code=outcome.paused_visit.code.groups,
        until=_format_date(outcome.paused_visit.until, language),
        branched=outcome.paused_visit.branched,
    )
    return padded_page(served, page, token=hidden.token)


@_render.register
def _not_open_page(outcome: NotOpen, context: RenderContext) -> HttpResponse:
    return not_open_page(outcome, context.now)


@_render.register
def _ended_page(outcome: VisitEnded, context: RenderContext) -> HttpResponse:
    served, language = outcome.served, outcome.served.languages[outcome.language]
    page = render_in_frame(
        "ended",
        frame_for(served, language),
        now=outcome.just_now,
        sure=outcome.confirmed,
        paused=outcome.draft_may_remain,
        help=context.help_view(served, language, "", KINDS_FOR_THE_YOUNG) if outcome.too_young else None,
    )
    return padded_page(served, page)


@_render.register
def _screened_out_page(outcome: ScreenedOut, context: RenderContext) -> HttpResponse:
    served, language = outcome.served, outcome.served.languages[outcome.language]
    frame = frame_for(served, language)
    if outcome.gate != AGE_GATE:
        return padded_page(served, render_in_frame("stopped", frame))
    found = context.help_view(served, language, "", KINDS_FOR_THE_YOUNG)
    return padded_page(served, render_in_frame("young", frame, help=found, study=served.edition.study))


@_render.register
def _submitted_page(outcome: Submitted, context: RenderContext) -> HttpResponse:
    shared = context.shared_pages(outcome.served, outcome.served.languages[outcome.language])
    code = outcome.code.groups if outcome.code else ""
    if outcome.already_sent or bool(code) is not bool(shared.withdraw_until):
        return padded_page(outcome.served, shared.render_thanks(code, already=outcome.already_sent))
    return padded_page(outcome.served, shared.thanks(code))


def _status(trouble: Trouble) -> int:
    """503: nothing was stored, and a proxy or a script is to know that as well as a person."""
    return 503 if trouble is Trouble.UNSENT else 200


def _format_date(one: date, language: ServedLanguage) -> str:
    return format_day(one.isoformat(), language.language.tag)


def _language_of(served: ServedEdition, state: SessionState) -> ServedLanguage:
    return served.languages[state.language]
