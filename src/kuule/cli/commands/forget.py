"""`kuule forget ARCHIVE... --dataset DATASET` or `--database URL`: obey what archives say was taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say, stop_on_signals
from kuule.core.problems import KuuleError, Problem


def forget(
    archives: Annotated[list[Path], typer.Argument(help="Files that `kuule archive` wrote, the newest among them.")],
    dataset: Annotated[
        Path | None, typer.Option(help="A dataset that is not locked: withdrawn responses are removed from it.")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="A collector's database that was restored from an older copy.")
    ] = None,
) -> int:
    """Remove withdrawn responses from a dataset, or from a database that was restored from an older copy."""
    if (dataset is None) == (database is None):
        cause = "it is not said from where: a dataset or a database, one of the two"
        raise KuuleError(Problem("CLI_020", "kuule forget", cause, "give --dataset or --database"))
    with stop_on_signals():
        gone = _from_dataset(archives, dataset) if dataset is not None else _from_database(archives, str(database))
    place = str(dataset or database)
    print_result(place, place=place, taken_out=gone)
    say(f"{gone:,} answers were taken out, since those who sent them took them back")
    return Exit.DONE


def _from_dataset(archives: list[Path], dataset: Path) -> int:
    from kuule.usecases.analysing.dataset_withdrawals import forget_answers  # slow: Polars; --help loads all commands

    return forget_answers(archives, dataset)


def _from_database(archives: list[Path], database: str) -> int:
    from kuule.usecases.collecting.restore_withdrawals import restore_withdrawals  # slow: Django, as above

    return restore_withdrawals(archives, database)
