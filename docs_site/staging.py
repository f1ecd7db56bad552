"""Lays the pages out for Sphinx: under the names that they have on the site, with their links led there.

The Markdown in docs/ stays as a repository shows it; what only the site needs is added here: the order of the pages,
addresses of the glossary's terms, the plain index, and `search_summaries.js`. Standard library only.
"""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath

from docs_site import glossary_terms, navigation
from docs_site.navigation import PageGroup
from docs_site.source_pages import (
    FRONT,
    SourceLink,
    SourcePage,
    broken_links,
    page_of,
    relinked,
    site_name,
    source_pages,
)

GLOSSARY = PurePosixPath("docs/glossary.md")
INDEX_NAME = "all-pages"
NAVIGATION_FILE = "navigation.json"
SUMMARIES_FILE = "search_summaries.js"
_PICTURES = (".jpg", ".png", ".svg")


class StagingProblem(Exception):
    """What keeps the pages from being a site, one line each."""


def stage(root: Path, to: Path, source_address: str = "") -> None:
    """Write the pages below a new folder. With the address of the source on the web, links into the code lead there;
    without it, they name the file. Raises StagingProblem for broken links and for pages that no list has."""
    pages = source_pages(root)
    check(root, pages)
    groups = navigation.page_groups(root, pages)
    told = navigation.summaries(root, pages)
    for page in pages.values():
        text = _for_the_site(root, pages, page, source_address)
        if page.path == FRONT:
            text += "".join(_order(group.title, [site_name(path) for path in group.pages]) for group in groups)
            text += _order("Index", [INDEX_NAME])
        elif page.path in navigation.LISTS:
            own = navigation.listed_in(root, pages, page.path)
            text += _order("", [path.stem for path in own])
        _write(to / f"{page.name}.md", text)
    _write(to / f"{INDEX_NAME}.md", _plain_index(root, pages, groups, told))
    shown = [{"title": group.title, "pages": [site_name(path) for path in group.pages]} for group in groups]
    _write(to / NAVIGATION_FILE, json.dumps(shown, ensure_ascii=False, indent=1))
    words = {page.name: told[page.path] or [navigation.first_sentence(page)] for page in pages.values()}
    _write(to / SUMMARIES_FILE, f"const SUMMARIES = {json.dumps(words, ensure_ascii=False, indent=1)};\n")


def check(root: Path, pages: dict[PurePosixPath, SourcePage]) -> None:
    """Raise StagingProblem for what the build would refuse, without building."""
    wrong = broken_links(root, pages)
    wrong += [f"{path}: no list has this page; name it in {FRONT}" for path in navigation.orphans(root, pages)]
    if wrong:
        raise StagingProblem("\n".join(wrong))


def _for_the_site(root: Path, pages: dict[PurePosixPath, SourcePage], page: SourcePage, source_address: str) -> str:
    here = PurePosixPath(page.name).parent
    if page.path == GLOSSARY:
        page = SourcePage(page.path, page.name, glossary_terms.with_anchors(page.text))

    def led(written: str, link: SourceLink) -> str | None:
        fragment = f"#{link.fragment}" if link.fragment else ""
        shown = page_of(root, link.path)
        is_html = not written.startswith("[")
        if shown in pages:
            ending = ".html" if is_html else ".md"
            address = os.path.relpath(f"{pages[shown].name}{ending}", here) + fragment
        elif link.path.suffix in _PICTURES:
            address = os.path.relpath(link.path.relative_to("docs"), here)
        elif source_address:
            address = f"{source_address.rstrip('/')}/{link.path}{fragment}"
        else:
            return link.text if "`" in link.text else f"{link.text} (`{link.path}`)"
        return f'{written.partition("=")[0]}="{address}"' if is_html else f"[{link.text}]({address})"

    return relinked(page, led)


def _order(title: str, names: list[str]) -> str:
    caption = [f":caption: {title}"] if title else []
    entries = [f"/{name}" if "/" in name else name for name in names]
    return "\n".join(["\n\n```{toctree}", ":hidden:", *caption, "", *entries, "```", ""])


def _plain_index(
    root: Path,
    pages: dict[PurePosixPath, SourcePage],
    groups: list[PageGroup],
    told: dict[PurePosixPath, list[str]],
) -> str:
    lines = ["# All pages and terms", "", "Everything that is here, to find by reading: no script is needed."]
    lines += ["", "[Pages](#pages) · [Terms](#terms)", "", "## Pages"]
    for group in groups:
        lines += ["", f"### {group.title}", ""]
        for path in group.pages:
            lines.append(_index_line(pages[path], told[path]))
            if path in navigation.LISTS:
                lines += [f"  {_index_line(pages[own], [])}" for own in navigation.listed_in(root, pages, path)]
    lines += ["", "## Terms", "", "What each word means, in [the glossary](glossary.md).", ""]
    for term in glossary_terms.terms(pages[GLOSSARY].text):
        lines.append(f'- <a href="glossary.html#{term.anchor}">{term.term}</a>')
    return "\n".join([*lines, ""])


def _index_line(page: SourcePage, told: list[str]) -> str:
    summary = told[0].partition(": ")[2] if told else ""
    return f"- [{page.title}]({page.name}.md)" + (f": {_in_markdown(summary)}" if summary else "")


def _in_markdown(words: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\`*_<>[]{}" else letter for letter in words)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
