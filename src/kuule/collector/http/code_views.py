"""Two pages outside a visit that ask for a code: going on after a pause, and taking back what was sent."""

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
    """One of the two pages, in one language of the current edition. `typed` stands in the field again."""

    served: ServedEdition
    language: ServedLanguage
    typed: str
    link: str = ""

    @property
    def study_id(self) -> str:
        return self.served.edition.study.id

    def render(self, name: str, unfit: str = "", *, status: int = 200, **content: object) -> HttpResponse:
        """The page; `unfit` is the name of the text beside the field. 503 where it is the site that is not able."""
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
    """Ask for a pause code; or, posted, go on where the visit stopped, or delete it unopened."""
    asking = _asking(request, tag, link)
    if request.method != "POST":
        return asking.render("resume")
    try:
        code = read_code(asking.typed)
    except CodeError as slip:
        return asking.render("resume", f"code_{slip.kind}")
    try:
        return (
            _delete(asking, code)
            if strip_padding(request.POST.get("go", "")) == "delete"
            else _go_on(request, asking, code)
        )
    except KeyDerivationBusy:
        return asking.render("resume", _UNABLE)
    except StoreError as error:
        report_store_error(error, "a code is not looked up")
        return asking.render("resume", _UNABLE)


def _delete(asking: CodePage, code: ReturnCode) -> HttpResponse:
    if not delete_paused_visit(asking.study_id, code, running_site().clock()):
        return asking.render("resume", "resume_nothing")
    return asking.render("resume_deleted")


def _go_on(request: HttpRequest, asking: CodePage, code: ReturnCode) -> HttpResponse:
    now, conversation = running_site().clock(), current_conversation()
    try:
        carried = find_paused_visit(asking.study_id, code, now)
    except UnreadablePausedVisit:
        return asking.render("resume", "resume_renewed")
    if carried is None:
        return asking.render("resume", "resume_nothing")
    try:
        reply = conversation.resume(asking.language.language.tag, carried, now)
    except ContentTooLong:
        return refused_requests.too_big_page(request)
    if reply is None:
        return asking.render("resume", "resume_renewed")
    return render_reply(reply, now, drafts=running_site().drafts)


def withdraw_page(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """Ask for a withdrawal code; or, posted, take back what was sent under it."""
    asking = _asking(request, tag, link)
    editions = [offer.edition for offer in current_conversation().editions.editions]
    now = running_site().clock()
    days = [
        edition.study.coming_back.withdraw_until
        for edition in editions
        if edition.study.coming_back.withdraw_until and edition.study.coming_back.accepts_withdrawals(now)
    ]
    if not days:
        return asking.render("withdraw_closed")
    until = format_day(max(days).isoformat(), asking.language.language.tag)
    if request.method != "POST":
        return asking.render("withdraw", until=until)
    try:
        became = take_back_response(editions, read_code(asking.typed), now)
    except CodeError as slip:
        return asking.render("withdraw", f"code_{slip.kind}", until=until)
    except StoreError as error:
        report_store_error(error, "a code is not looked up")
        return asking.render("withdraw", _UNABLE, until=until)
    if became is WithdrawalResult.NOTHING:
        return asking.render("withdraw", "withdraw_nothing", until=until)
    study = asking.served.edition.study
    organisation = asking.language.texts.get("study:organisation", study.organisation)
    return asking.render(_PAGES[became], organisation=organisation)


_PAGES = {WithdrawalResult.DONE: "withdraw_done", WithdrawalResult.CLOSED: "withdraw_closed"}


def _asking(request: HttpRequest, tag: str, link: str) -> CodePage:
    offer, tongue = current_edition_in(tag)
    return CodePage(offer, tongue, request.POST.get("code", "")[:MAX_TYPED_LENGTH], link)
