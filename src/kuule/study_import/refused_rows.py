"""What a check refuses in an imported form: which question, column or choice is to go for it to pass."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kuule.core.problems import Problem
from kuule.study_import.form_writing import EXPRESSIONS, RELEVANT, FormChanges, WrittenForm
from kuule.study_import.imported_form import ImportedItem
from kuule.study_import.not_taken import NotTaken, Reason

_LOGIC = (RELEVANT, *EXPRESSIONS)
_TEXTS = ("constraint_message", "hint", "guidance_hint")
_QUESTIONS: Mapping[str, Reason] = {
    "STUDY_301": Reason.UPLOAD,
    "STUDY_302": Reason.POSITION,
    "STUDY_304": Reason.IDENTITY,
    "STUDY_333": Reason.TYPE,
    "STUDY_337": Reason.REFUSED,
    "FORM_043": Reason.FILE,
    "FORM_047": Reason.TYPE,
}
"""Problems for which the question itself has to go."""
_OF_LOGIC = re.compile(r"FORM_(010|020|021|04[0-9]|1[0-2][0-9])|STUDY_(303|312|317|318|320|321|323|334|352)")
"""Problems that are in an expression: the question can stay without it."""
_WORDS = "STUDY_353"


def changes_after_check(
    problems: Sequence[Problem], written: WrittenForm, changes: FormChanges, *, file: str
) -> tuple[FormChanges, list[NotTaken], list[Problem]]:
    """The changes that the problems ask for on top of those before, what was taken out by them, and the problems that
    stand at no row."""
    left_out, columns, choices = set(changes.left_out), dict(changes.columns), set(changes.choices)
    refused: list[NotTaken] = []
    stuck: list[Problem] = []
    rows, choice_rows = _survey_places(written, file), _choice_places(written, file)
    for problem in problems:
        choice = choice_rows.get(problem.place)
        if choice is not None:
            choices.add(choice)
            refused.append(_refused(f"list {choice[0]}", f"answer {choice[1]}", Reason.REFUSED, problem))
            continue
        if problem.place not in rows:
            stuck.append(problem)
            continue
        item, cells = rows[problem.place]
        guilty = _guilty_columns(problem, cells)
        if guilty and item.place not in left_out:
            columns[item.place] = columns.get(item.place, frozenset()) | guilty
            what = ", ".join(f"{column}: {cells[column]}" for column in sorted(guilty))
            reason = Reason.CONDITION if guilty == {RELEVANT} else Reason.EXPRESSION
            refused.append(_refused(item.place, f"{item.code}, {what}", reason, problem))
        elif item.place not in left_out:
            left_out.add(item.place)
            refused.append(
                _refused(item.place, _described(item), _QUESTIONS.get(problem.code, Reason.REFUSED), problem)
            )
    return FormChanges(frozenset(left_out), columns, frozenset(choices)), refused, stuck


def _survey_places(written: WrittenForm, file: str) -> dict[str, tuple[ImportedItem, Mapping[str, str]]]:
    """What stands at each place of the survey that a problem may name: a row, or a cell of it."""
    found: dict[str, tuple[ImportedItem, Mapping[str, str]]] = {}
    for number, (item, cells) in enumerate(zip(written.survey_items, written.survey, strict=True), 2):
        if item is not None:
            row = f"{file}, survey, row {number}"
            found |= dict.fromkeys((row, *(f"{row}, {column}" for column in cells)), (item, cells))
    return found


def _choice_places(written: WrittenForm, file: str) -> dict[str, tuple[str, str]]:
    return {
        f"{file}, choices, row {number}": choice
        for number, choice in enumerate(written.choice_items, 2)
        if choice is not None
    }


def _guilty_columns(problem: Problem, cells: Mapping[str, str]) -> frozenset[str]:
    """The columns that can go instead of the question; none if only the question itself can."""
    if problem.code in _QUESTIONS:
        return frozenset()
    if problem.code == _WORDS:
        return frozenset(column for column in _TEXTS if column in cells)
    there = [column for column in _LOGIC if column in cells]
    if cells["type"] == "calculate" or not (_OF_LOGIC.fullmatch(problem.code) or problem.code == "FORM_030"):
        return frozenset()
    named = [column for column in there if re.search(rf"\b{column}\b", f"{problem.place} {problem.cause}")]
    quoted = problem.excerpt.text if problem.excerpt is not None else ""
    shown = [
        column for column in there if quoted and cells[column] and cells[column] in quoted and quoted == cells[column]
    ]
    return frozenset(named or shown or there)


def _described(item: ImportedItem) -> str:
    text = next((one for spoken in item.texts.values() for one in spoken.values()), "")
    return f"{item.code} ({item.kind}) {text}".strip()


def _refused(place: str, what: str, reason: Reason, problem: Problem) -> NotTaken:
    line = " ".join(what.split())
    return NotTaken(place, line if len(line) <= 160 else f"{line[:159]}…", reason, problem.cause, problem.remedy)
