"""What a folder contains to translate: the texts of a study, Kuule's own words in it, those in Kuule's source, or the
texts of a register of law."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import Problem, StudyError
from kuule.study.folder.interface_words import interface_words_folder
from kuule.translation.text_sets.interface_text_set import read_study_interface_words
from kuule.translation.text_sets.package_text_set import is_package_folder, read_package_texts
from kuule.translation.text_sets.study_text_set import StudyTextSet, read_study_texts
from kuule.translation.text_sets.text_set import TextSet


def read_text_set(path: Path, languages: tuple[str, ...] = (), *, words: bool = False) -> TextSet:
    """The texts of a folder; with `words`, Kuule's own words in a study. `languages` are those asked for: Kuule's own
    catalogues and a register may start a new one with it, a study has a list of its own.

    Raises StudyError like `read_study_texts`, `read_study_interface_words`, `read_package_texts` and
    `read_register_text_set`.
    """
    if is_register_folder(path):
        from kuule.translation.text_sets.register_text_set import read_register_text_set  # needs the extra `register`

        return read_register_text_set(path, languages)
    if is_package_folder(path):
        return read_package_texts(path, languages)
    return read_study_interface_words(path) if words else read_study_texts(path)


def is_register_folder(path: Path) -> bool:
    """Whether a folder is a register's and not a study's."""
    return (path / "register.yaml").is_file()


def po_folder(path: Path, *, words: bool = False) -> Path:
    """The folder of the PO files, whether or not the rest can be read."""
    if is_package_folder(path):
        return path
    return interface_words_folder(path) if words else path / "languages"


def require_study_texts(texts: TextSet, place: str) -> StudyTextSet:
    """The texts, if they are a study's. Raises StudyError LANG_061 for Kuule's words, which fit into no XLSForm."""
    if not isinstance(texts, StudyTextSet):
        cause = "the words of Kuule are no form, and an XLSForm has no place for them"
        raise StudyError(Problem("LANG_061", place, cause, "use po or xliff"))
    return texts
