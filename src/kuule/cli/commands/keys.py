"""`kuule keys …`: make a study's key in a ceremony, look at keys, and write down that one was destroyed."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import CONSOLE, PROMPT, Exit, print_result, say, stop_on_signals
from kuule.core.problems import KeyMaterialError, Problem

if TYPE_CHECKING:
    from kuule.usecases.key_custody.key_files import ListedKey

app = typer.Typer(help="The study key: what seals answers, and what opens them.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """Make keys, and look at them. The secret half never belongs on a server."""


@app.command("new")
def new_key(
    study: Annotated[Path, typer.Argument(help="The study folder that the key is for.")],
    shares: Annotated[
        str | None, typer.Option(help="Split the key onto sheets, like 2of3: any 2 of the 3 open.")
    ] = None,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="One file, and a passphrase on a sheet (the default without --shares).")
    ] = False,
    to: Annotated[Path, typer.Option(help="The folder that the files are written to.")] = Path(),
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="A key for practice: everything made with it says so.")
    ] = False,
) -> int:
    """Make a study key, on a machine without a network. It ends once the key has been recovered from paper."""
    from kuule.usecases.key_custody.study_key import (  # slow: the form engine; --help loads all commands
        StudyKeyRequest,
        make_study_key,
    )

    with stop_on_signals():
        made = make_study_key(StudyKeyRequest(study, to, shares, passphrase, rehearsal), PROMPT, progress=CONSOLE)
    public = made.public
    print_result(
        *map(str, made.files), files=list(made.files), fingerprint=public.fingerprint, words=public.fingerprint_words
    )
    say(f"fingerprint: {public.fingerprint}")
    say(f"  in words: {public.fingerprint_words}")
    if made.in_plain_files:
        say("this is a rehearsal key, in plain files: pages, datasets and reports made with it say so")
        say("  to practise the ceremony itself, give --shares 2of3 or --passphrase as well")
        return Exit.DONE
    say("  it has to be the same on every sheet, on the privacy page and in the report")
    say("freeze with this public key; it may be copied and shown to anyone")
    return Exit.DONE


@app.command("show")
def show_key(
    file: Annotated[Path, typer.Argument(help="A public or a secret key's file.")],
) -> int:
    """Say which key a file holds: its id, its fingerprint, and whether it is for practice or for real answers."""
    from kuule.usecases.key_custody.key_files import identify_key_file  # slow, as above

    key = identify_key_file(file)
    rows = [("key id", key.key_id), ("for", key.purpose), ("file", key.kind)]
    if key.public is not None:
        rows += [("fingerprint", key.public.fingerprint), ("in words", key.public.fingerprint_words)]
    told = {name.replace(" ", "_"): value for name, value in rows}
    print_result(*(f"{name:<12} {value}" for name, value in rows), **told)
    return Exit.DONE


@app.command("list")
def list_keys(
    folder: Annotated[Path, typer.Argument(help="A folder, searched with everything inside it.")] = Path(),
) -> int:
    """List the keys in a folder, and those that its keys.toml says were destroyed."""
    from kuule.usecases.key_custody.key_files import find_keys  # slow, as above

    if not folder.is_dir():
        remedy = "give the folder of the study, or the one in which keys are"
        raise KeyMaterialError(Problem("CLI_002", str(folder), "there is no such folder, and so no key file", remedy))
    found = find_keys(folder)
    for key in found:
        print_result(*_key_lines(key, folder), keys=[_told(key, folder)])
    print_result(keys=[])
    if not found:
        say(f"no key file in {str(folder)!r}")
    return Exit.DONE


def _told(key: ListedKey, folder: Path) -> dict[str, object]:
    file = key.file
    return {
        "key_id": key.key_id,
        "for": file.purpose if file else None,
        "kind": file.kind if file else None,
        "file": file.path.relative_to(folder) if file else None,
        "destroyed": str(key.destroyed.on) if key.destroyed else None,
    }


def _key_lines(key: ListedKey, folder: Path) -> tuple[str, ...]:
    """A key as one line for programs; as three at a terminal, where its path is copied and so never cut."""
    gone = f"  destroyed {key.destroyed.on}" if key.destroyed else ""
    if key.file is None:
        return (f"{key.key_id}{gone}, no file of it is here",)
    where = key.file.path.relative_to(folder)
    if sys.stdout.isatty():
        return (str(where), f"  {key.key_id}{gone}", f"  {key.file.purpose}: {key.file.kind}")
    return (f"{key.key_id}  {key.file.purpose:<16}  {key.file.kind:<28}  {where}{gone}",)


@app.command("destroyed")
def record_destroyed_key(
    key: Annotated[str, typer.Argument(help="The key's id (16 digits and letters), or a file of it.")],
    study: Annotated[Path, typer.Option(help="The study folder whose keys.toml it is written into.")],
    on: Annotated[str, typer.Option(help="The day on which it was destroyed, like 2027-01-31.")],
    by: Annotated[str, typer.Option(help="Who did it: a role, never a person's name.")],
) -> int:
    """Record that a key was destroyed, with all its sheets and files. Nobody can open any more what it sealed."""
    from kuule.study.folder.key_record import KEY_RECORD_FILE  # slow, as above
    from kuule.usecases.key_custody.key_pair import record_destruction

    today = date.today()  # noqa: DTZ011 -- the day where the person is who says so
    done = record_destruction(study, key, on=on, by=by, today=today)
    print_result(str(study / KEY_RECORD_FILE), files=[study / KEY_RECORD_FILE], key_id=done.entry.key_id)
    say(f"the key {done.entry.key_id} of {done.study_id!r} is written down as destroyed on {done.entry.on.isoformat()}")
    if done.file is not None and done.file_still_opens:
        say(f"  {str(done.file.path)!r} still opens what it sealed: destroy it too, and every copy of it")
    return Exit.DONE
