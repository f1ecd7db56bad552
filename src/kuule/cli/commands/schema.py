"""`kuule schema FILE`: the JSON Schema of a settings file, for editors that complete and for forms on the web."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result


class SettingsFile(StrEnum):
    """A file of a study that has a schema, without its ending."""

    STUDY = "study"
    REHEARSAL = "rehearsal"
    ANALYSIS = "analysis"


def print_schema(file: Annotated[SettingsFile, typer.Argument(help="Which file: study.toml, and so on.")]) -> int:
    """Print the JSON Schema of a settings file, as this version reads it."""
    from kuule.core.files import json_bytes  # with the next: slow, and --help loads all commands
    from kuule.study.settings.setting_schema import settings_schema

    schema = settings_schema(f"{file}.toml")
    print_result(json_bytes(schema).decode().removesuffix("\n"), schema=schema)
    return Exit.DONE
