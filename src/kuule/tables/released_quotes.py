"""ReleasedQuote: words of one person that anybody may read. Only `qualitative.quotes` makes one; a test checks that no
other package does, but the reader of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kuule.languages.workflow.states import TextOrigin
from kuule.tables.released import ReleasedTable
from kuule.tables.request import Subpopulation

LONGEST_QUOTE = 600
"""Characters. A longer piece of what somebody wrote is a manner of writing, by which they are known."""


class QuoteAbsence(StrEnum):
    """Why a number is no released quote. The texts themselves are never said."""

    UNDECIDED = "undecided"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    STALE = "stale"
    """Its redactions, translations, the dataset or the tables are others than those that were looked at."""
    CONTESTED = "contested"
    """Two copies gave the number twice, or changed the proposal both."""
    TEXT_WITHDRAWN = "text-withdrawn"
    """Whoever wrote it took it back."""
    NO_LEAVE = "no-leave"
    """Somebody who wrote it was asked whether it may be quoted, and did not say yes."""


@dataclass(frozen=True, slots=True)
class ReleasedTranslation:
    """A quote in another language: whose words these are, and whether a second person has read them."""

    language: str
    words: str
    origin: TextOrigin
    reviewed: bool


@dataclass(frozen=True, slots=True)
class ReleasedQuote:
    """`words` are in `language`, that in which they were written, without what was redacted. `group` is the one broad
    group that is named with them, or None. There is nothing in it that orders or dates quotes."""

    number: int
    language: str
    words: str
    group: Subpopulation | None = None
    translations: tuple[ReleasedTranslation, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleasedQuotes:
    """The quotes of a dataset, by number, as they were released beside the tables whose hash is `tables`. `absent` says
    why other numbers are not among them."""

    study: str
    dataset: str
    tables: str
    quotes: tuple[ReleasedQuote, ...] = ()
    absent: Mapping[int, QuoteAbsence] = field(default_factory=dict)

    def quote(self, number: int) -> ReleasedQuote | None:
        """The quote with a number."""
        return next((one for one in self.quotes if one.number == number), None)


def group_bases(group: Subpopulation, tables: Iterable[ReleasedTable]) -> Iterator[tuple[ReleasedTable, int | None]]:
    """How many people a group has in each table that has it, as a column or as a row; None where that is withheld."""
    for table in tables:
        if table.request.cut == group.cut:
            bases = {column.code: column.base for column in table.columns}
            if group.code in bases:
                yield table, bases[group.code]
        elif table.request.cut is None and table.request.item == group.cut and group.code in table.rows:
            [column] = table.columns
            yield table, column.cells[table.rows.index(group.code)].count if column.cells else None


def is_broad(group: Subpopulation, tables: Iterable[ReleasedTable]) -> bool:
    """Whether tables show a group, none withholds it, and it has at least `smallest_base` people in each."""
    found = list(group_bases(group, tables))
    return bool(found) and all(base is not None and base >= table.smallest_base for table, base in found)
