"""Reading a whole study folder: settings, form, translations, services, report. Problems are collected, not raised."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.core.conflict_marks import CONFLICT_REMEDY, conflict_cause, conflict_line
from kuule.core.forked_task import ForkedTask
from kuule.core.problems import Problem, Severity, StudyError
from kuule.core.regular_files import is_named_as_file, is_named_in_folder, read_regular_file
from kuule.forms.compile.form import Form, compile_form
from kuule.forms.xlsform.converter import ConvertedForm, read_xlsform
from kuule.helplines.directory import Directory, built_in_directory, merge_directories, read_support_file
from kuule.languages.terminology.glossary import read_glossary
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.study.folder.folder_languages import gather_translations, read_ahead
from kuule.study.folder.folder_reading import FolderReading, translatable_sources, unreadable_file
from kuule.study.folder.partner_files import gather_partner_files
from kuule.study.folder.study_places import missing_folder_remedy, studies_in, studies_within_remedy
from kuule.study.settings import analysis_plan
from kuule.study.settings.rehearsal_settings import read_rehearsal_settings
from kuule.study.settings.settings_so_far import settings_so_far
from kuule.study.settings.study_toml import SETTINGS_FILE, Study, read_faulty_settings
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

FORM_FILES = ("form.md", "form.xlsx")
_SPREADSHEETS = frozenset({".xlsx", ".xls", ".ods", ".xlsm", ".xlsb", ".xltx", ".fods", ".numbers", ".csv", ".tsv"})
_TABLES = frozenset({"support.csv", "glossary.csv"})
"""Files of a study that are no questionnaire."""


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """`sources` are all texts to translate: those of study.toml, then those of the form without the names of countries,
    then those of the report."""

    path: Path
    settings: Study
    form: Form
    xform: str
    xlsform: ConvertedForm
    sources: tuple[SourceText, ...]
    catalogues: Mapping[str, Catalogue]
    support: Directory
    report: str
    rehearsal: Mapping[str, object]
    words: Mapping[str, Catalogue]
    """Kuule's own words by language, without English, which is their source."""
    analysis_plan: str = ""
    """The text of analysis.toml."""


def complete_study_folder(gathered: FolderReading) -> StudyFolder:
    """The study of a folder that was read without errors."""
    settings, form, xlsform = gathered.settings, gathered.form, gathered.xlsform
    if settings is None or form is None or xlsform is None or gathered.support is None:
        raise ValueError("a folder with problems is not whole")
    return StudyFolder(
        path=gathered.path,
        settings=settings,
        form=form,
        xform=xlsform.xform,
        xlsform=xlsform,
        sources=translatable_sources(settings, form, gathered.report),
        catalogues=gathered.catalogues,
        support=gathered.support,
        report=gathered.report or "",
        rehearsal=gathered.rehearsal or {},
        words=gathered.words,
        analysis_plan=gathered.analysis_plan,
    )


def read_study_folder(path: Path, languages: Collection[str] | None = None) -> FolderReading:
    """Read what can be read. Problems are in the order in which an author would fix them.

    With `languages`, no translation into any other language is read: whoever shows one need not wait for thirty.
    """
    gathered = FolderReading(path)
    elsewhere = _is_elsewhere(path)
    if elsewhere:
        gathered.problems.append(elsewhere)
        return gathered
    _settings(gathered)
    converting = _begin_to_convert(path)
    written = read_ahead(gathered) if converting.is_forked and languages is None else {}
    _form(gathered, converting)
    _support(gathered)
    _rehearsal(gathered)
    _report(gathered)
    _plan(gathered)
    _glossary(gathered)
    _partners(gathered)
    gather_translations(gathered, languages, written)
    return gathered


def check_study_is_there(path: Path) -> None:
    """Raise StudyError STUDY_001 where `path` is no folder, or one that only has studies in it. Nothing is read."""
    elsewhere = _is_elsewhere(path)
    if elsewhere:
        raise StudyError(elsewhere)


def _is_elsewhere(path: Path) -> Problem | None:
    if path.is_file():
        remedy = f"give its folder, {path.parent}"
        return Problem("STUDY_001", str(path), "it is a file, and a study is a folder", remedy)
    if not path.is_dir():
        return Problem("STUDY_001", str(path), "there is no such folder", missing_folder_remedy(path))
    if any(is_named_in_folder(path / name) for name in (SETTINGS_FILE, *FORM_FILES)):
        return None
    within = studies_in(path)
    cause = "it is no study, and there are studies in it"
    return Problem("STUDY_001", str(path), cause, studies_within_remedy(within)) if within else None


def _settings(gathered: FolderReading) -> None:
    try:
        settings, problems, faulty = read_faulty_settings(gathered.path)
    except StudyError as error:
        gathered.problems += error.problems
        return
    gathered.problems += problems
    gathered.settings = None if problems else settings
    gathered.settings_so_far = settings_so_far(settings, faulty)


def _form_files(path: Path) -> list[Path]:
    return [path / name for name in FORM_FILES if is_named_as_file(path / name)]


def _begin_to_convert(path: Path) -> ForkedTask[ConvertedForm | None]:
    """The questionnaire converted beside this process, which then needs neither the converter nor what it imports."""
    files = _form_files(path)
    return ForkedTask(lambda: read_xlsform(files[0]) if len(files) == 1 else None)


def _form(gathered: FolderReading, converting: ForkedTask[ConvertedForm | None]) -> None:
    try:
        gathered.xlsform = converting.result()
        if gathered.xlsform is None:
            gathered.problems.append(_not_one_form(gathered.path, _form_files(gathered.path)))
            return
        gathered.problems += gathered.xlsform.problems
        if not any(problem.severity is Severity.ERROR for problem in gathered.xlsform.problems):
            gathered.form = compile_form(gathered.xlsform.xform, gathered.xlsform.places)
            gathered.problems += gathered.form.check_problems
    except StudyError as error:
        gathered.problems += error.problems


def _not_one_form(path: Path, files: Sequence[Path]) -> Problem:
    if files:
        cause, remedy = "there are two questionnaires in it", f"keep one of {' and '.join(FORM_FILES)}"
        return Problem("STUDY_002", path.absolute().name, cause, remedy)
    cause, remedy = "there is no questionnaire in it", f"it is called {' or '.join(FORM_FILES)}"
    sheets = (one for one in sorted(path.iterdir()) if one.suffix.lower() in _SPREADSHEETS and one.name not in _TABLES)
    other = next((one for one in sheets if not one.name.startswith((".", "~"))), None)
    if other is not None:
        said = "save it as .xlsx, named form.xlsx" if other.suffix.lower() != ".xlsx" else "name it form.xlsx"
        if other.suffix.lower() in {".csv", ".tsv"}:
            said = "it has one sheet, and a questionnaire two: save both as .xlsx, named form.xlsx"
        remedy = f"if it is {other.name}: {said}"
    return Problem("STUDY_002", path.absolute().name, cause, remedy)


def _support(gathered: FolderReading) -> None:
    file = gathered.path / "support.csv"
    if not is_named_in_folder(file):
        gathered.support = built_in_directory()
        return
    try:
        gathered.support = merge_directories(built_in_directory(), read_support_file(file))
    except StudyError as error:
        gathered.problems += error.problems
    except OSError as error:
        gathered.problems.append(unreadable_file(file, error))


def _rehearsal(gathered: FolderReading) -> None:
    content = _content(gathered, "rehearsal.toml")
    try:
        gathered.rehearsal = None if content is None else read_toml(content.decode("utf-8-sig"))
        read_rehearsal_settings(gathered.rehearsal or {})
    except StudyError as error:
        gathered.problems += error.problems
    except UnicodeDecodeError:
        gathered.problems.append(Problem("STUDY_003", "rehearsal.toml", "it is not UTF-8", "save it as UTF-8"))
    except UnreadableToml as error:
        remedy = f"{error.remedy}; or take the file away"
        gathered.problems.append(Problem("STUDY_003", "rehearsal.toml", error.cause, remedy, excerpt=error.excerpt))


def _report(gathered: FolderReading) -> None:
    content = _content(gathered, "report.md")
    try:
        gathered.report = None if content is None else content.decode("utf-8-sig").replace("\r\n", "\n")
        marked = conflict_line(gathered.report or "")
        if marked:
            cause = conflict_cause(marked)
            gathered.problems.append(Problem("STUDY_004", "report.md", cause, CONFLICT_REMEDY, file="report.md"))
        elif not (gathered.report or "").strip():
            cause = "the study has no text for its report, which then shows every question that can be counted"
            remedy = "write one, or leave it so"
            gathered.problems.append(
                Problem("STUDY_007", "report.md", cause, remedy, Severity.WARNING, file="report.md")
            )
    except UnicodeDecodeError:
        gathered.problems.append(
            Problem("STUDY_004", "report.md", "it is not UTF-8", "save it as UTF-8", file="report.md")
        )


def _plan(gathered: FolderReading) -> None:
    content = _content(gathered, analysis_plan.ANALYSIS_PLAN_FILE)
    try:
        if content is not None:
            gathered.analysis_plan = content.decode("utf-8-sig").replace("\r\n", "\n")
            gathered.planned_tables = analysis_plan.read_analysis_plan(gathered.analysis_plan)
    except UnicodeDecodeError:
        gathered.problems.append(
            Problem("STUDY_008", analysis_plan.ANALYSIS_PLAN_FILE, "it is not UTF-8", "save it as UTF-8")
        )
    except StudyError as error:
        gathered.problems += error.problems


def _glossary(gathered: FolderReading) -> None:
    file = gathered.path / "glossary.csv"
    if not is_named_in_folder(file):
        return
    try:
        gathered.glossary = read_glossary(file)
    except StudyError as error:
        gathered.problems += error.problems


def _partners(gathered: FolderReading) -> None:
    found = gather_partner_files(gathered.path)
    gathered.partners = found.partners
    gathered.problems += found.problems


def _content(gathered: FolderReading, name: str) -> bytes | None:
    """The bytes of an optional file; None if it is missing or cannot be read."""
    try:
        return read_regular_file(gathered.path / name)
    except FileNotFoundError:
        return None
    except StudyError as error:
        gathered.problems += error.problems
        return None
    except OSError as error:
        gathered.problems.append(unreadable_file(gathered.path / name, error))
        return None
