"""Runs a file of expressions: each in its document, at its node, compared with what a peer's own test expects."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from kuule.core.problems import KuuleError
from kuule.forms.xpath.compiler.expression_compiler import CompiledExpression, compile_expression
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.xpath_errors import XPathSyntaxError
from kuule.forms.xpath.runtime.evaluation_context import EvaluationContext, StaticContext
from kuule.forms.xpath.runtime.nodes import Node, NodeKind
from kuule.forms.xpath.runtime.values import node_text
from tests.conformance.documents import has_namespaces, node_at, path_of, read_document
from tests.conformance.report import Outcome, Report

Case = Mapping[str, Any]

_TODAY = date(2026, 11, 24)
_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf, "-0": -0.0}


def run(data: Mapping[str, Any]) -> Report:
    """Every case of a file with the keys `documents` and `cases`."""
    documents: dict[str, str] = data["documents"]
    return Report(tuple(_outcome(case, documents) for case in data["cases"]))


def _outcome(case: Case, documents: Mapping[str, str]) -> Outcome:
    try:
        difference = _difference(case, documents)
    except KuuleError as error:
        difference = "" if case["kind"] == "error" else f"expected {case['expected']!r}, refused: {error}"
    except Exception as error:  # noqa: BLE001 - a case that breaks us is a difference, and the others are run
        difference = f"expected {case.get('expected')!r}, broke: {error!r}"
    return Outcome(case["id"], case["group"], difference)


def _difference(case: Case, documents: Mapping[str, str]) -> str:
    if case["kind"] == "syntax":
        return _compared(case["expected"], _parses(case["expr"]))
    source = documents[case["doc"]] if case["doc"] else "<root/>"
    document = read_document(source)
    static = StaticContext(namespaces=_namespaces(case, source), defer_call_checks=True, place=case["id"])
    compiled = compile_expression(case["expr"], static)
    node = node_at(document, case["context"])
    return _KINDS[case["kind"]](case, compiled, _context(case, document), node)


def _parses(text: str) -> bool:
    try:
        parse(text)
    except XPathSyntaxError:
        return False
    return True


def _namespaces(case: Case, source: str) -> Mapping[str, str] | None:
    """As the test resolved them. A document without any is run as forms are: by local names."""
    known: Mapping[str, str] | None = case.get("ns")
    return known or ({} if has_namespaces(source) else None)


def _context(case: Case, document: Node) -> EvaluationContext:
    elements = [node for node in document.descendants() if node.kind is NodeKind.ELEMENT]
    return EvaluationContext(
        node_at(document, case["root"]) if case.get("root") else document,
        today=_TODAY,
        instances={node.attribute("id"): node for node in elements if node.name == "instance"},
        itext=_itext(elements, case.get("lang")),
        zone=_zone(case),
    )


def _zone(case: Case) -> tzinfo:
    name = case.get("timezone")
    return UTC if name in (None, "GMT") else ZoneInfo(name)


def _itext(elements: list[Node], language: str | None) -> Callable[[str], str]:
    translations = [node for node in elements if node.name == "translation"]
    default = [node for node in translations if any(each.name == "default" for each in node.attributes)]
    wanted = [node for node in translations if language and node.attribute("lang") == language]

    def find(text_id: str) -> str:
        for translation in wanted or default or translations[:1]:
            for text in translation.children_named("text"):
                if text.attribute("id") == text_id:
                    return next((node_text(v) for v in text.children_named("value") if not v.attribute("form")), "")
        return ""

    return find


def _compared(expected: object, found: object) -> str:
    return "" if expected == found else f"expected {expected!r}, found {found!r}"


def _number(expected: Any) -> float:
    return _SPECIAL[expected] if isinstance(expected, str) else float(expected)


def _same_number(expected: float, found: float, tolerance: float) -> bool:
    if math.isnan(expected) or math.isnan(found):
        return math.isnan(expected) and math.isnan(found)
    return expected == found or abs(expected - found) <= tolerance


def _of_boolean(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    return _compared(case["expected"], compiled.boolean(context, node))


def _of_number(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    expected, found = _number(case["expected"]), compiled.number(context, node)
    same = _same_number(expected, found, case.get("tolerance") or 0.0)
    return "" if same else f"expected {case['expected']!r}, found {found!r}"


def _of_rounded(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    factor = case["factor"]
    found = compiled.number(context, node)
    near = math.floor(found * factor + 0.5) / factor if math.isfinite(found) else found
    return (
        "" if _same_number(_number(case["expected"]), near, 0.0) else f"expected {case['expected']!r}, found {found!r}"
    )


def _of_string(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    return _compared(case["expected"], compiled.string(context, node))


def _of_length(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    return _compared(case["expected"], len(compiled.string(context, node)))


def _of_pattern(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    found = compiled.string(context, node)
    return "" if re.search(case["expected"], found) else f"expected {case['expected']!r}, found {found!r}"


def _of_nodes(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    found = [_described(each) for each in compiled.nodes(context, node)]
    expected = case["expected"]
    if case["kind"] == "nodeset_unordered":
        found, expected = (sorted(each, key=lambda entry: entry["path"]) for each in (found, expected))
    if len(found) == len(expected) and all(map(_same_node, expected, found)):
        return ""
    return f"expected {expected!r}, found {found!r}"


def _of_one_node(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    found = [_described(each) for each in compiled.nodes(context, node)[:1]]
    same = bool(found) and _same_node(case["expected"], found[0])
    return "" if same else f"expected {case['expected']!r}, found {found!r}"


def _described(node: Node) -> dict[str, str]:
    return {"path": path_of(node), "value": node_text(node)}


def _same_node(expected: Mapping[str, Any], found: Mapping[str, str]) -> bool:
    value = expected.get("value")
    return expected["path"] == found["path"] and value in (None, found["value"])


def _of_count(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    return _compared(case["expected"], len(compiled.nodes(context, node)))


def _of_date(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    return _compared(case["expected"], compiled.string(context, node)[:10])


def _of_local_time(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    return _compared(case["expected"], re.sub(r"(Z|[+-]\d\d:\d\d)$", "", compiled.string(context, node)))


def _of_error(case: Case, compiled: CompiledExpression, context: EvaluationContext, node: Node) -> str:
    return f"expected a refusal, found {compiled.string(context, node)!r}"


_KINDS: dict[str, Callable[[Case, CompiledExpression, EvaluationContext, Node], str]] = {
    "boolean": _of_boolean,
    "number": _of_number,
    "number_rounded": _of_rounded,
    "string": _of_string,
    "string_length": _of_length,
    "string_matches": _of_pattern,
    "nodeset": _of_nodes,
    "nodeset_unordered": _of_nodes,
    "nodeset_length": _of_count,
    "single_node": _of_one_node,
    "date": _of_date,
    "datetime_local": _of_local_time,
    "error": _of_error,
}
