"""The tables of the models, for what is done to all of them (rewriting, storage options)."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.db import connection


@dataclass(frozen=True, slots=True)
class ModelTable:
    """A table, the column that orders its rows, and its columns with bytes. Names are quoted for SQL."""

    name: str
    key: str
    columns: tuple[str, ...]
    bytes_columns: tuple[str, ...]


def read_model_tables() -> tuple[ModelTable, ...]:
    """Every table of the models, sorted by name."""
    quoted = connection.ops.quote_name
    found = []
    for model in apps.get_app_config("store").get_models():
        fields = model._meta.local_concrete_fields
        found.append(
            ModelTable(
                name=quoted(model._meta.db_table),
                key=quoted(str(model._meta.pk.column)),
                columns=tuple(quoted(str(field.column)) for field in fields),
                bytes_columns=tuple(quoted(str(f.column)) for f in fields if f.get_internal_type() == "BinaryField"),
            )
        )
    return tuple(sorted(found, key=lambda table: table.name))
