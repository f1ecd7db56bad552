"""One visit of whoever checks a site: which pages are read, in which order, and nothing that counts or stays.

Help is opened as by somebody who chooses no country in its list (`?country=`), which no counter counts; the one button
that is pressed is "Begin", whose page names the edition. Nothing of it is stored: a visit travels in its page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from kuule.core.problems import Problem
from kuule.verification.site_findings import VerificationError
from kuule.verification.site_reader import SiteReader, VisitedPage

MOST_LANGUAGES = 100
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{2,8})*")
_HELP = re.compile(rf"/({_TAG.pattern})/help")
_STYLE = re.compile(r"/[A-Za-z0-9._-]+\.css")
_TURNED_AWAY = (HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
UNKNOWN_ADDRESS = "/no-such-page-here"


@dataclass(frozen=True, slots=True)
class SiteVisit:
    """The pages that were read. A closed site shows its first page and help; `languages` are those that it names."""

    start: VisitedPage
    languages: tuple[str, ...] = ()
    style: VisitedPage | None = None
    welcome: VisitedPage | None = None
    begun: VisitedPage | None = None
    unknown: VisitedPage | None = None
    privacy: Mapping[str, VisitedPage] = field(default_factory=dict)
    help: Mapping[str, VisitedPage] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Whether the site takes answers."""
        return self.start.status == HTTPStatus.OK

    @property
    def pages(self) -> tuple[VisitedPage, ...]:
        """All that was read but the style sheet."""
        single = (self.start, self.welcome, self.begun, self.unknown)
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
    style = _STYLE.fullmatch(_style_address(start))
    found = SiteVisit(
        start,
        languages,
        style=reader.read(style.group()) if style else None,
        help={tag: reader.read(f"/{tag}/help?country=") for tag in languages},
    )
    if not found.open:
        return found
    return SiteVisit(
        start,
        languages,
        style=found.style,
        welcome=reader.read(f"/{languages[0]}"),
        begun=reader.read(f"/{languages[0]}", [("go", "next")]),
        unknown=reader.read(UNKNOWN_ADDRESS),
        privacy={tag: reader.read(f"/{tag}/privacy") for tag in languages},
        help=found.help,
    )


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
