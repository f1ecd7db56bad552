"""A Frictionless data package: the tables as CSV, and datapackage.json, which says what stands in each column.

The descriptor is of Data Package 1.0, tabular, which most programs read (https://specs.frictionlessdata.io/).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from kuule.register.data_model.whole_register import Register, RegisterSettings
from kuule.register.open_data.csv_tables import RegisterTable, TableColumn, csv_text
from kuule.register.open_data.register_tables import register_tables

DESCRIPTOR = "datapackage.json"


def table_files(register: Register, today: date) -> Mapping[str, bytes]:
    """The tables as CSV, by name of the file."""
    return {f"{table.name}.csv": csv_text(table).encode() for table in register_tables(register, today)}


def package_descriptor(register: Register, today: date) -> dict[str, Any]:
    """The content of datapackage.json for the files of `table_files`."""
    settings = register.settings
    tables = register_tables(register, today)
    described = {
        "profile": "tabular-data-package",
        "name": settings.id,
        "title": settings.title,
        "description": settings.summary,
        "homepage": settings.address,
        "version": settings.as_of.isoformat(),
        "licenses": [{"name": settings.licence, "path": licence_address(settings)}],
        "contributors": [{"title": settings.publisher, "role": "publisher"}],
        "resources": [_resource(table) for table in tables],
    }
    return {key: value for key, value in described.items() if value is not None}


def licence_address(settings: RegisterSettings) -> str:
    """Where the licence can be read, which is an identifier of SPDX."""
    return f"https://spdx.org/licenses/{settings.licence}.html"


def _resource(table: RegisterTable) -> dict[str, Any]:
    content = csv_text(table).encode()
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": _schema(table),
    }


def _schema(table: RegisterTable) -> dict[str, Any]:
    keys: Sequence[Mapping[str, Any]] = [
        {"fields": column, "reference": {"resource": other, "fields": "id"}}
        for column, other in table.refers_to.items()
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(column: TableColumn) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        constraints["enum"] = list(column.values)
    field = {"name": column.name, "type": column.type.value, "title": column.title}
    return field | ({"constraints": constraints} if constraints else {})
