"""`kuule restore BACKUP`: see what is in a backup, and put it where nothing is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import CONSOLE, PROMPT, Exit, print_result, say, stop_on_signals
from kuule.cli.study_confirmation import StudyNameOption, confirm_study

if TYPE_CHECKING:
    from kuule.backup.backup_manifest import BackupManifest


def restore_study(
    backup: Annotated[Path, typer.Argument(help="A backup, or a folder of backups, of which the newest is taken.")],
    study: StudyNameOption = None,
    database: Annotated[str, typer.Option(help="Where the answers go: a database that is not there or empty.")] = "",
    to: Annotated[Path | None, typer.Option(help="Where editions, study and workbench go: a new folder.")] = None,
    key: Annotated[list[Path] | None, typer.Option(help="The secret key's file, if the backup is sealed.")] = None,
    share: Annotated[
        list[str] | None, typer.Option(help="A text file with the words of one sheet, or - to type them; once a sheet.")
    ] = None,
    passphrase_fd: Annotated[
        int | None, typer.Option(help="Read the passphrase of the key from this file descriptor.", min=0)
    ] = None,
) -> int:
    """Restore a backup where nothing is; with neither --database nor --to, only see whether it can be restored."""
    from kuule.usecases.key_custody.key_sources import KeySources  # slow: cryptography; --help loads all commands
    from kuule.usecases.recovery.restore_backup import (  # slow: Django; --help loads all commands
        read_backup,
        rehearse_restoring,
        restore_backup,
    )

    keys = KeySources(key or (), share or (), passphrase_fd)
    with CONSOLE.spinner("reading"):
        read = read_backup(backup, study=study, keys=keys, prompt=PROMPT, today=datetime.now(UTC).date())
    _say_contents(read.file.path, read.manifest)
    place = database.rpartition("@")[2]
    if not database and to is None:
        with stop_on_signals():
            rehearse_restoring(read, CONSOLE)
        say("restored into a scratch place, compared, and removed again: it can be restored")
    else:
        confirm_study(read.manifest.study, study, _plan_sentence(read.manifest, place, to))
        with stop_on_signals():
            done = restore_backup(read, database=database, to=to, progress=CONSOLE)
        for target, was_made in ((to, done.folder), (place, done.database)):
            if target:
                say(f"{target}: restored" if was_made else f"{target}: was there already, as it is in the backup")
        _say_what_is_next(read.manifest, place, to, settled=done.settled)
    print_result(
        str(read.file.path), backup=read.file.path, study=read.manifest.study, day=read.manifest.day.isoformat(),
        answers=read.manifest.rows_of("store_response"), withdrawn=read.manifest.rows_of("store_withdrawal"),
        files=len(read.manifest.files), database=place or None, folder=str(to) if to else None,
    )  # fmt: skip
    return Exit.DONE


def _say_contents(path: Path, manifest: BackupManifest) -> None:
    say(f"{path}: a backup of the study {manifest.study!r} of {manifest.day}")
    if manifest.store is not None:
        answers, gone = manifest.rows_of("store_response"), manifest.rows_of("store_withdrawal")
        say(f"  {answers:,} sealed answers, {gone:,} ids of what was withdrawn or ended, counters, links that are off")
    folders = ", ".join(
        f"{manifest.files_in(name):,} files in {name}"
        for name in ("editions", "study", "workbench")
        if manifest.files_in(name)
    )
    say(f"  {folders}; in no backup: paused visits, secrets and private keys, open sessions")


def _plan_sentence(manifest: BackupManifest, database: str, to: Path | None) -> str:
    folder = f"This writes {len(manifest.files):,} files into the new folder {to}." if to is not None else ""
    made = f"This makes the database {database}, for a collector that is not running yet." if database else ""
    return " ".join(filter(None, (folder, made)))


def _say_what_is_next(manifest: BackupManifest, database: str, to: Path | None, *, settled: bool) -> None:
    if settled:
        say("it was settled already, or is the one that was backed up: it can be served as it is")
    elif database:
        say(f"what was withdrawn since {manifest.day} is not in it, and it is not served before you apply the newest")
        say("  archive, `kuule forget ARCHIVE --database ADDRESS`, or say that there is none: --no-archive-since")
    if to is not None and manifest.files_in("workbench"):
        say("the workbench's secret is not in it: put yours back, or members set up their second factors anew")
