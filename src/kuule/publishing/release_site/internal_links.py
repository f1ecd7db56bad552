"""Whether every link of a site leads somewhere: to a file that is built, and to an anchor that it has."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from kuule.core.problems import Problem, PublishingError

_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_ANCHOR = re.compile(r'\sid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """The links of a page, and its anchors."""

    links: frozenset[str]
    anchors: frozenset[str]


def page_links(html: str) -> PageLinks:
    """What a page links to on this site, and what can be linked to in it."""
    links = frozenset(unescape(found) for found in _LINK.findall(html))
    return PageLinks(
        frozenset(link for link in links if not _ELSEWHERE.match(link)), frozenset(map(unescape, _ANCHOR.findall(html)))
    )


def check_links(pages: Mapping[str, PageLinks], files: Iterable[str]) -> None:
    """Raises PublishingError PUBLISH_005 for links that lead nowhere. `pages` and `files` are by path within the site;
    `files` are those that are no pages."""
    known = {*pages, *files}
    broken = sorted({one for path, found in pages.items() for one in _broken(path, found, pages, known)})
    if broken:
        remedy = "make the release again with kuule release new; if it stays, this is a fault of Kuule: tell us"
        raise PublishingError(
            *(
                Problem("PUBLISH_005", page, f"it links to {link!r}, which is not there", remedy)
                for page, link in broken
            )
        )


def _broken(path: str, found: PageLinks, pages: Mapping[str, PageLinks], known: set[str]) -> Iterator[tuple[str, str]]:
    folder = posixpath.dirname(path)
    for link in found.links:
        file, _, anchor = link.partition("#")
        target = posixpath.normpath(posixpath.join(folder, file)) if file else path
        if target not in known or (anchor and target in pages and anchor not in pages[target].anchors):
            yield path, link
