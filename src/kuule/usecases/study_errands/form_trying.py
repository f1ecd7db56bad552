"""Trying another questionnaire, or another file of text, for the lead's desk: the study is copied, checked with it, and
compared."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from kuule.booklet.booklet_document import BookletTable
from kuule.booklet.booklet_source import BookletSource
from kuule.booklet.changes_booklet import changes_booklet
from kuule.core.problems import Problem, Severity, WorkbenchError
from kuule.languages.workflow.entries import Catalogue
from kuule.study.folder.folder_reading import FolderReading
from kuule.study.folder.study_copy import study_with_file
from kuule.study.folder.study_folder import complete_study_folder, read_study_folder
from kuule.study.freeze import language_texts
from kuule.study.rules.changes.changed_logic import lost_conditions_problem
from kuule.usecases.authoring.study_problems import StudyCheck, check_one_study, errors_first
from kuule.usecases.study_errands.study_checking import can_be_shown
from kuule.usecases.study_errands.text_writing import refuse_control_characters
from kuule.workbench.errands.problem_tables import cut_text, without_place
from kuule.workbench.study_desk.form_trial import FormChange, FormChangeTable, FormTrial, LanguageEffect
from kuule.workbench.study_desk.study_findings import StudyFindings, cut_problems, found_languages, found_problems

_MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class _Version:
    """The study with one of the two questionnaires."""

    gathered: FolderReading
    check: StudyCheck
    problems: tuple[Problem, ...]

    @property
    def reading_errors(self) -> frozenset[Problem]:
        errors = (one for one in self.gathered.problems if one.severity is Severity.ERROR)
        return frozenset(without_place(one, (self.gathered.path,)) for one in errors)


def try_form(study: Path, form: Path, name: str, today: date) -> FormTrial:
    """What the study would be with the file `form` as its questionnaire, under the name `name`. The study stays as it
    is. Raises WorkbenchError WORKBENCH_021 for a workbook with macros."""
    _refuse_macros(form)
    before = _version(study, today)
    with study_with_file(study, form.read_bytes(), name) as folder:
        now = _version(folder, today)
        compared = can_be_shown(before.gathered) and can_be_shown(now.gathered)
        changes = _changes(before.gathered, now.gathered) if compared else ()
        return _trial(before, now, changes, compared=compared, lost=_lost_conditions(before, now, name))


def try_text_file(study: Path, name: str, text: str, today: date) -> FormTrial:
    """The same for a file of text that is no questionnaire. Raises WorkbenchError WORKBENCH_023 for a text that no file
    should have."""
    refuse_control_characters(text)
    before, old = _version(study, today), (study / name).read_text("utf-8") if (study / name).is_file() else ""
    with study_with_file(study, text.encode(), name) as folder:
        return _trial(before, _version(folder, today), _changed_blocks(old, text, name), compared=True)


def _lost_conditions(before: _Version, now: _Version, name: str) -> Iterator[Problem]:
    """The questionnaire that is there is the one look that was kept: what it asked of some is not asked of all."""
    if before.gathered.form is not None and now.gathered.form is not None:
        lost = lost_conditions_problem(before.gathered.form, now.gathered.form, name)
        if lost is not None:
            yield lost


def _trial(
    before: _Version,
    now: _Version,
    changes: Iterable[FormChangeTable],
    *,
    compared: bool,
    lost: Iterable[Problem] = (),
) -> FormTrial:
    problems, cut = cut_problems(found_problems(errors_first((*now.problems, *lost)), before.problems))
    findings = StudyFindings(problems, found_languages(now.check.languages), cut=cut)
    if now.gathered.form is None or now.reading_errors - before.reading_errors:
        return FormTrial(is_readable=False, findings=findings)
    effects = tuple(_effects(before.gathered.catalogues, now.gathered.catalogues))
    return FormTrial(is_readable=True, findings=findings, compared=compared, changes=tuple(changes), effects=effects)


def _changed_blocks(old: str, new: str, name: str) -> Iterator[FormChangeTable]:
    """What differs, block by block; in a table, line by line."""
    between = "\n" if name.endswith(".csv") else "\n\n"
    before, now = (text.replace("\r\n", "\n").strip().split(between) for text in (old, new))
    lines = _first_lines(now, between)
    rows = [
        _changed_block(lines[start], between.join(before[a:b]), between.join(now[start:end]))
        for kind, a, b, start, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    if rows:
        yield FormChangeTable("", len(rows), tuple(rows[:_MOST_ROWS]))


def _changed_block(line: int, before: str, now: str) -> FormChange:
    """A blank line more at its beginning is nothing to show."""
    blank = len(now) - len(now.lstrip("\n"))
    return FormChange(str(line + blank), cut_text(before.strip("\n")), "", cut_text(now.strip("\n")), "")


def _first_lines(blocks: Sequence[str], between: str) -> list[int]:
    """The number of the first line of each block, and of what comes after the last."""
    numbers = [1]
    for block in blocks:
        numbers.append(numbers[-1] + block.count("\n") + between.count("\n"))
    return numbers


def _refuse_macros(form: Path) -> None:
    """A workbook with macros is refused even if it is called .xlsx: whoever downloads it here would run them."""
    try:
        with zipfile.ZipFile(form) as packed:
            macros = any(name.lower().endswith("vbaproject.bin") for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return  # no workbook: what reads it says why
    if macros:
        cause, remedy = "it is a workbook with macros", "save it as .xlsx without macros, and send that"
        raise WorkbenchError(Problem("WORKBENCH_021", "the questionnaire", cause, remedy))


def _version(study: Path, today: date) -> _Version:
    gathered = read_study_folder(study)
    check = check_one_study(gathered, today=today)
    return _Version(gathered, check, tuple(without_place(one, (study,)) for one in check.problems))


def _changes(before: FolderReading, now: FolderReading) -> Iterator[FormChangeTable]:
    document = changes_booklet(_source(before), _source(now))
    for block in document.blocks:
        if isinstance(block, BookletTable):
            rows = (
                FormChange(name.text, cut_text(old.text), old.tag, cut_text(new.text), new.tag)
                for name, old, new in block.rows[:_MOST_ROWS]
            )
            yield FormChangeTable(block.caption.rpartition(": ")[0], len(block.rows), tuple(rows))


def _source(gathered: FolderReading) -> BookletSource:
    folder = complete_study_folder(gathered)
    tag = folder.settings.source_language
    return BookletSource(folder.settings, folder.form, language_texts(folder, tag), tag, "")


def _effects(before: Mapping[str, Catalogue], now: Mapping[str, Catalogue]) -> Iterator[LanguageEffect]:
    for tag, catalogue in now.items():
        if tag not in before:
            continue
        old, new = before[tag].entries, catalogue.entries
        stale = sum(one.stale and bool(one.text) and not (key in old and old[key].stale) for key, one in new.items())
        added = sum(key not in old for key in new)
        removed = sum(key not in new and bool(one.text) for key, one in old.items())
        if stale or added or removed:
            yield LanguageEffect(tag, stale, added, removed)
