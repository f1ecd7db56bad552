"""Which folder is meant where the one that was given is no study: a misspelt name, a file of it, the folder above."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kuule.core.suggestions import near_names
from kuule.study.settings.study_toml import SETTINGS_FILE

_NAMED = 5


def missing_folder_remedy(path: Path) -> str:
    """What to do where a folder is not there: the study beside it that has nearly its name, or all of them."""
    beside = studies_in(path.parent)
    near = near_names(path.name, [one.name for one in beside])
    if near:
        return f"did you mean {path.parent / near[0]}?"
    if beside:
        return f"give a study's folder, such as {_some(beside)}"
    return "give a study's folder; kuule new begins one"


def studies_in(folder: Path) -> tuple[Path, ...]:
    """The folders right in this one that have settings of a study, by their names."""
    try:
        found = [one for one in sorted(folder.iterdir()) if (one / SETTINGS_FILE).is_file()]
    except OSError:
        return ()
    return tuple(one for one in found if not one.name.startswith("."))


def _some(studies: Sequence[Path]) -> str:
    return ", ".join(map(str, studies[:_NAMED])) + (", …" if len(studies) > _NAMED else "")


def studies_within_remedy(studies: Sequence[Path]) -> str:
    """What to do with a folder that is no study and has some in it."""
    return f"give the study's folder: {_some(studies)}"
