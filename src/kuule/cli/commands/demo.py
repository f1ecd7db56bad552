"""`kuule demo`: the whole of Kuule on this machine, with people who do not exist. No step of it is faked."""

from __future__ import annotations

import select
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, announce, print_result, stop_on_signals
from kuule.cli.shared_options import SeedOption


def demo(  # noqa: PLR0913, PLR0917 -- Typer reads each option from a parameter of its own
    study: Annotated[Path | None, typer.Option(help="The study folder; our-voice, which ships, by default.")] = None,
    folder: Annotated[Path, typer.Option(help="Where everything is put; emptied first if the demo made it.")] = Path(
        "practice"
    ),
    port: Annotated[int, typer.Option(help="The port of the survey.", min=1, max=65535)] = 8000,
    report_port: Annotated[int, typer.Option(help="The port of the report.", min=1, max=65535)] = 8001,
    tour_port: Annotated[
        int, typer.Option(help="The port of the page that leads through all.", min=1, max=65535)
    ] = 8002,
    responses: Annotated[int, typer.Option(help="How many people who do not exist answer.", min=1)] = 2000,
    first: Annotated[int, typer.Option(help="After how many of them a first report is made.", min=1)] = 300,
    seed: SeedOption = 1,
    once: Annotated[bool, typer.Option("--once", help="Do everything, then stop instead of serving on.")] = False,
    database: Annotated[
        str, typer.Option(help="An empty database to keep answers in; a file in the folder by default.")
    ] = "",
) -> int:
    """Try everything on this machine: a practice survey is answered, sealed, opened, counted and reported."""
    from kuule.usecases.demo.run_demo import (  # slow: Polars and Django; --help loads all commands
        DemoPlan,
        run_demo,
        shipped_study,
    )

    shown = study or shipped_study()
    plan = DemoPlan(shown, folder, port, report_port, tour_port, responses, first, seed, once, database)
    with stop_on_signals():
        run_demo(plan, _Visitor(), progress=CONSOLE)
    return Exit.DONE


class _Visitor:
    """The person who started the command. At a terminal, they press Enter for a new report."""

    def ready(self, what: str, address: str) -> None:
        """Print where it is."""
        print_result(f"{what}  {address}", what=what, address=address)
        announce()

    def hint(self) -> str:
        """What to press at a terminal or, without one, how to stop the demo."""
        if sys.stdin.isatty():
            return "press Enter to open new answers into the report (then load it again); Ctrl-C stops everything"
        return "it serves until it is stopped"

    def asks_again(self, seconds: float) -> bool:
        """Wait a moment for Enter. The end of the input counts as a request to stop."""
        if not sys.stdin.isatty():
            time.sleep(seconds)
            return False
        ready, _, _ = select.select([sys.stdin], [], [], seconds)
        if not ready:
            return False
        if not sys.stdin.readline():
            raise KeyboardInterrupt
        return True
