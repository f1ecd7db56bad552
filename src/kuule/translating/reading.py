"""What is translated in a folder that was given: a study, or the words of Kuule."""

from __future__ import annotations

from pathlib import Path

from kuule.errors import Problem, StudyError
from kuule.translating.own_words import are_own_words, own_words
from kuule.translating.study_texts import StudyTexts, study_texts
from kuule.translating.texts import Texts


def texts_of(path: Path, languages: tuple[str, ...] = ()) -> Texts:
    """The texts of a folder. `languages` were asked for: words of Kuule may begin one so, a study has its own list.

    Raises StudyError as `study_texts` and `own_words` do.
    """
    return own_words(path, languages) if are_own_words(path) else study_texts(path)


def po_folder(path: Path) -> Path:
    """Where the PO files of a folder are, whether or not the rest of it can be read."""
    return path if are_own_words(path) else path / "languages"


def of_form(texts: Texts, place: str) -> StudyTexts:
    """The texts as those of a study. Raises StudyError LANG_061 for words of Kuule, which no XLSForm has room for."""
    if not isinstance(texts, StudyTexts):
        cause = "the words of Kuule are no form, and an XLSForm has no place for them"
        raise StudyError(Problem("LANG_061", place, cause, "use po or xliff"))
    return texts
