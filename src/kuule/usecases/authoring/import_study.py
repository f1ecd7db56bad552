"""Bringing a questionnaire of another program: a study's folder that passes `kuule check`, and a list of what was left.

What a check refuses is taken out, in the words of the rule that refuses it, and the form is written again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.core.limits import MAX_EDITION_ENVELOPE
from kuule.core.problems import Problem, Severity
from kuule.forms.compile.form import Form
from kuule.forms.record import max_record_bytes
from kuule.forms.xlsform.workbook import read_workbook
from kuule.languages.checks.contact_checks.invisible_characters import remove_turning_characters
from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.languages.workflow.workflow_steps import TakenStep, WorkflowStep
from kuule.study.check import check_folder
from kuule.study.edition.envelope_size import can_hold_every_response
from kuule.study.folder.questionnaire import Questionnaire, questionnaire_from_workbook
from kuule.study.folder.study_folder import read_study_folder
from kuule.study.folder.written_types import TEXT_TYPES
from kuule.study.settings.rehearsal_settings import REHEARSAL_FILE
from kuule.study.settings.study_toml import SETTINGS_FILE
from kuule.study_import.form_writing import CHOICE_COLUMNS, SURVEY_COLUMNS, FormChanges, WrittenForm, write_form
from kuule.study_import.import_formats import read_imported_form
from kuule.study_import.imported_form import FormImportError, ImportedForm, check_size
from kuule.study_import.not_taken import NotTaken, Reason, not_taken_text
from kuule.study_import.refused_rows import changes_after_check
from kuule.translation.formats.xlsform_workbook import workbook_bytes
from kuule.translation.importing import import_translations
from kuule.translation.text_sets.study_text_set import MISSING_PO_FILE, StudyTextSet, read_study_texts
from kuule.usecases.authoring.imported_texts import imported_readme, imported_rehearsal, imported_report
from kuule.usecases.authoring.new_study import (
    begin_ethics,
    begin_folder,
    begin_languages,
    check_folder_is_free,
    new_settings,
)
from kuule.usecases.authoring.new_study_answers import EMPTY_TEMPLATE, NewStudyAnswers
from kuule.usecases.authoring.settings_text import settings_text
from kuule.usecases.authoring.study_readme import TEMPLATES_FOLDER

NOT_TAKEN_FILE = "not-taken.md"
_FORM_FILE = "form.xlsx"
_GATES = "start"
_TEXT_LENGTHS = (2000, 1000, 500, 200)
"""How long texts may be, the template's length first."""
_MOST_ROUNDS = 20
"""How often a form is written anew. Each round takes out at least one thing; forms that were tried need three."""


@dataclass(frozen=True, slots=True)
class ImportedStudy:
    """The folder and its files, what was read, what was left out, and the warnings of a check."""

    folder: Path
    files: tuple[str, ...]
    form: ImportedForm
    questions: int
    not_taken: tuple[NotTaken, ...]
    warnings: tuple[Problem, ...]


def import_study(
    file: Path,
    folder: Path,
    answers: NewStudyAnswers,
    *,
    language: str = "",
    today: date,
    new_code: Callable[[frozenset[str]], str],
) -> ImportedStudy:
    """Write the folder of a study whose form is that of a file. `language` is that of its texts, where it does not say
    itself; the languages of `answers` come beside those of the file.

    Raises NewStudyError NEW_001, NEW_008, NEW_009; FormImportError IMPORT_001 to IMPORT_010, and for a workbook
    FORM_032 to FORM_035 and FORM_048. Nothing is written then.
    """
    check_folder_is_free(folder)
    form = read_imported_form(file, language=language)
    form = replace(form, title=remove_turning_characters(" ".join(form.title.split()))[:120])
    spoken = tuple(dict.fromkeys((*form.languages, *answers.languages)))
    answers = replace(
        answers,
        template=EMPTY_TEMPLATE,
        languages=tuple(tag for tag in spoken if tag != form.source_language),
        title=answers.title or form.title,
    )
    writing = _StudyWriting(file.name, folder, answers, form, new_code, today)
    files, warnings = begin_folder(folder, writing.write, today=today)
    return ImportedStudy(folder.absolute(), files, form, writing.questions(), writing.not_taken(), warnings)


class _StudyWriting:
    """Fills the folder. Afterwards it says what became of the form."""

    def __init__(
        self,
        file: str,
        folder: Path,
        answers: NewStudyAnswers,
        form: ImportedForm,
        new_code: Callable[[frozenset[str]], str],
        today: date,
    ) -> None:
        self._today = today
        self._file, self._folder, self._answers, self._form = file, folder.absolute(), answers, form
        self._settings = new_settings(folder, answers, new_code, source=form.source_language)
        self._form = replace(form, title=str(self._settings["title"]))
        template = read_workbook(TEMPLATES_FOLDER / EMPTY_TEMPLATE / "form.md")
        rows = template.rows("survey")
        end = next(
            number
            for number, row in enumerate(rows)
            if row["type"] == "begin_group" and row["name"] != _GATES and not row["name"].startswith("page_")
        )
        self._gates = rows[:end]
        used = {row["type"].rpartition(" ")[2] for row in self._gates if row["type"].startswith("select_one ")}
        self._gate_choices = [row for row in template.rows("choices") if row["list_name"] in used]
        self._longest_text = _TEXT_LENGTHS[0]
        self._refused: list[NotTaken] = []
        self._written = self._write_form(FormChanges())

    def write(self, draft: Path) -> None:
        """Write all files of the study into a folder that is empty."""
        self._settle(draft)
        questionnaire = _questionnaire(draft)
        (draft / "report.md").write_bytes(
            imported_report((TEMPLATES_FOLDER / EMPTY_TEMPLATE / "report.md").read_text("utf-8"), questionnaire)
        )
        begin_ethics(draft, self._answers)
        begin_languages(draft, self._answers)
        self._take_translations(draft)
        said = not_taken_text(self.not_taken(), file=self._file, program=self._form.program)
        (draft / NOT_TAKEN_FILE).write_bytes(said.encode())
        readme = imported_readme(
            self._answers,
            self._form,
            file=self._file,
            folder_name=self._folder.name,
            without_words=tuple(tag for tag in self._answers.languages if tag not in shipped_languages()),
            left_out=len(self.not_taken()),
        )
        (draft / "README.md").write_bytes(readme.encode())

    def questions(self) -> int:
        """How many questions of the file the form has."""
        return sum(
            1
            for item, row in zip(self._written.survey_items, self._written.survey, strict=True)
            if item is not None and not row["type"].startswith(("begin", "end", "note", "calculate", "hidden"))
        )

    def not_taken(self) -> tuple[NotTaken, ...]:
        """Everything that was left out, by the reader, by the writer and by the check."""
        return tuple(dict.fromkeys((*self._form.not_taken, *self._written.not_taken, *self._refused)))

    def _settle(self, draft: Path) -> None:
        """Write form and settings until a check finds no error in them."""
        changes = FormChanges()
        (draft / REHEARSAL_FILE).write_bytes(imported_rehearsal())
        problems: list[Problem] = []
        for _ in range(_MOST_ROUNDS):
            self._written = self._write_form(changes)
            self._check_something_is_left(problems)
            (draft / _FORM_FILE).write_bytes(_form_bytes(self._written))
            (draft / SETTINGS_FILE).write_bytes(settings_text(self._settings_for(_questionnaire(draft))).encode())
            gathered = read_study_folder(draft)
            found = check_folder(gathered)
            problems = [one for one in found if one.severity is Severity.ERROR and one.code != MISSING_PO_FILE]
            if not problems:
                return
            changed, refused, stuck = changes_after_check(problems, self._written, changes, file=_FORM_FILE)
            self._refused += refused
            if changed == changes and not self._shorten_texts(problems, gathered.form):
                self._give_up(stuck or problems)
            changes = changed
        self._give_up(problems)

    def _check_something_is_left(self, refused: list[Problem]) -> None:
        """Raise FormImportError IMPORT_007 if nothing is left to ask, and with it what the check said last."""
        try:
            left = tuple(item for item in self._written.survey_items if item is not None)
            check_size(left, self._file, () if refused else self.not_taken())
        except FormImportError as error:
            raise FormImportError(*error.problems, *refused) from None

    def _shorten_texts(self, problems: list[Problem], form: Form | None) -> bool:
        """Whether there was a shorter longest text for a form that has too many for one envelope. Raises
        FormImportError IMPORT_008 if even the shortest texts do not fit."""
        too_large = [one for one in problems if one.code == "EDITION_007"]
        if not too_large or form is None:
            return False
        shorter = (one for one in _TEXT_LENGTHS if one < self._longest_text)
        length = next((one for one in shorter if can_hold_every_response(MAX_EDITION_ENVELOPE, form, one)), None)
        if length is None:
            raise FormImportError(self._too_large(form))
        place = f"{SETTINGS_FILE}, answers.longest_text"
        what = f"texts of up to {_TEXT_LENGTHS[0]} characters: {length} now"
        self._refused = [one for one in self._refused if one.place != place]
        self._refused.append(NotTaken(place, what, Reason.SETTING, too_large[0].cause, too_large[0].remedy))
        self._longest_text = length
        return True

    def _too_large(self, form: Form) -> Problem:
        """IMPORT_008: there is no room even if each text is short."""
        needed = max_record_bytes(form, _TEXT_LENGTHS[-1])
        cause = f"its answers can take {needed:,} bytes, with texts of {_TEXT_LENGTHS[-1]} characters"
        cause += f", and one response holds {MAX_EDITION_ENVELOPE:,}"
        remedy = "export a part of the survey, or take texts and repeats out of it; nothing was written"
        return Problem("IMPORT_008", self._file, cause, remedy)

    def _give_up(self, problems: list[Problem]) -> None:
        cause = "what a check refuses in it cannot be taken out without more"
        remedy = "mend what is named below in the other program, and export it again; nothing was written"
        raise FormImportError(Problem("IMPORT_009", self._file, cause, remedy), *problems)

    def _write_form(self, changes: FormChanges) -> WrittenForm:
        return write_form(self._form, gates=self._gates, gate_choices=self._gate_choices, changes=changes)

    def _settings_for(self, questionnaire: Questionnaire) -> Mapping[str, object]:
        answers = {"longest_text": self._longest_text}
        texts = [
            row.name
            for row in questionnaire.questions.values()
            if row.type in TEXT_TYPES and not (row.expressions and row.is_read_only)
        ]
        return {**self._settings, "answers": answers | ({"open_text": texts} if texts else {})}

    def _take_translations(self, draft: Path) -> None:
        """Bring the texts of each further language into its PO file, as a first draft of a person."""
        if not self._form.languages:
            return
        blank = read_study_texts(draft)
        taken = TakenStep(WorkflowStep.DRAFT, "imported", self._today.isoformat())
        with tempfile.TemporaryDirectory() as folder:
            for tag in self._form.languages:
                if not any(
                    f"({tag})" in column
                    for rows in self._written.sheets(language=tag).values()
                    for row in rows
                    for column in row
                ):
                    continue
                path = Path(folder) / f"{tag}.xlsx"
                path.write_bytes(_form_bytes(self._written, language=tag))
                import_translations(draft, [path], taken)
        self._leave_out_translations(draft, blank)

    def _leave_out_translations(self, draft: Path, blank: StudyTextSet) -> None:
        """Take back the translations in which a check finds an error."""
        problems = check_folder(read_study_folder(draft))
        wrong = [
            one for one in problems if one.severity is Severity.ERROR and one.key and one.language in blank.catalogues
        ]
        for tag in dict.fromkeys(one.language for one in wrong):
            catalogue = read_study_texts(draft).catalogues[tag]
            entries = dict(catalogue.entries)
            for one in wrong:
                if one.language == tag and one.key in entries:
                    entries[one.key] = blank.catalogues[tag].entries[one.key]
                    said = f"{one.key} in {find_language(tag).english}"
                    self._refused.append(NotTaken(self._file, said, Reason.REFUSED, one.cause, one.remedy))
            (blank.folder / f"{tag}.po").write_bytes(po_bytes(replace(catalogue, entries=entries)))


def _form_bytes(written: WrittenForm, *, language: str = "") -> bytes:
    headings = {"survey": list(SURVEY_COLUMNS), "choices": list(CHOICE_COLUMNS)}
    return workbook_bytes(written.sheets(language=language), headings)


def _questionnaire(draft: Path) -> Questionnaire:
    found = questionnaire_from_workbook(read_workbook(draft / _FORM_FILE))
    assert found is not None  # noqa: S101 -- a form that was just written has a survey sheet
    return found
