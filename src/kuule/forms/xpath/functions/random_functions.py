"""random(), uuid() and randomize(): random values that stay the same during one visit.

A number comes from SHA-256 over the visit's seed and the place of the call (function, node, call), so that a page that
is shown again is the same. randomize() with a seed shuffles as the specification and its two implementations do.
"""

from __future__ import annotations

import hashlib
import math
import uuid as uuids
from collections.abc import Callable

from kuule.forms.xpath.functions.signature import XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall
from kuule.forms.xpath.runtime.closures import ClosureBuilder, ResultType, TypedClosure, as_number, require_nodes
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node, NodeKind
from kuule.forms.xpath.runtime.values import Value, format_number, to_number, to_string

_MODULUS = 2_147_483_647
_MULTIPLIER = 16_807
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LONGEST_ID = 1000
_MOST_TRIES = 64
"""More than the instances that one repeat can have, each of which may have taken a value along when it moved."""


def instance_path(node: Node) -> str:
    """`/data/child[2]/age`: names, with the position among siblings of the same name if there are several."""
    parts: list[str] = []
    while node.parent is not None and node.kind is NodeKind.ELEMENT:
        named = node.parent.children_named(node.name)
        place = next((index for index, other in enumerate(named, 1) if other is node), 1)
        parts.append(f"/{node.name}[{place}]" if len(named) > 1 else f"/{node.name}")
        node = node.parent
    return "".join(reversed(parts))


def _bytes(context: EvaluationContext, key: str, count: int) -> bytes:
    made = b""
    while len(made) < count:
        made += hashlib.sha256(f"{context.seed}|{key}|{len(made)}".encode()).digest()
    return made[:count]


def _fixed(context: EvaluationContext, node: Node, call: FunctionCall, make: Callable[[str], str]) -> str:
    """A value from `make` that stays the same for its key. If the value of a key moved to another node (an instance was
    removed and another added since), a new value is made."""
    key = f"{call.name}:{node.instance_path or instance_path(node)}:{call.call_index}"
    found = context.fixed.get(key)
    if found is None:
        taken = set(context.fixed.values())
        salts = (f"{key}{'+' * number}" for number in range(_MOST_TRIES))
        found = next((made for salt in salts if (made := make(salt)) not in taken), None) or make(key)
        context.fixed[key] = found
    return found


def _random(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    builder.mark_reads_current()

    def run(context: EvaluationContext, node: Node) -> float:
        def make(salt: str) -> str:
            return format_number((int.from_bytes(_bytes(context, salt, 8)) >> 11) / 2**53)

        return to_number(_fixed(context, context.current, call, make), context.zone)

    return TypedClosure(ResultType.NUMBER, run)


def _uuid(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    """A version 4 UUID, or a random text with that many characters."""
    builder.mark_reads_current()
    length = as_number(builder.build(call.arguments[0])) if call.arguments else None

    def run(context: EvaluationContext, node: Node) -> str:
        wanted = 0.0 if length is None else length(context, node)
        count = min(int(wanted), _LONGEST_ID) if math.isfinite(wanted) and wanted > 0 else 0

        def make(salt: str) -> str:
            if length is None:
                return str(uuids.UUID(bytes=_bytes(context, salt, 16), version=4))
            return "".join(_LETTERS[byte % len(_LETTERS)] for byte in _bytes(context, salt, count))

        return _fixed(context, context.current, call, make)

    return TypedClosure(ResultType.STRING, run)


def shuffle_nodes(nodes: list[Node], seed: int) -> list[Node]:
    """The "inside-out" Fisher-Yates shuffle with Park and Miller's generator (ODK XForms, randomize())."""
    state = int(math.fmod(seed, _MODULUS)) if abs(seed) < 2**53 else _remainder(seed)
    if state <= 0:
        state += _MODULUS - 1
    found: list[Node] = []
    for place, node in enumerate(nodes):
        state = state * _MULTIPLIER % _MODULUS
        other = math.floor((state - 1) / (_MODULUS - 1) * (place + 1))
        found.append(node)
        found[place], found[other] = found[other], node
    return found


def _remainder(seed: int) -> int:
    """The remainder with the sign of the dividend, as in both implementations."""
    return -(-seed % _MODULUS) if seed < 0 else seed % _MODULUS


def shuffle_seed(value: Value, number: float) -> int:
    """The seed: a number without its fraction, 0 for a blank, else the first 64 bits of the SHA-256 of the text,
    signed."""
    if math.isfinite(number):
        return int(number)
    text = to_string(value)
    if not text or not isinstance(value, str | list):
        return 0
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], signed=True)


def _randomize(builder: ClosureBuilder, call: FunctionCall) -> TypedClosure:
    find = require_nodes(builder, builder.build(call.arguments[0]), "randomize()")
    seed = builder.build(call.arguments[1]).run if len(call.arguments) > 1 else None

    def run(context: EvaluationContext, node: Node) -> list[Node]:
        value = seed(context, node) if seed is not None else float(context.seed)
        number = to_number(value, context.zone)
        return shuffle_nodes(find(context, node), shuffle_seed(value, number))

    return TypedClosure(ResultType.NODES, run)


RANDOM_FUNCTIONS = functions_by_name(
    XPathFunction("random", ResultType.NUMBER, build=_random),
    XPathFunction("uuid", ResultType.STRING, (ResultType.NUMBER,), required=0, build=_uuid),
    XPathFunction("randomize", ResultType.NODES, (ResultType.NODES, ResultType.ANY), required=1, build=_randomize),
)
