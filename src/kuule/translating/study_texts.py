"""The texts of a study folder as translators meet them, its report's too, in every language that study.toml offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kuule.errors import Problem, Severity, StudyError
from kuule.forms.form import Form
from kuule.forms.xlsform import XlsForm
from kuule.languages.catalogue import Catalogue, Source, untranslated
from kuule.languages.replacing import finish
from kuule.study.folder import gather, sources_of
from kuule.study.settings import Study

NO_FILE_YET = "STUDY_005"
PATIENCE = 2.0
"""Seconds to wait while somebody else writes: who saves a text at the desk is done in a moment."""


@dataclass(frozen=True, slots=True)
class StudyTexts:
    """`catalogues` has every language but the source; one whose file is not there yet is untranslated as a whole."""

    path: Path
    settings: Study
    form: Form
    xlsform: XlsForm
    sources: tuple[Source, ...]
    catalogues: Mapping[str, Catalogue]

    @property
    def folder(self) -> Path:
        """Where the PO files are."""
        return self.path / "languages"


def study_texts(path: Path) -> StudyTexts:
    """Read a study for its texts. Raises StudyError with what keeps it from being read; a missing PO file does not.

    An import that was broken off is finished first.
    """
    finish(path / "languages", PATIENCE)
    gathered = gather(path)
    wrong = [one for one in gathered.problems if one.severity is Severity.ERROR and one.code != NO_FILE_YET]
    settings, form, xlsform = gathered.settings, gathered.form, gathered.xlsform
    if wrong:
        raise StudyError(*wrong)
    if settings is None or form is None or xlsform is None:
        raise ValueError("a folder without a problem is whole")
    sources = sources_of(settings, form, gathered.report)
    tags = [tag for tag in settings.languages if tag != settings.source_language]
    catalogues = {tag: gathered.catalogues.get(tag) or _empty(tag, sources) for tag in tags}
    return StudyTexts(path, settings, form, xlsform, sources, catalogues)


def chosen(texts: StudyTexts, languages: tuple[str, ...]) -> dict[str, Catalogue]:
    """The catalogues of the languages that were asked for, all where none was. Raises StudyError LANG_052."""
    unknown = [tag for tag in languages if tag not in texts.catalogues]
    if unknown:
        offered = ", ".join(texts.catalogues) or "none but the source"
        raise StudyError(
            *(
                Problem("LANG_052", f"--language {tag}", f"study.toml offers {offered}", "name one of these")
                for tag in unknown
            )
        )
    return {tag: catalogue for tag, catalogue in texts.catalogues.items() if not languages or tag in languages}


def _empty(tag: str, sources: tuple[Source, ...]) -> Catalogue:
    return Catalogue(tag, {source.key: untranslated(source) for source in sources})
