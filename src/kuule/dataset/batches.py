"""Many opened records to columns at once: what `fitting` says of each distinct answer is asked once.

A record that is not plain (another edition than expected, an escape in it, anything out of the ordinary) goes through
`Fitting.row` by itself: what is refused, and why, is decided there alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kuule.dataset.columns import RECORD_KEY, Variable
from kuule.dataset.fitting import PARTED, Cell, Fitting, Misfit, Row, answered
from kuule.dataset.tables import OPEN_TEXT, RESPONSES, ROW_ID, Shape, Tables, joined
from kuule.forms.record import FIELDS, VERSION, Record
from kuule.opening.archive import Opened
from kuule.tables.missing import Missing

_MOST_KNOWN = 4096
"""Distinct answers of an item, or distinct first columns, that are kept from one batch to the next."""
_MISFIT = -1
_TEXT = frozenset({str})
_REASONS: frozenset[str] = frozenset(str(reason) for reason in PARTED)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A record that is well formed, of the expected edition and with no item it does not have."""

    opened: Opened
    first: Mapping[str, Cell]
    answers: Mapping[str, str]
    missing: Mapping[str, str]
    repeats: Row | None
    """What it has in repeats."""


class Batches:
    """Fits batches of records of one edition. What is worked out of one batch serves the next."""

    def __init__(self, fitting: Fitting, shape: Shape, edition: str) -> None:
        self._fitting, self._shape, self._edition = fitting, shape, edition
        known = [variable for variable in fitting.variables if not variable.repeats]
        self._coded = [_Coded(variable, asked=edition in variable.editions) for variable in known]
        self._texts = [variable for variable in known if variable.open_text]
        paths = {variable.path for variable in known if edition in variable.editions}
        self._paths = paths | (fitting.terms[edition].labels - fitting.by_path.keys())
        self._has_repeats = len(known) < len(fitting.variables)
        self._heads: dict[tuple[str, ...], Mapping[str, Cell] | None] = {}

    def fit(self, opened: Sequence[Opened]) -> tuple[Tables, list[tuple[Opened, Misfit]]]:
        """The tables of those that fit, in any order, and the others with the reason."""
        plain = [one for one in map(self._plain, opened) if one is not None]
        columns = self._codes(plain)
        odd = {place for codes in columns if _MISFIT in codes for place, code in enumerate(codes) if code == _MISFIT}
        if odd:
            plain = [one for place, one in enumerate(plain) if place not in odd]
            columns = self._codes(plain)
        quick = {id(one.opened) for one in plain}
        rows: list[tuple[Row, Opened]] = []
        misfits: list[tuple[Opened, Misfit]] = []
        for one in opened:
            if id(one) not in quick:
                try:
                    rows.append((self._fitting.row(one.record), one))
                except Misfit as misfit:
                    misfits.append((one, misfit))
        found = [self._tables(plain, columns)] if plain else []
        return joined([*found, self._shape.tables(rows)] if rows else found, self._shape), misfits

    def _plain(self, opened: Opened) -> _Plain | None:
        try:
            text = opened.record.decode()
            read = json.loads(text) if "\\u" not in text else None  # an escape can be half a character
            if type(read) is not dict or read.keys() != FIELDS or read["v"] != VERSION:
                return None
            answers, missing, flags = read["answers"], read["missing"], read["flags"]
            if not (type(answers) is type(missing) is dict and type(flags) is list):
                return None
            if not (set(map(type, answers.values())) <= _TEXT and set(missing.values()) <= _REASONS):
                return None
            head = (read["study"], read["edition"], read["language"], read["link"], read["week"], *flags)
            first = self._first(head)
            if first is None:
                return None
        except (ValueError, TypeError, RecursionError):
            return None
        if not answers.keys().isdisjoint(missing):
            return None
        repeats: Row | None = None
        if not (answers.keys() <= self._paths and missing.keys() <= self._paths):
            repeats = self._in_repeats(head, answers, missing)
            if repeats is None:
                return None
        return _Plain(opened, first, answers, missing, repeats)

    def _first(self, head: tuple[str, ...]) -> Mapping[str, Cell] | None:
        """The columns before the items, None where they do not fit."""
        known = self._heads.get(head)
        if known is None and head[1] == self._edition and set(map(type, head)) <= _TEXT:
            if len(self._heads) > _MOST_KNOWN:
                self._heads.clear()
            try:
                known = self._heads[head] = self._fitting.first(_record(head, {}, {}))
            except Misfit:
                return None
        return known

    def _in_repeats(self, head: tuple[str, ...], answers: Mapping[str, str], missing: Mapping[str, str]) -> Row | None:
        """The items that are not among the known, None where any of them is in no repeat or does not fit."""
        if not self._has_repeats:
            return None
        answers, missing = (
            {path: value for path, value in given.items() if path not in self._paths} for given in (answers, missing)
        )
        for path in (*answers, *missing):
            item = self._fitting.item(path)
            if item is None or not item.repeats or not self._fitting.is_of(path, item, self._edition):
                return None
        record = _record(head, answers, missing)
        try:
            repeated = tuple(self._fitting.repeated(record))
        except Misfit:
            return None
        return Row({"language": record.language}, tuple(self._fitting.texts(record)), repeated)

    def _codes(self, plain: Sequence[_Plain]) -> list[list[int]]:
        pairs = [(one.answers, one.missing) for one in plain]
        return [coded.codes(pairs) for coded in self._coded]

    def _tables(self, plain: Sequence[_Plain], columns: Sequence[Sequence[int]]) -> Tables:
        schema = self._shape.of[RESPONSES]
        first = [
            pl.Series(name, [one.first[name] for one in plain], schema[name], strict=True) for name in plain[0].first
        ]
        items = [column for coded, codes in zip(self._coded, columns, strict=True) for column in coded.columns(codes)]
        keys = pl.Series(RECORD_KEY, [one.opened.record_key for one in plain], schema[RECORD_KEY])
        ids = pl.Series(ROW_ID, [one.opened.row_id for one in plain], schema[ROW_ID])
        beside = self._shape.tables([(one.repeats, one.opened) for one in plain if one.repeats is not None])
        texts = pl.DataFrame(list(self._own_texts(plain)), schema=self._shape.of[OPEN_TEXT], orient="row")
        return {
            **beside,
            RESPONSES: pl.DataFrame([*first, *items, keys, ids]),
            OPEN_TEXT: pl.concat([texts, beside[OPEN_TEXT]]),
        }

    def _own_texts(self, plain: Sequence[_Plain]) -> Iterator[tuple[str, str, str, int]]:
        for variable in self._texts:
            for one in plain:
                if text := one.answers.get(variable.path):
                    yield variable.name, str(one.first["language"]), text, one.opened.row_id


class _Coded:
    """An item's columns by codes: the cells of each distinct answer, and of each reason for none, worked out once."""

    def __init__(self, variable: Variable, *, asked: bool) -> None:
        self._variable, self._asked = variable, asked
        self._schema = variable.schema()
        self._answers: dict[str, int] = {}
        self._cells: list[Mapping[str, Cell]] = []
        self._table: pl.DataFrame | None = None
        self._begin()

    def codes(self, given: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]) -> list[int]:
        """The code of each record, of which answers and reasons are given; _MISFIT for one that does not fit."""
        if len(self._cells) > _MOST_KNOWN:
            self._begin()
        path, absent = self._variable.path, self._absent
        if self._variable.open_text:
            return [self._written if path in answers else absent[missing.get(path)] for answers, missing in given]
        try:
            return self._looked_up(given)
        except KeyError:  # an answer that was not there before: there are few such batches
            new = {answers[path] for answers, _ in given if path in answers} - self._answers.keys()
            self._answers |= {value: self._learn(value) for value in new}
            return self._looked_up(given)

    def _looked_up(self, given: Sequence[tuple[Mapping[str, str], Mapping[str, str]]]) -> list[int]:
        path, known, absent = self._variable.path, self._answers, self._absent
        return [known[answers[path]] if path in answers else absent[missing.get(path)] for answers, missing in given]

    def columns(self, codes: Sequence[int]) -> list[pl.Series]:
        """The columns of records of which these are the codes."""
        if self._table is None or self._table.height < len(self._cells):
            columns = {name: [cells.get(name) for cells in self._cells] for name in self._schema}
            self._table = pl.DataFrame(columns, schema=self._schema, strict=True)
        return self._table[pl.Series(codes, dtype=pl.UInt32)].get_columns()

    def _begin(self) -> None:
        self._answers.clear()
        self._cells.clear()
        self._table = None
        self._written = self._add({})
        reasons: dict[str | None, int] = dict.fromkeys((None, *_REASONS), self._written)
        if self._variable.control is not None and not self._asked:
            reasons[None] = self._add({self._variable.missing_column: str(Missing.NOT_IN_EDITION)})
        elif self._variable.control is not None:
            reasons = {reason: self._add({self._variable.missing_column: reason}) for reason in _REASONS}
            reasons[None] = _MISFIT
        self._absent = reasons

    def _learn(self, value: str) -> int:
        try:
            return self._add(answered(self._variable, value))
        except Misfit:
            return _MISFIT

    def _add(self, cells: Mapping[str, Cell]) -> int:
        self._cells.append(cells)
        return len(self._cells) - 1


def _record(head: Sequence[str], answers: Mapping[str, str], missing: Mapping[str, str]) -> Record:
    study, edition, language, link, week, *flags = head
    reasons = {path: Missing(reason) for path, reason in missing.items()}
    return Record(study, edition, language, link, week, answers, reasons, tuple(flags))
