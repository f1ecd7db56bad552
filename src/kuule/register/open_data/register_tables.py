"""All tables of a register: values, cells, standards held against, provisions, standards."""

from __future__ import annotations

from datetime import date

from kuule.register.agreement.divergence import DoubleCoding
from kuule.register.comparison.answer_tests import StandardOutcome
from kuule.register.comparison.cells import RegisterCellState, cells
from kuule.register.comparison.standards_met import standard_results
from kuule.register.data_model.sources import Confidence
from kuule.register.data_model.standards import StandardStatus
from kuule.register.data_model.whole_register import Register
from kuule.register.open_data.csv_tables import ColumnType, RegisterTable, TableColumn, several
from kuule.register.open_data.value_table import value_table

_TEXT, _YES, _DAY = ColumnType.STRING, ColumnType.BOOLEAN, ColumnType.DATE
_DOUBLE_CODING = tuple(one.value for one in DoubleCoding)
_CONFIDENCE = tuple(one.value for one in Confidence)


def register_tables(register: Register, today: date) -> tuple[RegisterTable, ...]:
    """The tables, in the order in which somebody who knows none of them would read them."""
    return (
        _provisions(register),
        _standards(register),
        value_table(register, today),
        _cells(register, today),
        _results(register, today),
    )


def _provisions(register: Register) -> RegisterTable:
    columns = (
        TableColumn("id", _TEXT, "The provision", required=True),
        TableColumn("topic", _TEXT, "The heading under which it stands", required=True),
        TableColumn("title", _TEXT, "What it is about", required=True),
        TableColumn("question", _TEXT, "What is asked of the law", required=True),
        TableColumn("kind", _TEXT, "The kind of its coded answers", required=True),
        TableColumn("unit", _TEXT, "What they are measured in"),
        TableColumn("choices", _TEXT, "Its choices, from what protects best to what protects least"),
        TableColumn("ranking", _YES, "Whether it is somebody's ranking, and so never law", required=True),
        TableColumn("coding", _TEXT, "How it is coded", required=True),
    )
    rows = [
        (
            one.id,
            one.topic,
            one.title,
            one.question,
            one.kind,
            one.unit,
            several(choice.id for choice in one.choices),
            one.ranking,
            one.coding,
        )
        for one in register.provisions.values()
    ]
    return RegisterTable("provisions", "What is asked of each country's law", columns, rows, ("id",), {})


def _standards(register: Register) -> RegisterTable:
    columns = (
        TableColumn("standard", _TEXT, "The standard", required=True),
        TableColumn("stage", ColumnType.INTEGER, "The number of its stage", required=True),
        TableColumn("title", _TEXT, "What it is called", required=True),
        TableColumn("body", _TEXT, "Whose it is", required=True),
        TableColumn("binding", _YES, "Whether it binds states once it is in force", required=True),
        TableColumn("date", _TEXT, "The day, month or year of the stage"),
        TableColumn("status", _TEXT, "What it is then", tuple(one.value for one in StandardStatus), required=True),
        TableColumn("says", _TEXT, "What it says, or what happened", required=True),
        TableColumn("source_kind", _TEXT, "What was read", required=True),
        TableColumn("address", _TEXT, "Where it is", required=True),
        TableColumn("confidence", _TEXT, "A the text was seen, D a lead to follow up", _CONFIDENCE, required=True),
    )
    rows = [
        (
            one.id,
            number,
            one.title,
            one.body,
            one.binding,
            stage.date,
            stage.status.value,
            stage.says,
            stage.source.kind.value,
            stage.source.address,
            stage.confidence.value,
        )
        for one in register.standards.values()
        for number, stage in enumerate(one.stages, 1)
    ]
    return RegisterTable("standards", "The history of each standard", columns, rows, ("standard", "stage"), {})


def _cells(register: Register, today: date) -> RegisterTable:
    columns = (
        TableColumn("country", _TEXT, "ISO 3166-1 code of the country", required=True),
        TableColumn("provision", _TEXT, "What is asked", required=True),
        TableColumn("state", _TEXT, "What is known", tuple(one.value for one in RegisterCellState), required=True),
        TableColumn("standing", _TEXT, "The values that say what the law is on that day"),
        TableColumn("is_law", _YES, "Whether one of them was read in the statute itself", required=True),
        TableColumn("is_confirmed", _YES, "Whether a second person confirmed each of them", required=True),
        TableColumn("is_due", _YES, "Whether somebody has to look at one again", required=True),
        TableColumn("confidence", _TEXT, "The best of them", _CONFIDENCE),
        TableColumn(
            "double_coding",
            _TEXT,
            "Whether blind coders agree",
            tuple(one.value for one in DoubleCoding),
            required=True,
        ),
        TableColumn("dispute", _TEXT, "What the sources disagree on"),
    )
    rows = [
        (
            country,
            provision,
            cell.state.value,
            several(value.id for value in cell.standing),
            cell.is_law,
            cell.is_confirmed,
            cell.is_due,
            None if cell.confidence is None else cell.confidence.value,
            cell.double_coding.value,
            cell.dispute,
        )
        for (country, provision), cell in cells(register, today).items()
    ]
    title = "What is known of each country on each provision"
    return RegisterTable("cells", title, columns, rows, ("country", "provision"), {"provision": "provisions"})


def _results(register: Register, today: date) -> RegisterTable:
    columns = (
        TableColumn("country", _TEXT, "ISO 3166-1 code of the country", required=True),
        TableColumn("provision", _TEXT, "What is asked", required=True),
        TableColumn("number", ColumnType.INTEGER, "The place of the demand in the provision", required=True),
        TableColumn("standard", _TEXT, "What it is held against", required=True),
        TableColumn("article", _TEXT, "The article of the standard"),
        TableColumn("demands", _TEXT, "What that demands", required=True),
        TableColumn("outcome", _TEXT, "What comes of it", tuple(one.value for one in StandardOutcome), required=True),
        TableColumn("why", _TEXT, "Why", required=True),
    )
    rows = [
        (
            country,
            provision,
            number,
            result.held.standard,
            result.held.article,
            result.held.demands,
            result.outcome.value,
            result.why,
        )
        for (country, provision), cell in cells(register, today).items()
        for number, result in enumerate(standard_results(register, cell), 1)
    ]
    key = ("country", "provision", "number")
    title = "What comes of holding each country against each standard"
    return RegisterTable("standards_met", title, columns, rows, key, {"provision": "provisions"})
