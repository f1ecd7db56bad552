"""What could be read of a study folder so far, with the texts to translate and every problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.model.text_keys import choice_text_key
from kuule.forms.xlsform.converter import ConvertedForm
from kuule.helplines.directory import Directory
from kuule.languages.cldr.territories import territory_names
from kuule.languages.terminology.glossary import Glossary
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.study.folder.partner_files import StudyPartner
from kuule.study.folder.report_text import report_sources
from kuule.study.settings.analysis_plan import PlannedTable
from kuule.study.settings.study_toml import Study


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


def translatable_sources(settings: Study, form: Form, report: str | None = None) -> tuple[SourceText, ...]:
    """Every text that people translate. The names of countries come from CLDR and are left out. Those of `report`, the
    text of report.md, come last, because the survey does not need them."""
    from_cldr = {choice_text_key(name, code) for name in settings.answers.territories for code in territory_names("en")}
    asked = (source for source in texts_to_translate(form) if source.key not in from_cldr)
    return (*settings.sources, *asked, *report_sources(report or ""))


def unreadable_file(file: Path, error: OSError) -> Problem:
    """The problem of a file that the system does not give."""
    cause = f"it cannot be read ({error.strerror})"
    return Problem("STUDY_006", file.name, cause, "see that it is a file, and that you may read it", file=file.name)
