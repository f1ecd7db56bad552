"""`kuule schema FILE`: the JSON Schema of a settings file, for editors that complete and for forms on the web."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result
from kuule.core.suggestions import did_you_mean


class SettingsFile(StrEnum):
    """A file of a study that has a schema, without its ending."""

    STUDY = "study"
    REHEARSAL = "rehearsal"
    ANALYSIS = "analysis"


def print_schema(
    file: Annotated[str, typer.Argument(help=f"Which file: {', '.join(SettingsFile)}; with .toml or without.")],
) -> int:
    """Print the JSON Schema of a settings file, as this version reads it."""
    from kuule.core.files import json_bytes  # with the next: slow, and --help loads all commands
    from kuule.study.settings.setting_schema import settings_schema

    name, known = file.lower().removesuffix(".toml"), [str(one) for one in SettingsFile]
    if name not in known:
        cause = f"there are schemas of {', '.join(known)}, and none of {file!r}"
        raise typer.BadParameter(f"{cause}; {did_you_mean(name, known, 'give one of them')}", param_hint="FILE")
    print_result(json_bytes(settings_schema(f"{name}.toml")).decode().removesuffix("\n"))
    return Exit.DONE
