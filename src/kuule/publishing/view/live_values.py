"""The values of the live numbers in a report's text, as words, from released tables only."""

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
"""Characters that mean something in Markdown, anywhere or only at the beginning of a paragraph."""
_BREAK = re.compile(r"\s*\n\s*")


def markdown_literal(value: str) -> str:
    """Markdown that shows exactly this text, in one line."""
    return _MARKUP.sub(r"\\\1", _BREAK.sub(" ", value))


@dataclass(frozen=True, slots=True)
class LiveValues:
    """Fills the live numbers into texts of a report."""

    tables: Mapping[TableRequest, ReleasedTable]
    wording: Wording
    origin: ReleasedOrigin
    words: Words

    def markdown(self, text: str) -> str:
        """The text with its live numbers filled in, as Markdown. The numbers are escaped, so that none of their
        characters is taken for Markdown."""
        return "".join(self._piece_text(piece, escaped=True) for piece in read_pieces(text, 0)[0])

    def plain_text(self, text: str) -> str:
        return "".join(self._piece_text(piece, escaped=False) for piece in read_pieces(text, 0)[0])

    def _piece_text(self, piece: TextPiece, *, escaped: bool) -> str:
        if isinstance(piece, ShownCondition):
            branch = piece.then if all(map(self._is_shown, piece.shown)) else piece.otherwise
            return "".join(self._piece_text(each, escaped=escaped) for each in branch)
        if isinstance(piece, str):
            return piece
        value = self._value(piece)
        return markdown_literal(value) if escaped else value

    def _is_shown(self, number: LiveNumber) -> bool:
        """Whether a number is shown. This looks only at released numbers, so a condition reveals no more than the
        number itself does."""
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
            return self._item_value(number)
        responses = None if self.origin.responses_carried_from else self.origin.responses
        return {
            "responses": self.words.count(responses),
            "editions": self.words.number_of_editions(len(self.origin.editions)),
            "title": self.wording.title,
        }[number.kind]

    def _item_value(self, number: LiveNumber) -> str:
        [column] = self.tables[TableRequest(number.item)].columns
        if column.carried_from:
            # A number that is carried forward must name its dataset, and a sentence has no place for that.
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
