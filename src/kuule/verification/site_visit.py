"""One visit of whoever checks a site: which pages are read, in which order, and nothing that counts or stays.

Help is opened as by somebody who chooses no country in its list (`?country=`), which no counter counts; the one button
that is pressed is "Begin", whose page names the edition. Nothing of it is stored: a visit travels in its page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus

from kuule.core.problems import Problem
from kuule.verification.site_findings import VerificationError
from kuule.verification.site_reader import SiteReader, VisitedPage

MOST_LANGUAGES = 100
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*")
_HELP = re.compile(rf"/({_TAG.pattern})/help")
_STYLE = re.compile(r"/[A-Za-z0-9._-]+\.css")
_TURNED_AWAY = (
    HTTPStatus.FORBIDDEN,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
"""What is answered by a guard that refuses programs, and by whatever stands before a site that is busy."""
_BUTTON = "//button[@name='go']"
"""The button "Begin", and those of each page of a visit."""
UNKNOWN_ADDRESS = "/no-such-page-here"


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """The pages that were read. A site that is closed for now shows its first page and help; `languages` are those that
    it names. `welcomes` are the first pages of languages: that of the first, and of all where it has no "Begin"."""

    start: VisitedPage
    languages: tuple[str, ...] = ()
    style: VisitedPage | None = None
    welcomes: Mapping[str, VisitedPage] = field(default_factory=dict)
    begun: VisitedPage | None = None
    unknown: VisitedPage | None = None
    privacy: Mapping[str, VisitedPage] = field(default_factory=dict)
    help: Mapping[str, VisitedPage] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether the site serves its survey, be that open or not."""
        return self.start.status == HTTPStatus.OK

    @property
    def can_begin(self) -> bool:
        """Whether a visit could begin. Before the first day and after the last, "Begin" is on no page; if the survey
        closes between two pages, another page than a question comes."""
        page = self.begun
        return page is not None and (page.document is None or bool(page.document.xpath(_BUTTON)))

    @property
    def pages(self) -> tuple[VisitedPage, ...]:
        """All that was read but the style sheet."""
        single = (self.start, *self.welcomes.values(), self.begun, self.unknown)
        return (*(one for one in single if one is not None), *self.privacy.values(), *self.help.values())

    @property
    def sized_pages(self) -> tuple[VisitedPage, ...]:
        """The pages that are to have one size: those of an edition."""
        return tuple(page for page in self.pages if self.open and page is not self.unknown)


def visit_site(reader: SiteReader) -> SiteVisit:
    """Read the pages of a site. Raises VerificationError VERIFY_002 where it does not answer, and VERIFY_003 where it
    lets nobody in."""
    start = reader.read("/")
    languages = _offered_languages(start)
    if not languages:
        if start.status in _TURNED_AWAY:
            raise _turned_away(reader.origin, start.status)
        return SiteVisit(start)
    read = _patient(reader)
    style = _STYLE.fullmatch(_style_address(start))
    found = SiteVisit(
        start,
        languages,
        style=read(style.group()) if style else None,
        help={tag: read(f"/{tag}/help?country=") for tag in languages},
    )
    if not found.open:
        return found
    welcomes = {languages[0]: read(f"/{languages[0]}")}
    if not _is_way_in(welcomes[languages[0]]):
        welcomes |= {tag: read(f"/{tag}") for tag in languages[1:]}
    way_in = [tag for tag, page in welcomes.items() if _is_way_in(page)]
    return replace(
        found,
        welcomes=welcomes,
        begun=read(f"/{way_in[0]}", [("go", "next")]) if way_in else None,
        unknown=read(UNKNOWN_ADDRESS),
        privacy={tag: read(f"/{tag}/privacy") for tag in languages},
    )


def _is_way_in(page: VisitedPage) -> bool:
    """Whether a visit can begin here. What is no page at all counts as one: then it is told what came instead."""
    return page.document is None or bool(page.document.xpath(_BUTTON))


def _patient(reader: SiteReader) -> Callable[..., VisitedPage]:
    """Reads pages of a site whose first page came. One that is refused then tells of a guard or of a busy site, and
    nothing of the page. Raises VerificationError VERIFY_003."""

    def read(address: str, form: Sequence[tuple[str, str]] | None = None) -> VisitedPage:
        page = reader.read(address, form)
        if page.status in _TURNED_AWAY:
            raise _turned_away(reader.origin, page.status)
        return page

    return read


def _offered_languages(start: VisitedPage) -> tuple[str, ...]:
    """The languages of a first page, or of the page of a site that is closed for now, in alphabetical order."""
    if start.document is None or start.status not in (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE):
        return ()
    found = set(start.document.xpath("//main//a/@hreflang"))
    if start.status == HTTPStatus.SERVICE_UNAVAILABLE:
        links = start.document.xpath("//a/@href")
        found = {match[1] for link in links if (match := _HELP.fullmatch(str(link).partition("?")[0]))}
    return tuple(sorted(str(tag) for tag in found if _TAG.fullmatch(str(tag))))[:MOST_LANGUAGES]


def _style_address(start: VisitedPage) -> str:
    links = [] if start.document is None else start.document.xpath("//link[@rel='stylesheet']/@href")
    return str(links[0]) if links else ""


def _turned_away(origin: str, status: int) -> VerificationError:
    cause = f"the site answers, but lets nobody in just now ({status})"
    remedy = "try again in some minutes; if it stays so, ask whoever runs it, or what stands before it"
    return VerificationError(Problem("VERIFY_003", origin, cause, remedy))
