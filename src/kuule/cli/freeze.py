"""`kuule freeze STUDY --key PUBLIC`: an edition, immutable, under one hash."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.core.problems import PublishingError, Severity
from kuule.study.edition.language_readiness import edition_readiness
from kuule.study.freeze import freeze
from kuule.usecases.authoring.check_study import report_text_problems
from kuule.usecases.input_files import read_public_key


def freeze_study(
    study: Annotated[Path, typer.Argument(help="The study folder.")],
    key: Annotated[Path, typer.Option(help="The public key that answers are sealed to.")],
    to: Annotated[Path, typer.Option(help="The folder to create for the edition.")],
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Include languages that are not reviewed; each of their pages says so.")
    ] = False,
) -> int:
    """Freeze a study: form, languages, rules and key as they are now, for a collector to serve."""
    public = read_public_key(key)
    if errors := [each for each in report_text_problems(study) if each.severity is Severity.ERROR]:
        raise PublishingError(*errors)
    edition = freeze(study, public, to, drafts=drafts)
    print_result(str(to))
    say(f"edition {edition.short}, sealed to the key {public.fingerprint}")
    for answer in edition_readiness(edition, datetime.now(UTC).date()):
        if not answer.may_open:
            say(str(answer))
    if edition.rehearsal:
        say("its key is a rehearsal key: serve it with --rehearsal; its pages and reports say that they are practice")
    return Exit.DONE
