"""`kuule ethics STUDY --to DIR`: what an ethics board asks, answered from the study's settings."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_result, say
from kuule.cli.shared_options import StudyArgument


def make_ethics_papers(
    study: StudyArgument,
    to: Annotated[Path, typer.Option(help="The folder of the papers; those that are there are replaced.")],
    edition: Annotated[
        Path | None, typer.Option(help="The frozen edition to describe, instead of the folder as it is now.")
    ] = None,
    language: Annotated[str, typer.Option(metavar="TAG", help="The language of the papers: only en so far.")] = "en",
) -> int:
    """Write an application to an ethics board, an information sheet and a draft impact assessment, as HTML and PDF."""
    from kuule.usecases.authoring.ethics_papers import write_ethics_papers  # slow: forms and Typst

    today = datetime.now(UTC).date()
    written = write_ethics_papers(study, to, edition=edition, language=language, today=today)
    print_result(*map(str, written.files), files=list(written.files), blanks=len(written.blanks))
    answers = study / "ethics.toml"
    if written.begun:
        say(f"{answers} is new: answer there what only you can")
    count = len(written.blanks)
    if count:
        tables = Counter(question.table for question in written.blanks)
        where = ", ".join(f"{number} in [{table}]" for table, number in tables.items())
        say(f"{count} {'question' if count == 1 else 'questions'} in {answers} still to answer: {where}")
    else:
        say("nothing is left to answer")
    return Exit.DONE
