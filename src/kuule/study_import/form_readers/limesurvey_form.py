"""A survey of LimeSurvey as an imported form: each group a section, each question a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kuule.study_import.condition_parsing import AnswerWord, ConditionDialect, parse_condition
from kuule.study_import.conditions import Condition, Unsayable, conjunction_of
from kuule.study_import.form_readers.limesurvey_questions import (
    ARRAYS,
    BOXES,
    LISTS,
    OTHER,
    QuestionBuilder,
)
from kuule.study_import.form_readers.limesurvey_survey import LimeGroup, LimeQuestion, LimeSurvey, LimeTexts
from kuule.study_import.html_text import TextCleaner
from kuule.study_import.imported_form import (
    LABEL,
    ImportedForm,
    ImportedGroup,
    ImportedItem,
    ImportedQuestion,
    Texts,
)
from kuule.study_import.languages_meant import language_meant
from kuule.study_import.list_register import ListRegister
from kuule.study_import.not_taken import NotTakenNotes, Reason

PROGRAM = "a survey of LimeSurvey"
_PIPING = re.compile(r"\{[^{}\s][^{}]*\}")
_SGQA = re.compile(r"(?:INSERTANS:)?\d+X\d+X(\d+)(\w*)")
_OTHER_CODE = re.compile(r"""["']-oth-["']""")
_QID = re.compile(r"Q(\d+)(?:_S(\d+))?(?:_(\w+))?")
"""How LimeSurvey 6 names a question by its id, and a subquestion by its own: `Q481_S482`."""
_SUFFIXES = re.compile(r"\.(NAOK|code|value|valueNAOK)$")


def limesurvey_form(survey: LimeSurvey, file: str, *, language: str = "") -> ImportedForm:
    """The form. `language` is the tag of the base language; by default what LimeSurvey's code means."""
    return _FormBuilder(survey, file, language).form()


class _FormBuilder:
    def __init__(self, survey: LimeSurvey, file: str, language: str) -> None:
        self._survey, self._file = survey, file
        self._notes = NotTakenNotes()
        self._cleaner = TextCleaner(_PIPING, self._notes)
        self._tags = self._meant_tags(language)
        self._lists = ListRegister()
        self._questions = {one.code: one for group in survey.groups for one in group.questions}
        self._by_number = {one.number: one for one in self._questions.values() if one.number}
        self._dialect = ConditionDialect(
            r"[A-Za-z][\w]*(?:\.[A-Za-z]+)?|\d+X\d+X\d+\w*(?:\.[A-Za-z]+)?", self._answer_word, frozenset({"is_empty"})
        )

    def form(self) -> ImportedForm:
        members = tuple(self._section(number, one) for number, one in enumerate(self._survey.groups, 1))
        for place, what, reason in self._survey.extras:
            self._notes.add(place, self._cleaner.plain_text(what, place) or place, reason)
        source, *others = dict.fromkeys(self._tags.values())
        titles = self._texts(self._survey.titles, "survey title")
        return ImportedForm(
            PROGRAM, titles.get(source, ""), source, tuple(others), members, self._lists.lists(), self._notes.entries()
        )

    def _meant_tags(self, language: str) -> dict[str, str]:
        """The tag of each of LimeSurvey's codes, the base language first."""
        tags: dict[str, str] = {}
        for number, code in enumerate(self._survey.languages):
            tag = language if language and number == 0 else language_meant(code)
            if not tag and number == 0:
                tag = "en"
            if not tag or tag in tags.values():
                why = "" if not tag else f"the form has {tag} already, from {next(iter(tags))}"
                self._notes.add("languages", code, Reason.LANGUAGE, why=why)
                continue
            tags[code] = tag
        return tags or {"": language or "en"}

    def _texts(self, texts: LimeTexts, place: str) -> Texts:
        said = {
            self._tags[code]: self._cleaner.plain_text(text, place)
            for code, text in texts.items()
            if code in self._tags
        }
        if not said and texts:
            said = {next(iter(self._tags.values())): self._cleaner.plain_text(next(iter(texts.values())), place)}
        return {tag: text for tag, text in said.items() if text}

    def _section(self, number: int, group: LimeGroup) -> ImportedGroup:
        place = f"group {number}"
        if group.is_shuffled:
            self._notes.add(place, "the order of groups is drawn", Reason.ORDER)
        members: list[ImportedItem] = []
        description = self._texts(group.descriptions, place)
        if description:
            members.append(ImportedQuestion(f"text_{number}", "note", f"{place}, description", {LABEL: description}))
        for one in group.questions:
            members += self._pages(one)
        titles = self._texts(group.titles, place) or {next(iter(self._tags.values())): str(number)}
        return ImportedGroup(
            f"group_{number}",
            place,
            tuple(members),
            texts={LABEL: titles},
            condition=self._condition(group.relevance, place),
        )

    def _pages(self, question: LimeQuestion) -> Iterator[ImportedItem]:
        place = f"question {question.code}"
        condition = self._condition(question.relevance, place)
        builder = QuestionBuilder(question, place, self._texts, self._lists, self._notes)
        items = builder.items(tuple(self._tags.values()))
        for sub in question.subquestions:
            if sub.relevance not in {"", "1"}:
                self._notes.add(f"{place}, {sub.code}", sub.relevance, Reason.CONDITION)
        if len(items) == 1:
            [only] = items
            yield _with_condition(only, condition)
        elif items:
            yield ImportedGroup(
                f"page_{question.code}",
                f"{place}, page",
                tuple(items),
                condition=condition,
                cells={"appearance": "field-list"},
            )

    def _condition(self, written: str, place: str) -> Condition | None:
        text = written.strip()
        if text.startswith("{") and text.endswith("}"):
            text = text[1:-1]
        try:
            return parse_condition(_OTHER_CODE.sub(f'"{OTHER}"', text), self._dialect)
        except Unsayable as error:
            self._notes.add(place, written, Reason.CONDITION, why=f"{error}, so everyone is asked now")
            return None

    def _answer_word(self, word: str) -> AnswerWord | None:
        """What `Q1`, `Q1.NAOK`, `Q2_SQ001` and `123X4X56SQ001` mean."""
        plain = _SUFFIXES.sub("", word)
        by_number = _SGQA.fullmatch(plain)
        if by_number:
            asked = next((one for one in self._numbered(by_number[1], by_number[2])), None)
            return None if asked is None else _meant_part(*asked)
        by_id = _QID.fullmatch(plain)
        if by_id and plain.partition("_")[0] not in self._questions and by_id[1] in self._by_number:
            return _part_by_id(self._by_number[by_id[1]], by_id[2] or "", by_id[3] or "")
        for code in _prefixes(plain):
            question = self._questions.get(code)
            if question is not None:
                return _meant_part(question, plain[len(code) + 1 :])
        return None

    def _numbered(self, digits: str, rest: str) -> Iterator[tuple[LimeQuestion, str]]:
        """The question of an id, which older files write together with the code of a subquestion that may be a
        number."""
        for end in range(len(digits), 0, -1):
            question = self._by_number.get(digits[:end])
            if question is not None:
                yield question, digits[end:] + rest


def _prefixes(word: str) -> Sequence[str]:
    parts = word.split("_")
    return ["_".join(parts[:end]) for end in range(len(parts), 0, -1)]


def _part_by_id(question: LimeQuestion, number: str, rest: str) -> AnswerWord | None:
    codes = {one.number: one.code for one in question.subquestions if one.number}
    return _meant_part(question, codes.get(number, rest))


def _meant_part(question: LimeQuestion, part: str) -> AnswerWord | None:
    if not part:
        return AnswerWord(question.code)
    if part == "other" and question.kind in LISTS | BOXES:
        return AnswerWord(f"{question.code}_other")
    codes = {one.code for one in question.subquestions}
    if part not in codes and not part.rpartition("_")[0]:
        return None
    if question.kind in BOXES:
        return AnswerWord(question.code, part, frozenset({"Y"})) if part in codes else None
    return AnswerWord(f"{question.code}_{part}") if question.kind in ARRAYS else None


def _with_condition(item: ImportedItem, condition: Condition | None) -> ImportedItem:
    return replace(item, condition=conjunction_of(condition, item.condition))
