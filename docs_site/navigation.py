"""The order of the site, read from the pages that list others: docs/README.md, and the lists of some folders.

A page that no list has is an orphan. What a list says of a page, behind its link, is the page's summary: the plain
index shows it, and the search looks in it. Standard library only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from docs_site.source_pages import FRONT, SourcePage, links, page_of, plain

LISTS = (PurePosixPath("docs/decisions/README.md"), PurePosixPath("docs/reference/problems/README.md"))
"""Pages that list those of their own folder."""
READERS = PurePosixPath("docs/readers")
IN_THE_SOURCE = "Beside the source"
_RELATION = re.compile(r"(Replace[sd]|Change[sd]|Add(s|ed) to)\b")
"""How a decision says below its title what it does to others."""
_ITEM = re.compile(r"^(?:[-*]|\d+\.) (.*(?:\n(?:  +)\S.*)*)", re.MULTILINE)
_ITEM_LINK = re.compile(r"^\[((?:`[^`]*`|[^\]`])*)\]\(([^)\s]+)\)[:,]? *(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PageGroup:
    """Pages that stand together, under a title."""

    title: str
    pages: tuple[PurePosixPath, ...]


def page_groups(root: Path, pages: dict[PurePosixPath, SourcePage]) -> list[PageGroup]:
    """The groups of the front page, in its order: one for each heading, and one for each list that says for whom it
    is. Pages beside the source, which others link to, come last."""
    groups, seen = [], {FRONT}
    for title, text in _sections(pages[FRONT].text):
        section = SourcePage(FRONT, "", text)
        listed = (page_of(root, link.path) for link in links(section))
        own = tuple(dict.fromkeys(page for page in listed if page is not None and page not in seen))
        seen |= set(own)
        if own:
            groups.append(PageGroup(title, own))
    beside = tuple(path for path in pages if path not in seen and path.parts[0] != "docs")
    return [*groups, PageGroup(IN_THE_SOURCE, beside)] if beside else groups


def _sections(text: str) -> list[tuple[str, str]]:
    title, sections = "Documentation", []
    for line in text.splitlines():
        if line.startswith("## "):
            title = plain(line[3:]).partition(":")[0]
            sections.append((title, [line]))
        elif (found := re.fullmatch(r"(For [^:]+):", line)) is not None:
            sections.append((f"{title}: {found[1][0].lower()}{found[1][1:]}", [line]))
        elif sections:
            sections[-1][1].append(line)
    return [(title, "\n".join(lines)) for title, lines in sections]


def listed_in(root: Path, pages: dict[PurePosixPath, SourcePage], listing: PurePosixPath) -> list[PurePosixPath]:
    """The pages of its own folder that a list has."""
    found = (page_of(root, link.path) for link in links(pages[listing]))
    own = (page for page in found if page is not None and page.parent == listing.parent and page != listing)
    return list(dict.fromkeys(own))


def orphans(root: Path, pages: dict[PurePosixPath, SourcePage]) -> list[PurePosixPath]:
    """Pages that no list has."""
    listed = {FRONT, *(page for group in page_groups(root, pages) for page in group.pages)}
    for listing in LISTS:
        listed |= set(listed_in(root, pages, listing))
    return [path for path in pages if path not in listed]


def summaries(root: Path, pages: dict[PurePosixPath, SourcePage]) -> dict[PurePosixPath, list[str]]:
    """What lists say of each page: the words of its link and the sentence behind it. Lists come first, then the paths
    of readers."""
    tellers = [FRONT, *LISTS, *sorted(path for path in pages if path.parent == READERS)]
    told: dict[PurePosixPath, list[str]] = {path: [] for path in pages}
    for teller in tellers:
        for item in _ITEM.findall(pages[teller].text):
            found = _ITEM_LINK.match(item)
            if found is None:
                continue
            [link, *_] = links(SourcePage(teller, "", f"[{found[1]}]({found[2]})"))
            page = page_of(root, link.path)
            if page in told and plain(found[3]):
                told[page].append(f"{plain(found[1])}: {plain(found[3])}")
    return told


def first_sentence(page: SourcePage) -> str:
    """The beginning of a page, for one of which no list says more than its name."""
    text = re.sub(r"<!--.*?-->", "", page.text.partition("\n")[2], flags=re.DOTALL)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text)]
    prose = (plain(re.sub(r"^\*\*Found\.\*\* ", "", part)) for part in paragraphs if _is_prose(part))
    sentences = (re.match(r".+?[.?](?=\s|$)", words) for words in prose)
    return next((found[0] for found in sentences if found), "")


def _is_prose(paragraph: str) -> bool:
    begins_plainly = paragraph[:1] not in ("", *"#|<`-*") or paragraph.startswith("**Found.")
    return begins_plainly and not _RELATION.match(paragraph)
