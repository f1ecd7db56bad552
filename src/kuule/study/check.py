"""`kuule check`: everything that is wrong with a study, all at once, in the order in which an author would fix it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kuule.core.forked_task import ForkedTask
from kuule.core.problems import Problem, Severity, StudyError
from kuule.forms.compile.form import Form
from kuule.forms.compile.translator_notes import texts_to_translate
from kuule.forms.inspection.evaluation_cost import evaluation_cost_problems
from kuule.forms.xlsform.converter import CONVERTER_ERROR
from kuule.helplines.directory import Directory
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import catalogue_problems, entry_problems
from kuule.study.edition.envelope_size import envelope_size
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.folder_reading import FolderReading, translatable_sources
from kuule.study.folder.followed_register import followed_register_problems
from kuule.study.folder.interface_words import INTERFACE_WORDS_FOLDER, changed_entries
from kuule.study.folder.key_record import key_record_problems
from kuule.study.folder.meant_types import meant_workbook
from kuule.study.folder.partner_files import PARTNERS_FOLDER, partner_identity
from kuule.study.folder.questionnaire import Questionnaire, questionnaire_from_workbook
from kuule.study.folder.quoted_lines import quote_lines
from kuule.study.folder.report_text import is_survey_key
from kuule.study.logic.satisfiability import ConditionLogic
from kuule.study.logic.unreadable_expressions import expression_problems
from kuule.study.media.media_files import read_folder_media
from kuule.study.media.partner_logos import PartnerLogo, read_partner_logos
from kuule.study.rules.changes.edition_comparison import EditionComparison
from kuule.study.rules.checked_study import CheckedStudy
from kuule.study.rules.lost_columns import follows_from, without_lost_choices
from kuule.study.rules.rule_registry import (
    DEFINITION_RULES,
    EDITION_RULES,
    FOLLOWING_CODES,
    FORM_RULES,
    LOGIC_RULES,
    QUESTIONNAIRE_RULES,
    STRUCTURE_CODES,
    STUDY_RULES,
)
from kuule.study.rules.structure import missing_labels, misspelt_headings, unknown_types
from kuule.study.settings.adaptations import adaptations_in_language
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.settings_so_far import as_far_as_read
from kuule.study.settings.study_toml import Study

_UNREAD = Questionnaire("the questionnaire", rows=(), choices=())
"""What the settings are held against where there is no questionnaire to read."""
_WORDLESS = "has no label or hint"
"""What the converter says of a question without words."""


def check_folder(gathered: FolderReading, against: Edition | None = None) -> list[Problem]:
    """The problems of a folder that has been read: first those of reading it, then those of the rules."""
    if not gathered.path.is_dir():
        return gathered.problems
    of_texts = ForkedTask(lambda: [*_of_texts(gathered)])  # as long as all that follows
    written = None if gathered.xlsform is None else questionnaire_from_workbook(gathered.xlsform.workbook)
    meant = None if gathered.xlsform is None else questionnaire_from_workbook(meant_workbook(gathered.xlsform.workbook))
    meant = None if meant is None else without_lost_choices(meant)
    of_questionnaire = [] if written is None or meant is None else [*_of_questionnaire(gathered, written, meant)]
    follows = follows_from(written or _UNREAD, FOLLOWING_CODES)
    problems = [
        *(one for one in _without_echoes(gathered.problems, written, of_questionnaire) if not follows(one)),
        *(one for one in of_questionnaire if not follows(one)),
        *(one for one in _of_study(gathered, meant or _UNREAD) if not follows(one)),
        *(one for one in of_texts.result() if not follows(one)),
        *key_record_problems(gathered.path),
        *_of_changes(gathered, meant, against),
    ]
    unique = quote_lines(dict.fromkeys(problems), gathered)
    return sorted(unique, key=lambda problem: problem.severity is Severity.WARNING)


def _without_echoes(
    read: Iterable[Problem], written: Questionnaire | None, of_questionnaire: Iterable[Problem]
) -> Iterator[Problem]:
    """The problems of reading, without what is said again: the converter stops at the first row that it cannot read, of
    which a rule says more; it names no row where words are missing; and it spells expressions out, which are quoted as
    they are written."""
    wordless = any(problem.code == missing_labels.CODE for problem in of_questionnaire)
    told = {problem.place for problem in of_questionnaire if problem.code in STRUCTURE_CODES}
    cells = [] if written is None else [(row.place, row.cells) for row in written.rows]
    cells += [] if written is None else [(row.place, row.cells) for row in written.choices]
    rows = {place for place, row in cells if not told.isdisjoint(_places_of_row(place, row))}
    quoted = {(problem.code, problem.place) for problem in of_questionnaire}
    for problem in read:
        echoed = problem.code == CONVERTER_ERROR and (
            problem.place in rows or (wordless and _WORDLESS in problem.cause)
        )
        if not echoed and (problem.code, problem.place) not in quoted:
            yield problem


def _places_of_row(place: str, row: Iterable[str]) -> set[str]:
    """What a problem may name that is about a row: the row, one of its cells, or the sheet that it is in."""
    return {place, *(f"{place}, {column}" for column in row), place.rpartition(", ")[0]}


def _of_questionnaire(gathered: FolderReading, written: Questionnaire, meant: Questionnaire) -> Iterator[Problem]:
    if not written.rows:  # nothing but why can be said of a survey that could not be read
        yield from misspelt_headings.check(written)
        yield from unknown_types.check(written)
        return
    if gathered.form is None:
        yield from expression_problems(written)
    for questionnaire_rule in QUESTIONNAIRE_RULES:
        yield from questionnaire_rule.check(written if questionnaire_rule in DEFINITION_RULES else meant)
    places = {} if gathered.xlsform is None else gathered.xlsform.places
    for form_rule in FORM_RULES:
        yield from form_rule.check(meant, gathered.form, places)
    logic = ConditionLogic(meant)
    for logic_rule in LOGIC_RULES:
        yield from logic_rule.check(logic)


def _of_study(gathered: FolderReading, questionnaire: Questionnaire) -> Iterator[Problem]:
    settings = gathered.settings_so_far
    if settings is None:
        return
    checked = CheckedStudy(
        settings=settings,
        questionnaire=questionnaire,
        catalogues=gathered.catalogues,
        support=next(iter(as_far_as_read(_services(gathered, settings))), Directory(())),
        report=gathered.report or "",
        rehearsal=gathered.rehearsal or {},
        planned_tables=gathered.planned_tables,
        media=read_folder_media(gathered),
        logos=dict(as_far_as_read(_logos(gathered, settings))),
        partners=gathered.partners,
    )
    for study_rule in STUDY_RULES:
        yield from as_far_as_read(study_rule.check(checked))
    if gathered.form is not None:
        yield from as_far_as_read(_of_size(gathered.form, settings))
        yield from evaluation_cost_problems(gathered.form, {} if gathered.xlsform is None else gathered.xlsform.places)
    yield from as_far_as_read(followed_register_problems(gathered.path, settings))


def _of_texts(gathered: FolderReading) -> Iterator[Problem]:
    """Those of the study's texts in all languages, then those of Kuule's words as the study changed them."""
    settings = gathered.settings_so_far
    if settings is None:
        return
    for tag, catalogue in gathered.catalogues.items():
        spoken = CheckContext(tag, gathered.glossary, adaptations_in_language(settings.adaptations, tag))
        yield from catalogue_problems(catalogue, f"languages/{tag}.po", spoken, whose=_owner)
    for tag, words in gathered.words.items():
        file = f"languages/{INTERFACE_WORDS_FOLDER}/{tag}.po"
        for entry in changed_entries(words).values():
            yield from entry_problems(entry, file, CheckContext(tag)) if entry.text else ()


def _owner(key: str) -> str:
    """Whose a text is: a survey opens without those of its report."""
    return "the survey's" if is_survey_key(key) else "the report's"


def _services(gathered: FolderReading, settings: Study) -> Iterator[Directory]:
    yield (gathered.support or Directory(())).of_kinds(SERVICES_BY_AUDIENCE[settings.audience])


def _logos(gathered: FolderReading, settings: Study) -> Iterator[tuple[str, PartnerLogo]]:
    """Those of the partners' own files, and those of the report."""
    for code, logo in read_partner_logos(gathered.path, partner_identity(gathered.partners)).items():
        yield f"{PARTNERS_FOLDER}/{code}", logo
    yield from read_partner_logos(gathered.path, settings.identity).items()


def _of_changes(
    gathered: FolderReading, questionnaire: Questionnaire | None, against: Edition | None
) -> Iterator[Problem]:
    if gathered.form is None or questionnaire is None or against is None:
        return
    sources = texts_to_translate(gathered.form)
    if gathered.settings is not None:
        sources = translatable_sources(gathered.settings, gathered.form)
    texts = {source.key: source.text for source in sources}
    if gathered.settings is not None:
        texts |= read_folder_media(gathered).media_names(gathered.settings.source_language)
    compared = EditionComparison(gathered.form, against, questionnaire, gathered.settings, texts)
    for edition_rule in EDITION_RULES:
        yield from edition_rule.check(compared)


def _of_size(form: Form, settings: Study) -> Iterator[Problem]:
    try:
        envelope_size(form, settings.answers.longest_text)
    except StudyError as error:
        yield from error.problems
