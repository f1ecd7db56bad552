"""`kuule backup FOLDER --edition EDITION ...`: a backup that was tried before it counts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import CONSOLE, Exit, print_result, say, stop_on_signals


def back_up_study(
    folder: Annotated[Path, typer.Argument(help="The folder of backups; it must exist, and be open to nobody else.")],
    edition: Annotated[
        list[Path] | None, typer.Option(help="An edition that is or was served; once for each. Needed with --database.")
    ] = None,
    database: Annotated[str, typer.Option(help="The collector's database, sqlite:///PATH or postgresql://….")] = "",
    study: Annotated[Path | None, typer.Option(help="The study folder.")] = None,
    workbench: Annotated[Path | None, typer.Option(help="The data folder of the workbench.")] = None,
    seal_to: Annotated[
        Path | None, typer.Option(help="The public key of a pair that was made for backups; only its secret opens it.")
    ] = None,
    keep: Annotated[int, typer.Option(help="How many backups of this study stay here.", min=1)] = 2,
    days: Annotated[int | None, typer.Option(help="Remove backups that are older than so many days.", min=1)] = None,
) -> int:
    """Back up a study as ciphertext, and restore it once to see that it can be, before it counts as made."""
    from kuule.usecases.input_files import read_public_key  # slow: cryptography; --help loads all commands
    from kuule.usecases.recovery.make_backup import (  # slow: Django, as above
        Retention,
        gather_sources,
        make_backup,
    )

    sources = gather_sources(edition or (), database=database, study=study, workbench=workbench)
    key = read_public_key(seal_to) if seal_to is not None else None
    with stop_on_signals():
        made = make_backup(
            folder, sources, today=datetime.now(UTC).date(), seal_to=key,
            retention=Retention(keep, days), progress=CONSOLE,
        )  # fmt: skip
    answers = made.manifest.rows_of("store_response")
    print_result(
        str(made.path), backup=made.path, study=made.manifest.study, answers=answers,
        withdrawn=made.manifest.rows_of("store_withdrawal"), files=len(made.manifest.files),
        bytes=made.size, sealed=key is not None, removed=[path.name for path in made.removed],
    )  # fmt: skip
    size = made.size / 1e6
    say(f"{answers:,} sealed answers and {len(made.manifest.files):,} files, {size:.1f} MB; restored, and equal")
    for path in made.removed:
        say(f"  removed {path.name}")
    return Exit.DONE
