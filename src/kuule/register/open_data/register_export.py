"""The formats of an export, and the files of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum

from kuule.core.files import json_bytes
from kuule.register.data_model.whole_register import Register
from kuule.register.open_data.data_package import DESCRIPTOR, package_descriptor, table_files
from kuule.register.open_data.linked_data import linked_data
from kuule.register.open_data.register_json import register_json


class RegisterFormat(StrEnum):
    """What a register can be exported as."""

    CSV = "csv"
    JSON = "json"
    JSONLD = "jsonld"
    FRICTIONLESS = "frictionless"


def export_files(register: Register, form: RegisterFormat, today: date) -> Mapping[str, bytes]:
    """The content of the files of a format, by name. What is due, and what is in force, is as of that day."""
    return _WRITERS[form](register, today)


def _frictionless(register: Register, today: date) -> Mapping[str, bytes]:
    return {DESCRIPTOR: json_bytes(package_descriptor(register, today)), **table_files(register, today)}


_WRITERS: Mapping[RegisterFormat, Callable[[Register, date], Mapping[str, bytes]]] = {
    RegisterFormat.CSV: table_files,
    RegisterFormat.JSON: lambda register, today: {"register.json": json_bytes(register_json(register, today))},
    RegisterFormat.JSONLD: lambda register, today: {"register.jsonld": json_bytes(linked_data(register, today))},
    RegisterFormat.FRICTIONLESS: _frictionless,
}
