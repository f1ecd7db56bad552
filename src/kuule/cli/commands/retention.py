"""`kuule retention EDITION...`: until when sealed answers may be here, and what is due. For a timer."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_problems, print_result, say, stop_on_signals
from kuule.cli.shared_options import CollectorDatabaseOption


def show_retention(
    editions: Annotated[list[Path], typer.Argument(help="Every edition that was served, the newest last.")],
    records: Annotated[Path, typer.Option(help="The folder of records of the study's end (kuule end).")],
    database: CollectorDatabaseOption,
    backups: Annotated[list[Path] | None, typer.Option(help="A folder of backups; once for each.")] = None,
    carry_out: Annotated[
        bool,
        typer.Option(
            "--carry-out", help="Destroy what is overdue and needs nobody: its answers were archived and opened."
        ),
    ] = False,
) -> int:
    """Say until when sealed answers may be kept here, by `retention_days`, what is due, and what needs people."""
    from kuule.destruction.dispositions import Dispositions  # slow: Django below; --help loads all commands
    from kuule.usecases.collecting.end_collector import find_collector_end
    from kuule.usecases.collecting.retention import (
        carry_out_retention,
        retention_items,
        retention_problems,
        with_backups,
    )

    found = find_collector_end(
        editions, database=database, records=records, archives=records, said=Dispositions(),
        now=datetime.now(UTC), progress=CONSOLE,
    )  # fmt: skip
    ending = with_backups(found, tuple(backups or ()))
    if carry_out:
        with stop_on_signals(), ending.records.one_at_a_time():
            for record in carry_out_retention(ending):
                say(f"destroyed: {record.step}")
    items = retention_items(ending)
    told = [
        {"what": str(one.step), "state": str(one.state), "until": _day(one.until), "on": _day(one.on)} for one in items
    ]
    print_result(*map(str, items), study=ending.records.study, items=told)
    problems = tuple(retention_problems(ending, items))
    print_problems(problems)
    return Exit.CHECK_FOUND_ERRORS if any(one.code == "RETENTION_001" for one in problems) else Exit.DONE


def _day(day: object) -> str | None:
    return None if day is None else str(day)
