"""`kuule lock DATASET --archive ARCHIVE`: after the last day of taking back; from then on it is published from."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say, stop_on_signals
from kuule.cli.shared_options import DatasetArgument
from kuule.core.amounts import amount


def lock(
    dataset: DatasetArgument,
    archive: Annotated[
        list[Path] | None,
        typer.Option(help="An archive written after the last day of withdrawals; one for each collector."),
    ] = None,
) -> int:
    """Remove withdrawn responses, destroy the row map, and mark the dataset as locked. This cannot be undone."""
    from kuule.usecases.analysing.dataset_withdrawals import lock_answers  # slow: Polars; --help loads all commands

    with stop_on_signals():
        gone = lock_answers(dataset, archive or (), now=datetime.now(UTC))
    print_result(str(dataset), dataset=dataset, taken_out=gone)
    say(f"taken out, as those who sent them took them back: {amount(gone, 'answer')}")
    say("locked: from now on nobody can tell whose answers are whose, and nothing can be taken out")
    return Exit.DONE
