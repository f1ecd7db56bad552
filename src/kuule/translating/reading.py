"""What is translated in a folder that was given: a study's texts, Kuule's own words in it, or those in the source."""

from __future__ import annotations

from pathlib import Path

from kuule.errors import Problem, StudyError
from kuule.study.site_words import interface_words_folder
from kuule.translating.own_words import are_own_words, own_words
from kuule.translating.study_texts import StudyTexts, study_texts
from kuule.translating.study_words import study_words
from kuule.translating.texts import Texts


def texts_of(path: Path, languages: tuple[str, ...] = (), *, words: bool = False) -> Texts:
    """The texts of a folder; of a study Kuule's own words, where `words`. `languages` were asked for: words of Kuule in
    the source may begin one so, a study has its own list.

    Raises StudyError as `study_texts`, `study_words` and `own_words` do.
    """
    if are_own_words(path):
        return own_words(path, languages)
    return study_words(path) if words else study_texts(path)


def po_folder(path: Path, *, words: bool = False) -> Path:
    """Where the PO files of a folder are, whether or not the rest of it can be read."""
    if are_own_words(path):
        return path
    return interface_words_folder(path) if words else path / "languages"


def of_form(texts: Texts, place: str) -> StudyTexts:
    """The texts as those of a study. Raises StudyError LANG_061 for words of Kuule, which no XLSForm has room for."""
    if not isinstance(texts, StudyTexts):
        cause = "the words of Kuule are no form, and an XLSForm has no place for them"
        raise StudyError(Problem("LANG_061", place, cause, "use po or xliff"))
    return texts
