"""Conditions that other programs write as text: LimeSurvey's ExpressionScript and REDCap's branching logic.

Both are the same grammar (comparisons, and, or, not, brackets) with other words for a question, which each reader
gives. What is more than that (arithmetic, functions) cannot be said, and the reason is said instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kuule.study_import.conditions import (
    AnswerComparison,
    Condition,
    Conjunction,
    Disjunction,
    NegatedCondition,
    Unsayable,
)

MAX_LENGTH = 20_000
MAX_DEPTH = 40
_OPERATORS = {
    "==": "=", "=": "=", "eq": "=", "!=": "!=", "<>": "!=", "ne": "!=", "<": "<", "lt": "<", "<=": "<=", "le": "<=",
    ">": ">", "gt": ">", ">=": ">=", "ge": ">=",
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_AND, _OR, _NOT = frozenset({"and", "&&"}), frozenset({"or", "||"}), frozenset({"not", "!"})


@dataclass(frozen=True, slots=True)
class AnswerWord:
    """A question as a condition names it. With `value`, a part that is chosen or not, like one box of several: then
    `chosen` are the values that mean it is."""

    question: str
    value: str = ""
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ConditionDialect:
    """How a program writes conditions: `question_word` is the pattern of a word for a question, `find_answer` what it
    means (None if no question is meant), `empty_functions` the functions that say whether there is no answer."""

    question_word: str
    find_answer: Callable[[str], AnswerWord | None]
    empty_functions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def parse_condition(text: str, dialect: ConditionDialect) -> Condition | None:
    """The condition; None for one that always holds. Raises Unsayable."""
    if len(text) > MAX_LENGTH:
        raise Unsayable(f"it is longer than {MAX_LENGTH:,} characters")
    tokens = _tokens(text, dialect)
    if not tokens or (len(tokens) == 1 and tokens[0].text == "1"):
        return None
    return _Parser(tokens, dialect).condition()


def _tokens(text: str, dialect: ConditionDialect) -> list[_Token]:
    pattern = re.compile(
        rf"""\s*(?:(?P<string>"[^"]*"|'[^']*')|(?P<number>-?\d+(?:\.\d+)?(?![\w.]))|(?P<question>{dialect.question_word})
        |(?P<word>[A-Za-z_]\w*)|(?P<operator>==|!=|<>|<=|>=|&&|\|\||[=<>!()])|(?P<other>\S))""",
        re.VERBOSE,
    )
    found, at = [], 0
    while text[at:].strip():
        match = pattern.match(text, at)
        if match is None or match.lastgroup is None:
            break
        kind, said = match.lastgroup, match[match.lastgroup]
        word = said.lower()
        if kind in {"question", "word"} and (word in _OPERATORS or word in _AND | _OR | _NOT):
            kind, said = "operator", word
        found.append(_Token(kind, said))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[_Token], dialect: ConditionDialect) -> None:
        self._tokens, self._dialect = tokens, dialect
        self._at = self._depth = 0

    def condition(self) -> Condition:
        found = self._either()
        if self._at < len(self._tokens):
            raise Unsayable(f"it goes on with {self._next()!r} where it should end")
        return found

    def _next(self) -> str:
        return self._tokens[self._at].text if self._at < len(self._tokens) else ""

    def _take(self) -> _Token:
        if self._at >= len(self._tokens):
            raise Unsayable("it ends too early")
        self._at += 1
        return self._tokens[self._at - 1]

    def _either(self) -> Condition:
        parts = [self._both()]
        while self._next() in _OR:
            self._take()
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Disjunction(tuple(parts))

    def _both(self) -> Condition:
        parts = [self._single()]
        while self._next() in _AND:
            self._take()
            parts.append(self._single())
        return parts[0] if len(parts) == 1 else Conjunction(tuple(parts))

    def _single(self) -> Condition:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unsayable(f"it is nested more than {MAX_DEPTH} deep")
        try:
            if self._next() in _NOT:
                self._take()
                return NegatedCondition(self._single())
            if self._next() == "(":
                return self._in_brackets()
            return self._comparison()
        finally:
            self._depth -= 1

    def _in_brackets(self) -> Condition:
        self._take()
        found = self._either()
        self._close()
        return found

    def _close(self) -> None:
        if self._take().text != ")":
            raise Unsayable("a bracket is not closed")

    def _comparison(self) -> Condition:
        first = self._take()
        if first.kind in {"question", "word"} and self._next() == "(":
            return self._empty(first.text)
        if self._next() not in _OPERATORS:
            return self._bare(first)
        operator = _OPERATORS[self._take().text]
        second = self._take()
        if first.kind == "question" and second.kind in {"string", "number"}:
            return self._compared(first.text, operator, _value(second))
        if second.kind == "question" and first.kind in {"string", "number"}:
            return self._compared(second.text, _TURNED[operator], _value(first))
        raise Unsayable(f"it compares {first.text!r} with {second.text!r}, and not an answer with a value")

    def _empty(self, function: str) -> Condition:
        if function.lower() not in self._dialect.empty_functions:
            raise Unsayable(f"it calls {function}()")
        self._take()
        asked = self._answer(self._take().text)
        self._close()
        if asked.value:
            return NegatedCondition(AnswerComparison(asked.question, "=", asked.value))
        return AnswerComparison(asked.question, "=", "")

    def _bare(self, token: _Token) -> Condition:
        if token.kind != "question":
            raise Unsayable(f"it has {token.text!r} where a comparison should be")
        asked = self._answer(token.text)
        if asked.value:
            return AnswerComparison(asked.question, "=", asked.value)
        return AnswerComparison(asked.question, "!=", "")

    def _answer(self, word: str) -> AnswerWord:
        asked = self._dialect.find_answer(word)
        if asked is None:
            raise Unsayable(f"it reads {word!r}, which is no question that was taken")
        return asked

    def _compared(self, word: str, operator: str, value: str) -> Condition:
        asked = self._answer(word)
        if not asked.value:
            return AnswerComparison(asked.question, operator, value)
        if operator not in {"=", "!="}:
            raise Unsayable(f"it compares whether an answer was chosen by {operator}")
        chosen = (value in asked.chosen) == (operator == "=")
        found = AnswerComparison(asked.question, "=", asked.value)
        return found if chosen else NegatedCondition(found)


def _value(token: _Token) -> str:
    return token.text[1:-1] if token.kind == "string" else token.text
