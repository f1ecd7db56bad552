"""What the site adds to Sphinx: the words that its search passes over, tables that scroll by themselves, the names of
the pages beside each page."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.writers.html5 import HTML5Translator

from docs_site.staging import NAVIGATION_FILE

DRAWN = re.compile(r"[│─▶▼◀▲┌┐└┘]|\S {3,}\S")
"""What stands in columns, or is joined by lines, would fall apart where lines wrap."""
QUESTION_WORDS = frozenset(Path(__file__).with_name("question_words.txt").read_text(encoding="utf-8").split())
"""Words of a question that say nothing of what is looked for."""


class QuestionEnglish(SearchEnglish):
    """English in which a whole question may be asked."""

    stopwords = SearchEnglish.stopwords | QUESTION_WORDS


class SiteTranslator(HTML5Translator):
    """HTML in which a wide table scrolls in a frame of its own, by keyboard too, and the page does not."""

    def visit_table(self, node: nodes.table) -> None:
        self.body.append('<div class="scroll" tabindex="0" role="group" aria-label="Table">')
        super().visit_table(node)

    def depart_table(self, node: nodes.table) -> None:
        super().depart_table(node)
        self.body.append("</div>\n")

    def visit_thead(self, node: nodes.thead) -> None:
        """Without the row of heads that Markdown wants, where it has no words."""
        if not node.astext().strip():
            raise nodes.SkipNode
        super().visit_thead(node)

    def visit_entry(self, node: nodes.entry) -> None:
        """A corner above heads is no head."""
        super().visit_entry(node)
        if isinstance(node.parent.parent, nodes.thead) and not node.astext().strip():
            self.body[-1] = self.body[-1].replace("<th", "<td")
            self.context[-1] = self.context[-1].replace("</th", "</td")

    def visit_literal_block(self, node: nodes.literal_block) -> None:
        """Lines of commands wrap; what is drawn with letters scrolls as it is."""
        if not DRAWN.search(node.astext()):
            super().visit_literal_block(node)
        self.body.append(self.starttag(node, "pre", CLASS="scroll drawn", tabindex="0"))
        self.body.append(f"{self.encode(node.astext())}</pre>\n")
        raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_search_language(QuestionEnglish)
    app.set_translator("html", SiteTranslator)
    app.connect("html-page-context", _add_navigation)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _add_navigation(app: Sphinx, name: str, template: str, context: dict[str, Any], doctree: object) -> None:
    groups = json.loads((Path(app.srcdir) / NAVIGATION_FILE).read_text(encoding="utf-8"))
    titles = app.env.titles
    listing = f"{name.rpartition('/')[0]}/index"
    context["listing"] = (listing, titles[listing].astext()) if listing in titles and listing != name else None
    context["groups"] = [
        {"title": group["title"], "pages": [(page, titles[page].astext()) for page in group["pages"]]}
        for group in groups
    ]
