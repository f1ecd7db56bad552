"""Renders the Markdown of labels and notes as HTML that is safe to show, whoever wrote or translated it.

Raw HTML is shown as text, pictures are not loaded, and links lead only to http or https and send no referrer. Headings
start below those of the page. On a page that somebody is filling in (`new_page`), a link opens a new page and leaves
theirs open; `NEW_PAGE_ID` is the id of the element that says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType, OptionsDict

from kuule.core.text_cache import cache_by_text

_WEB = re.compile(r"https?://", re.IGNORECASE)
_LOWEST = 6
_MARKUP = re.compile(r"[\\`*_\[\]<>&\"\x00-\x1f]")
"""Characters that have a meaning in CommonMark or HTML within a line. A page has a hundred labels without any."""
_LITERAL = re.compile(r"([\\`*_{}\[\]<>#|~!&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")
"""Characters that mean something in Markdown, anywhere or only at the beginning of a paragraph."""
_BREAK = re.compile(r"\s*\n\s*")
_NAMED = re.compile(r"[\[<&\\]")
"""What begins a link, a tag, a character's name or an escape: what it means depends on the letters behind it."""
_WORDS = re.compile(r"[^\W\d_]+(?:,? [^\W\d_]+)*")
_LEFT_OVER = re.compile(r"\*+|__+|`")

NEW_PAGE_ID = "new-page"
MarkdownNode = dict[str, object]


def inline_html(text: str, *, new_page: bool = False) -> str:
    """One text without paragraphs: emphasis, code and links. Line breaks are kept."""
    if _MARKUP.search(text) is None:
        return text.strip()
    return str(MARKDOWN.renderInline(text, {"new_page": new_page})).strip()


def block_html(text: str, *, heading_shift: int = 2, new_page: bool = False) -> str:
    """Paragraphs, lists and headings; `# x` becomes a heading of level 1 + `heading_shift`, 6 at most."""
    return str(MARKDOWN.render(text, {"heading_shift": heading_shift, "new_page": new_page}))


def link_addresses(text: str) -> frozenset[str]:
    """Every address that a text links to, to compare a translation with its source."""
    tokens = [child for token in MARKDOWN.parse(text) for child in (token, *(token.children or ()))]
    return frozenset(str(token.attrGet("href")) for token in tokens if token.type == "link_open")


def count_markup(text: str, *, inline: bool = False) -> Mapping[str, int]:
    """How often a text has each kind of Markdown: `strong`, `em`, `h2`, `li`, … and `sign` for stray marks; 0 for one
    that it does not have."""
    # What words stand between the signs makes no difference to them, and so one text in thirty languages is one or two.
    return _counted(text if _NAMED.search(text) else _WORDS.sub("a", text), inline=inline)


@cache_by_text(1024)
def _counted(text: str, *, inline: bool) -> Mapping[str, int]:
    parsed = MARKDOWN.parseInline(text) if inline else MARKDOWN.parse(text)
    found: Counter[str] = Counter()
    for token in (child for each in parsed for child in (each, *(each.children or ()))):
        if token.nesting == 1 and token.tag not in ("p", "a"):
            found[token.tag] += 1
        elif token.type == "code_inline":
            found["code"] += 1
        elif token.type == "text":
            found["sign"] += len(_LEFT_OVER.findall(token.content))
    return MappingProxyType(found)


def markdown_literal(value: str) -> str:
    """Markdown that shows exactly this text, in one line."""
    return _LITERAL.sub(r"\\\1", _BREAK.sub(" ", value))


def block_tree(text: str) -> list[MarkdownNode]:
    """Paragraphs, lists and headings as plain data, for output other than HTML. A node has a `kind` and `children`, a
    `text` (for a link: its address) or, for a heading, a `level`."""
    return _nodes(SyntaxTreeNode(MARKDOWN.parse(text)))


def inline_tree(text: str) -> list[MarkdownNode]:
    """One text without paragraphs, as plain data: text, strong, em, code, link and break."""
    return _nodes(SyntaxTreeNode(MARKDOWN.parseInline(text.strip())))


_KINDS = {
    "bullet_list": "bullets",
    "ordered_list": "numbers",
    "list_item": "item",
    "blockquote": "quote",
    "code_inline": "code",
    "code_block": "code",
    "fence": "code",
    "softbreak": "break",
    "hardbreak": "break",
}


def _nodes(parent: SyntaxTreeNode) -> list[MarkdownNode]:
    found: list[MarkdownNode] = []
    for child in parent.children:
        if child.type == "inline":
            found += _nodes(child)
            continue
        node: MarkdownNode = {"kind": _KINDS.get(child.type, child.type)}
        if child.type == "link":
            node["text"] = str(child.attrs["href"])
        elif child.type == "heading":
            node["level"] = int(child.tag[1:])
        elif not child.children:
            node["text"] = child.content
        if child.children:
            node["children"] = _nodes(child)
        found.append(node)
    return found


def _web_only(url: str) -> bool:
    return bool(_WEB.match(url))


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    link = tokens[idx]
    link.attrSet("rel", "noopener noreferrer" if env.get("new_page") else "noreferrer")
    if env.get("new_page"):
        link.attrSet("target", "_blank")
        link.attrSet("aria-describedby", NEW_PAGE_ID)
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


MARKDOWN = _reader()
