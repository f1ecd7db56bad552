"""The frozen syntax tree of an expression. Operators of one precedence form a flat chain, so that depth means nesting
only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class XPathAxis(StrEnum):
    """The axes of XPath 1.0, section 2.2. ODK XForms only has parent, child and self; the others come at no cost."""

    CHILD = "child"
    PARENT = "parent"
    SELF = "self"
    ATTRIBUTE = "attribute"
    DESCENDANT = "descendant"
    DESCENDANT_OR_SELF = "descendant-or-self"
    ANCESTOR = "ancestor"
    ANCESTOR_OR_SELF = "ancestor-or-self"
    FOLLOWING = "following"
    FOLLOWING_SIBLING = "following-sibling"
    PRECEDING = "preceding"
    PRECEDING_SIBLING = "preceding-sibling"
    NAMESPACE = "namespace"

    @property
    def is_reverse(self) -> bool:
        """Whether positions count backwards in document order."""
        return self in _BACKWARD


_BACKWARD = frozenset(
    {XPathAxis.ANCESTOR, XPathAxis.ANCESTOR_OR_SELF, XPathAxis.PRECEDING, XPathAxis.PRECEDING_SIBLING}
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the expression."""

    value: float


@dataclass(frozen=True, slots=True)
class Literal:
    """A text written in the expression, without its quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class VariableReference:
    """`$name`. It can be parsed, but compiling refuses it, because forms have no variables."""

    name: str


@dataclass(frozen=True, slots=True)
class Negation:
    """`-x` or `--x`: `times` minus signs before one operand."""

    operand: Expression
    times: int


@dataclass(frozen=True, slots=True)
class OperatorChain:
    """Operands of one precedence, from the left: `first`, then (operator, operand) in turn.

    Operators: `or`; `and`; `=` `!=`; `<` `<=` `>` `>=`; `+` `-`; `*` `div` `mod`; `|`. One chain has operators of one
    of these groups.
    """

    first: Expression
    rest: tuple[tuple[str, Expression], ...]


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function call; `name` has its prefix as written (`jr:itext`). `call_index` numbers the calls of one
    expression."""

    name: str
    arguments: tuple[Expression, ...]
    call_index: int


@dataclass(frozen=True, slots=True)
class NameTest:
    """`name`, `prefix:name`, `*` or `prefix:*`."""

    prefix: str
    name: str


@dataclass(frozen=True, slots=True)
class KindTest:
    """`node()`, `text()`, `comment()`, `processing-instruction()`, the last perhaps with a target."""

    kind: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path."""

    axis: XPathAxis
    test: NameTest | KindTest
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class PathExpression:
    """Steps from the root (`absolute`), from what `start` gives, or from the context node."""

    absolute: bool
    steps: tuple[Step, ...]
    start: Expression | None = None


@dataclass(frozen=True, slots=True)
class FilterExpression:
    """A primary expression with predicates: `instance('x')[1]`."""

    primary: Expression
    predicates: tuple[Expression, ...]


Expression = (
    Number | Literal | VariableReference | Negation | OperatorChain | FunctionCall | PathExpression | FilterExpression
)

ANY_NODE = KindTest("node")
SELF_STEP = Step(XPathAxis.SELF, ANY_NODE)
PARENT_STEP = Step(XPathAxis.PARENT, ANY_NODE)
DESCENDANT_OR_SELF_STEP = Step(XPathAxis.DESCENDANT_OR_SELF, ANY_NODE)
