"""Turns one opened record into a row, or says why it does not fit the edition that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kuule.core.problems import KuuleError
from kuule.dataset.ingest.answer_cells import Cell, InvalidRecord, answer_cells
from kuule.dataset.schema.columns import DatasetVariable
from kuule.dataset.schema.item_versions import is_choice_label
from kuule.forms.model.paths import position_count, without_positions
from kuule.forms.record import RECORDED_REASONS, Record
from kuule.tables.missing import Missing

if TYPE_CHECKING:
    from kuule.study.edition.study_edition import Edition

_WEEK = re.compile(r"[0-9]{4}-W[0-9]{2}")
_LINK = re.compile(r"[a-z0-9]{0,4}")
_FLAG = re.compile(r"[a-z_]{1,40}")
_MOST_FLAGS = 8


@dataclass(frozen=True, slots=True)
class OpenText:
    """What somebody wrote to an item, and whether they gave leave to quote it; None if nobody asked them."""

    item: str
    words: str
    leave: bool | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as columns. `repeat_rows` has the columns of each repeat instance, with its repeat."""

    cells: Mapping[str, Cell]
    open_texts: tuple[OpenText, ...] = ()
    repeat_rows: tuple[tuple[str, Mapping[str, Cell]], ...] = ()


@dataclass(frozen=True, slots=True)
class EditionTerms:
    """What an edition allows in a record. `labels` are the paths of calculations that only put a choice into words:
    they may be there, and have no column. `leave` has, for the path of each text whose writer is asked for leave to
    quote it, the path of that question and the answers that give it."""

    edition: str
    study: str
    languages: frozenset[str]
    labels: frozenset[str]
    leave: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def from_edition(cls, edition: Edition) -> EditionTerms:
        labels = frozenset(path for path in edition.form.calculate if is_choice_label(edition, path))
        return cls(edition.id, edition.study.id, frozenset(edition.languages), labels, dict(_leave(edition)))

    def leave_for(self, path: str, answers: Mapping[str, str]) -> bool | None:
        """Whether the writer of the text at an instance path gave leave to quote it. Who skipped the question gave
        none."""
        asked = (self.leave.get(path) or self.leave.get(without_positions(path))) if self.leave else None
        return None if asked is None else answers.get(asked[0]) in asked[1]


@dataclass(frozen=True, slots=True)
class RecordValidator:
    """Validates records: it has the terms of each edition by its id, and the variables of all editions."""

    terms: Mapping[str, EditionTerms]
    variables: Sequence[DatasetVariable]
    by_path: Mapping[str, Mapping[str, DatasetVariable]] = field(init=False)
    """For each edition by its id, the variable of each path: one path can have another one in each."""
    empty_cells: Mapping[str, Mapping[str, Cell]] = field(init=False)
    """The columns of each variable without values, made once instead of once for each record."""

    def __post_init__(self) -> None:
        by_path: dict[str, dict[str, DatasetVariable]] = {edition: {} for edition in self.terms}
        for variable in self.variables:
            for edition in variable.editions:
                by_path.setdefault(edition, {})[variable.path] = variable
        object.__setattr__(self, "by_path", by_path)
        blanks = {variable.name: dict.fromkeys(variable.schema()) for variable in self.variables}
        object.__setattr__(self, "empty_cells", blanks)

    @classmethod
    def from_editions(cls, editions: Sequence[Edition], variables: Sequence[DatasetVariable]) -> RecordValidator:
        return cls({edition.id: EditionTerms.from_edition(edition) for edition in editions}, variables)

    def row_of(self, content: bytes) -> RecordRow:
        """The row of a record. Raises InvalidRecord."""
        record = _read(content)
        cells = dict(self.leading_cells(record))
        self._check_items(record)
        for variable in self.variables:
            if not variable.repeats:
                cells.update(_cells(variable, record, self.empty_cells[variable.name]))
        return RecordRow(cells, tuple(self.open_texts(record, record.answers)), tuple(self.repeat_rows(record)))

    def leading_cells(self, record: Record) -> Mapping[str, Cell]:
        """The columns before the items. Raises InvalidRecord."""
        terms = self.terms.get(record.edition)
        if terms is None:
            raise InvalidRecord("answers another edition")
        if record.study != terms.study:
            raise InvalidRecord("answers another study")
        if record.language not in terms.languages or not _WEEK.fullmatch(record.week):
            raise InvalidRecord("names a language or a week that the edition does not have")
        if not _LINK.fullmatch(record.link):
            raise InvalidRecord("names a link that cannot be one")
        if len(record.flags) > _MOST_FLAGS or not all(map(_FLAG.fullmatch, record.flags)):
            raise InvalidRecord("has flags that cannot be ones")
        return {
            "edition": record.edition,
            "language": record.language,
            "link": record.link,
            "week": record.week,
            "flags": " ".join(sorted(record.flags)),
        }

    def open_texts(self, record: Record, answers: Mapping[str, str]) -> Iterator[OpenText]:
        """Free text by item, also that of each repeat instance. `answers` are all of those that its writer gave."""
        terms = self.terms[record.edition]
        for path, value in record.answers.items():
            variable = self.variable_at(path, record.edition)
            if variable is not None and variable.open_text and value:
                yield OpenText(variable.name, value, terms.leave_for(path, answers))

    def _check_items(self, record: Record) -> None:
        labels = self.terms[record.edition].labels
        for path in (*record.answers, *record.missing):
            variable = self.variable_at(path, record.edition)
            if variable is None and without_positions(path) in labels:
                continue
            if variable is None or not has_its_positions(path, variable):
                raise InvalidRecord("answers an item that the edition does not have")
        for path, reason in record.missing.items():
            if reason not in RECORDED_REASONS:
                raise InvalidRecord("gives a reason for a missing answer that there is not")
            if path in record.answers:
                raise InvalidRecord("has an item both answered and missing")

    def variable_at(self, path: str, edition: str) -> DatasetVariable | None:
        """The item that an edition has at an instance path, whichever instance that is."""
        known = self.by_path[edition]
        return known.get(path) or known.get(without_positions(path))

    def repeat_rows(self, record: Record) -> Iterator[tuple[str, Mapping[str, Cell]]]:
        """Each instance of each repeat as a row of its own, with the reason for each answer that it lacks."""
        instances: dict[tuple[str, str], dict[str, Cell]] = {}
        for path in (*record.answers, *record.missing):
            variable = self.variable_at(path, record.edition)
            if variable is not None and variable.repeats:
                instance_path = path[: path.rindex("]") + 1]
                repeat = variable.repeats[-1]
                absent = self._not_in_edition(repeat, record.edition)
                row = instances.setdefault((repeat, instance_path), {"edition": record.edition, **absent})
                row.update(_cell_of(variable, path, record))
        for (repeat, _place), cells in instances.items():
            yield repeat, cells

    def _not_in_edition(self, repeat: str, edition: str) -> Mapping[str, Cell]:
        """The reason for the items of a repeat that an edition does not have."""
        return {
            variable.missing_column: str(Missing.NOT_IN_EDITION)
            for variable in self.variables
            if variable.control is not None and edition not in variable.editions and variable.repeats[-1:] == (repeat,)
        }


def _leave(edition: Edition) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """For each text that leave is asked for: its path, that of the question, and the answers that give it."""
    asked_items = [item for item in edition.form.items if item.answerable]
    paths = {item.name: item.path for item in asked_items}
    for question, asked in edition.study.leave_to_quote.items():
        texts = asked.texts or edition.study.answers.open_text
        if question in paths:
            yield from ((item.path, (paths[question], asked.answers)) for item in asked_items if item.name in texts)


def has_its_positions(path: str, variable: DatasetVariable) -> bool:
    """Whether an instance path has as many positions as there are repeats around its item."""
    return position_count(path) == len(variable.repeats)


def _read(content: bytes) -> Record:
    try:
        record = Record.from_bytes(content)
        record.to_bytes()  # a lone surrogate, written as an escape, is a text that no file can hold
        return record
    except (ValueError, KeyError, TypeError, KuuleError, RecursionError):
        raise InvalidRecord("is not a record that this version can read") from None


def _cells(variable: DatasetVariable, record: Record, blank: Mapping[str, Cell]) -> Mapping[str, Cell]:
    """The columns of one item that does not repeat."""
    asked = record.edition in variable.editions
    if asked and variable.path in record.answers:
        return {**blank, **answer_cells(variable, record.answers[variable.path])}
    if variable.control is None:
        return blank
    if not asked:
        return {**blank, variable.missing_column: str(Missing.NOT_IN_EDITION)}
    reason = record.missing.get(variable.path)
    if reason is None:
        raise InvalidRecord("leaves out an item of its edition")
    return {**blank, variable.missing_column: str(reason)}


def _cell_of(variable: DatasetVariable, path: str, record: Record) -> Mapping[str, Cell]:
    """The answer of one instance of a repeated item, or the reason why there is none."""
    if path in record.answers:
        return answer_cells(variable, record.answers[path])
    return {variable.missing_column: str(record.missing[path])}
