"""What holds for every text that is written into a file of the study for its lead: nothing else may change with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from kuule.core.problems import Problem, Severity, WorkbenchError
from kuule.study.folder.folder_reading import FolderReading, translatable_sources
from kuule.study.folder.study_copy import study_with_file
from kuule.study.folder.study_folder import read_study_folder
from kuule.workbench.errands.problem_tables import without_place

_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to write, and no text has a use for."""


def refuse_control_characters(text: str) -> None:
    """Raise WorkbenchError WORKBENCH_023 for a text with a character that nobody sees."""
    if unfit := _UNFIT.search(text):
        cause = f"it has the control character U+{ord(unfit[0]):04X}, which nobody sees and no workbook can hold"
        raise refused_text(cause, "take it out: type the text anew, or paste it as plain text")


def refused_text(cause: str, remedy: str) -> WorkbenchError:
    """The error of a text that cannot be changed alone."""
    return WorkbenchError(Problem("WORKBENCH_023", "the text", cause, remedy))


def source_texts(gathered: FolderReading) -> Mapping[str, str]:
    """The texts of the source language by key; none where the study cannot be read."""
    if gathered.settings is None or gathered.form is None:
        return {}
    return {one.key: one.text for one in translatable_sources(gathered.settings, gathered.form)}


def check_only_change(before: FolderReading, content: bytes, name: str, key: str, remedy: str) -> None:
    """Read the study back with this file. Raises WorkbenchError with the errors that the study would have with it, and
    WORKBENCH_023 with the `remedy` if it changed any other text than that of the key."""
    with study_with_file(before.path, content, name) as folder:
        after = read_study_folder(folder, languages=())
        _raise_new_errors(before, after)
        old, new = source_texts(before), source_texts(after)
    reached = sorted(one for one in old.keys() | new.keys() if old.get(one) != new.get(one) and one != key)
    if reached:
        raise refused_text(f"other texts would change with it ({', '.join(reached[:3])})", remedy)


def _raise_new_errors(before: FolderReading, after: FolderReading) -> None:
    known = set(_errors(before.problems, before.path))
    fresh = [one for one in _errors(after.problems, after.path) if one not in known]
    if fresh:
        raise WorkbenchError(*fresh)


def _errors(problems: Iterable[Problem], folder: Path) -> list[Problem]:
    return [without_place(one, (folder,)) for one in problems if one.severity is Severity.ERROR]
