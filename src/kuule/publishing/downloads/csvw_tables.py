"""A table as CSV, and what each column means as CSVW (CSV on the Web, W3C 2015), both in one language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from kuule.core.files import json_bytes
from kuule.core.formula_escaping import escape_formulas
from kuule.publishing.downloads.file_notes import FileNotes
from kuule.publishing.downloads.labelled_tables import FileNumberState, LabelledTable, RowKind, number_rows

CSV_COLUMNS = ("kind", "group", "group_label", "answer", "answer_label", "people", "share", "base", "state")
_TEXTS = frozenset({"group_label", "answer_label"})
_NUMBERS = frozenset({"people", "share", "base"})
_KEY = ("kind", "group", "answer")


def csv_bytes(labelled: LabelledTable) -> bytes:
    """The rows as UTF-8 with a header, and lines that end as RFC 4180 says. A number that is not shown is empty, and
    `state` says why."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    for row in number_rows(labelled.table):
        labels = (labelled.group_of(row), labelled.label_of(row))
        group, answer = map(escape_formulas, labels)
        writer.writerow(
            (row.kind, row.group, group, row.code, answer, *map(_number, (row.people, row.share, row.base)), row.state)
        )
    return text.getvalue().encode()


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def csvw_bytes(labelled: LabelledTable, notes: FileNotes) -> bytes:
    """The metadata beside the CSV file: `<name>.csv-metadata.json`, where readers of CSVW look for it."""
    content = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": labelled.tag}],
        "url": f"{labelled.name}.csv",
        "dc:title": labelled.title,
        "dc:description": " ".join(notes.sentences(labelled.table)),
        "dc:publisher": notes.publisher,
        "dc:issued": {"@value": notes.day.isoformat(), "@type": "xsd:date"},
        "dc:bibliographicCitation": notes.citation,
        **_licence(notes),
        "dialect": {"header": True, "encoding": "utf-8"},
        "tableSchema": {"columns": [_column(name, notes) for name in CSV_COLUMNS], "primaryKey": list(_KEY)},
    }
    return json_bytes(content)


def _licence(notes: FileNotes) -> Mapping[str, object]:
    if notes.licence_address:
        return {"dc:license": {"@id": notes.licence_address}}
    return {"dc:rights": notes.licence}


def _column(name: str, notes: FileNotes) -> dict[str, object]:
    column: dict[str, object] = {
        "name": name,
        "titles": name,
        "dc:description": notes.column(name),
        "datatype": _datatype(name),
    }
    if name in _NUMBERS | _TEXTS or name in ("group", "answer"):
        column["required"] = False
    else:
        column["required"] = True
    if name in _TEXTS:
        column["lang"] = notes.tag
    return column


def _datatype(name: str) -> object:
    if name in _NUMBERS:
        limits = {"minimum": 0, "maximum": 100} if name == "share" else {"minimum": 0}
        return {"base": "integer", **limits}
    if name == "kind":
        return {"base": "string", "format": "|".join(RowKind)}
    if name == "state":
        return {"base": "string", "format": "|".join(FileNumberState)}
    return "string"
