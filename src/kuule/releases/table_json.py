"""tables.json: the released tables and what they were counted from, written and read back.

Whoever passes a release on could have changed this file. So it is read without trust: every field has its type, every
table its shape, and no number is below what disclosure control would have withheld (`table_checks`). That numbers are
the ones that left the door is said by the approvals, which name their hash, and by the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kuule.languages.cldr.tags import is_language_tag
from kuule.releases.strict_json import (
    ReleaseFileError,
    StrictObject,
    check_integer,
    check_text,
    compact_json,
    parse_strict_json,
)
from kuule.releases.table_checks import check_column, check_origin, check_table
from kuule.study.settings.cleaning_settings import QUALITY_FLAGS
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell, ReleasedColumn, ReleasedOrigin, ReleasedTable, WithheldReason
from kuule.tables.request import TableRequest

TABLES_FORMAT = 1
_HASH16, _NAME = r"[0-9a-f]{16}", r"\S+"
_MONTH = r"[0-9]{4}-(0[1-9]|1[0-2])"
_CLEANING_RULE = rf"empty|doubles|{'|'.join(QUALITY_FLAGS)}|(straight_line|contradiction):[A-Za-z][A-Za-z0-9_-]*"
_WITHHELD_ROW = "row"
"""A cell of a row that is withheld; the reason is that of the row."""


def tables_to_json(origin: ReleasedOrigin, tables: tuple[ReleasedTable, ...]) -> bytes:
    """The file of these tables. Raises ValueError unless all of them are of `origin`."""
    if any(table.origin != origin for table in tables):
        raise ValueError("the tables of a release have one origin")
    return compact_json(
        {"format": TABLES_FORMAT, "origin": _origin_table(origin), "tables": [_table(each) for each in tables]}
    )


def tables_from_json(content: bytes) -> tuple[ReleasedOrigin, tuple[ReleasedTable, ...]]:
    """The reverse. Raises ReleaseFileError if the file is anything else, and ReleaseNumberError if it has a number that
    disclosure control would not have released."""
    top = StrictObject.from_value(parse_strict_json(content))
    if top.integer("format") != TABLES_FORMAT:
        raise ReleaseFileError("format", f"it is another one than {TABLES_FORMAT}", "use the version that wrote it")
    origin = _read_origin(top.inner("origin"))
    tables = tuple(_read_table(each, origin) for each in top.inner_list("tables"))
    top.check_all_read()
    seen: set[TableRequest] = set()
    for table in tables:
        if table.request in seen:
            raise ReleaseFileError("tables", f"{table.request} is there twice")
        seen.add(table.request)
    return origin, tables


def _origin_table(origin: ReleasedOrigin) -> dict[str, object]:
    if origin.within is not None:
        raise ValueError("a release is on everyone, and not on a group")
    return {
        "study": origin.study,
        "dataset": origin.dataset,
        "release": origin.release,
        "editions": list(origin.editions),
        "rehearsal": origin.rehearsal,
        "responses": origin.responses,
        "withheld": origin.withheld_reason,
        "carried_from": origin.responses_carried_from,
        "languages": list(origin.languages),
        "unopened": origin.unopened,
        "smallest_count": origin.smallest_count,
        "smallest_base": origin.smallest_base,
        "noise_variance": origin.noise_variance,
        "noise_bound": origin.noise_bound,
        "key_fingerprints": list(origin.key_fingerprints),
        "set_aside": dict(origin.set_aside),
        "months": None if origin.months is None else list(origin.months),
    }


def _read_origin(read: StrictObject) -> ReleasedOrigin:
    aside = read.inner("set_aside")
    months = None if read.value("months") is None else read.values("months")
    origin = ReleasedOrigin(
        study=read.text("study", _NAME),
        dataset=read.text("dataset", _HASH16),
        release=read.text("release", _HASH16),
        editions=read.texts("editions", _NAME),
        rehearsal=read.boolean("rehearsal"),
        responses=read.optional_integer("responses"),
        withheld_reason=_read_reason(read),
        responses_carried_from=read.text("carried_from", f"({_HASH16})?"),
        languages=read.texts("languages", _NAME),
        unopened=read.integer("unopened"),
        smallest_count=read.integer("smallest_count"),
        smallest_base=read.integer("smallest_base"),
        noise_variance=read.integer("noise_variance"),
        noise_bound=read.integer("noise_bound"),
        key_fingerprints=tuple(
            check_text(value, place, r"[0-9][0-9 ]{0,79}") for place, value in read.values("key_fingerprints")
        ),
        set_aside={check_text(rule, aside.place, _CLEANING_RULE): aside.optional_integer(rule) for rule in aside.table},
        months=None if months is None else _read_months(months, read.place_of("months")),
    )
    read.check_all_read()
    for tag in origin.languages:
        if not is_language_tag(tag):
            raise ReleaseFileError(read.place_of("languages"), f"{tag!r} is no language")
    check_origin(origin, read.place)
    return origin


def _read_months(values: tuple[tuple[str, object], ...], place: str) -> tuple[str, str]:
    months = [check_text(value, where, _MONTH) for where, value in values]
    if len(months) != 2 or months[0] > months[1]:
        raise ReleaseFileError(place, "it is not a first and a last month")
    return months[0], months[1]


def _read_reason(read: StrictObject) -> WithheldReason | None:
    return None if read.value("withheld") is None else read.one_of("withheld", WithheldReason)


def _table(table: ReleasedTable) -> dict[str, object]:
    return {
        "request": str(table.request),
        "multiple": table.multiple,
        "overlapping": table.overlapping,
        "rows": list(table.rows),
        "withheld_rows": {row: table.withheld_row_reasons[row] for row in table.withheld_rows},
        "columns": [_column(column, table) for column in table.columns],
    }


def _column(column: ReleasedColumn, table: ReleasedTable) -> dict[str, object]:
    if column.base is None:
        return {"code": column.code, "withheld": column.withheld_reason}
    cells = zip(table.rows, column.cells, strict=True)
    return {
        "code": column.code,
        "base": column.base,
        "cells": [_cell(cell, row in table.withheld_rows) for row, cell in cells],
        "missing": {reason: column.missing[reason] for reason in Missing},
        **({"carried_from": column.carried_from} if column.carried_from else {}),
    }


def _cell(cell: ReleasedCell, is_row_withheld: bool) -> object:
    if is_row_withheld:
        return _WITHHELD_ROW
    return [cell.count, cell.share] if cell.count is not None else cell.withheld_reason


def _read_table(read: StrictObject, origin: ReleasedOrigin) -> ReleasedTable:
    request = _read_request(read)
    withheld = read.inner("withheld_rows")
    reasons = {row: withheld.one_of(row, WithheldReason) for row in withheld.table}
    rows = read.texts("rows", _NAME)
    table = ReleasedTable(
        request=request,
        origin=origin,
        rows=rows,
        columns=tuple(_read_column(each, rows, reasons) for each in read.inner_list("columns")),
        multiple=read.boolean("multiple"),
        overlapping=read.boolean("overlapping"),
        smallest_count=origin.smallest_count,
        smallest_base=origin.smallest_base,
        withheld_rows=tuple(row for row in rows if row in reasons),
        withheld_row_reasons=reasons,
    )
    read.check_all_read()
    check_table(table, read.place)
    for number, column in enumerate(table.columns):
        check_column(column, table, f"{read.place}.columns[{number}]")
    return table


def _read_request(read: StrictObject) -> TableRequest:
    text = read.text("request")
    try:
        request = TableRequest.parse(text)
    except ValueError:
        raise ReleaseFileError(read.place_of("request"), f"{text[:60]!r} is no table") from None
    if str(request) != text or request.within is not None or request.cut == request.item:
        raise ReleaseFileError(read.place_of("request"), f"{text[:60]!r} is no table of a release")
    return request


def _read_column(
    read: StrictObject, rows: tuple[str, ...], withheld_rows: Mapping[str, WithheldReason]
) -> ReleasedColumn:
    code = read.text("code", r"\S*")
    if "withheld" in read.table:
        column = ReleasedColumn(code, None, (), dict.fromkeys(Missing), read.one_of("withheld", WithheldReason))
        read.check_all_read()
        return column
    missing, carried = read.inner("missing"), "carried_from" in read.table
    column = ReleasedColumn(
        code,
        read.integer("base"),
        tuple(_read_cells(read, rows, withheld_rows)),
        {reason: missing.optional_integer(reason) for reason in Missing},
        carried_from=read.text("carried_from", _HASH16) if carried else "",
    )
    missing.check_all_read()
    read.check_all_read()
    return column


def _read_cells(
    read: StrictObject, rows: tuple[str, ...], withheld_rows: Mapping[str, WithheldReason]
) -> Iterator[ReleasedCell]:
    values = read.values("cells")
    if len(values) != len(rows):
        raise ReleaseFileError(read.place_of("cells"), f"there are {len(values)} cells and {len(rows)} rows")
    for row, (place, value) in zip(rows, values, strict=True):
        if (value == _WITHHELD_ROW) != (row in withheld_rows):
            raise ReleaseFileError(place, f"{row!r} is withheld in one place and not in the other")
        yield _read_cell(value, place, withheld_rows.get(row))


def _read_cell(value: object, place: str, withheld_row: WithheldReason | None) -> ReleasedCell:
    if withheld_row is not None:
        return ReleasedCell(None, None, withheld_reason=withheld_row)
    if value == WithheldReason.FEW:
        return ReleasedCell(None, None, below_threshold=True, withheld_reason=WithheldReason.FEW)
    if value == WithheldReason.ALIKE:
        return ReleasedCell(None, None, withheld_reason=WithheldReason.ALIKE)
    if not isinstance(value, list) or len(value) != 2:
        raise ReleaseFileError(place, "it is neither a count with its share nor few, alike or row")
    return ReleasedCell(check_integer(value[0], place), check_integer(value[1], place))
