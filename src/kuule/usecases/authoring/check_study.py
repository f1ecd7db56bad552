"""Everything that is wrong with a study, all at once, before anybody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from kuule.core.problems import StudyError
from kuule.study.edition.study_edition import read_edition
from kuule.study.folder.study_folder import read_study_folder
from kuule.usecases.authoring.apart_studies import StudyTraces, read_study_traces, shared_traces
from kuule.usecases.authoring.study_problems import StudyCheck, check_one_study, errors_first


def check_study_folder(
    study: Path, *, against: Path | None = None, beside: Sequence[Path] = (), today: date
) -> StudyCheck:
    """Check a study folder and, with `against`, also what changed since that edition; with `beside`, also what it and
    those study folders have in common.

    Raises StudyError if that edition, or the settings of one of those folders, cannot be read.
    """
    others = [_read_beside(folder) for folder in beside]
    gathered = read_study_folder(study)
    found = check_one_study(gathered, against=read_edition(against) if against else None, today=today)
    shared = shared_traces([read_study_traces(study), *others]) if others and gathered.settings is not None else ()
    return replace(found, problems=errors_first((*found.problems, *shared)))


def _read_beside(folder: Path) -> StudyTraces:
    """The traces of a folder beside the study. What is wrong with it is said with its path: two are looked at."""
    try:
        return read_study_traces(folder)
    except StudyError as error:
        inside = (
            one if one.place == str(folder) else replace(one, place=f"{folder}: {one.place}") for one in error.problems
        )
        raise StudyError(*inside) from None
