"""The texts of a study folder, including its report, in every language that study.toml offers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import Problem, Severity, StudyError
from kuule.forms.compile.form import Form
from kuule.forms.xlsform.converter import ConvertedForm
from kuule.languages.gettext.catalogue_folder import finish_replacement
from kuule.languages.workflow.entries import Catalogue
from kuule.study.folder.folder_reading import FolderReading, translatable_sources
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.settings.study_toml import Study
from kuule.translation.language_files import LOCK_PATIENCE
from kuule.translation.text_sets.text_set import TextSet, untranslated_catalogue

MISSING_PO_FILE = "STUDY_005"


@dataclass(frozen=True, slots=True)
class StudyTextSet(TextSet):
    """The texts of a study, with the questionnaire that an XLSForm is made from."""

    settings: Study
    form: Form
    xlsform: ConvertedForm
    reading: FolderReading


def read_study_texts(path: Path) -> StudyTextSet:
    """Read the texts of a study. Raises StudyError if it cannot be read; a missing PO file is fine. An interrupted
    import is completed first."""
    finish_replacement(path / "languages", LOCK_PATIENCE)
    gathered = read_study_folder(path)
    wrong = [one for one in gathered.problems if one.severity is Severity.ERROR and one.code != MISSING_PO_FILE]
    settings, form, xlsform = gathered.settings, gathered.form, gathered.xlsform
    if wrong:
        raise StudyError(*wrong)
    if settings is None or form is None or xlsform is None:
        raise ValueError("a folder without a problem is whole")
    sources = translatable_sources(settings, form, gathered.report)
    tags = [tag for tag in settings.languages if tag != settings.source_language]
    catalogues = {tag: gathered.catalogues.get(tag) or untranslated_catalogue(tag, sources) for tag in tags}
    source = settings.languages[settings.source_language]
    return StudyTextSet(
        folder=path / "languages",
        name=settings.id,
        source_language=source.tag,
        source_state=source.state,
        source_origin=source.origin,
        opening_state=settings.opening_state,
        sources=sources,
        catalogues=catalogues,
        settings=settings,
        form=form,
        xlsform=xlsform,
        reading=gathered,
    )


def selected_catalogues(texts: TextSet, languages: tuple[str, ...]) -> dict[str, Catalogue]:
    """The catalogues of the languages that were asked for, or all of them. Raises StudyError LANG_052."""
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
