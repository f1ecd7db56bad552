"""A condition with its place, and what it takes for it to be true or false: all of some goals, or any of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kuule.forms.xpath.grammar.syntax_tree import Expression, FunctionCall, OperatorChain


@dataclass(frozen=True, slots=True)
class Goal:
    """A canonical expression of the node at `context` that is to be true, or false if not `wanted`."""

    expression: Expression
    context: str
    wanted: bool = True

    @property
    def negation(self) -> Goal:
        return replace(self, wanted=not self.wanted)


@dataclass(frozen=True, slots=True)
class Split:
    """`every`: all `goals` have to be met; otherwise one of them is enough."""

    needs_all: bool
    goals: tuple[Goal, ...]


def split_goal(goal: Goal) -> Split | None:
    """`and`, `or`, `not()` and `boolean()` taken apart; None for an atom."""
    expression = goal.expression
    if (
        isinstance(expression, FunctionCall)
        and expression.name in ("not", "boolean")
        and len(expression.arguments) == 1
    ):
        inner = replace(goal, expression=expression.arguments[0])
        return Split(True, (inner.negation if expression.name == "not" else inner,))
    if isinstance(expression, OperatorChain) and expression.rest[0][0] in ("and", "or"):
        operands = (expression.first, *(operand for _, operand in expression.rest))
        every = (expression.rest[0][0] == "and") is goal.wanted
        return Split(every, tuple(replace(goal, expression=operand) for operand in operands))
    return None
