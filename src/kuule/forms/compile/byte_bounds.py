"""How many bytes the value of a calculation can take, where its expression shows that: a number, a tick, a few words.

A form that counts in a repeat within a repeat would otherwise need the room of a long text for each sum.
"""

from __future__ import annotations

import json

from kuule.core.problems import StudyError
from kuule.forms.types.question_type import NUMBER_BYTES
from kuule.forms.xpath.functions.library import LIBRARY
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.syntax_tree import Expression, FunctionCall, Literal, Negation, Number, OperatorChain
from kuule.forms.xpath.runtime.closures import ResultType

_PLAIN = frozenset({ResultType.NUMBER, ResultType.BOOLEAN})
_UNION = "|"


def max_bytes_of(expression: str) -> int:
    """Bytes in JSON, without its quotes; 0 where nobody can see it."""
    try:
        return _room(parse(expression)) or 0
    except StudyError:
        return 0


def _room(tree: Expression) -> int | None:
    if isinstance(tree, Literal):
        return len(json.dumps(tree.text, ensure_ascii=False).encode()) - 2
    if isinstance(tree, Number | Negation):
        return NUMBER_BYTES
    if isinstance(tree, OperatorChain):
        return None if any(sign == _UNION for sign, _ in tree.rest) else NUMBER_BYTES
    return _of_call(tree) if isinstance(tree, FunctionCall) else None


def _of_call(call: FunctionCall) -> int | None:
    if call.name == "if":
        return _longest(call.arguments[1:])
    if call.name in ("coalesce", "once"):
        return _longest(call.arguments)
    function = LIBRARY.get(call.name)
    return NUMBER_BYTES if function is not None and function.returns in _PLAIN else None


def _longest(trees: tuple[Expression, ...]) -> int | None:
    rooms = [_room(tree) for tree in trees]
    known = [room for room in rooms if room is not None]
    return max(known) if known and len(known) == len(rooms) else None
