"""Two pages outside a visit that ask for a code: going on after a pause, and taking back what was sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from kuule.collector.addresses.site import offered, open_conversation, running_site
from kuule.collector.offer.editions import Offer, Tongue
from kuule.collector.pages.frame import frame_of, page_with
from kuule.collector.pages.showing import show
from kuule.collector.pages.sizes import sized_page
from kuule.collector.visit.coming_back import Unreadable, Withdrawal, delete_paused, find_paused, take_back
from kuule.collector.visit.pause_lock import Busy
from kuule.collector.visit.unkept import tell_unkept
from kuule.errors import StoreError
from kuule.languages.moments import format_day
from kuule.sealing.codes import MAX_TYPED_LENGTH, CodeError, ReturnCode, read_code
from kuule.web.lengths import strip_padding

_UNABLE = "code_unable"


@dataclass(frozen=True, slots=True)
class Asking:
    """One of the two pages, in one language of the current edition. `typed` stands in the field again."""

    offer: Offer
    tongue: Tongue
    typed: str
    link: str = ""

    @property
    def study_id(self) -> str:
        return self.offer.edition.study.id

    def show(self, name: str, unfit: str = "", *, status: int = 200, **content: object) -> HttpResponse:
        """The page; `unfit` is the name of the text beside the field. 503 where it is the site that is not able."""
        words = page_with(
            name,
            frame_of(self.offer, self.tongue, self.link),
            typed=self.typed,
            unfit=unfit,
            coming_back=self.offer.edition.study.coming_back,
            **content,
        )
        return sized_page(self.offer, words, status=503 if unfit == _UNABLE else status)


def resume_page(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """Ask for a pause code; or, posted, go on where the visit stopped, or delete it unopened."""
    asking = _asking(request, tag, link)
    if request.method != "POST":
        return asking.show("resume")
    try:
        code = read_code(asking.typed)
    except CodeError as slip:
        return asking.show("resume", f"code_{slip.kind}")
    try:
        return _delete(asking, code) if strip_padding(request.POST.get("go", "")) == "delete" else _go_on(asking, code)
    except Busy:
        return asking.show("resume", _UNABLE)
    except StoreError as error:
        tell_unkept(error, "a code is not looked up")
        return asking.show("resume", _UNABLE)


def _delete(asking: Asking, code: ReturnCode) -> HttpResponse:
    if not delete_paused(asking.study_id, code, running_site().clock()):
        return asking.show("resume", "resume_nothing")
    return asking.show("resume_deleted")


def _go_on(asking: Asking, code: ReturnCode) -> HttpResponse:
    now, conversation = running_site().clock(), open_conversation()
    try:
        carried = find_paused(asking.study_id, code, now)
    except Unreadable:
        return asking.show("resume", "resume_renewed")
    if carried is None:
        return asking.show("resume", "resume_nothing")
    outcome = conversation.go_on(asking.tongue.language.tag, carried, now)
    if outcome is None:
        return asking.show("resume", "resume_renewed")
    return show(outcome, conversation.keys, now, drafts=running_site().drafts)


def withdraw_page(request: HttpRequest, tag: str, link: str = "") -> HttpResponse:
    """Ask for a withdrawal code; or, posted, take back what was sent under it."""
    asking = _asking(request, tag, link)
    editions = [offer.edition for offer in open_conversation().editions.offers]
    now = running_site().clock()
    days = [
        edition.study.coming_back.withdraw_until
        for edition in editions
        if edition.study.coming_back.withdraw_until and edition.study.coming_back.accepts_withdrawals(now)
    ]
    if not days:
        return asking.show("withdraw_closed")
    until = format_day(max(days).isoformat(), asking.tongue.language.tag)
    if request.method != "POST":
        return asking.show("withdraw", until=until)
    try:
        became = take_back(editions, read_code(asking.typed), now)
    except CodeError as slip:
        return asking.show("withdraw", f"code_{slip.kind}", until=until)
    except StoreError as error:
        tell_unkept(error, "a code is not looked up")
        return asking.show("withdraw", _UNABLE, until=until)
    if became is Withdrawal.NOTHING:
        return asking.show("withdraw", "withdraw_nothing", until=until)
    study = asking.offer.edition.study
    organisation = asking.tongue.texts.get("study:organisation", study.organisation)
    return asking.show(_PAGES[became], organisation=organisation)


_PAGES = {Withdrawal.DONE: "withdraw_done", Withdrawal.CLOSED: "withdraw_closed"}


def _asking(request: HttpRequest, tag: str, link: str) -> Asking:
    offer, tongue = offered(tag)
    return Asking(offer, tongue, request.POST.get("code", "")[:MAX_TYPED_LENGTH], link)
