"""What is translated in a folder that was given: a study's texts, Kuule's own words in it, or those in the source."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import Problem, StudyError
from kuule.study.folder.interface_words import interface_words_folder
from kuule.translation.text_sets.interface_text_set import read_study_interface_words
from kuule.translation.text_sets.package_text_set import is_package_folder, read_package_texts
from kuule.translation.text_sets.study_text_set import StudyTextSet, read_study_texts
from kuule.translation.text_sets.text_set import TextSet


def read_text_set(path: Path, languages: tuple[str, ...] = (), *, words: bool = False) -> TextSet:
    """The texts of a folder; of a study Kuule's own words, where `words`. `languages` were asked for: words of Kuule in
    the source may begin one so, a study has its own list.

    Raises StudyError as `read_study_texts`, `read_study_interface_words` and `read_package_texts` do.
    """
    if is_package_folder(path):
        return read_package_texts(path, languages)
    return read_study_interface_words(path) if words else read_study_texts(path)


def po_folder(path: Path, *, words: bool = False) -> Path:
    """Where the PO files of a folder are, whether or not the rest of it can be read."""
    if is_package_folder(path):
        return path
    return interface_words_folder(path) if words else path / "languages"


def require_study_texts(texts: TextSet, place: str) -> StudyTextSet:
    """The texts as those of a study. Raises StudyError LANG_061 for words of Kuule, which no XLSForm has room for."""
    if not isinstance(texts, StudyTextSet):
        cause = "the words of Kuule are no form, and an XLSForm has no place for them"
        raise StudyError(Problem("LANG_061", place, cause, "use po or xliff"))
    return texts
