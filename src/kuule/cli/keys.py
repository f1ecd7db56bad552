"""`kuule keys new STUDY`: a key pair in two files, made offline."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.files import check_is_free, read_public_key
from kuule.cli.voice import Exit, result, say
from kuule.opening.keys import PrivateKey
from kuule.study.settings import read_settings

SECRET_BYTES = 32

app = typer.Typer(help="The study key: what seals answers, and what opens them.", no_args_is_help=True)


@app.callback()
def keys() -> None:
    """Make keys. The secret half never belongs on a server."""


@app.command("new")
def new(
    study: Annotated[Path, typer.Argument(help="The study folder that the key is for.")],
    to: Annotated[Path, typer.Option(help="The folder that the two files are written to.")] = Path(),
    rehearsal: Annotated[
        bool, typer.Option("--rehearsal", help="A key for practice: everything made with it says so.")
    ] = False,
) -> int:
    """Make a study key: PUBLIC for freezing and sealing, SECRET for opening. Do it on a machine without a network."""
    public, secret = make_pair(to, read_settings(study / "study.toml").id, rehearsal=rehearsal)
    result(str(public), str(secret))
    say(f"fingerprint: {read_public_key(public).fingerprint}")
    if rehearsal:
        say("this is a rehearsal key: pages, datasets and reports made with it say that they are practice")
    else:
        say("the secret key is one file and not yet split: whoever has it reads every answer, and if it is lost,")
        say("  every answer is lost. keep two copies on paper or on media in two safe places, none of them online")
    return Exit.DONE


def make_pair(to: Path, name: str, *, rehearsal: bool) -> tuple[Path, Path]:
    """Write NAME.public-key and NAME.secret-key (mode 0600) into a folder and return both paths.

    Raises FileProblem CLI_001 where either file is already there: a key that is overwritten is lost for good.
    """
    stem = f"{name}.rehearsal" if rehearsal else name
    public, secret = to / f"{stem}.public-key", to / f"{stem}.secret-key"
    for path in (public, secret):
        check_is_free(path, "a key")
    key = PrivateKey.generate(secrets.token_bytes(SECRET_BYTES), rehearsal)
    _write_secret(secret, key.to_text())
    public.write_text(key.public.to_text(), encoding="utf-8")
    return public, secret


def _write_secret(path: Path, text: str) -> None:
    """The file is never readable by others, not even for the moment between making and closing it."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
