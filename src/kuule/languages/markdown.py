"""Markdown of labels and notes to HTML that is safe to show, whoever wrote or translated it.

Raw HTML is text, pictures are not loaded, and a link leads to http or https only and tells nobody where it was
pressed. Headings start below the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_WEB = re.compile(r"https?://", re.IGNORECASE)
_LOWEST = 6
_MARKUP = re.compile(r"[\\`*_\[\]<>&\"\x00-\x1f]")
"""What CommonMark, or HTML, could read as more than a letter within a line; a page has a hundred labels without any."""


def inline_html(text: str) -> str:
    """One text without paragraphs: emphasis, code and links. Line breaks are kept."""
    if _MARKUP.search(text) is None:
        return text.strip()
    return str(_MARKDOWN.renderInline(text)).strip()


def block_html(text: str, *, heading_shift: int = 2) -> str:
    """Paragraphs, lists and headings; `# x` becomes a heading of level 1 + `heading_shift`, 6 at most."""
    return str(_MARKDOWN.render(text, {"heading_shift": heading_shift}))


def links(text: str) -> frozenset[str]:
    """Every address that a text links to, so that a translation can be held to those of its source."""
    tokens = [child for token in _MARKDOWN.parse(text) for child in (token, *(token.children or ()))]
    return frozenset(str(token.attrGet("href")) for token in tokens if token.type == "link_open")


def _web_only(url: str) -> bool:
    return bool(_WEB.match(url))


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    tokens[idx].attrSet("rel", "noreferrer")
    return renderer.renderToken(tokens, idx, options, env)


def _heading(renderer: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    level = int(tokens[idx].tag[1:]) + int(env.get("heading_shift", 0))
    tokens[idx].tag = f"h{min(level, _LOWEST)}"
    return renderer.renderToken(tokens, idx, options, env)


def _reader() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable("image")
    markdown.validateLink = _web_only  # type: ignore[method-assign]  # markdown-it-py's own way to narrow links
    markdown.add_render_rule("link_open", _link_open)
    markdown.add_render_rule("heading_open", _heading)
    markdown.add_render_rule("heading_close", _heading)
    return markdown


_MARKDOWN = _reader()
