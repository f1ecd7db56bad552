"""Turns many opened records into columns at once: each distinct answer is validated once (`answer_codes`).

A record that is out of the ordinary (of another edition than expected, with an escape in it and so on) goes through
`RecordValidator.row_of` on its own: that alone decides what is refused, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import getitem
from typing import NamedTuple

import polars as pl
from pydantic_core import from_json

from kuule.dataset.ingest.answer_cells import Cell, InvalidRecord
from kuule.dataset.ingest.answer_codes import INVALID_CODE, MAX_CACHED, NOTHING, AnswerCodes, AnswerKey
from kuule.dataset.ingest.record_validation import OpenText, RecordRow, RecordValidator, has_its_positions
from kuule.dataset.ingest.table_schemas import OPEN_TEXT, RESPONSES, ROW_ID, TableFrames, TableSchemas, concat_tables
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.forms.record import RECORD_FIELDS, RECORDED_REASONS, VERSION, Record
from kuule.opening.archive_rows import OpenedRecord
from kuule.tables.missing import Missing

_TEXT = frozenset({str})
_REASONS: Mapping[str, AnswerKey] = {str(reason): (str(reason),) for reason in RECORDED_REASONS}


class _OrdinaryRecord(NamedTuple):
    """A record that is well formed, is of the expected edition, and has no item that this edition lacks."""

    opened: OpenedRecord
    first: Mapping[str, Cell]
    codes: Sequence[int]
    """The code of each item, in the order of the columns."""
    texts: Sequence[OpenText]
    repeats: RecordRow | None
    """What the record has inside repeats."""


class BatchValidator:
    """Validates batches of records of one edition. What one batch computes is reused for the next."""

    def __init__(self, fitting: RecordValidator, shape: TableSchemas, edition: str) -> None:
        self._fitting, self._shape, self._edition = fitting, shape, edition
        self._empty = shape.empty_tables()
        known = [variable for variable in fitting.variables if not variable.repeats]
        asked = [variable for variable in known if edition in variable.editions]
        self._coded = [AnswerCodes(variable, _REASONS, asked=variable in asked) for variable in known]
        self._texts = [variable for variable in asked if variable.open_text]
        self._labels = sorted(fitting.terms[edition].labels - fitting.by_path[edition].keys())
        places = (one.path if edition in one.editions else (one.name,) for one in known)
        self._blank: dict[AnswerKey, AnswerKey] = dict.fromkeys((*places, *self._labels), NOTHING)
        """What a record says that says nothing, in the order of the columns. An item that the edition lacks has a key
        that no record can have."""
        self._has_repeats = len(known) < len(fitting.variables)
        self._heads: dict[tuple[str, ...], Mapping[str, Cell] | None] = {}

    def validate(self, opened: Sequence[OpenedRecord]) -> tuple[TableFrames, list[tuple[OpenedRecord, InvalidRecord]]]:
        """The tables of the records that fit, in any order, and the other records with the reason."""
        for coded in self._coded:
            coded.clear_if_full()
        plain: list[_OrdinaryRecord] = []
        rows: list[tuple[RecordRow, OpenedRecord]] = []
        misfits: list[tuple[OpenedRecord, InvalidRecord]] = []
        for one in opened:
            if (fits := self._plain(one)) is not None:
                plain.append(fits)
                continue
            try:
                rows.append((self._fitting.row_of(one.record), one))
            except InvalidRecord as misfit:
                misfits.append((one, misfit))
        quick = self._tables(plain) if plain else self._empty
        return concat_tables([quick, self._shape.tables_from_rows(rows)], self._shape) if rows else quick, misfits

    def _plain(self, opened: OpenedRecord) -> _OrdinaryRecord | None:
        try:
            read = from_json(opened.record, cache_strings="all")  # refuses half of a surrogate pair
            if type(read) is not dict or read.keys() != RECORD_FIELDS or read["v"] != VERSION:
                return None
            answers, missing, flags = read["answers"], read["missing"], read["flags"]
            if not (type(answers) is type(missing) is dict and type(flags) is list):
                return None
            given: dict[AnswerKey, AnswerKey] = {path: _REASONS[reason] for path, reason in missing.items()}
            given.update(answers)
            filled = self._blank | given
            codes = list(map(getitem, self._coded, filled.values()))
            head = (read["study"], read["edition"], read["language"], read["link"], read["week"], *flags)
            first = self._first(head)
        except (ValueError, TypeError, KeyError):
            return None
        is_twice = len(given) < len(answers) + len(missing)
        if first is None or is_twice or INVALID_CODE in codes or not self._are_texts(answers, self._labels):
            return None
        repeats: RecordRow | None = None
        if len(filled) > len(self._blank):
            repeats = self._in_repeats(head, answers, missing)
            if repeats is None:
                return None
        leave = self._fitting.terms[self._edition].leave_for
        texts = [
            OpenText(item.name, answer, leave(item.path, answers))
            for item in self._texts
            if (answer := answers.get(item.path))
        ]
        return _OrdinaryRecord(opened, first, codes, texts, repeats)

    @staticmethod
    def _are_texts(answers: Mapping[str, object], paths: Iterable[str]) -> bool:
        """Whether what is answered at these paths is text, as it is wherever an item has codes."""
        return all(isinstance(answers.get(path, ""), str) for path in paths)

    def _first(self, head: tuple[str, ...]) -> Mapping[str, Cell] | None:
        """The columns before the items, or None if they do not fit."""
        known = self._heads.get(head)
        if known is None and head[1] == self._edition and set(map(type, head)) <= _TEXT:
            if len(self._heads) > MAX_CACHED:
                self._heads.clear()
            try:
                known = self._heads[head] = self._fitting.leading_cells(_record(head, {}, {}))
            except InvalidRecord:
                return None
        return known

    def _in_repeats(
        self, head: tuple[str, ...], answers: Mapping[str, str], missing: Mapping[str, str]
    ) -> RecordRow | None:
        """The items inside repeats, or None if one of the remaining items is in no repeat or does not fit."""
        if not self._has_repeats:
            return None
        inside, missing = (
            {path: value for path, value in given.items() if path not in self._blank} for given in (answers, missing)
        )
        if not self._are_texts(inside, inside):
            return None
        for path in (*inside, *missing):
            item = self._fitting.variable_at(path, self._edition)
            if item is None or not item.repeats or not has_its_positions(path, item):
                return None
        record = _record(head, inside, missing)
        try:
            repeated = tuple(self._fitting.repeat_rows(record))
        except InvalidRecord:
            return None
        return RecordRow({"language": record.language}, tuple(self._fitting.open_texts(record, answers)), repeated)

    def _tables(self, plain: Sequence[_OrdinaryRecord]) -> TableFrames:
        schema = self._shape.by_table[RESPONSES]
        first = [
            pl.Series(name, [one.first[name] for one in plain], schema[name], strict=True) for name in plain[0].first
        ]
        columns = zip(*(one.codes for one in plain), strict=True)
        items = [column for coded, codes in zip(self._coded, columns, strict=True) for column in coded.columns(codes)]
        keys = pl.Series(RECORD_KEY, [one.opened.record_key for one in plain], schema[RECORD_KEY])
        ids = pl.Series(ROW_ID, [one.opened.row_id for one in plain], schema[ROW_ID])
        repeated = [(one.repeats, one.opened) for one in plain if one.repeats is not None]
        beside = self._shape.tables_from_rows(repeated) if repeated else self._empty
        own = [
            (text.item, str(one.first["language"]), text.words, text.leave, one.opened.row_id)
            for one in plain
            for text in one.texts
        ]
        texts = pl.DataFrame(own, schema=self._shape.by_table[OPEN_TEXT], orient="row")
        return {
            **beside,
            RESPONSES: pl.DataFrame([*first, *items, keys, ids]),
            OPEN_TEXT: pl.concat([texts, beside[OPEN_TEXT]]),
        }


def _record(head: Sequence[str], answers: Mapping[str, str], missing: Mapping[str, str]) -> Record:
    study, edition, language, link, week, *flags = head
    reasons = {path: Missing(reason) for path, reason in missing.items()}
    return Record(study, edition, language, link, week, answers, reasons, tuple(flags))
