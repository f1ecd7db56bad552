"""Questions of LimeSurvey by their types, as the items of one page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from kuule.study_import.conditions import AnswerComparison
from kuule.study_import.form_readers.limesurvey_survey import LimeAnswer, LimeQuestion, LimeTexts
from kuule.study_import.imported_form import LABEL, ImportedChoice, ImportedQuestion, Texts
from kuule.study_import.list_register import ListRegister
from kuule.study_import.not_taken import NotTakenNotes, Reason

LISTS = frozenset("L!O5YG")
BOXES = frozenset("MP")
_ROWS_OF_CHOICES = frozenset("FABCEH1")
_ROWS_OF_FIELDS = {"K": "decimal", "Q": "text"}
ARRAYS = _ROWS_OF_CHOICES | frozenset(_ROWS_OF_FIELDS)
_NOT_ASKED: Mapping[str, tuple[Reason, str]] = {
    "|": (Reason.UPLOAD, "file upload"),
    "*": (Reason.EXPRESSION, "equation"),
    "I": (Reason.SETTING, "language switch: every page has one"),
    ":": (Reason.TYPE, "array of numbers"),
    ";": (Reason.TYPE, "array of texts"),
}
_WORDS: Mapping[str, Sequence[tuple[str, str]]] = {
    "Y": (("Y", "Yes"), ("N", "No")),
    "G": (("F", "Female"), ("M", "Male")),
    "C": (("Y", "Yes"), ("U", "Uncertain"), ("N", "No")),
    "E": (("I", "Increase"), ("S", "Same"), ("D", "Decrease")),
}
"""Answers that LimeSurvey has itself."""
_STEPS = {"5": 5, "A": 5, "B": 10}
OTHER = "other"
_UNSAID_ATTRIBUTES: Mapping[str, Reason] = {
    "array_filter": Reason.CONDITION,
    "array_filter_exclude": Reason.CONDITION,
    "exclude_all_others": Reason.EXPRESSION,
    "em_validation_q": Reason.EXPRESSION,
    "em_validation_sq": Reason.EXPRESSION,
    "preg": Reason.EXPRESSION,
    "random_group": Reason.ORDER,
    "time_limit": Reason.SETTING,
    "location_mapservice": Reason.POSITION,
}
_OFF = frozenset({"", "0", "N"})
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,6})?")
TextsReader = Callable[[LimeTexts, str], Texts]


class QuestionBuilder:
    """Makes the items of one question: one, or a page of several."""

    def __init__(
        self, question: LimeQuestion, place: str, texts: TextsReader, lists: ListRegister, notes: NotTakenNotes
    ) -> None:
        self._question, self._place, self._lists, self._notes = question, place, lists, notes
        self._spoken = texts
        self._attributes = question.attributes

    def items(self, tags: Sequence[str]) -> list[ImportedQuestion]:
        """The items, the source language being the first of `tags`."""
        kind = self._question.kind
        if self._attributes.get("hidden", "") not in _OFF:
            self._notes.add(self._place, "it is hidden from those who answer", Reason.SETTING)
            return []
        if kind in _NOT_ASKED:
            reason, what = _NOT_ASKED[kind]
            self._notes.add(self._place, what, reason)
            return []
        if self._question.mandatory:
            self._notes.add(self._place, "mandatory", Reason.REQUIRED)
        for name, reason in _UNSAID_ATTRIBUTES.items():
            if self._attributes.get(name, "") not in _OFF:
                self._notes.add(self._place, f"{name}: {self._attributes[name]}", reason)
        if self._attributes.get("location_mapservice", "") not in _OFF:
            return []
        made = self._made(kind, tags)
        if not made:
            self._notes.add(self._place, f"a question of type {kind!r}", Reason.TYPE)
        return made

    def _made(self, kind: str, tags: Sequence[str]) -> list[ImportedQuestion]:
        if kind in LISTS:
            return self._list(tags)
        if kind in BOXES:
            return self._boxes(tags)
        if kind in _ROWS_OF_CHOICES:
            return self._array(tags)
        if kind in _ROWS_OF_FIELDS:
            return self._fields(_ROWS_OF_FIELDS[kind])
        if kind == "R":
            return self._ranking()
        if kind == "N":
            return [self._main(self._number_kind(), cells=self._number_cells())]
        plain = {"S": "text", "T": "text", "U": "text", "D": "date", "X": "note"}.get(kind)
        cells = {"appearance": "multiline"} if kind in {"T", "U"} else {}
        return [] if plain is None else [self._main(plain, cells=cells)]

    def _main(self, kind: str, *, list_name: str = "", cells: Mapping[str, str] | None = None) -> ImportedQuestion:
        texts = {LABEL: self._spoken(self._question.texts, self._place)}
        hint = self._spoken(self._question.help, f"{self._place}, help")
        if hint:
            texts["hint"] = hint
        return ImportedQuestion(self._question.code, kind, self._place, texts, list_name, cells=cells or {})

    def _choices(self, tags: Sequence[str], scale: int = 0) -> list[ImportedChoice]:
        kind = self._question.kind
        if kind in _STEPS:
            steps = map(str, range(1, _STEPS[kind] + 1))
            return [ImportedChoice(step, dict.fromkeys(tags, step)) for step in steps]
        if kind in _WORDS:
            self._note_own_words(tags, ", ".join(label for _, label in _WORDS[kind]))
            return [ImportedChoice(code, {tags[0]: label}) for code, label in _WORDS[kind]]
        return [self._choice(one) for one in self._question.answers if one.scale == scale]

    def _choice(self, answer: LimeAnswer) -> ImportedChoice:
        place = f"{self._place}, answer {answer.code}"
        return ImportedChoice(answer.code, self._spoken(answer.texts, place))

    def _note_own_words(self, tags: Sequence[str], words: str) -> None:
        if tags[0] != "en":
            self._notes.add(self._place, words, Reason.OWN_WORDS)

    def _list(self, tags: Sequence[str]) -> list[ImportedQuestion]:
        choices = self._choices(tags)
        if self._question.other:
            choices.append(self._other_choice(tags))
        if not choices:
            return []
        name = self._lists.name_of(choices, self._question.code)
        cells = {"appearance": "minimal"} if self._question.kind == "!" else {}
        items = [self._main("select_one", list_name=name, cells=cells | self._order())]
        if self._question.other:
            items.append(self._other_text(tags))
        if self._question.kind == "O":
            self._notes.add(self._place, "its comment field", Reason.TYPE, why="an answer has no comment beside it")
        return items

    def _boxes(self, tags: Sequence[str]) -> list[ImportedQuestion]:
        choices = [self._choice(one) for one in self._question.subquestions]
        if self._question.other:
            choices.append(self._other_choice(tags))
        if not choices:
            return []
        name = self._lists.name_of(choices, self._question.code)
        limits = [
            f"count-selected(.) {operator} {self._attributes[attribute]}"
            for attribute, operator in (("min_answers", ">="), ("max_answers", "<="))
            if self._attributes.get(attribute, "").isdigit()
        ]
        cells = self._order() | ({"constraint": " and ".join(limits)} if limits else {})
        items = [self._main("select_multiple", list_name=name, cells=cells)]
        if self._question.other:
            items.append(self._other_text(tags))
        if self._question.kind == "P":
            self._notes.add(self._place, "its comment fields", Reason.TYPE, why="an answer has no comment beside it")
        return items

    def _other_choice(self, tags: Sequence[str]) -> ImportedChoice:
        self._note_own_words(tags, "Other")
        return ImportedChoice(OTHER, {tags[0]: self._attributes.get("other_replace_text", "") or "Other"})

    def _other_text(self, tags: Sequence[str]) -> ImportedQuestion:
        code = self._question.code
        label = {tags[0]: self._attributes.get("other_replace_text", "") or "Other"}
        return ImportedQuestion(
            f"{code}_other",
            "text",
            f"{self._place}, other",
            {LABEL: label},
            condition=AnswerComparison(code, "=", OTHER),
        )

    def _order(self) -> dict[str, str]:
        drawn = self._attributes.get("random_order", "") not in _OFF or self._attributes.get("answer_order") == "random"
        return {"parameters": "randomize=true"} if drawn else {}

    def _array(self, tags: Sequence[str]) -> list[ImportedQuestion]:
        rows: list[ImportedQuestion] = []
        scales = (0, 1) if self._question.kind == "1" else (0,)
        for scale in scales:
            choices = self._choices(tags, scale)
            if not choices:
                continue
            ending = f"_{scale}" if len(scales) > 1 else ""
            name = self._lists.name_of(choices, f"{self._question.code}{ending}")
            rows += [
                self._row(one, "select_one", ending, list_name=name, cells={"appearance": "list-nolabel"})
                for one in self._question.subquestions
                if one.scale == 0
            ]
        return [self._heading(), *rows] if rows else []

    def _fields(self, kind: str) -> list[ImportedQuestion]:
        made = self._number_kind() if kind == "decimal" else kind
        cells = self._number_cells() if kind == "decimal" else {}
        rows = [self._row(one, made, "", cells=cells) for one in self._question.subquestions]
        return [self._heading(), *rows] if rows else []

    def _row(
        self, row: LimeAnswer, kind: str, ending: str, *, list_name: str = "", cells: Mapping[str, str]
    ) -> ImportedQuestion:
        place = f"{self._place}, {row.code}{ending}"
        texts = self._row_texts(self._spoken(row.texts, place))
        code = f"{self._question.code}_{row.code}{ending}"
        return ImportedQuestion(code, kind, place, texts, list_name, cells=cells)

    def _row_texts(self, spoken: Texts) -> Mapping[str, Texts]:
        """The text of a row. A | in it has what stands at the two ends: of an array, or of a slider after its text."""
        if self._question.kind in _ROWS_OF_CHOICES:
            return {LABEL: {tag: _joined_ends(text.split("|")) for tag, text in spoken.items()}}
        mark = self._attributes.get("slider_separator") or "|"
        if self._question.kind != "K" or self._attributes.get("slider_layout", "") in _OFF:
            return {LABEL: spoken}
        parts = {tag: text.split(mark) for tag, text in spoken.items()}
        ends = {tag: joined for tag, (_, *rest) in parts.items() if (joined := _joined_ends(rest))}
        said: dict[str, Texts] = {LABEL: {tag: first.strip() for tag, (first, *_) in parts.items()}}
        return said | ({"hint": ends} if ends else {})

    def _heading(self) -> ImportedQuestion:
        return self._main("note")

    def _ranking(self) -> list[ImportedQuestion]:
        choices = [self._choice(one) for one in self._question.answers or self._question.subquestions]
        return [self._main("rank", list_name=self._lists.name_of(choices, self._question.code))] if choices else []

    def _number_kind(self) -> str:
        return "integer" if self._attributes.get("num_value_int_only", "") not in _OFF else "decimal"

    def _number_cells(self) -> dict[str, str]:
        limits = [
            f". {operator} {self._attributes[name]}"
            for name, operator in (("min_num_value_n", ">="), ("max_num_value_n", "<="))
            if _NUMBER.fullmatch(self._attributes.get(name, ""))
        ]
        return {"constraint": " and ".join(limits)} if limits else {}


def _joined_ends(parts: Sequence[str]) -> str:
    return " – ".join(part.strip() for part in parts if part.strip())
