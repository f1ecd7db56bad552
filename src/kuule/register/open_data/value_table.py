"""The table of values: one row for each reading of a source, in coded form and in words, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from kuule.limitation.limit_rule import OffencePart
from kuule.register.comparison.cells import RegisterCellState, cells
from kuule.register.data_model.answers import Clock, LimitForm, YearRange
from kuule.register.data_model.country_values import LegalStatus, LegalValue
from kuule.register.data_model.limit_ends import several as each
from kuule.register.data_model.sources import Confidence, SourceKind
from kuule.register.data_model.whole_register import Register
from kuule.register.open_data.csv_tables import CellContent, ColumnType, RegisterTable, TableColumn, several

_Read = Callable[[LegalValue], CellContent]
_Column = tuple[TableColumn, _Read]
_TEXT, _NUMBER, _YES, _DAY = ColumnType.STRING, ColumnType.INTEGER, ColumnType.BOOLEAN, ColumnType.DATE


def value_table(register: Register, today: date) -> RegisterTable:
    """Every value of every country, rejected and repealed ones too; `stands` and `state` say what it is worth."""
    known = cells(register, today)
    rows = []
    for (country, provision), read in sorted(register.values.items()):
        cell = known.get((country, provision))
        for value in read.values:
            stands = cell is not None and value in cell.standing
            state = None if cell is None else cell.state.value
            places: tuple[CellContent, ...] = (country, provision, value.id, state, stands, value.is_due(today))
            rows.append((*places, *(column_read(value) for _, column_read in _COLUMNS)))
    return RegisterTable(
        "values",
        "What each source says of a country's law on a provision",
        (*_PLACES, *(column for column, _ in _COLUMNS)),
        rows,
        ("country", "provision", "id"),
        {"provision": "provisions"},
    )


def _listed(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(one.value for one in kind)


_PLACES = (
    TableColumn("country", _TEXT, "ISO 3166-1 code of the country", required=True),
    TableColumn("provision", _TEXT, "What is asked", required=True),
    TableColumn("id", _TEXT, "The value's id in its file", required=True),
    TableColumn("state", _TEXT, "What is known of the country on the provision", _listed(RegisterCellState)),
    TableColumn("stands", _YES, "Whether the value says what the law is on that day", required=True),
    TableColumn("due", _YES, "Whether somebody has to look again", required=True),
)


def _plain(name: str) -> _Read:
    return lambda value: _cell(getattr(value, name))


def _of_source(name: str) -> _Read:
    return lambda value: _cell(getattr(value.source, name))


def _of_answer(name: str) -> _Read:
    return lambda value: _cell(getattr(value.answer, name, None))


def _cell(content: Any) -> CellContent:
    """What an attribute is in a cell; several numbers with a space between."""
    if isinstance(content, tuple):
        return several(content)
    if isinstance(content, StrEnum):
        return content.value
    return None if isinstance(content, YearRange) else content


def _ages(name: str) -> _Read:
    return lambda value: several(each(getattr(value.answer, name, None)))


def _range_end(name: str) -> _Read:
    return lambda value: getattr(getattr(value.answer, "years", None), name, None)


def _columns() -> Iterator[_Column]:
    yield from _says_columns()
    yield from _answer_columns()
    yield from _day_columns()
    yield from _source_columns()
    yield from _care_columns()


def _says_columns() -> Sequence[_Column]:
    return (
        (TableColumn("says", _TEXT, "What the source says, in English", required=True), _plain("says")),
        (
            TableColumn("status", _TEXT, "Whether it is law", _listed(LegalStatus), required=True),
            _plain("status"),
        ),
        (
            TableColumn("offences", _TEXT, "Of which offences", _listed(OffencePart), required=True),
            _plain("offences"),
        ),
    )


def _answer_columns() -> Sequence[_Column]:
    return (
        (
            TableColumn("kind", _TEXT, "The kind of the coded answer; empty without one"),
            _of_answer("kind"),
        ),
        (TableColumn("form", _TEXT, "The form of a time limit", _listed(LimitForm)), _of_answer("form")),
        (TableColumn("clock", _TEXT, "The moment from which years are counted", _listed(Clock)), _of_answer("clock")),
        (TableColumn("clock_age", _TEXT, "The age at which the clock starts"), _ages("clock_age")),
        (TableColumn("years", _TEXT, "The periods by class of offence"), _of_answer("years")),
        (
            TableColumn("years_shortest", _NUMBER, "The shortest period, of a range"),
            _range_end("shortest"),
        ),
        (
            TableColumn("years_longest", _NUMBER, "The longest period, of a range"),
            _range_end("longest"),
        ),
        (TableColumn("until_age", _TEXT, "The age at which everything ends"), _ages("until_age")),
        (TableColumn("earliest_end_age", _NUMBER, "The age before which none ends"), _of_answer("earliest_end_age")),
        (
            TableColumn("shorter_in_circle_of_trust", _YES, "Whether it is shorter in the circle of trust"),
            _of_answer("shorter_in_circle_of_trust"),
        ),
        (TableColumn("retroactive", _YES, "Whether it reaches back"), _of_answer("retroactive")),
        (TableColumn("age", _TEXT, "The age, or several"), _ages("age")),
        (TableColumn("age_until", _NUMBER, "The last age of a band that begins with age"), _of_answer("until")),
        (TableColumn("close_in_age", _YES, "Whether those close in age are excepted"), _of_answer("close_in_age")),
        (TableColumn("choice", _TEXT, "The choice of the provision's list"), _of_answer("choice")),
        (TableColumn("happened_on", _TEXT, "The day, month or year on which it happened"), _of_answer("on")),
        (TableColumn("happened_by", _TEXT, "The day, month or year by which it had happened"), _of_answer("by")),
        (TableColumn("done", _YES, "Whether it has happened"), _of_answer("done")),
        (TableColumn("summary", _TEXT, "An answer that is only words"), _of_answer("summary")),
    )


def _day_columns() -> Sequence[_Column]:
    return (
        (TableColumn("in_force_from", _TEXT, "From when the rule applies"), _plain("in_force_from")),
        (TableColumn("in_force_note", _TEXT, "More on that"), _plain("in_force_note")),
        (TableColumn("changed_on", _TEXT, "When the law was last changed"), _plain("changed_on")),
        (TableColumn("checked_on", _DAY, "When somebody last looked whether it still applies"), _plain("checked_on")),
        (TableColumn("read_on", _DAY, "When the source was read", required=True), _plain("read_on")),
        (TableColumn("next_review", _DAY, "When somebody looks again", required=True), _plain("next_review")),
    )


def _source_columns() -> Sequence[_Column]:
    kinds = _listed(SourceKind)
    return (
        (
            TableColumn("source_kind", _TEXT, "What was read", kinds, required=True),
            _of_source("kind"),
        ),
        (TableColumn("is_law", _YES, "Whether the law itself was read", required=True), _of_source("is_law")),
        (TableColumn("source_title", _TEXT, "What the text is called"), _of_source("title")),
        (TableColumn("article", _TEXT, "The article"), _of_source("article")),
        (TableColumn("address", _TEXT, "Where it is", required=True), _of_source("address")),
        (TableColumn("copy_of", _TEXT, "More, where the address is not enough to find it"), _of_source("copy_of")),
        (TableColumn("source_language", _TEXT, "The language that was read"), _of_source("language")),
        (TableColumn("dated", _TEXT, "The day, month or year that the text carries"), _of_source("dated")),
        (TableColumn("dated_note", _TEXT, "Why it carries none"), _of_source("dated_note")),
        (TableColumn("seen", _TEXT, "What was read of it", required=True), _of_source("seen")),
        (TableColumn("sha256", _TEXT, "The SHA-256 of the kept copy"), _of_source("sha256")),
        (TableColumn("source_notes", _TEXT, "Notes on the source"), _of_source("notes")),
    )


def _care_columns() -> Sequence[_Column]:
    return (
        (
            TableColumn("confidence", _TEXT, "A is best, D a lead", _listed(Confidence), required=True),
            _plain("confidence"),
        ),
        (TableColumn("coded_by", _TEXT, "Who coded it", required=True), _plain("coded_by")),
        (TableColumn("confirmed_by", _TEXT, "Who confirmed it; empty for nobody"), _plain("confirmed_by")),
        (
            TableColumn("disputed", _YES, "Whether somebody disagrees", required=True),
            _plain("is_disputed"),
        ),
        (TableColumn("notes", _TEXT, "Notes"), _plain("notes")),
    )


_COLUMNS = tuple(_columns())
