"""`kuule check STUDY`: what is wrong with a study, and what would hurt a respondent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_problems, print_result, say
from kuule.core.problems import Severity
from kuule.study.check import check_folder
from kuule.study.edition.language_readiness import folder_readiness
from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.study_folder import read_study_folder
from kuule.usecases.authoring.check_study import report_text_problems


def check(
    study: Annotated[Path, typer.Argument(help="The study folder.")],
    against: Annotated[
        Path | None, typer.Option(help="The previous edition, to check that no name was reused.")
    ] = None,
) -> int:
    """Say all that is wrong with a study: code, place, cause, remedy."""
    gathered = read_study_folder(study)
    found = check_folder(gathered, read_edition(against) if against else None)
    problems = [*report_text_problems(study), *found]
    print_problems(problems)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    warnings = len(problems) - errors
    print_result(f"{study}: {errors} {_word('error', errors)}, {warnings} {_word('warning', warnings)}")
    for answer in folder_readiness(gathered, found, datetime.now(UTC).date()):
        if not answer.may_open:
            say(str(answer))
    if errors:
        say("  a study with errors cannot be frozen")
        return Exit.CHECK_FOUND_ERRORS
    return Exit.DONE


def _word(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
