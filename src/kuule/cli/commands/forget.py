"""`kuule forget ARCHIVE... --dataset DATASET` or `--database URL`: obey what archives say was taken back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_result, say, stop_on_signals
from kuule.core.amounts import amount
from kuule.core.problems import KuuleError, Problem


def forget(
    archives: Annotated[
        list[Path] | None, typer.Argument(help="Files that `kuule archive` wrote, the newest among them.")
    ] = None,
    dataset: Annotated[
        Path | None, typer.Option(help="A dataset that is not locked: withdrawn responses are removed from it.")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="A collector's database that was restored from an older copy.")
    ] = None,
    no_archive_since: Annotated[
        datetime | None,
        typer.Option(
            help="In the place of archives: say that none was made since the backup of this day.", formats=["%Y-%m-%d"]
        ),
    ] = None,
) -> int:
    """Remove withdrawn responses from a dataset, or from a database that was restored from an older copy."""
    if (dataset is None) == (database is None):
        cause = "it is not said from where: a dataset or a database, one of the two"
        raise KuuleError(Problem("CLI_020", "kuule forget", cause, "give --dataset or --database"))
    if bool(archives) == (no_archive_since is not None) or (no_archive_since and database is None):
        cause = "neither archives were given, nor that there are none for a database; or both"
        raise KuuleError(Problem("CLI_027", "kuule forget", cause, "give archives, or --no-archive-since"))
    if no_archive_since is not None:
        return _without_archives(str(database), no_archive_since.date())
    with stop_on_signals():
        gone = _from_dataset(archives or [], dataset) if dataset else _from_database(archives or [], str(database))
    place = str(dataset or database)
    print_result(place, place=place, taken_out=gone)
    say(f"taken out, as those who sent them took them back: {amount(gone, 'answer')}")
    return Exit.DONE


def _from_dataset(archives: list[Path], dataset: Path) -> int:
    from kuule.usecases.analysing.dataset_withdrawals import forget_answers  # slow: Polars; --help loads all commands

    return forget_answers(archives, dataset)


def _from_database(archives: list[Path], database: str) -> int:
    from kuule.usecases.collecting.restore_withdrawals import restore_withdrawals  # slow: Django, as above

    applied = restore_withdrawals(archives, database, progress=CONSOLE)
    if applied.lacking:
        say(f"{applied.lacking:,} answers are in the archives and not in the database: they came after its backup")
        say("  keep these archives, and open them together with the next one")
    return applied.removed


def _without_archives(database: str, since: date) -> int:
    from kuule.usecases.collecting.restore_withdrawals import state_no_archive  # slow: Django, as above

    state_no_archive(database, since)
    print_result(database.rpartition("@")[2], place=database.rpartition("@")[2], taken_out=0)
    say(f"noted; what somebody withdrew since the backup of {since} is there again: their code withdraws it once more")
    return Exit.DONE
