"""A released table with its words in one language, and as rows: what every file of it is made from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kuule.publishing.publication_catalogue import publication_words
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.view.group_labels import cut_labels
from kuule.publishing.view.question_headings import question_heading
from kuule.static_site.catalogue_words import CatalogueWords
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedTable
from kuule.tables.request import TableRequest
from kuule.tables.wording import Wording

SITE_PREFIX = "site:"
EVERYONE_CODE = "everyone"
"""The group of a table without groups."""
ALL_ANSWERS_CODE = "*"
"""What the row of a whole group counts."""
_NOT_A_FILE_NAME = re.compile(r"[^A-Za-z0-9_-]+")


class FileNumberState(StrEnum):
    """What a file says of a number, where a report would say it in words. It tells no more than the report does."""

    SHOWN = "shown"
    EARLIER = "earlier"
    """Carried forward from a release on an earlier dataset."""
    FEW = "few"
    """Fewer than `smallest_count` people, or nobody."""
    NOT_SHOWN = "not_shown"


class RowKind(StrEnum):
    """What a row of a table counts."""

    ANSWER = "answer"
    MISSING = "not_in_base"
    GROUP = "group"
    """A whole group that is not shown: it keeps its place."""


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One number of a table. `share` is in whole per cent; `base` is that of its group."""

    kind: RowKind
    group: str
    code: str
    people: int | None
    share: int | None
    base: int | None
    state: FileNumberState


@dataclass(frozen=True, slots=True)
class LabelledTable:
    """A table in the language `tag`. `name` is that of its files. `question` is what was asked, `by` what the groups
    are, or ""; `title` is both. `groups`, `answers` and `reasons` have the label of each code."""

    name: str
    table: ReleasedTable
    tag: str
    question: str
    by: str
    groups: Mapping[str, str]
    answers: Mapping[str, str]
    reasons: Mapping[str, str]

    @property
    def title(self) -> str:
        """The question and, if there are groups, by what."""
        return f"{self.question} – {self.by}" if self.by else self.question

    def label_of(self, row: NumberRow) -> str:
        """What the row counts, in words; "" for a whole group."""
        if row.kind is RowKind.GROUP:
            return ""
        return (self.reasons if row.kind is RowKind.MISSING else self.answers).get(row.code, row.code)

    def group_of(self, row: NumberRow) -> str:
        """The group of a row, in words."""
        return self.groups.get(row.group, row.group)


def table_names(requests: Iterable[TableRequest]) -> Mapping[TableRequest, str]:
    """The name of each table's files and anchors, such as `told-by-age_group`. Two that would differ in signs or in
    capitals alone are numbered, in the order of the tables."""
    found: dict[TableRequest, str] = {}
    used: set[str] = set()
    for request in requests:
        plain = _NOT_A_FILE_NAME.sub("-", str(request).replace("@", "")).strip("-") or "table"
        name, number = plain, 1
        while name.casefold() in used:
            number += 1
            name = f"{plain}-{number}"
        used.add(name.casefold())
        found[request] = name
    return found


def labelled_table(name: str, table: ReleasedTable, wording: Wording) -> LabelledTable:
    """The table in the language of `wording`."""
    words, ours = words_for(wording.language), publication_words(wording.language, SITE_PREFIX)
    item = wording.items[table.request.item]
    cut, labels = cut_labels(table.request.cut, [column.code for column in table.columns], wording, words)
    return LabelledTable(
        name=name,
        table=table,
        tag=wording.language,
        question=question_heading(item.question, quotes_answer=item.quotes_answer),
        by=words.say("by", cut=cut) if cut else "",
        groups=labels or {EVERYONE_CODE: words.say("everyone")},
        answers={code: item.answers.get(code, code) for code in table.rows},
        reasons=_reasons(ours),
    )


def _reasons(ours: CatalogueWords) -> Mapping[str, str]:
    return {str(reason): ours.say_plain(f"missing_{reason}") for reason in Missing}


def number_rows(table: ReleasedTable) -> Iterator[NumberRow]:
    """Every number of a table, group by group: its answers, then who is not in the base. A group that is not shown has
    one row."""
    for column in table.columns:
        group = column.code or EVERYONE_CODE
        if column.base is None:
            yield NumberRow(RowKind.GROUP, group, ALL_ANSWERS_CODE, None, None, None, FileNumberState.NOT_SHOWN)
            continue
        shown = FileNumberState.EARLIER if column.carried_from else FileNumberState.SHOWN
        for code, cell in zip(table.rows, column.cells, strict=True):
            yield NumberRow(RowKind.ANSWER, group, code, cell.count, cell.share, column.base, _state(cell, shown))
        yield from _missing_rows(column, group, shown)


def _state(cell: ReleasedCell, shown: FileNumberState) -> FileNumberState:
    if cell.count is not None:
        return shown
    return FileNumberState.FEW if cell.below_threshold else FileNumberState.NOT_SHOWN


def _missing_rows(column: ReleasedColumn, group: str, shown: FileNumberState) -> Iterator[NumberRow]:
    for reason in Missing:
        count = column.missing.get(reason)
        state = FileNumberState.FEW if count is None else shown
        yield NumberRow(RowKind.MISSING, group, str(reason), count, None, None, state)
