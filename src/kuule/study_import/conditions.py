"""Conditions of a questionnaire as a small tree, and how they are written in an XLSForm."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
SELECT_ONE, SELECT_MULTIPLE = "select_one", "select_multiple"
NUMBERS = frozenset({"integer", "decimal", "range"})


class Unsayable(Exception):
    """A condition cannot be said in the form's language. The message says why."""


@dataclass(frozen=True, slots=True)
class AnswerComparison:
    """An answer compared with a value; `operator` is one of = != < <= > >=. With an empty value, whether there is an
    answer. Of a question with several answers, `=` is whether that one is among them."""

    question: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class NegatedCondition:
    """Not so."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Conjunction:
    """All of its parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Disjunction:
    """One of its parts, or more."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class WrittenExpression:
    """An expression of XLSForm as its author wrote it. It names questions by their codes in `${…}`."""

    text: str


Condition = AnswerComparison | NegatedCondition | Conjunction | Disjunction | WrittenExpression


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """What a condition has to know of a question: its name in the form, its kind, its choices."""

    name: str
    kind: str
    values: frozenset[str] = frozenset()


FindQuestion = Callable[[str], FormQuestion | None]


def conjunction_of(*parts: Condition | None) -> Condition | None:
    """All that are there together, or None."""
    found = tuple(one for one in parts if one is not None)
    return Conjunction(found) if len(found) > 1 else next(iter(found), None)


def condition_xpath(condition: Condition, find: FindQuestion) -> str:
    """The condition in the form's language. Raises Unsayable, for example if it names a question that is not there."""
    match condition:
        case AnswerComparison():
            return _comparison(condition, _found(condition.question, find))
        case NegatedCondition(part):
            return f"not({condition_xpath(part, find)})"
        case Conjunction(parts):
            return " and ".join(_bracketed(one, find, within=Conjunction) for one in parts)
        case Disjunction(parts):
            return " or ".join(_bracketed(one, find, within=Disjunction) for one in parts)
        case WrittenExpression(text):
            return renamed_references(text, find)


def renamed_references(text: str, find: FindQuestion) -> str:
    """An expression with the names that questions have in the form. Raises Unsayable if one is not there."""
    return _REFERENCE.sub(lambda match: f"${{{_found(match[1], find).name}}}", text)


def references_in(text: str) -> tuple[str, ...]:
    """The codes that `${…}` names in a text."""
    return tuple(_REFERENCE.findall(text))


def replaced_references(text: str, replacements: Mapping[str, str]) -> str:
    """A text with other words for some of its references."""
    return _REFERENCE.sub(lambda match: replacements.get(match[1], match[0]), text)


def _bracketed(part: Condition, find: FindQuestion, *, within: type) -> str:
    said = condition_xpath(part, find)
    plain = isinstance(part, (AnswerComparison, NegatedCondition, within))
    return said if plain else f"({said})"


def _found(code: str, find: FindQuestion) -> FormQuestion:
    question = find(code)
    if question is None:
        raise Unsayable(f"it reads {code!r}, which is not in the form")
    return question


def _comparison(one: AnswerComparison, question: FormQuestion) -> str:
    reference = f"${{{question.name}}}"
    if one.value == "" and one.operator in {"=", "!="}:
        return f"{reference} {one.operator} ''"
    if question.kind in {SELECT_ONE, SELECT_MULTIPLE, "rank"} and one.operator in {"=", "!="}:
        return _choice(one, question, reference)
    if _NUMBER.fullmatch(one.value) and (question.kind in NUMBERS or one.operator not in {"=", "!="}):
        return f"{reference} {one.operator} {one.value}"
    if one.operator not in {"=", "!="}:
        raise Unsayable(f"it compares texts by {one.operator}")
    return f"{reference} {one.operator} {quoted_text(one.value)}"


def _choice(one: AnswerComparison, question: FormQuestion, reference: str) -> str:
    if one.value not in question.values:
        raise Unsayable(f"it compares with {one.value!r}, which is no answer of {question.name!r}")
    if question.kind == SELECT_ONE:
        return f"{reference} {one.operator} {quoted_text(one.value)}"
    chosen = f"selected({reference}, {quoted_text(one.value)})"
    return chosen if one.operator == "=" else f"not({chosen})"


def quoted_text(text: str) -> str:
    """A text in quotes. Raises Unsayable for one that has both kinds, which XPath cannot write."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    raise Unsayable("it compares with a text that has both kinds of quotes")
