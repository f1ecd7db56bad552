"""A template, released tables and their wording to one HTML file: no script, no network, nothing beside it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kuule.errors import PublishingError
from kuule.languages.markdown import block_html, inline_html
from kuule.languages.tags import language
from kuule.publishing.figures import FigureView, view
from kuule.publishing.live import read_pieces
from kuule.publishing.methods import key, methods
from kuule.publishing.parts import Condition, Figure, Heading, LiveNumber, Piece, Prose, Template
from kuule.publishing.template import check_template
from kuule.publishing.words import Words, words_for
from kuule.tables.released import ReleasedCell, ReleasedOrigin, ReleasedTable
from kuule.tables.request import TableRequest
from kuule.tables.wording import Wording

_FOLDER = Path(__file__).parent / "templates"
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&])")


@dataclass(frozen=True, slots=True)
class Section:
    """One piece of the page, in order: `kind` is heading, prose, figure or key; `html` is safe to show as it is."""

    kind: str
    html: str = ""
    level: int = 0
    anchor: str = ""
    figure: FigureView | None = None


def render_report(template: Template, tables: Iterable[ReleasedTable], wording: Wording, origin: ReleasedOrigin) -> str:
    """The report as one HTML file, in the language of `wording`.

    `tables` are those of `template.requests`, of one release. Raises PublishingError REPORT_005 to REPORT_007 where
    the text asks for what the study does not have.
    """
    problems = check_template(template, wording)
    if problems:
        raise PublishingError(*problems)
    words = words_for(wording.language)
    released = {table.request: table for table in tables}
    numbers = _Numbers(released, wording, origin, words)
    sections = _with_key([_section(number, part, numbers) for number, part in enumerate(template.parts)])
    title = next((part.text for part in template.parts if isinstance(part, Heading) and part.level == 1), "{{ title }}")
    style = (_FOLDER / "report.css").read_text("utf-8")
    page = _environment().get_template("report.html")
    return page.render(
        tag=wording.language,
        direction=language(wording.language).direction,
        words=words,
        ours="" if words.tag == wording.language else f' lang="{words.tag}" dir="{words.direction}"',
        title=numbers.plain(title),
        heading=inline_html(numbers.filled(title)),
        organisation=wording.organisation,
        rehearsal=origin.rehearsal,
        sections=[section for section in sections if not (section.kind == "heading" and section.level == 1)],
        key=key(origin, words),
        methods=methods(origin, released.values(), wording, words),
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _with_key(sections: list[Section]) -> list[Section]:
    """How to read the figures stands before the section with the first one."""
    first = next((number for number, section in enumerate(sections) if section.kind == "figure"), None)
    if first is None:
        return sections
    headings = [number for number, section in enumerate(sections[:first]) if section.kind == "heading"]
    sectioned = [number for number in headings if sections[number].level == 2]
    at = (sectioned or [headings[-1] + 1 if headings else first])[-1]
    return [*sections[:at], Section("key", level=2, anchor="reading"), *sections[at:]]


def _section(number: int, part: Heading | Prose | Figure, numbers: _Numbers) -> Section:
    if isinstance(part, Heading):
        html = inline_html(numbers.filled(part.text))
        return Section("heading", html, min(max(part.level, 1), 4), f"part-{number}")
    if isinstance(part, Prose):
        # Labels keep their line breaks; a report's text is wrapped by its author and flows.
        return Section("prose", block_html(numbers.filled(part.text), heading_shift=1).replace("<br />\n", "\n"))
    figure = view(part, numbers.tables, numbers.wording, numbers.words)
    return Section("figure", inline_html(numbers.filled(part.note)), figure=figure, anchor=figure.anchor)


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Live numbers to words, from released tables only."""

    tables: Mapping[TableRequest, ReleasedTable]
    wording: Wording
    origin: ReleasedOrigin
    words: Words

    def filled(self, text: str) -> str:
        """Markdown with its live numbers in it, which cannot be taken for Markdown themselves."""
        return "".join(self._said(piece, escaped=True) for piece in read_pieces(text, 0)[0])

    def plain(self, text: str) -> str:
        return "".join(self._said(piece, escaped=False) for piece in read_pieces(text, 0)[0])

    def _said(self, piece: Piece, *, escaped: bool) -> str:
        if isinstance(piece, Condition):
            branch = piece.then if all(map(self._is_shown, piece.shown)) else piece.otherwise
            return "".join(self._said(each, escaped=escaped) for each in branch)
        if isinstance(piece, str):
            return piece
        value = self._value(piece)
        return _MARKUP.sub(r"\\\1", value) if escaped else value

    def _is_shown(self, number: LiveNumber) -> bool:
        """Asks what left the door, and nothing else: a condition can tell no more than the number's own place does."""
        [column] = self.tables[TableRequest(number.item)].columns
        return column.base is not None and (not number.answer or self._cell(number).share is not None)

    def _value(self, number: LiveNumber) -> str:
        if number.item:
            return self._of_item(number)
        return {
            "responses": self.words.count(self.origin.responses),
            "editions": self._editions(len(self.origin.editions)),
            "title": self.wording.title,
        }[number.kind]

    def _editions(self, number: int) -> str:
        return (
            self.words.say("edition_one")
            if number == 1
            else self.words.say("editions", number=self.words.number(number))
        )

    def _of_item(self, number: LiveNumber) -> str:
        [column] = self.tables[TableRequest(number.item)].columns
        if number.kind == "base" or column.base is None:
            return self.words.count(column.base)
        cell, smallest = self._cell(number), self.origin.smallest_count
        say = self.words.cell_share if number.kind == "share" else self.words.cell_count
        return say(cell, smallest)

    def _cell(self, number: LiveNumber) -> ReleasedCell:
        table = self.tables[TableRequest(number.item)]
        return table.columns[0].cells[table.rows.index(number.answer)]
