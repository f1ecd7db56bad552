"""Languages that a study offers and that have no file of translations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kuule.core.problems import Problem
from kuule.study.settings.study_settings import Study


def po_file(study: Path, tag: str) -> Path:
    """The file of a language in a study folder."""
    return study / "languages" / f"{tag}.po"


def languages_without_file(study: Path, settings: Study | None) -> Iterator[Problem]:
    """Yield STUDY_005 for each language without a file, also where the texts to translate cannot be told yet."""
    if settings is None:
        return
    for tag in settings.languages:
        if tag != settings.source_language and not po_file(study, tag).is_file():
            yield no_po_file(tag)


def no_po_file(tag: str) -> Problem:
    """STUDY_005: there is no file of this language."""
    cause = f"study.toml offers {tag}, and there is no languages/{tag}.po"
    remedy = (
        "begin it: `kuule translate export`; or take in a form that has it,"
        " `kuule translate import STUDY form.xlsx`; or take the language out of study.toml"
    )
    name, shared = f"languages/{tag}.po", "study.toml offers them, and they have no file in languages"
    return Problem("STUDY_005", name, cause, remedy, file=name, language=tag, shared_cause=shared)
