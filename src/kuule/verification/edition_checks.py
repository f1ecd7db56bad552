"""Checks of which edition a site shows and to which key it seals, as its pages say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus

from kuule.sealing.fingerprint import words_for_fingerprint
from kuule.verification.agreed_edition import AgreedEdition
from kuule.verification.site_findings import SiteFinding, SiteState, named_few
from kuule.verification.site_reader import VisitedPage
from kuule.verification.site_visit import SiteVisit

_FINGERPRINT = re.compile(r"[0-9]{5}(?: [0-9]{5}){5}")
_PAGE_NAME = re.compile(r"([0-9a-f]{8})\..+")


def shown_edition(visit: SiteVisit) -> str:
    """The first eight digits of the hash of the edition that the first page of a visit names; "" if it names none."""
    document = visit.begun.document if visit.begun else None
    names = [] if document is None else document.xpath("//input[@name='page']/@value")
    found = _PAGE_NAME.fullmatch(str(names[0])) if names else None
    return found[1] if found else ""


def shown_fingerprint(page: VisitedPage) -> tuple[str, str]:
    """The fingerprint on a page about privacy, in digits and in words; "" for what is not there."""
    codes = [] if page.document is None else page.document.xpath("//main//p[@class='code']")
    texts = [" ".join(code.text_content().split()) for code in codes]
    digits = next((text for text in texts if _FINGERPRINT.fullmatch(text)), "")
    after = texts[texts.index(digits) + 1 :] if digits else []
    return digits, after[0] if after else ""


def check_edition(visit: SiteVisit, agreed: AgreedEdition | None) -> Iterator[SiteFinding]:
    """The edition and the key. Where the site is closed for now, neither can be seen; before a survey opens and after
    it has ended, the key alone."""
    if not visit.open:
        told = "closed for now, and says so: its edition and its key cannot be seen"
        yield SiteFinding("open", SiteState.WARNING, told)
        return
    yield _check_open(visit)
    yield _check_readiness(visit)
    yield _check_hash(visit, agreed)
    yield _check_key(visit, agreed)


def _check_open(visit: SiteVisit) -> SiteFinding:
    """Whether a visit can begin; if not, each language has to say so on a page that leads to help."""
    if visit.can_begin:
        return SiteFinding("open", SiteState.OK, "it takes answers")
    helpless = named_few(tag for tag, page in visit.welcomes.items() if not _leads_to(page, f"/{tag}/help"))
    if helpless:
        told = f"no visit can begin, and the page does not lead to help: {helpless}"
        return SiteFinding("open", SiteState.WRONG, told)
    resumed = any(_leads_to(page, f"/{tag}/resume") for tag, page in visit.welcomes.items())
    more = "; whoever paused can go on" if resumed else ""
    told = f"no visit can begin (not open yet, open for some alone, or ended); each language leads to help{more}"
    return SiteFinding("open", SiteState.WARNING, told)


def check_taking_back(visit: SiteVisit, agreed: AgreedEdition | None, now: datetime) -> SiteFinding:
    """Whether people find where they take back what they sent, for as long as they were promised it."""
    lacking = named_few(tag for tag, page in visit.welcomes.items() if not _leads_to(page, f"/{tag}/withdraw"))
    if not lacking:
        return SiteFinding("taking back", SiteState.OK, "the page leads to where answers are taken back")
    if agreed is not None and agreed.coming_back.accepts_withdrawals(now):
        told = f"promised until {agreed.coming_back.withdraw_until}, and the page does not lead to it: {lacking}"
        return SiteFinding("taking back", SiteState.WRONG, told)
    more = "" if agreed else "; compared with nothing"
    return SiteFinding("taking back", SiteState.OK, f"not offered{more}")


def _leads_to(page: VisitedPage, path: str) -> bool:
    links = [] if page.document is None else page.document.xpath("//a/@href")
    return any(str(link).partition("?")[0] == path for link in links)


def _check_readiness(visit: SiteVisit) -> SiteFinding:
    """Whether pages say that they are for practice, or that their texts are drafts."""
    practice = any(_has_banner(page, "practice") for page in visit.pages)
    drafts = named_few(tag for tag, page in visit.privacy.items() if _has_banner(page, "draft"))
    said = ["it is for practice"] * practice + [f"texts are drafts in {drafts}"] * bool(drafts)
    told = f"pages say that {' and that '.join(said)}" if said else "for real answers, with reviewed texts"
    return SiteFinding("readiness", SiteState.WARNING if said else SiteState.OK, told)


def _has_banner(page: VisitedPage, kind: str) -> bool:
    return page.document is not None and bool(page.document.xpath(f"//p[@class='banner {kind}']"))


def _check_hash(visit: SiteVisit, agreed: AgreedEdition | None) -> SiteFinding:
    shown = shown_edition(visit)
    if not visit.can_begin:
        return SiteFinding("edition", SiteState.WARNING, "cannot be seen, since no visit can begin")
    if not shown:
        return SiteFinding("edition", SiteState.WRONG, "the first page of a visit names no edition")
    if agreed is None:
        return SiteFinding("edition", SiteState.OK, f"{shown}, as the site says; compared with nothing")
    if agreed.id.startswith(shown):
        return SiteFinding("edition", SiteState.OK, f"{shown}, as agreed ({agreed.id})")
    return SiteFinding("edition", SiteState.WRONG, f"the site shows {shown}, agreed was {agreed.id[: len(shown)]}")


def _check_key(visit: SiteVisit, agreed: AgreedEdition | None) -> SiteFinding:
    shown = {tag: shown_fingerprint(page) for tag, page in visit.privacy.items() if page.status == HTTPStatus.OK}
    lacking = named_few(tag for tag in visit.languages if not shown.get(tag, ("", ""))[0])
    if lacking or not shown:
        return SiteFinding("key", SiteState.WRONG, f"the privacy page names no key in {lacking or 'any language'}")
    found = sorted({digits for digits, _ in shown.values()})
    if len(found) > 1:
        return SiteFinding("key", SiteState.WRONG, f"languages name different keys: {named_few(found)}")
    [digits] = found
    if any(words != words_for_fingerprint(digits) for _, words in shown.values()):
        return SiteFinding("key", SiteState.WRONG, f"the words are not those of {digits}")
    if agreed is None:
        return SiteFinding("key", SiteState.OK, f"{digits} in every language; compared with nothing")
    if digits != agreed.fingerprint:
        return SiteFinding("key", SiteState.WRONG, f"the site names {digits}, agreed was {agreed.fingerprint}")
    return SiteFinding("key", SiteState.OK, f"{digits} in every language, as agreed")
