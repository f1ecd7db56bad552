"""`kuule archive EDITION --database URL OUT`: envelopes to one file for the analyst. Nothing here opens one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_result, say
from kuule.cli.shared_options import DEFAULT_DATABASE, CollectorDatabaseOption


def archive_edition(
    edition: Annotated[Path, typer.Argument(help="The edition whose answers are wanted.")],
    out: Annotated[Path, typer.Argument(help="The file to write.")],
    database: CollectorDatabaseOption = DEFAULT_DATABASE,
) -> int:
    """Put the sealed answers of an edition, and the edition itself, into one file. Copying it does no harm."""
    from kuule.usecases.collecting.archive_answers import archive_answers  # slow: Django; --help loads all commands

    envelopes = archive_answers(edition, database, out, progress=CONSOLE)
    size = out.stat().st_size
    print_result(str(out), archive=out, envelopes=envelopes, bytes=size)
    say(f"{envelopes:,} sealed answers, {size / 1e6:.1f} MB")
    say("  open it with `kuule open`, on a machine that is offline")
    return Exit.DONE
