"""`kuule schema WHAT`: the JSON Schema of a settings file, for editors that complete and for forms on the web, or of
what a command says with --json."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result
from kuule.core.suggestions import did_you_mean

_FILES = ("study", "rehearsal", "analysis", "host")


def print_schema(
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help=f"A settings file ({', '.join(_FILES)}), or a command: 'keys list'.")
    ],
) -> int:
    """Print the JSON Schema of a settings file, or of what a command says with --json."""
    from kuule.cli.result_shapes import RESULTS, output_schema  # only this command needs it; the next are slow
    from kuule.core.files import json_bytes
    from kuule.deployment.host_schema import host_schema
    from kuule.study.settings.setting_schema import settings_schema

    name = what.lower().removesuffix(".toml")
    if what in RESULTS:
        schema = output_schema(what)
    elif name == "host":
        schema = host_schema()
    elif name in _FILES:
        schema = settings_schema(f"{name}.toml")
    else:
        cause = f"there are schemas of {', '.join(_FILES)} and of every command, and none of {what!r}"
        advice = did_you_mean(name, [*_FILES, *RESULTS], "give one of them")
        raise typer.BadParameter(f"{cause}; {advice}", param_hint="WHAT")
    print_result(json_bytes(schema).decode().removesuffix("\n"), schema=schema)
    return Exit.DONE
