"""Checks of what is in the pages: nothing that runs, nothing from elsewhere, one size, help, languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from kuule.verification.agreed_edition import AgreedEdition
from kuule.verification.site_findings import SiteFinding, SiteState, named_few, printable, tell_faults
from kuule.verification.site_reader import VisitedPage
from kuule.verification.site_visit import SiteVisit

_LOADS = " | ".join(
    (
        *("//@src", "//@srcset", "//@poster", "//@background", "//@ping"),
        *("//object/@data", "//link/@href", "//base/@href"),
        "//*[local-name()='use' or local-name()='image']/@*",
    )
)
_POSTS = "//form/@action | //@formaction"
_RUNS = ("script", "iframe", "frame", "object", "embed", "applet")
_STYLES = "//style/text() | //@style"
_IN_STYLE = re.compile(r"""@import|url\(\s*["']?\s*(?!data:|#)(?:[a-z][a-z0-9+.-]*:|//)""", re.IGNORECASE)
_HASH_IN_NAME = re.compile(r"/style-([0-9a-f]{12})\.css")


def check_answers(visit: SiteVisit) -> Iterator[SiteFinding]:
    """Every page came as a page, with the status that it has to have, and none leads elsewhere."""
    wanted = HTTPStatus.OK if visit.open else HTTPStatus.SERVICE_UNAVAILABLE
    expected = [
        (page, HTTPStatus.NOT_FOUND if page is visit.unknown else wanted if page is visit.start else HTTPStatus.OK)
        for page in visit.pages
    ]
    leading = (f"{page.address} to {page.leads_to}" for page, _ in expected if page.leads_to)
    yield tell_faults("redirects", leading, "no page leads elsewhere", "a page leads elsewhere")
    unlike = (_unlike_page(page, status) for page, status in expected if not page.leads_to)
    yield tell_faults("pages", filter(None, unlike), f"{len(expected)} came as they should", "not as it should be")


def _unlike_page(page: VisitedPage, status: int) -> str:
    """What is wrong with an answer as a page of HTML; "" if nothing is."""
    if page.trouble:
        return f"{page.address} is {page.trouble}"
    if page.status != status:
        return f"{page.address} answers {page.status}"
    return "" if page.document is not None else f"{page.address} is no page of HTML"


def check_contents(visit: SiteVisit, host: str) -> Iterator[SiteFinding]:
    """Nothing on a page runs, comes from elsewhere or is sent there."""
    documents = [(page.address, page.document) for page in visit.pages if page.document is not None]
    running = (f"{what} at {address}" for address, document in documents for what in _running(document))
    yield tell_faults("script", running, "nothing on a page runs, and no page is inside another", "something can run")
    foreign = [f"{place} at {address}" for address, document in documents for place in _foreign(document, host)]
    style = visit.style
    if style is not None and _IN_STYLE.search(style.body.decode("utf-8", "replace")):
        foreign.append(f"what {style.address} loads")
    yield tell_faults(
        "elsewhere", foreign, "nothing is loaded from another site, or sent to one", "another site is told"
    )
    yield _check_style(visit)


def _running(document: HtmlElement) -> Iterator[str]:
    for name in _RUNS:
        if document.xpath(f"//{name}"):
            yield name
    yield from (f"{one.attrname}=" for one in document.xpath("//@*") if one.attrname.lower().startswith("on"))
    links = document.xpath("//@href | //@src | //@action | //@formaction")
    yield from ("javascript:" for link in links if link.strip().lower().startswith("javascript:"))
    if document.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']"):
        yield "a page that moves on by itself"


def _foreign(document: HtmlElement, host: str) -> Iterator[str]:
    """Other places of which a page loads something, or to which it sends a form."""
    for found in document.xpath(f"{_LOADS} | {_POSTS}"):
        for place in str(found).split(",") if found.attrname == "srcset" else [str(found)]:
            try:
                parts = urlsplit(urljoin("https://here/", place.strip()))
            except ValueError:
                yield printable(place)
                continue
            if parts.scheme in ("http", "https") and parts.netloc not in ("here", host):
                yield printable(parts.netloc)
    yield from ("a style" for text in document.xpath(_STYLES) if _IN_STYLE.search(str(text)))


def _check_style(visit: SiteVisit) -> SiteFinding:
    """The style sheet is there, and is the one that its name says: the name is made of its content."""
    page = visit.style
    if page is None or page.status != HTTPStatus.OK or page.trouble:
        return SiteFinding("style sheet", SiteState.WRONG, "there is none, or it cannot be read")
    named = _HASH_IN_NAME.fullmatch(page.address)
    if not named or not sha256(page.body).hexdigest().startswith(named[1]):
        return SiteFinding("style sheet", SiteState.WRONG, f"{page.address} is not what its name says")
    return SiteFinding("style sheet", SiteState.OK, f"{page.address}, as its name says")


def check_sizes(pages: Sequence[VisitedPage]) -> SiteFinding:
    """All pages have one size on the wire, so that it tells nobody who watches which page it was."""
    sizes = {page.address: page.sent for page in pages if page.status == HTTPStatus.OK and not page.trouble}
    usual = max(sizes.values(), key=list(sizes.values()).count, default=0)
    others = (f"{address} has {size:,}" for address, size in sizes.items() if size != usual)
    told = f"{len(sizes)} pages, {usual:,} bytes each"
    return tell_faults("sizes", others, told, f"most pages have {usual:,} bytes, not all")


def check_help(visit: SiteVisit) -> SiteFinding:
    """Each language has a page of help with at least one number or service on it, in that language."""
    lacking = (tag for tag, page in visit.help.items() if not _helps(page, tag))
    return tell_faults("help", lacking, f"there in {len(visit.help)} languages", "there is no help in")


def _helps(page: VisitedPage, tag: str) -> bool:
    if page.document is None or page.status != HTTPStatus.OK or page.document.get("lang") != tag:
        return False
    return bool(page.document.xpath("//main//a[starts-with(@href, 'tel:') or starts-with(@href, 'sms:')]")) or bool(
        page.document.xpath("//main//ul[@class='services']/li")
    )


def check_languages(visit: SiteVisit, agreed: AgreedEdition | None) -> SiteFinding:
    """The languages that are offered, each with pages in it; those of the agreed edition, where there is one."""
    offered = visit.languages
    foreign = [tag for tag, page in visit.privacy.items() if page.document is None or page.document.get("lang") != tag]
    if foreign:
        return SiteFinding("languages", SiteState.WRONG, f"offered, and not there: {named_few(foreign)}")
    unknown = sorted(set(offered) - agreed.languages) if agreed else []
    if unknown:
        return SiteFinding("languages", SiteState.WRONG, f"not in the agreed edition: {named_few(unknown)}")
    missing = sorted(agreed.open_languages - set(offered)) if agreed else []
    if missing:
        return SiteFinding("languages", SiteState.WARNING, f"agreed and not on the site: {named_few(missing)}")
    return SiteFinding("languages", SiteState.OK, f"{len(offered)}: {', '.join(offered)}")
