"""`kuule analyse DATASET --to DIR`: differences, intervals and tests, for the analyst's eyes, not to be published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_result, say, stop_on_signals
from kuule.cli.shared_options import DatasetArgument, NewFolderOption


def analyse(
    dataset: DatasetArgument,
    to: NewFolderOption,
    plan: Annotated[Path | None, typer.Option(help="A plan (analysis.toml), in place of the study's own.")] = None,
    item: Annotated[str, typer.Option(help="One question, without a plan.")] = "",
    by: Annotated[str, typer.Option(help="A group or question whose groups are compared.")] = "",
    within: Annotated[list[str] | None, typer.Option(help="Compare within its groups; once for each.")] = None,
    against: Annotated[str, typer.Option(help="The group to compare with; the first if none is given.")] = "",
) -> int:
    """Compare groups, with effect sizes, intervals and tests. For the analyst only: not for publication."""
    from kuule.study.settings.analysis_plan import PlannedTable  # slow: SciPy; --help loads all commands
    from kuule.usecases.analysing.analyse_dataset import analyse_dataset

    table = PlannedTable(item, by, tuple(within or ()), against)
    with stop_on_signals():
        written = analyse_dataset(
            dataset, to, planned=None if table == PlannedTable("") else table, plan=plan, progress=CONSOLE
        )
    print_result(str(to), files=[to], tables=written.tables, tests=written.tests, locked=not written.open_to_withdrawal)
    made = f"Tables: {written.tables}; tests: {written.tests}, all corrected together"
    say(f"for the analyst only: no disclosure control. {made}")
    if written.open_to_withdrawal:
        say("not locked: what people take back from now on stays counted in this copy; delete it then, and do it again")
    return Exit.DONE
