"""Parses an expression by recursive descent over the grammar of XPath 1.0, section 3. Depth and length are limited.

`*`, `and`, `or`, `mod` and `div` are operators only after an operand, and then whatever follows their letters (`3mod4`;
XPath 1.0, section 3.7). There is therefore no separate list of tokens: the parser knows at each place what can follow.
"""

from __future__ import annotations

import re
from typing import NoReturn

from kuule.core.problems import Excerpt, Problem
from kuule.forms.xpath.grammar.syntax_remedies import remedy_at
from kuule.forms.xpath.grammar.syntax_tree import (
    DESCENDANT_OR_SELF_STEP,
    PARENT_STEP,
    SELF_STEP,
    Expression,
    FilterExpression,
    FunctionCall,
    KindTest,
    Literal,
    NameTest,
    Negation,
    Number,
    OperatorChain,
    PathExpression,
    Step,
    VariableReference,
    XPathAxis,
)
from kuule.forms.xpath.grammar.xpath_errors import XPathSyntaxError

MAX_DEPTH = 80
"""The deepest nesting of expressions. Each level takes the compiler at most eight frames of Python's thousand."""

MAX_LENGTH = 100_000
"""The most characters of one expression."""

_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_NAME = re.compile(r"[^\W\d][\w.·-]*")
_AFTER_NAME = re.compile(r"[ \t\r\n]*(::|\()?")
_OPERATOR = re.compile(r"or|and|!=|<=|>=|[=<>+*|-]|div|mod")
_TOKEN = re.compile(r"\$\{[^}]*\}|\w+|[^\w\s]+")
"""What is marked where parsing stops."""
_LEVELS = {"or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}
_LEVELS |= {"+": 5, "-": 5, "*": 6, "div": 6, "mod": 6}
_KINDS = frozenset({"node", "text", "comment", "processing-instruction"})
_AXES = {axis.value: axis for axis in XPathAxis}


def parse(text: str, place: str = "an expression", *, shown: str = "") -> Expression:
    """The syntax tree of `text`. Raises XPathSyntaxError with the place and the character at which parsing stopped.

    `shown` is what its author wrote, character for character as long as `text`; a problem quotes that.
    """
    return _Parser(text, place, shown or text).parse_all()


class _Parser:
    def __init__(self, text: str, place: str, shown: str) -> None:
        self.text = text
        self.shown = shown
        self.place = place
        self.at = 0
        self.depth = 0
        self.calls = 0

    def parse_all(self) -> Expression:
        if len(self.text) > MAX_LENGTH:
            self._refuse(
                "FORM_102", f"the expression is longer than {MAX_LENGTH} characters", "split it by calculations"
            )
        found = self._expression(1)
        if self._space() < len(self.text):
            self._stop()
        return found

    def _expression(self, lowest: int) -> Expression:
        """Parse operators of level `lowest` and tighter, by precedence climbing."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._refuse("FORM_102", f"the expression is nested more than {MAX_DEPTH} deep", "split it by calculations")
        left = self._unary()
        while (operator := self._operator()) and _LEVELS[operator] >= lowest:
            left = self._chain(left, _LEVELS[operator])
        self.depth -= 1
        return left

    def _chain(self, first: Expression, level: int) -> OperatorChain:
        rest: list[tuple[str, Expression]] = []
        while (operator := self._operator()) and _LEVELS[operator] == level:
            self.at += len(operator)
            rest.append((operator, self._expression(level + 1)))
        return OperatorChain(first, tuple(rest))

    def _operator(self) -> str:
        """The binary operator at this position, without consuming it. Union binds tighter than minus and is parsed
        elsewhere."""
        found = _OPERATOR.match(self.text, self._space())
        return found[0] if found and found[0] != "|" else ""

    def _unary(self) -> Expression:
        minus = 0
        while self._take("-"):
            minus += 1
        operand = self._union()
        return Negation(operand, minus) if minus else operand

    def _union(self) -> Expression:
        first = self._path()
        rest: list[tuple[str, Expression]] = []
        while self._take("|"):
            rest.append(("|", self._path()))
        return OperatorChain(first, tuple(rest)) if rest else first

    def _path(self) -> Expression:
        primary = self._primary()
        if primary is not None:
            predicates = self._predicates()
            start = FilterExpression(primary, predicates) if predicates else primary
            steps = self._more_steps()
            return PathExpression(False, steps, start) if steps else start
        if self._take("//"):
            return PathExpression(True, (DESCENDANT_OR_SELF_STEP, *self._steps()))
        if self._take("/"):
            return PathExpression(True, self._steps() if self._starts_step() else ())
        return PathExpression(False, self._steps())

    def _steps(self) -> tuple[Step, ...]:
        return (self._step(), *self._more_steps())

    def _more_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while True:
            if self._take("//"):
                steps.append(DESCENDANT_OR_SELF_STEP)
            elif not self._take("/"):
                return tuple(steps)
            steps.append(self._step())

    def _starts_step(self) -> bool:
        at = self._space()
        return self.text[at : at + 1] in (".", "@", "*") or _NAME.match(self.text, at) is not None

    def _step(self) -> Step:
        if self._take(".."):
            return PARENT_STEP
        if self._take("."):
            return SELF_STEP
        axis = XPathAxis.ATTRIBUTE if self._take("@") else self._axis()
        return Step(axis, self._node_test(), self._predicates())

    def _axis(self) -> XPathAxis:
        name = _NAME.match(self.text, self._space())
        if name is None or _following(self.text, name.end()) != "::":
            return XPathAxis.CHILD
        if name[0] not in _AXES:
            self._stop()
        self.at = name.end()
        self._take("::")
        return _AXES[name[0]]

    def _node_test(self) -> NameTest | KindTest:
        if self._take("*"):
            return NameTest("", "*")
        name = self._name()
        if self.text.startswith(":*", self.at):
            self.at += 2
            return NameTest(name, "*")
        if name in _KINDS and self._take("("):
            return self._kind_test(name)
        prefix, _, local = self._qualified(name).rpartition(":")
        return NameTest(prefix, local)

    def _kind_test(self, kind: str) -> KindTest:
        self._space()
        target = _LITERAL.match(self.text, self.at) if kind == "processing-instruction" else None
        if target:
            self.at = target.end()
        self._expect(")")
        return KindTest(kind, target[0][1:-1] if target else "")

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self._take("["):
            found.append(self._expression(1))
            self._expect("]")
        return tuple(found)

    def _primary(self) -> Expression | None:
        """A number, text, variable, bracket or call; None if a step begins here. `.5` is a number and not a step."""
        at = self._space()
        if number := _NUMBER.match(self.text, at):
            self.at = number.end()
            return Number(float(number[0]))
        if literal := _LITERAL.match(self.text, at):
            self.at = literal.end()
            return Literal(literal[0][1:-1])
        if self._take("$"):
            return VariableReference(self._qualified(self._name()))
        if self._take("("):
            inner = self._expression(1)
            self._expect(")")
            return inner
        return self._call()

    def _call(self) -> FunctionCall | None:
        start = self.at
        name = _NAME.match(self.text, start)
        if name is None:
            return None
        self.at = name.end()
        full = self._qualified(name[0])
        if full in _KINDS or _following(self.text, self.at) != "(":
            self.at = start
            return None
        self._take("(")
        place = self.calls
        self.calls += 1
        return FunctionCall(full, self._arguments(), place)

    def _arguments(self) -> tuple[Expression, ...]:
        if self._take(")"):
            return ()
        found = [self._expression(1)]
        while self._take(","):
            found.append(self._expression(1))
        self._expect(")")
        return tuple(found)

    def _name(self) -> str:
        name = _NAME.match(self.text, self._space())
        if name is None:
            self._stop()
        self.at = name.end()
        return name[0]

    def _qualified(self, name: str) -> str:
        """A name with the local part that may follow: `jr:itext`. An axis (`child::`) is not consumed."""
        local = _NAME.match(self.text, self.at + 1) if self.text.startswith(":", self.at) else None
        if local is None:
            return name
        self.at = local.end()
        return f"{name}:{local[0]}"

    def _space(self) -> int:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def _take(self, sign: str) -> bool:
        if not self.text.startswith(sign, self._space()):
            return False
        self.at += len(sign)
        return True

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self._stop()

    def _stop(self) -> NoReturn:
        rest = self.shown[self.at : self.at + 20]
        seen = f"{rest!r} cannot stand at character {self.at + 1}" if rest else "the expression ends too early"
        self._refuse("FORM_100", f"{seen} of {_short(self.shown)!r}", remedy_at(self.text, self.at))

    def _refuse(self, code: str, cause: str, remedy: str) -> NoReturn:
        token = _TOKEN.match(self.shown, self.at)
        excerpt = Excerpt(self.shown, start=self.at, end=token.end() if token else self.at)
        raise XPathSyntaxError(Problem(code, self.place, cause, remedy, excerpt=excerpt))


def _following(text: str, at: int) -> str:
    found = _AFTER_NAME.match(text, at)
    return (found[1] or "") if found else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
