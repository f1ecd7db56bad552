"""`kuule check STUDY`: what is wrong with a study, and what would hurt a respondent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from kuule.cli.console import Exit, print_problems, print_result, say
from kuule.cli.shared_options import StudyArgument
from kuule.core.problem_groups import counted_problems, group_problems
from kuule.core.problems import Severity


def check(
    study: StudyArgument,
    against: Annotated[
        Path | None, typer.Option(help="The previous edition, to check that no name was reused.")
    ] = None,
    beside: Annotated[
        list[Path] | None, typer.Option(help="Another study's folder; repeat it for more. They may share nothing.")
    ] = None,
) -> int:
    """Report everything that is wrong with a study: code, place, cause, remedy."""
    from kuule.study.edition.readiness import closed_lines  # slow: forms; --help loads all commands
    from kuule.usecases.authoring.check_study import check_study_folder

    found = check_study_folder(study, against=against, beside=beside or (), today=datetime.now(UTC).date())
    print_problems(found.problems)
    groups = group_problems(found.problems)
    errors = sum(group.severity is Severity.ERROR for group in groups)
    warnings = len(groups) - errors
    closed = tuple(closed_lines(found.languages))
    line = f"{study}: {errors} {_word('error', errors)}, {warnings} {_word('warning', warnings)}"
    print_result(line, study=study, **counted_problems(found.problems), closed=closed)
    for line in closed:
        say(line)
    if errors:
        say("  a study with errors cannot be frozen")
        return Exit.CHECK_FOUND_ERRORS
    return Exit.DONE


def _word(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
