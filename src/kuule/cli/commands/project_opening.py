"""How every command on a project of open answers opens it: its file, a role, a passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kuule.cli.console import CONSOLE, PROMPT, stop_on_signals

if TYPE_CHECKING:
    from kuule.usecases.open_answers.project_passphrase import PassphraseSource
    from kuule.usecases.open_answers.project_session import ProjectSession

ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="The file that `kuule project new` made.")]
RoleOption = Annotated[str, typer.Option("--as", metavar="ROLE", help="Who is at it: a label, such as reader-1.")]
PassphraseOption = Annotated[
    int | None, typer.Option(help="Read the passphrase from this file descriptor, a line for each.", min=0)
]

LOOKING_ON = "looking-on"
"""The role of who saves nothing."""


@contextmanager
def open_session(
    project: Path,
    role: str,
    passphrase_fd: int | None,
    *,
    dataset: Path | None = None,
    source: PassphraseSource | None = None,
) -> Iterator[ProjectSession]:
    """The session that a command works in: the passphrase is asked for, and signals end it politely."""
    from kuule.usecases.open_answers.project_session import project_session  # slow, as above

    passphrase = (source or passphrase_source(passphrase_fd)).ask_existing(str(project))
    with (
        stop_on_signals(),
        project_session(project, passphrase, role=role, day=today(), dataset=dataset, progress=CONSOLE) as session,
    ):
        yield session


def passphrase_source(descriptor: int | None) -> PassphraseSource:
    """Where the passphrase of a project comes from: a descriptor, or whoever is at the terminal."""
    from kuule.usecases.open_answers.project_passphrase import PassphraseSource  # slow, as above

    return PassphraseSource(descriptor, PROMPT, CONSOLE)


def today() -> date:
    """The day that acts are saved with."""
    return datetime.now(UTC).date()
