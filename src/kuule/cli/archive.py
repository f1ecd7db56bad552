"""`kuule archive EDITION --database URL OUT`: envelopes to one file for the analyst. Nothing here opens one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.core.problems import StoreError
from kuule.study.edition.study_edition import read_edition
from kuule.usecases.input_files import DEFAULT_DATABASE, check_path_is_free

_ARCHIVED_ALL_THE_SAME = ("STORE_003", "STORE_004", "STORE_005")
"""Locked for too long, a full disk, a database that takes no writes."""


def archive_edition(
    edition: Annotated[Path, typer.Argument(help="The edition whose answers to take.")],
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    database: Annotated[
        str, typer.Option(help="Where the collector keeps sealed answers: sqlite:///PATH or postgresql://….")
    ] = DEFAULT_DATABASE,
) -> int:
    """Put the sealed answers of an edition, and the edition itself, into one file. It can be copied without harm."""
    check_path_is_free(out, "an archive")
    envelopes = write_edition_archive(edition, database, out)
    print_result(str(out))
    say(f"{envelopes:,} sealed answers, {out.stat().st_size / 1e6:.1f} MB")
    say("  open it with `kuule open`, on a machine that is offline")
    return Exit.DONE


def write_edition_archive(edition_folder: Path, database: str, out: Path) -> int:
    """Rewrite the database, so that its rows tell no order, then write the archive. Returns the number of envelopes.

    A database that cannot be rewritten now (its disk is full, it takes no writes, it is busy) is archived all the same,
    and that is said: a copy elsewhere is what is needed most then. The archive is in the order of random ids anyway.
    """
    from kuule.store.database import configure
    from kuule.store.edition_archive import (
        archive_edition as archived,  # slow: Django; only the collector's role has it
    )
    from kuule.store.rewriting import rewrite_store

    read_edition(edition_folder)
    configure(database)
    try:
        rewrite_store()
    except StoreError as error:
        if any(problem.code not in _ARCHIVED_ALL_THE_SAME for problem in error.problems):
            raise
        for problem in error.problems:
            say(f"note: the database was not rewritten: {problem}")
        say("  the archive tells no order; the database itself, and a copy of it, tells some until it is rewritten")
    return archived(edition_folder, out)
