"""String functions (ODK XForms, String Functions; XPath 1.0, section 4.2), without digests and patterns."""

from __future__ import annotations

import base64
import binascii
import math

from kuule.core.problems import Problem
from kuule.forms.xpath.functions.signature import XPathFunction, functions_by_name
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.closures import ResultType
from kuule.forms.xpath.runtime.nodes import Node
from kuule.forms.xpath.runtime.values import Value, node_text, to_string

MAX_LENGTH = 100_000
"""The most characters that an expression may put together. Two values that double each other would fill any memory."""
_SPACES = " \t\r\n"


def _texts(values: tuple[Value, ...]) -> list[str]:
    """The text of each argument; for a set of nodes, of every node. Raises EvaluationError (FORM_124) beyond
    MAX_LENGTH."""
    found: list[str] = []
    length = 0
    for value in values:
        for text in (node_text(node) for node in value) if isinstance(value, list) else (to_string(value),):
            length += len(text)
            if length > MAX_LENGTH:
                cause = f"an expression puts more than {MAX_LENGTH:,} characters together"
                raise EvaluationError(Problem("FORM_124", "an expression", cause, "put together less"))
            found.append(text)
    return found


def _concat(*values: Value) -> str:
    return "".join(_texts(values))


def _join(separator: str, *values: Value) -> str:
    return separator.join(_texts(values))


def substr(text: str, start: float, end: float = math.inf) -> str:
    """The text from `start` (0-based) up to but without `end`. Negative numbers count from the end, as in JavaRosa."""
    return text[_index(start, len(text)) : _index(end, len(text))]


def _index(place: float, length: int) -> int:
    if math.isnan(place):
        return 0
    if math.isinf(place):
        return length if place > 0 else 0
    index = int(place)
    return index if index >= 0 else max(0, length + index)


def substring(text: str, start: float, length: float | None = None) -> str:
    """XPath 1.0: positions are 1-based, both numbers are rounded half up, and a character counts if its position is
    within."""
    first = _half_up(start)
    last = math.inf if length is None else first + _half_up(length)
    if math.isnan(first) or math.isnan(last):
        return ""
    begin = max(0, int(min(first, len(text) + 1.0) - 1) if first > 0 else 0)
    end = len(text) if last > len(text) else int(max(last, 1.0) - 1)
    return text[begin:end]


def _half_up(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _translate(text: str, away: str, to: str) -> str:
    chart: dict[int, str | None] = {}
    for place, character in enumerate(away):
        chart.setdefault(ord(character), to[place] if place < len(to) else None)
    return text.translate(chart)


def _substring_before(text: str, part: str) -> str:
    before, found, _ = text.partition(part) if part else ("", "", "")
    return before if found else ""


def _substring_after(text: str, part: str) -> str:
    return text.partition(part)[2] if part else text


def _normalized(text: str) -> str:
    for space in _SPACES[1:]:
        text = text.replace(space, " ")
    return " ".join(part for part in text.split(" ") if part)


def _base64_decode(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _name(nodes: list[Node]) -> str:
    if not nodes:
        return ""
    node = nodes[0]
    return f"{node.prefix}:{node.name}" if node.prefix else node.name


def _contains(text: str, part: str) -> bool:
    return part in text


_TEXT, _NUMBER, _ANY = ResultType.STRING, ResultType.NUMBER, ResultType.ANY

STRING_FUNCTIONS = functions_by_name(
    XPathFunction("string", _TEXT, (_ANY,), required=0, defaults_to_context_node=True, compute=to_string),
    XPathFunction("concat", _TEXT, rest=_ANY, compute=_concat),
    XPathFunction("join", _TEXT, (_TEXT,), rest=_ANY, compute=_join),
    XPathFunction("substr", _TEXT, (_TEXT, _NUMBER, _NUMBER), required=2, compute=substr),
    XPathFunction("substring", _TEXT, (_TEXT, _NUMBER, _NUMBER), required=2, compute=substring),
    XPathFunction("substring-before", _TEXT, (_TEXT, _TEXT), compute=_substring_before),
    XPathFunction("substring-after", _TEXT, (_TEXT, _TEXT), compute=_substring_after),
    XPathFunction("translate", _TEXT, (_TEXT, _TEXT, _TEXT), compute=_translate),
    XPathFunction(
        "string-length",
        _NUMBER,
        (_TEXT,),
        required=0,
        defaults_to_context_node=True,
        compute=lambda text: float(len(text)),
    ),
    XPathFunction("normalize-space", _TEXT, (_TEXT,), required=0, defaults_to_context_node=True, compute=_normalized),
    XPathFunction("contains", ResultType.BOOLEAN, (_TEXT, _TEXT), compute=_contains),
    XPathFunction("starts-with", ResultType.BOOLEAN, (_TEXT, _TEXT), compute=str.startswith),
    XPathFunction("ends-with", ResultType.BOOLEAN, (_TEXT, _TEXT), compute=str.endswith),
    XPathFunction("base64-decode", _TEXT, (_TEXT,), compute=_base64_decode),
    XPathFunction("name", _TEXT, (ResultType.NODES,), required=0, defaults_to_context_node=True, compute=_name),
    XPathFunction(
        "local-name",
        _TEXT,
        (ResultType.NODES,),
        required=0,
        defaults_to_context_node=True,
        compute=lambda nodes: nodes[0].name if nodes else "",
    ),
    XPathFunction(
        "namespace-uri",
        _TEXT,
        (ResultType.NODES,),
        required=0,
        defaults_to_context_node=True,
        compute=lambda nodes: nodes[0].namespace if nodes else "",
    ),
)
