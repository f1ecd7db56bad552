"""`kuule doctor`: what is missing on this machine for a role, and how to get it."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import wrap
from typing import Annotated

import typer

from kuule.cli.aligned_tables import WIDEST
from kuule.cli.console import Exit, print_result, say
from kuule.core.amounts import amount

_ROLES = ("collector", "workbench", "lead", "analyst")
_STATE_WIDTH = 9


def look_at_installation(
    role: Annotated[str, typer.Option(help=f"What this machine is for: {', '.join(_ROLES)}. Any by default.")] = "",
    folder: Annotated[Path, typer.Option(help="The folder that results go to; this one by default.")] = Path(),
) -> int:
    """Say what is missing on this machine for a role, and how to get it. Nothing is changed or fetched."""
    from kuule.usecases.installation.check_installation import check_installation  # slow: CLDR, Typst; as in all
    from kuule.usecases.installation.installation_findings import FindingState, MachineRole

    if role and role not in _ROLES:
        raise typer.BadParameter(f"give one of {', '.join(_ROLES)}", param_hint="--role")
    terminal = getattr(sys.stdout, "encoding", None) or "utf-8"
    found = check_installation(MachineRole(role) if role else None, folder.resolve(), terminal)
    checks = [{"check": one.check, "state": one.state, "told": one.told, "remedy": one.remedy} for one in found]
    missing, warnings = (
        sum(one.state is state for one in found) for state in (FindingState.MISSING, FindingState.WARNING)
    )
    lines = [line for one in found for line in _lines(str(one.state), f"{one.check}: {one.told}", one.remedy)]
    print_result(*lines, role=role or None, checks=checks, missing=missing, warnings=warnings)
    about = f"as a {role}" if role and role[0] not in "aeiou" else f"as an {role}" if role else "for any role"
    say(f"{amount(missing, 'thing')} missing and {amount(warnings, 'warning')}, {about}")
    return Exit.CHECK_FOUND_ERRORS if missing else Exit.DONE


def _lines(state: str, sentence: str, remedy: str) -> list[str]:
    """One finding: at a terminal in lines that fit it, elsewhere the sentence and the remedy in one line each."""
    width = WIDEST if sys.stdout.isatty() else sys.maxsize
    lines = wrap(f"{state:<{_STATE_WIDTH}}{sentence}", width, subsequent_indent=" " * _STATE_WIDTH)
    return lines + wrap(remedy, width, initial_indent=" " * _STATE_WIDTH, subsequent_indent=" " * _STATE_WIDTH)
