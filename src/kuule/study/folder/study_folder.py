"""Reading a whole study folder: settings, form, translations, services, report. Problems are collected, not raised."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, Severity, StudyError
from kuule.forms.compile.form import Form, compile_form
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.model.text_keys import choice_text_key
from kuule.forms.xlsform.converter import ConvertedForm, read_xlsform
from kuule.helplines.directory import Directory, built_in_directory, merge_directories, read_support_file
from kuule.languages.cldr.territories import territory_names
from kuule.languages.gettext.catalogue import read_po
from kuule.languages.gettext.catalogue_folder import is_replacement_pending
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.languages.terminology.glossary import Glossary, read_glossary
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.study.folder.interface_words import INTERFACE_WORDS_FOLDER, interface_words_folder, read_interface_words
from kuule.study.folder.missing_languages import languages_without_file, no_po_file, po_file
from kuule.study.folder.partner_files import StudyPartner, gather_partner_files
from kuule.study.folder.report_text import report_sources
from kuule.study.settings import analysis_plan
from kuule.study.settings.analysis_plan import PlannedTable
from kuule.study.settings.rehearsal_settings import read_rehearsal_settings
from kuule.study.settings.settings_so_far import as_far_as_read, settings_so_far
from kuule.study.settings.study_toml import Study, read_faulty_settings
from kuule.study.settings.toml_lines import toml_excerpt

FORM_FILES = ("form.md", "form.xlsx")


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


@dataclass(slots=True)
class FolderReading:
    """What could be read of a folder, and all problems. Parts that could not be read are None."""

    path: Path
    settings: Study | None = None
    settings_so_far: Study | None = None
    """The same, also where something in study.toml is wrong: without that (`settings.settings_so_far`)."""
    xlsform: ConvertedForm | None = None
    form: Form | None = None
    support: Directory | None = None
    catalogues: dict[str, Catalogue] = field(default_factory=dict)
    words: dict[str, Catalogue] = field(default_factory=dict)
    report: str | None = None
    analysis_plan: str = ""
    planned_tables: tuple[PlannedTable, ...] = ()
    rehearsal: Mapping[str, object] | None = None
    glossary: Glossary = field(default_factory=Glossary)
    partners: Mapping[str, StudyPartner] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


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


def read_study_folder(path: Path) -> FolderReading:
    """Read what can be read. Problems are in the order in which an author would fix them."""
    gathered = FolderReading(path)
    if not path.is_dir():
        gathered.problems.append(_no_folder(path))
        return gathered
    _settings(gathered)
    _form(gathered)
    _support(gathered)
    _rehearsal(gathered)
    _report(gathered)
    _plan(gathered)
    _glossary(gathered)
    _partners(gathered)
    _translations(gathered)
    return gathered


def _no_folder(path: Path) -> Problem:
    if not path.is_file():
        return Problem("STUDY_001", str(path), "there is no such folder", "give a study's folder; kuule new begins one")
    return Problem("STUDY_001", str(path), "it is a file, and a study is a folder", f"give its folder, {path.parent}")


def translatable_sources(settings: Study, form: Form, report: str | None = None) -> tuple[SourceText, ...]:
    """Every text that people translate. The names of countries come from CLDR and are left out. Those of `report`, the
    text of report.md, come last, because the survey does not need them."""
    from_cldr = {choice_text_key(name, code) for name in settings.answers.territories for code in territory_names("en")}
    asked = (source for source in texts_to_translate(form) if source.key not in from_cldr)
    return (*settings.sources, *asked, *report_sources(report or ""))


def _settings(gathered: FolderReading) -> None:
    try:
        settings, problems, faulty = read_faulty_settings(gathered.path)
    except StudyError as error:
        gathered.problems += error.problems
        return
    gathered.problems += problems
    gathered.settings = None if problems else settings
    gathered.settings_so_far = settings_so_far(settings, faulty)


def _form(gathered: FolderReading) -> None:
    files = [gathered.path / name for name in FORM_FILES if (gathered.path / name).is_file()]
    if len(files) != 1:
        cause = "there are two questionnaires in it" if files else "there is no questionnaire in it"
        gathered.problems.append(
            Problem("STUDY_002", gathered.path.name, cause, f"keep one of {' and '.join(FORM_FILES)}")
        )
        return
    try:
        gathered.xlsform = read_xlsform(files[0])
        gathered.problems += gathered.xlsform.problems
        if not any(problem.severity is Severity.ERROR for problem in gathered.xlsform.problems):
            gathered.form = compile_form(gathered.xlsform.xform, gathered.xlsform.places)
            gathered.problems += gathered.form.check_problems
    except StudyError as error:
        gathered.problems += error.problems


def _support(gathered: FolderReading) -> None:
    file = gathered.path / "support.csv"
    if not file.exists():
        gathered.support = built_in_directory()
        return
    try:
        gathered.support = merge_directories(built_in_directory(), read_support_file(file))
    except StudyError as error:
        gathered.problems += error.problems
    except OSError as error:
        gathered.problems.append(_unreadable(file, error))


def _rehearsal(gathered: FolderReading) -> None:
    content = _content(gathered, "rehearsal.toml")
    try:
        gathered.rehearsal = None if content is None else tomllib.loads(content.decode())
        read_rehearsal_settings(gathered.rehearsal or {})
    except StudyError as error:
        gathered.problems += error.problems
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        cause = f"it is not TOML in UTF-8: {error}"
        excerpt = None if isinstance(error, UnicodeDecodeError) else toml_excerpt((content or b"").decode(), error)
        remedy = "mend it there, or take it away"
        gathered.problems.append(Problem("STUDY_003", "rehearsal.toml", cause, remedy, excerpt=excerpt))


def _report(gathered: FolderReading) -> None:
    content = _content(gathered, "report.md")
    try:
        gathered.report = None if content is None else content.decode().replace("\r\n", "\n")
        if not (gathered.report or "").strip():
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
            gathered.analysis_plan = content.decode().replace("\r\n", "\n")
            gathered.planned_tables = analysis_plan.read_analysis_plan(gathered.analysis_plan)
    except UnicodeDecodeError:
        gathered.problems.append(
            Problem("STUDY_008", analysis_plan.ANALYSIS_PLAN_FILE, "it is not UTF-8", "save it as UTF-8")
        )
    except StudyError as error:
        gathered.problems += error.problems


def _glossary(gathered: FolderReading) -> None:
    file = gathered.path / "glossary.csv"
    if not file.exists():
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
        return (gathered.path / name).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        gathered.problems.append(_unreadable(gathered.path / name, error))
        return None


def _unreadable(file: Path, error: OSError) -> Problem:
    cause = f"it cannot be read ({error.strerror})"
    return Problem("STUDY_006", file.name, cause, "see that it is a file, and that you may read it", file=file.name)


def _translations(gathered: FolderReading) -> None:
    if is_replacement_pending(gathered.path / "languages") or is_replacement_pending(
        interface_words_folder(gathered.path)
    ):
        cause = "an import of translations was broken off before all of its files were in their places"
        remedy = "run kuule translate status, which finishes it"
        gathered.problems.append(Problem("LANG_060", "languages", cause, remedy, file="languages"))
    if gathered.settings is None or gathered.form is None:
        gathered.problems += as_far_as_read(languages_without_file(gathered.path, gathered.settings_so_far))
        return
    sources = translatable_sources(gathered.settings, gathered.form, gathered.report)
    for tag in gathered.settings.languages:
        if tag != gathered.settings.source_language:
            _translation(gathered, tag, sources)
        if tag != SOURCE_LANGUAGE:
            _words(gathered, tag)


def _translation(gathered: FolderReading, tag: str, sources: Sequence[SourceText]) -> None:
    file = po_file(gathered.path, tag)
    if not file.is_file():
        gathered.problems.append(no_po_file(tag))
        return
    try:
        gathered.catalogues[tag] = read_po(file, sources)
    except KuuleError as error:
        gathered.problems += [_of_translation(problem, "languages", tag) for problem in error.problems]
    except OSError as error:
        gathered.problems.append(_of_translation(_unreadable(file, error), "languages", tag))


def _words(gathered: FolderReading, tag: str) -> None:
    folder = f"languages/{INTERFACE_WORDS_FOLDER}"
    try:
        gathered.words[tag] = read_interface_words(gathered.path, tag)
    except KuuleError as error:
        gathered.problems += [_of_translation(problem, folder, tag) for problem in error.problems]
    except OSError as error:
        file = interface_words_folder(gathered.path) / f"{tag}.po"
        gathered.problems.append(_of_translation(_unreadable(file, error), folder, tag))


def _of_translation(problem: Problem, folder: str, tag: str) -> Problem:
    """A problem of a language's file, with the folder that the file is in."""
    return replace(problem, place=f"{folder}/{problem.place}", file=f"{folder}/{tag}.po")
