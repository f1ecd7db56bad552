"""A table as JSON-stat 2.0 (https://json-stat.org/full/): one dataset of groups by answers, with people and shares."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from kuule.publishing.downloads.file_notes import FileNotes
from kuule.publishing.downloads.labelled_tables import (
    EVERYONE_CODE,
    FileNumberState,
    LabelledTable,
    NumberRow,
    RowKind,
    number_rows,
)
from kuule.tables.released import ReleasedColumn

PEOPLE, SHARE = "people", "share"


def json_stat_bytes(labelled: LabelledTable, notes: FileNotes, *, geographic: bool) -> bytes:
    """The dataset. A value that is not shown is null, and its status says why. `geographic` means that the groups are
    countries. The bases, and who is in none, are in `extension`, since they are of groups and not of answers."""
    dimensions = _dimensions(labelled, notes)
    content = {
        "version": "2.0",
        "class": "dataset",
        "label": labelled.title,
        "source": notes.citation,
        "updated": notes.day.isoformat(),
        "note": list(notes.sentences(labelled.table)),
        "id": list(dimensions),
        "size": [len(_codes(one)) for one in dimensions.values()],
        "role": {"metric": ["measure"], **({"geo": ["group"]} if geographic else {})},
        "dimension": dimensions,
        **_values(labelled),
        "extension": {
            "licence": notes.licence_address or notes.licence,
            "publisher": notes.publisher,
            "version": notes.version,
            "language": notes.tag,
            **_of_groups(labelled.table.columns),
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _dimensions(labelled: LabelledTable, notes: FileNotes) -> dict[str, dict[str, object]]:
    codes = [column.code or EVERYONE_CODE for column in labelled.table.columns]
    groups = {code: labelled.groups.get(code, code) for code in codes}
    units = {PEOPLE: {"decimals": 0}, SHARE: {"decimals": 0, "symbol": "%", "position": "end"}}
    measures = {PEOPLE: notes.words.say("people"), SHARE: notes.words.say("share")}
    return {
        "group": _dimension(labelled.by or notes.words.say("everyone"), groups),
        "answer": _dimension(labelled.question, labelled.answers),
        "measure": {
            "label": notes.column("measure"),
            "category": {"index": list(measures), "label": measures, "unit": units},
        },
    }


def _dimension(label: str, categories: Mapping[str, str]) -> dict[str, object]:
    return {"label": label, "category": {"index": list(categories), "label": dict(categories)}}


def _codes(dimension: dict[str, object]) -> list[str]:
    category = dimension["category"]
    return category["index"] if isinstance(category, dict) else []


def _values(labelled: LabelledTable) -> dict[str, object]:
    """The numbers in the order of the dimensions, and the status of each that is not simply shown."""
    values: list[int | None] = []
    status: dict[str, str] = {}
    for row in _answer_rows(labelled):
        for number in (row.people, row.share):
            if row.state is not FileNumberState.SHOWN:
                status[str(len(values))] = str(row.state)
            values.append(number)
    return {"value": values, **({"status": status} if status else {})}


def _answer_rows(labelled: LabelledTable) -> Iterator[NumberRow]:
    """A row for each group and answer: a group that is not shown has all of them, without a number."""
    for row in number_rows(labelled.table):
        if row.kind is RowKind.ANSWER:
            yield row
        elif row.kind is RowKind.GROUP:
            for code in labelled.table.rows:
                yield NumberRow(RowKind.ANSWER, row.group, code, None, None, None, row.state)


def _of_groups(columns: Iterable[ReleasedColumn]) -> dict[str, object]:
    """The base of each group, and who is not in it."""
    named = [(column.code or EVERYONE_CODE, column) for column in columns]
    missing = {
        code: {str(reason): count for reason, count in column.missing.items()} for code, column in named if column.cells
    }
    return {"base": {code: column.base for code, column in named}, "not_in_base": missing}
