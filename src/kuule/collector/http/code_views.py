"""Two pages outside a visit that ask for a code: one resumes a paused visit, one withdraws a response."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from kuule.collector.http import refused_requests
from kuule.collector.http.collector_site import current_conversation, current_edition_in, running_site
from kuule.collector.pages.outcome_pages import render_reply
from kuule.collector.pages.page_frame import frame_for, render_in_frame
from kuule.collector.pages.page_sizes import padded_page
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.collector.session.codec import ContentTooLong
from kuule.collector.session.draft_sealing import KeyDerivationBusy
from kuule.collector.session.field_watch import field_watch
from kuule.collector.session.respondent_codes import (
    UnreadablePausedVisit,
    WithdrawalResult,
    delete_paused_visit,
    find_paused_visit,
    take_back_response,
)
from kuule.collector.session.store_alerts import report_store_error
from kuule.core.problems import StoreError
from kuule.languages.cldr.locale_formats import format_day
from kuule.sealing.return_codes import MAX_TYPED_LENGTH, CodeError, ReturnCode, read_code
from kuule.web.length_hiding.field_padding import strip_padding

_UNABLE = "code_unable"


@dataclass(frozen=True, slots=True)
class CodePage:
    """One of the two pages, in one language of the current edition. `typed` is shown in its field again."""

    served: ServedEdition
    language: ServedLanguage
    typed: str
    link: str = ""

    @property
    def study_id(self) -> str:
        return self.served.edition.study.id

    def render(self, name: str, unfit: str = "", *, status: int = 200, **content: object) -> HttpResponse:
        """The page. `unfit` is the name of the text beside the field. The status is 503 where it is the site that
        cannot look up a code."""
        words = render_in_frame(
            name,
            frame_for(self.served, self.language, self.link),
            typed=self.typed,
            unfit=unfit,
            coming_back=self.served.edition.study.coming_back,
            **content,
        )
        return padded_page(self.served, words, status=503 if unfit == _UNABLE else status)


def resume_page(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """Ask for a pause code; or, posted, resume the visit or delete it unopened."""
    code_page = _code_page(request, tag, link)
    if request.method != "POST":
        return code_page.render("resume")
    try:
        code = read_code(code_page.typed)
    except CodeError as slip:
        return code_page.render("resume", f"code_{slip.kind}")
    try:
        return (
            _delete(code_page, code)
            if strip_padding(request.POST.get("go", "")) == "delete"
            else _resume(request, code_page, code)
        )
    except KeyDerivationBusy:
        return code_page.render("resume", _UNABLE)
    except StoreError as error:
        report_store_error(error, "a code is not looked up")
        return code_page.render("resume", _UNABLE)


def _delete(code_page: CodePage, code: ReturnCode) -> HttpResponse:
    if not delete_paused_visit(code_page.study_id, code, running_site().clock()):
        return code_page.render("resume", "resume_nothing")
    return code_page.render("resume_deleted")


def _resume(request: HttpRequest, code_page: CodePage, code: ReturnCode) -> HttpResponse:
    now, conversation = running_site().clock(), current_conversation()
    try:
        state = find_paused_visit(code_page.study_id, code, now)
    except UnreadablePausedVisit:
        return code_page.render("resume", "resume_renewed")
    if state is None:
        return code_page.render("resume", "resume_nothing")
    try:
        reply = conversation.resume(code_page.language.language.tag, state, now)
    except ContentTooLong:
        return refused_requests.too_big_page(request)
    if reply is None:
        return code_page.render("resume", "resume_renewed")
    return render_reply(reply, now, drafts=running_site().drafts, hidden=field_watch.hidden_services())


def withdraw_page(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """Ask for a withdrawal code; or, posted, withdraw the response that was sent under it."""
    code_page = _code_page(request, tag, link)
    editions = [served.edition for served in current_conversation().editions.editions]
    now = running_site().clock()
    ends = [edition.study.coming_back.last_day_if_open(now) for edition in editions]
    days = [end for end in ends if end is not None]
    if not days:
        return code_page.render("withdraw_closed")
    until = format_day(max(days).isoformat(), code_page.language.language.tag)
    if request.method != "POST":
        return code_page.render("withdraw", until=until)
    try:
        result = take_back_response(editions, read_code(code_page.typed), now)
    except CodeError as slip:
        return code_page.render("withdraw", f"code_{slip.kind}", until=until)
    except StoreError as error:
        report_store_error(error, "a code is not looked up")
        return code_page.render("withdraw", _UNABLE, until=until)
    if result is WithdrawalResult.NOTHING:
        return code_page.render("withdraw", "withdraw_nothing", until=until)
    study = code_page.served.edition.study
    organisation = code_page.language.texts.get("study:organisation", study.organisation)
    return code_page.render("withdraw_done", organisation=organisation)


def _code_page(request: HttpRequest, tag: str, link: str) -> CodePage:
    served, language = current_edition_in(tag)
    return CodePage(served, language, request.POST.get("code", "")[:MAX_TYPED_LENGTH], link)
