"""Live numbers of a report's text to words, from released tables only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kuule.publishing.report_catalogue import Words
from kuule.publishing.template.live_number_syntax import read_pieces
from kuule.publishing.template.template_parts import LiveNumber, ShownCondition, TextPiece
from kuule.publishing.view.median import median_row
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable
from kuule.tables.request import TableRequest
from kuule.tables.wording import Wording

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~!&]|^[-+=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")
"""What Markdown takes for its own: anywhere, or where a paragraph begins with it, as a list does."""
_BREAK = re.compile(r"\s*\n\s*")


def markdown_literal(value: str) -> str:
    """Markdown that says exactly this, in one line."""
    return _MARKUP.sub(r"\\\1", _BREAK.sub(" ", value))


@dataclass(frozen=True, slots=True)
class LiveValues:
    """What a text says once its live numbers stand in it."""

    tables: Mapping[TableRequest, ReleasedTable]
    wording: Wording
    origin: ReleasedOrigin
    words: Words

    def markdown(self, text: str) -> str:
        """Markdown with its live numbers in it, which cannot be taken for Markdown themselves."""
        return "".join(self._said(piece, escaped=True) for piece in read_pieces(text, 0)[0])

    def plain_text(self, text: str) -> str:
        return "".join(self._said(piece, escaped=False) for piece in read_pieces(text, 0)[0])

    def _said(self, piece: TextPiece, *, escaped: bool) -> str:
        if isinstance(piece, ShownCondition):
            branch = piece.then if all(map(self._is_shown, piece.shown)) else piece.otherwise
            return "".join(self._said(each, escaped=escaped) for each in branch)
        if isinstance(piece, str):
            return piece
        value = self._value(piece)
        return markdown_literal(value) if escaped else value

    def _is_shown(self, number: LiveNumber) -> bool:
        """Asks what left the door, and nothing else: a condition can tell no more than the number's own place does."""
        if number.kind == "responses":
            return self.origin.responses is not None and not self.origin.responses_carried_from
        [column] = self.tables[TableRequest(number.item)].columns
        if column.carried_from:
            return False
        if number.kind == "median":
            return median_row(column, self.origin) is not None
        return column.base is not None and (not number.answer or self._cell(number).share is not None)

    def _value(self, number: LiveNumber) -> str:
        if number.item:
            return self._of_item(number)
        responses = None if self.origin.responses_carried_from else self.origin.responses
        return {
            "responses": self.words.count(responses),
            "editions": self.words.number_of_editions(len(self.origin.editions)),
            "title": self.wording.title,
        }[number.kind]

    def _of_item(self, number: LiveNumber) -> str:
        [column] = self.tables[TableRequest(number.item)].columns
        if column.carried_from:
            # A number that stands on is named with its dataset, and in a sentence there is no place for that.
            return self.words.say("not_shown")
        if number.kind == "median":
            return self._median(number.item, column)
        if number.kind == "base" or column.base is None:
            return self.words.count(column.base)
        cell, smallest = self._cell(number), self.origin.smallest_count
        say = self.words.cell_share if number.kind == "share" else self.words.cell_count
        return say(cell, smallest)

    def _median(self, name: str, column: ReleasedColumn) -> str:
        row, item = median_row(column, self.origin), self.wording.items[name]
        if row is None:
            return self.words.say("not_shown")
        code = self.tables[TableRequest(name)].rows[row]
        return item.answers.get(code, code)

    def _cell(self, number: LiveNumber) -> ReleasedCell:
        table = self.tables[TableRequest(number.item)]
        return table.columns[0].cells[table.rows.index(number.answer)]
