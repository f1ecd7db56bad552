"""Which Markdown files of the project are pages of the site, what they are called there, and where they link to.

Pages are all of docs/, the four at the top of the project, and any other Markdown file that one of them links to.
Nothing here knows how a page looks. Standard library only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

TOP = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
FRONT = PurePosixPath("docs/README.md")
_ELSEWHERE = ("http://", "https://", "mailto:")
_LINKED = re.compile(
    r"""
    (?P<fence> ^(?P<indent>\ *)(?P<mark>`{3,}|~{3,}).*?^\ *(?P=mark)`*\ *$ )
    | \[ (?P<text> (?: `[^`\n]*` | [^\]`] )* ) \]\( (?P<target> [^)\s]+ ) \)
    | (?P<code> (?P<ticks>`+) (?!`) .*? (?<!`) (?P=ticks) (?!`) )
    | (?P<attribute> \b(?:href|src) )="(?P<address> [^"]+ )"
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
"""Code comes first or stands between: what is in it is no link."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A Markdown file. `path` is where it is in the project, `name` its address on the site without the ending."""

    path: PurePosixPath
    name: str
    text: str

    @property
    def title(self) -> str:
        """Its first heading, without marks."""
        found = re.search(r"^# (.+)$", self.text, re.MULTILINE)
        return plain(found[1]) if found else self.path.stem


@dataclass(frozen=True, slots=True)
class SourceLink:
    """What a page links to: a file or folder of the project, and the heading in it, if one is named."""

    text: str
    path: PurePosixPath
    fragment: str


def site_name(path: PurePosixPath) -> str:
    """What a page is called on the site: `docs/how-to/serve.md` is `how-to/serve`; a README is its folder's index."""
    if path == PurePosixPath("README.md"):
        return "kuule"
    inside = path.relative_to("docs") if path.parts[0] == "docs" else path
    inside = inside.with_name("index") if inside.stem == "README" else inside.with_suffix("")
    return str(inside) if len(inside.parts) > 1 or path.parts[0] == "docs" else str(inside).lower()


def source_pages(root: Path) -> dict[PurePosixPath, SourcePage]:
    """Every page of the site by its path in the project."""
    waiting = [path.relative_to(root) for path in sorted((root / "docs").rglob("*.md"))]
    waiting += [Path(name) for name in TOP]
    pages: dict[PurePosixPath, SourcePage] = {}
    while waiting:
        path = PurePosixPath(waiting.pop(0).as_posix())
        if path in pages:
            continue
        page = pages[path] = SourcePage(path, site_name(path), (root / path).read_text(encoding="utf-8"))
        linked = (page_of(root, link.path) for link in links(page))
        waiting += [Path(other) for other in linked if other is not None]
    return pages


def page_of(root: Path, path: PurePosixPath) -> PurePosixPath | None:
    """The Markdown file that a link to a file or folder of the project shows; None if it shows none."""
    if (root / path).is_dir():
        path = path / "README.md"
    return path if path.suffix == ".md" and (root / path).is_file() else None


def links(page: SourcePage) -> list[SourceLink]:
    """Where a page links to inside the project, in order."""
    found: list[SourceLink] = []

    def take(text: str, link: SourceLink) -> str | None:
        found.append(link)
        return None

    relinked(page, take)
    return found


def relinked(page: SourcePage, change: Callable[[str, SourceLink], str | None]) -> str:
    """The text of a page with links into the project changed. `change` is given the Markdown or HTML of a link, and
    what it links to; None leaves it as it is."""

    def each(found: re.Match[str]) -> str:
        target = found["target"] or found["address"]
        if target is None or target.startswith(_ELSEWHERE):
            return found[0]
        return change(found[0], _resolved(page.path, found["text"] or "", target)) or found[0]

    return _LINKED.sub(each, page.text)


def _resolved(path: PurePosixPath, text: str, target: str) -> SourceLink:
    file, _, fragment = target.partition("#")
    place = os.path.normpath(path.parent / file) if file else str(path)
    return SourceLink(text, PurePosixPath(place), fragment)


def broken_links(root: Path, pages: dict[PurePosixPath, SourcePage]) -> list[str]:
    """Links to what is not there: `docs/a.md: docs/b.md is not there`."""
    return [
        f"{page.path}: {link.path} is not there"
        for page in pages.values()
        for link in links(page)
        if link.path.parts[0] == ".." or not (root / link.path).exists()
    ]


def plain(markdown: str) -> str:
    """One line of Markdown as words: of links their text, no marks for code or emphasis."""
    words = re.sub(r"!?\[((?:`[^`]*`|[^\]`])*)\]\([^)]*\)", r"\1", markdown)
    words = re.sub(r"\*\*([^*]+)\*\*|(?<!\w)\*([^*]+)\*(?!\w)|`([^`]+)`", _inner, words)
    return re.sub(r"\s+", " ", words).strip()


def _inner(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group is not None)
