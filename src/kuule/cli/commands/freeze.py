"""`kuule freeze STUDY --key PUBLIC`: an edition, immutable, under one hash."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.cli.shared_options import StudyArgument


def freeze_study(
    study: StudyArgument,
    key: Annotated[Path, typer.Option(help="The public key that answers are sealed to.")],
    to: Annotated[Path, typer.Option(help="The folder to create for the edition.")],
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Include languages that are not reviewed; each of their pages says so.")
    ] = False,
) -> int:
    """Freeze a study: form, languages, rules and key as they are now, for a collector to serve."""
    from kuule.study.edition.readiness import closed_lines  # slow: forms; --help loads all commands
    from kuule.usecases.authoring.freeze_study import freeze_edition

    frozen = freeze_edition(study, key, to, drafts=drafts, today=datetime.now(UTC).date())
    closed = tuple(closed_lines(frozen.languages))
    print_result(
        str(to),
        folder=to,
        edition=frozen.edition.id,
        key=frozen.fingerprint,
        rehearsal=frozen.edition.rehearsal,
        closed=closed,
    )
    say(f"edition {frozen.edition.short}, sealed to the key {frozen.fingerprint}")
    for line in closed:
        say(line)
    if frozen.edition.rehearsal:
        say("its key is a rehearsal key: serve it with --rehearsal; its pages and reports say that they are practice")
    return Exit.DONE
