"""`kuule completion SHELL`: a script by which a shell completes commands and options, without starting Kuule."""

from __future__ import annotations

from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say

_PLACES = {
    "bash": "~/.local/share/bash-completion/completions/kuule",
    "zsh": "a folder of your fpath, as _kuule",
    "fish": "~/.config/fish/completions/kuule.fish",
}


def print_completion(
    context: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="SHELL", help=f"One of {', '.join(_PLACES)}.")],
) -> int:
    """Print a script by which a shell completes commands and options. A press of Tab then starts no Python."""
    from kuule.cli.completion_scripts import SCRIPTS, completed_words  # only this command needs it

    if shell not in SCRIPTS:
        raise typer.BadParameter(f"give one of {', '.join(SCRIPTS)}", param_hint="SHELL")
    script = SCRIPTS[shell](completed_words(context.find_root().command))
    print_result(*script.splitlines(), shell=shell, script=script)
    say(f"save it as {_PLACES[shell]}, and again after each upgrade")
    return Exit.DONE
