"""Conditions in words: `${path} = 'long' and ${told} != ''` as an ethics board or a survivor can read it.

Questions are named by their number and their label, values by the label of their choice. What has no words here stays
as its author wrote it: an expression is better than a wrong sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kuule.booklet.booklet_document import BookletSpan, Sentence
from kuule.forms.model.expressions import Formula
from kuule.forms.model.paths import paths_in, replace_paths
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.path_resolution import resolve_path
from kuule.forms.xpath.grammar.syntax_tree import (
    Expression,
    FunctionCall,
    Literal,
    Negation,
    Number,
    OperatorChain,
    PathExpression,
)
from kuule.forms.xpath.runtime.values import format_number

_LONGEST_LABEL = 60
_OPPOSITES = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_BEFORE = {"=": "is ", "!=": "is not ", "<": "is less than ", ">": "is more than ", "<=": "is ", ">=": "is "}
_AFTER = {"<=": " or less", ">=": " or more"}
_HOW_MANY = {"=": "exactly {}", "!=": "not exactly {}", "<": "fewer than {}", ">": "more than {}",
             "<=": "{} or fewer", ">=": "{} or more"}  # fmt: skip


class _NoWords(Exception):
    """A part of an expression that has no words here."""


@dataclass(frozen=True, slots=True)
class NamedQuestion:
    """How a question is named in a route: its number in the document, its label, and the labels of its choices."""

    number: int
    label: str
    choices: Mapping[str, str] = field(default_factory=dict)
    several: bool = False


@dataclass(frozen=True, slots=True)
class RouteWords:
    """Says conditions in words, with labels in the language `tag`. `questions` and `calculations` (their names) are by
    path."""

    tag: str
    questions: Mapping[str, NamedQuestion]
    calculations: Mapping[str, str] = field(default_factory=dict)

    def condition(self, formula: Formula, context: str) -> Sentence:
        """When a formula of the node at `context` is true: "question 4 (“…”) is “Yes”"."""
        try:
            return tuple(_joined(_Speaker(self, context).say(parse(formula.text), wanted=True)))
        except _NoWords:
            return self.expression(formula.text)

    def expression(self, text: str) -> Sentence:
        """An expression as its author wrote it, with the names of questions: `${age} > 17`."""
        names = {path: f"${{{path.rpartition('/')[2]}}}" for path in paths_in(text)}
        written = " ".join(replace_paths(text, names).split())
        return (BookletSpan(f"the expression {written} is true"),)

    def mention(self, path: str, *, again: bool = False) -> Sentence:
        """A question with its number and its label, without the label if it is named `again`; or a calculation with its
        name. Raises KeyError for another node."""
        if path in self.calculations:
            return (BookletSpan(f"the calculation {self.calculations[path]}"),)
        question = self.questions[path]
        if again or not question.label:
            return (BookletSpan(f"question {question.number}"),)
        return (BookletSpan(f"question {question.number} (“"), self.label(question.label), BookletSpan("”)"))

    def label(self, text: str) -> BookletSpan:
        """A label in its language, shortened."""
        if len(text) > _LONGEST_LABEL:
            kept = text[: _LONGEST_LABEL - 1]
            text = f"{kept.rpartition(' ')[0] or kept}…"
        return BookletSpan(text, self.tag)


def _joined(spans: Sentence) -> Sentence:
    """Neighbours in one language become one span."""
    found: list[BookletSpan] = []
    for span in spans:
        if found and found[-1].tag == span.tag:
            found[-1] = BookletSpan(found[-1].text + span.text, span.tag)
        else:
            found.append(span)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Says one expression of the node at `context`; `.` is "the answer"."""

    route: RouteWords
    context: str
    named_before: set[str] = field(default_factory=set)
    """The questions that the sentence has named: their labels are said once."""

    def say(self, expression: Expression, *, wanted: bool) -> Sentence:
        """That the expression is true, or not true. Raises _NoWords."""
        if isinstance(expression, OperatorChain):
            operator = expression.rest[0][0]
            if operator in ("and", "or"):
                return self._all_of(expression, operator, wanted=wanted)
            return self._compared(expression, wanted=wanted)
        if isinstance(expression, FunctionCall):
            speak = _CALLS.get(expression.name)
            if speak is not None:
                return speak(self, expression, wanted)
        raise _NoWords

    def _all_of(self, chain: OperatorChain, operator: str, *, wanted: bool) -> Sentence:
        """Its parts, with “and” or “or” between them; a part that has another of the two in it stands in brackets."""
        word = operator if wanted else {"and": "or", "or": "and"}[operator]
        found: Sentence = ()
        for place, part in enumerate((chain.first, *(operand for _, operand in chain.rest))):
            said = self.say(part, wanted=wanted)
            if isinstance(part, OperatorChain) and part.rest[0][0] in ("and", "or"):
                said = (BookletSpan("("), *said, BookletSpan(")"))
            found += ((BookletSpan(f" {word} "),) if place else ()) + said
        return found

    def _compared(self, chain: OperatorChain, *, wanted: bool) -> Sentence:
        if len(chain.rest) != 1 or chain.rest[0][0] not in _MIRRORED:
            raise _NoWords
        sign, left, right = chain.rest[0][0], chain.first, chain.rest[0][1]
        if isinstance(left, Literal | Number):
            sign, left, right = _MIRRORED[sign], right, left
        sign = sign if wanted else _OPPOSITES[sign]
        if isinstance(left, FunctionCall):
            return self._counted(left, sign, right)
        if not wanted and sign not in ("=", "!="):
            # "not less" would be said of a question without an answer too, which is neither less nor more.
            raise _NoWords
        path = self._path(left)
        if isinstance(right, Literal):
            return self._is_value(path, sign, right.text)
        if isinstance(right, PathExpression):
            return (*self._named(path), BookletSpan(f" {_BEFORE[sign]}"), *self._same(sign, right))
        return (*self._named(path), BookletSpan(f" {_BEFORE[sign]}{_amount(right)}{_AFTER.get(sign, '')}"))

    def _same(self, sign: str, other: PathExpression) -> Sentence:
        if sign not in ("=", "!="):
            raise _NoWords
        return (BookletSpan("the same as "), *self._named(self._path(other)))

    def _is_value(self, path: str, sign: str, value: str) -> Sentence:
        if sign not in ("=", "!="):
            raise _NoWords
        named = self._named(path)
        if value == "":
            return (*named, BookletSpan(" has no answer" if sign == "=" else " has an answer"))
        label = self._choice(path, value)
        several = path in self.route.questions and self.route.questions[path].several
        only = "only " if several else ""
        return (*named, BookletSpan(f" {_BEFORE[sign]}{only}“"), label, BookletSpan("”"))

    def _choice(self, path: str, value: str) -> BookletSpan:
        question = self.route.questions.get(path)
        label = question.choices.get(value) if question is not None else None
        return self.route.label(label) if label else BookletSpan(value)

    def _counted(self, call: FunctionCall, sign: str, right: Expression) -> Sentence:
        """`count-selected(…) > 2`, and `string-length(…) > 0` for a text that was written."""
        if call.name not in ("count-selected", "string-length") or len(call.arguments) != 1:
            raise _NoWords
        named, amount = self._named(self._path(call.arguments[0])), _amount(right)
        if (sign, amount) in ((">", "0"), (">=", "1"), ("!=", "0")):
            return (*named, BookletSpan(" has an answer"))
        if (sign, amount) in (("=", "0"), ("<", "1"), ("<=", "0")):
            return (*named, BookletSpan(" has no answer"))
        what = "choices" if call.name == "count-selected" else "characters"
        return (*named, BookletSpan(f" has {_HOW_MANY[sign].format(amount)} {what}"))

    def say_selected(self, call: FunctionCall, wanted: bool) -> Sentence:
        """`selected(${kinds}, 'images')`."""
        match call.arguments:
            case (PathExpression() as path, Literal() as value):
                found = self._path(path)
                verb = "is among the answers to" if wanted else "is not among the answers to"
                label = self._choice(found, value.text.strip())
                return (BookletSpan("“"), label, BookletSpan(f"” {verb} "), *self._named(found))
        raise _NoWords

    def say_opposite(self, call: FunctionCall, wanted: bool) -> Sentence:
        """`not(…)`."""
        if len(call.arguments) != 1:
            raise _NoWords
        return self.say(call.arguments[0], wanted=not wanted)

    def say_constant(self, call: FunctionCall, wanted: bool) -> Sentence:
        """`true()` and `false()`."""
        return (BookletSpan("always" if (call.name == "true") is wanted else "never"),)

    def _path(self, expression: Expression) -> str:
        path = resolve_path(expression, self.context) if isinstance(expression, PathExpression) else None
        if path is None:
            raise _NoWords
        return path

    def _named(self, path: str) -> Sentence:
        if path == self.context:
            return (BookletSpan("the answer"),)
        again = path in self.named_before
        self.named_before.add(path)
        try:
            return self.route.mention(path, again=again)
        except KeyError:
            raise _NoWords from None


def _amount(expression: Expression) -> str:
    if isinstance(expression, Number):
        return format_number(expression.value)
    if isinstance(expression, Negation) and expression.times == 1 and isinstance(expression.operand, Number):
        return f"-{format_number(expression.operand.value)}"
    raise _NoWords


_CALLS: Mapping[str, Callable[[_Speaker, FunctionCall, bool], Sentence]] = {
    "selected": _Speaker.say_selected,
    "not": _Speaker.say_opposite,
    "true": _Speaker.say_constant,
    "false": _Speaker.say_constant,
}
