"""`kuule open ARCHIVE... --key KEY --to DATASET`: offline, with the key. What cannot be opened is said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, PROMPT, Exit, print_result, say, stop_on_signals


def open_into_dataset(
    archives: Annotated[list[Path], typer.Argument(help="Files that `kuule archive` wrote, the oldest edition first.")],
    to: Annotated[
        Path, typer.Option(help="The dataset folder to write; one that is there takes in what is new in its archives.")
    ],
    key: Annotated[
        list[Path] | None, typer.Option(help="A secret key's file; more than once where a study has had several.")
    ] = None,
    share: Annotated[
        list[str] | None, typer.Option(help="A text file with the words of one sheet, or - to type them; once a sheet.")
    ] = None,
    passphrase_fd: Annotated[
        int | None,
        typer.Option(help="Read passphrases from this file descriptor, a line for each protected key.", min=0),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(help="How many processes open at once; as many as there are processors.", min=1)
    ] = None,
) -> int:
    """Open sealed answers into a dataset: Parquet and a codebook. From here on, whoever holds it can read them."""
    from kuule.usecases.analysing.open_archives import (  # slow: Polars; `kuule --help` loads all commands
        gather_opening_keys,
        open_archives,
        read_archives,
    )
    from kuule.usecases.key_custody.key_sources import KeySources

    wanted = read_archives(archives, to)
    keys = gather_opening_keys(wanted, KeySources(key or (), share or (), passphrase_fd), PROMPT, progress=CONSOLE)
    with stop_on_signals():
        opened = open_archives(wanted, keys, jobs=jobs, progress=CONSOLE)
    print_result(
        str(wanted.to),
        dataset=wanted.to,
        responses=opened.responses,
        taken_back=opened.taken_back,
        duplicates=opened.duplicates,
        unopened=list(opened.unopened),
        missing_keys=[missing.fingerprint for missing in opened.missing_keys],
    )
    for line in opened.lines(wanted.to):
        say(line)
    return Exit.SOME_UNOPENED if opened.unopened else Exit.DONE
