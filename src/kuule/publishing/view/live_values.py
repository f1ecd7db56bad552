"""The values of the live numbers in a report's text, as words, from released tables only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.languages.markup.markdown import markdown_literal
from kuule.publishing.report_catalogue import Words
from kuule.publishing.template.live_number_syntax import read_pieces
from kuule.publishing.template.template_parts import LiveNumber, ShownCondition, TextPiece
from kuule.publishing.view.median import median_row
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable
from kuule.tables.request import Subpopulation, TableRequest
from kuule.tables.wording import Wording


@dataclass(frozen=True, slots=True)
class LiveValues:
    """Fills the live numbers into texts of a report. With a `group`, those of a question are read from its column of
    the table by these groups, which must be there, instead of from that of everyone."""

    tables: Mapping[TableRequest, ReleasedTable]
    wording: Wording
    origin: ReleasedOrigin
    words: Words
    group: Subpopulation | None = None

    def in_group(self, group: Subpopulation | None) -> LiveValues:
        """The same texts with the numbers of a group; None for those of everyone."""
        return LiveValues(self.tables, self.wording, self.origin, self.words, group)

    def column(self, item: str) -> ReleasedColumn:
        """The column that the numbers of a question are read from."""
        code = "" if self.group is None else self.group.code
        return next(column for column in self._table(item).columns if column.code == code)

    def _table(self, item: str) -> ReleasedTable:
        return self.tables[TableRequest(item, None if self.group is None else self.group.cut)]

    def markdown(self, text: str) -> str:
        """The text with its live numbers filled in, as Markdown. The numbers are escaped, so that none of their
        characters is taken for Markdown."""
        return "".join(self._piece_text(piece, escaped=True) for piece in read_pieces(text, 0)[0])

    def plain_text(self, text: str) -> str:
        return "".join(self._piece_text(piece, escaped=False) for piece in read_pieces(text, 0)[0])

    def whole_text(self, text: str) -> str:
        """The plain text, or "" if one of the numbers in it is not shown, so that it would be read with a hole."""
        pieces = read_pieces(text, 0)[0]
        said = [number for piece in pieces for number in self._said_numbers(piece)]
        return self.plain_text(text) if all(map(self._is_shown, said)) else ""

    def _said_numbers(self, piece: TextPiece) -> Iterator[LiveNumber]:
        """The numbers that a piece says: of a condition, those of the branch that is taken."""
        if isinstance(piece, LiveNumber):
            yield piece
        elif isinstance(piece, ShownCondition):
            yield from (each for each in self._branch(piece) if isinstance(each, LiveNumber))

    def _branch(self, piece: ShownCondition) -> tuple[str | LiveNumber, ...]:
        return piece.then if all(map(self._is_shown, piece.shown)) else piece.otherwise

    def _piece_text(self, piece: TextPiece, *, escaped: bool) -> str:
        if isinstance(piece, ShownCondition):
            return "".join(self._piece_text(each, escaped=escaped) for each in self._branch(piece))
        if isinstance(piece, str):
            return piece
        value = self._value(piece)
        return markdown_literal(value) if escaped else value

    def _is_shown(self, number: LiveNumber) -> bool:
        """Whether a number is shown. This looks only at released numbers, so a condition reveals no more than the
        number itself does."""
        if number.kind == "responses":
            return self.origin.responses is not None and not self.origin.responses_carried_from
        if not number.item:
            return True
        column = self.column(number.item)
        if column.carried_from:
            return False
        if number.kind == "median":
            return median_row(column, self.origin) is not None
        return column.base is not None and all(cell.share is not None for cell in self._cells(number))

    def _value(self, number: LiveNumber) -> str:
        if number.item:
            return self._item_value(number)
        responses = None if self.origin.responses_carried_from else self.origin.responses
        return {
            "responses": self.words.about(responses),
            "editions": self.words.number_of_editions(len(self.origin.editions)),
            "title": self.wording.title,
        }[number.kind]

    def _item_value(self, number: LiveNumber) -> str:
        column = self.column(number.item)
        if column.carried_from:
            # A number that is carried forward must name its dataset, and a sentence has no place for that.
            return self.words.say("not_shown")
        if number.kind == "median":
            return self._median(number.item, column)
        if number.kind == "base" or column.base is None:
            return self.words.about(column.base)
        if number.more:
            return self._sum(number)
        [cell], smallest = self._cells(number), self.origin.smallest_count
        if number.kind == "share":
            return self.words.cell_share(cell, smallest)
        return self.words.fewer_than(smallest) if cell.below_threshold else self.words.about(cell.count)

    def _sum(self, number: LiveNumber) -> str:
        """Several answers together: the sum of the numbers that are shown, as a reader would add them."""
        if not self._is_shown(number):
            return self.words.say("not_shown")
        cells = self._cells(number)
        if number.kind == "count":
            return self.words.about(sum(cell.count or 0 for cell in cells))
        return self.words.share(min(sum(cell.share or 0 for cell in cells), 100))

    def _median(self, name: str, column: ReleasedColumn) -> str:
        row, item = median_row(column, self.origin), self.wording.items[name]
        if row is None:
            return self.words.say("not_shown")
        code = self._table(name).rows[row]
        return item.answers.get(code, code)

    def _cells(self, number: LiveNumber) -> tuple[ReleasedCell, ...]:
        """The cells of the answers of a number; none if it is about a whole question."""
        rows, column = self._table(number.item).rows, self.column(number.item)
        return tuple(column.cells[rows.index(answer)] for answer in number.answers)
