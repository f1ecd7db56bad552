"""An expression ends: what it may look at is counted, and no text of a person makes it look at more."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings

from kuule.core.problems import KuuleError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.functions.string_functions import MAX_LENGTH
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from kuule.forms.xpath.runtime.evaluation_context import MAX_NODES, EvaluationContext
from kuule.forms.xpath.runtime.nodes import Node, document_node
from tests.forms.scenario import Scenario, form_of
from tests.forms.xpath.test_any_expression import EXPRESSIONS, STATIC
from tests.sampling import examples

WIDE = 300


def _context(wide: int) -> EvaluationContext:
    root = Node("data")
    for number in range(wide):
        root.append(Node("r")).append(Node("n", text=str(number)))
    return EvaluationContext(document_node(root), today=date(2026, 11, 24))


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("count(//*[count(//*[count(//*) > 1]) > 1])", marks=pytest.mark.whole),
        "count(/data/r[count(/data/r[count(/data/r[n > 1]) > 1]) > 1])",
        pytest.param("sum(/data/r/following::n[position() mod 2 = count(//n[. > 1])])", marks=pytest.mark.whole),
    ],
)
@pytest.mark.slow
def test_expression_that_looks_at_too_many_nodes_is_stopped(expression: str) -> None:
    context = _context(WIDE)
    context.nodes_visited = MAX_NODES // 20 * 19  # by other expressions of the request
    with pytest.raises(EvaluationError) as error:
        compile_expression(expression).value(context, context.root)
    assert [problem.code for problem in error.value.problems] == ["FORM_123"]
    assert context.nodes_visited <= MAX_NODES + 4 * WIDE * WIDE


def test_bound_holds_for_all_expressions_of_a_request_together() -> None:
    context = _context(WIDE)
    counted = compile_expression("count(//*[n > 1])")
    for _ in range(3):
        counted.value(context, context.root)
    assert context.nodes_visited == 3 * (2 * WIDE + 1) * 2


def test_least_and_greatest_decide_between_two_sets() -> None:
    context = _context(5)
    for expression, expected in (("/data/r/n < /data/r/n", True), ("/data/r/n > /data/r[1]/n", True)):
        assert compile_expression(expression).boolean(context, context.root) is expected
    assert compile_expression("/data/r[5]/n < /data/r/n").boolean(context, context.root) is False
    assert compile_expression("/data/r[5]/n <= /data/r/n").boolean(context, context.root) is True
    assert compile_expression("/data/x < /data/r/n").boolean(context, context.root) is False


@given(EXPRESSIONS)
@settings(max_examples=examples(200), deadline=None)
def test_any_expression_ends_within_the_bound(expression: str) -> None:
    context = _context(20)
    node = context.root.children[0].children[3].children[0]
    with contextlib.suppress(KuuleError):
        compile_expression(expression, STATIC).value(context, node)
    assert context.nodes_visited <= MAX_NODES + 100


def test_text_that_doubles_itself_ends() -> None:
    """Thirty calculations that each read the one before twice would come to a thousand million letters."""
    rows = "".join(f"| | calculate | c{n} | | concat(${{c{n - 1}}}, ${{c{n - 1}}}) |\n" for n in range(1, 31))
    table = f"| survey |\n| | type | name | label | calculation |\n| | text | c0 | A | |\n{rows}"
    values = Scenario(form_of(table)).answer("c0", "w" * 200).next().record.answers
    assert max(len(value) for value in values.values()) <= 255


@pytest.mark.parametrize("expression", ["concat(/data/r/n, /data/r/n)", "join(', ', /data/r/n)"])
def test_more_text_than_fits_is_stopped(expression: str) -> None:
    context = _context(2)
    for node in context.root.children[0].children:
        node.children[0].text = "w" * (MAX_LENGTH // 2 + 1)
    with pytest.raises(EvaluationError) as error:
        compile_expression(expression).value(context, context.root)
    assert [problem.code for problem in error.value.problems] == ["FORM_124"]
