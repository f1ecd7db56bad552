"""`kuule schema WHAT`: the JSON Schema of a settings file, for editors that complete and for forms on the web, or of
what a command says with --json."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result

_FILES = ("study", "rehearsal", "analysis")


def print_schema(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help=f"A settings file ({', '.join(_FILES)}), or a command: 'keys list'.")
    ],
) -> int:
    """Print the JSON Schema of a settings file, or of what a command says with --json."""
    from kuule.cli.result_shapes import RESULTS, output_schema  # only this command needs it; the next are slow
    from kuule.core.files import json_bytes
    from kuule.study.settings.setting_schema import settings_schema

    if what in RESULTS:
        schema = output_schema(what)
    elif what in _FILES:
        schema = settings_schema(f"{what}.toml")
    else:
        raise typer.BadParameter(f"give one of {', '.join(_FILES)}, or a command", param_hint="WHAT")
    print_result(json_bytes(schema).decode().removesuffix("\n"), schema=schema)
    return Exit.DONE
