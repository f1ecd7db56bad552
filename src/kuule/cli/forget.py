"""`kuule forget ARCHIVE... --dataset DATASET` or `--database URL`: obey what archives say was taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say, stop_on_signals
from kuule.cli.withdrawals import read_withdrawn_lists
from kuule.core.problems import KuuleError, Problem
from kuule.sealing.archive import ArchiveReader


def forget(
    archives: Annotated[list[Path], typer.Argument(help="Files that `kuule archive` wrote, the newest among them.")],
    dataset: Annotated[
        Path | None, typer.Option(help="A dataset that is not locked: withdrawn responses are removed from it.")
    ] = None,
    database: Annotated[
        str | None, typer.Option(help="A collector's database that was restored from an older copy.")
    ] = None,
) -> int:
    """Take out of a dataset, or of a database that was restored, what people took back meanwhile."""
    if (dataset is None) == (database is None):
        cause = "it is not said from where: a dataset or a database, one of the two"
        raise KuuleError(Problem("CLI_020", "kuule forget", cause, "give --dataset or --database"))
    with stop_on_signals():
        gone = _from_dataset(archives, dataset) if dataset is not None else _from_database(archives, str(database))
    print_result(str(dataset or database))
    say(f"{gone:,} answers were taken out, since those who sent them took them back")
    return Exit.DONE


def _from_dataset(archives: list[Path], dataset: Path) -> int:
    from kuule.dataset.lifecycle.row_removal import forget_rows  # slow: Polars; and only the analyst's role has it
    from kuule.dataset.schema.dataset_reader import read_dataset

    lists = read_withdrawn_lists(archives, read_dataset(dataset).info.study)
    return forget_rows(dataset, frozenset[int]().union(*(one.row_ids for one in lists.values())))


def _from_database(archives: list[Path], database: str) -> int:
    from kuule.store.database import configure, prepare_store  # slow: Django; and only the collector's role has it
    from kuule.store.rewriting import rewrite_store
    from kuule.store.rows.withdrawals import apply_withdrawals

    study = str(ArchiveReader(archives[0]).manifest["study"])
    lists = read_withdrawn_lists(archives, study)
    configure(database)
    prepare_store()  # a restored store is there; one that is not is never made here
    gone = apply_withdrawals(frozenset[int]().union(*(one.row_ids for one in lists.values())))
    rewrite_store()
    return gone
