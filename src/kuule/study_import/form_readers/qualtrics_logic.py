"""Display logic and branches of Qualtrics as conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kuule.study_import.conditions import (
    AnswerComparison,
    Condition,
    Conjunction,
    Disjunction,
    NegatedCondition,
    Unsayable,
)
from kuule.study_import.form_readers.json_values import as_map, as_text
from kuule.study_import.form_readers.qualtrics_questions import QualtricsQuestion
from kuule.study_import.not_taken import NotTakenNotes, Reason

_COMPARED = {
    "EqualTo": "=", "NotEqualTo": "!=", "GreaterThan": ">", "GreaterThanOrEqual": ">=", "LessThan": "<",
    "LessThanOrEqual": "<=",
}  # fmt: skip
_ANSWERED = {"Empty": "=", "NotEmpty": "!=", "NotAnswered": "=", "Answered": "!="}
_CHOSEN = {"Selected": True, "NotSelected": False}
_CHOICE = re.compile(
    r"q://(QID\w+?)/(?:SelectableChoice|ChoiceTextEntryValue|SelectableAnswer)(?:/([\w-]+))?(?:/([\w-]+))?$"
)
_QUESTION = re.compile(r"q://(QID\w+?)(?:/|$)")
_DIGITS = re.compile(r"\d+")


class DisplayLogic:
    """Reads conditions. `questions` are all of the survey, by their ids."""

    def __init__(self, questions: Mapping[str, QualtricsQuestion], notes: NotTakenNotes) -> None:
        self._questions, self._notes = questions, notes

    def condition(self, logic: Mapping[str, Any], place: str) -> Condition | None:
        """What a question or a branch is shown by; None for always, and for what cannot be said, which is noted."""
        if not logic:
            return None
        try:
            return self._joined([self._set(one) for one in _parts(logic)])
        except Unsayable as error:
            why = f"{error}, so everyone is asked now"
            self._notes.add(place, _described(logic), Reason.CONDITION, why=why)
            return None

    def _set(self, one: Mapping[str, Any]) -> tuple[str, Condition]:
        """One set of conditions, with the word before it."""
        word = as_text(one.get("Type"))
        found = self._joined([(as_text(part.get("Conjuction")), self._single(part)) for part in _parts(one)])
        return ("Or" if word.lower().startswith("or") else "And"), found

    def _joined(self, parts: list[tuple[str, Condition]]) -> Condition:
        """Parts by the words before them; "and" binds more closely."""
        if not parts:
            raise Unsayable("it has no part that can be read")
        rows: list[list[Condition]] = []
        for word, part in parts:
            if rows and word.lower() != "or":
                rows[-1].append(part)
            else:
                rows.append([part])
        joined = [row[0] if len(row) == 1 else Conjunction(tuple(row)) for row in rows]
        return joined[0] if len(joined) == 1 else Disjunction(tuple(joined))

    def _single(self, one: Mapping[str, Any]) -> Condition:
        kind = as_text(one.get("LogicType"))
        if kind != "Question":
            raise Unsayable(f"it reads {_KINDS.get(kind, kind or 'something unknown')}")
        locator = as_text(one.get("ChoiceLocator")) or as_text(one.get("LeftOperand"))
        operator = as_text(one.get("Operator"))
        match = _QUESTION.match(locator)
        question = self._questions.get(match[1] if match else as_text(one.get("QuestionID")))
        if question is None:
            raise Unsayable(f"it reads {locator or 'a question'!r}, which is not in the survey")
        if operator in _CHOSEN:
            return self._chosen(question, locator, chosen=_CHOSEN[operator])
        if question.is_matrix:
            raise Unsayable(f"it compares a row of a matrix by {operator}")
        if operator in _ANSWERED:
            return AnswerComparison(question.code, _ANSWERED[operator], "")
        if operator in _COMPARED:
            return AnswerComparison(question.code, _COMPARED[operator], as_text(one.get("RightOperand")))
        raise Unsayable(f"it asks {operator or 'nothing'}")

    def _chosen(self, question: QualtricsQuestion, locator: str, *, chosen: bool) -> Condition:
        match = _CHOICE.match(locator)
        first, second = (match[2], match[3]) if match else (None, None)
        if first is None:
            raise Unsayable(f"it reads {locator!r}")
        if question.is_matrix:
            if second is None or first not in question.rows or second not in question.values:
                raise Unsayable(f"it reads {locator!r} of a matrix")
            found = AnswerComparison(question.rows[first], "=", question.values[second])
        elif first in question.values:
            found = AnswerComparison(question.code, "=", question.values[first])
        else:
            raise Unsayable(f"it reads an answer that {question.code!r} has not")
        return found if chosen else NegatedCondition(found)


_KINDS = {
    "EmbeddedField": "embedded data", "Quota": "a quota", "GeoIP": "where somebody is", "DeviceType": "the device",
    "Loop": "a loop", "Contact": "a contact list",
}  # fmt: skip


def _parts(logic: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The numbered parts in their order."""
    numbered = [(int(key), as_map(part)) for key, part in logic.items() if _DIGITS.fullmatch(key) and len(key) < 6]
    return [part for _, part in sorted(numbered, key=lambda one: one[0]) if part]


def _described(logic: Mapping[str, Any]) -> str:
    said = [as_text(part.get("Description")) for one in _parts(logic) for part in _parts(one)]
    plain = [re.sub(r"<[^<>]*>", " ", text) for text in said]
    return " ".join(" ".join(plain).split()) or "display logic"
