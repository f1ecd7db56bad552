from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.grammar.parser import MAX_DEPTH, parse
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError, XPathSyntaxError
from kuule.forms.xpath.runtime.evaluation_context import StaticContext
from kuule.forms.xpath.runtime.nodes import Node
from tests.conformance.documents import node_at, read_document
from tests.forms.xpath.asking import ask, context_of

XML = "<data><a>1</a><b>2</b></data>"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("selectd(/data/a, 'x')", "FORM_103"),
        ("$a", "FORM_104"),
        ("true(1)", "FORM_105"),
        ("if(1, 2)", "FORM_105"),
        ("contains('a')", "FORM_105"),
        ("weighted-checklist(1, 2, 3)", "FORM_105"),
        ("area(/data/a)", "FORM_106"),
        ("count('x')", "FORM_107"),
        ("position(1)", "FORM_107"),
        ("randomize(1 + 1)", "FORM_107"),
        ("'a' | /data/b", "FORM_107"),
        ("'a'[1]", "FORM_107"),
        ("string(1)/a", "FORM_107"),
        ("/data/a[nope()]", "FORM_103"),
    ],
)
def test_what_can_be_known_is_refused_beforehand(expression: str, code: str) -> None:
    with pytest.raises(XPathSyntaxError) as raised:
        compile_expression(expression, StaticContext(place="form.md, survey, row 3"))
    (problem,) = raised.value.problems
    assert (problem.code, problem.place) == (code, "form.md, survey, row 3")


def test_a_mistyped_function_is_met_with_its_like() -> None:
    with pytest.raises(KuuleError, match=r"there is no function selectd\(\); did you mean selected\(\)"):
        compile_expression("selectd(., 'x')")


def test_number_of_arguments_is_said_in_words() -> None:
    with pytest.raises(KuuleError, match=r"round\(\) takes 1 to 2 arguments, and has 3"):
        compile_expression("round(1, 2, 3)")


def test_late_leaves_unknown_functions_to_the_evaluation() -> None:
    late = StaticContext(defer_call_checks=True)
    assert ask("if(true(), 'x', nope())", static=late).string == "x"
    with pytest.raises(EvaluationError, match="FORM_122"):
        ask("nope()", static=late)


def test_nodes_where_there_are_none_is_an_evaluation_error() -> None:
    with pytest.raises(EvaluationError, match="FORM_120"):
        ask("count(if(true(), 'x', .))")


def test_one_compiled_expression_serves_many_nodes_and_contexts() -> None:
    compiled = compile_expression("concat(., '-', current()/../b)")
    asked = []
    for xml in (XML, XML.replace("2", "3")):
        document = read_document(xml)
        context = context_of(document)
        asked += [compiled.string(context, node_at(document, f"/*[1]/*[{place}]")) for place in (1, 2)]
    assert asked == ["1-2", "2-2", "1-3", "3-3"]


def test_current_is_the_outer_node_again_after_an_inner_evaluation() -> None:
    document = read_document(XML)
    context = context_of(document)
    first, second = node_at(document, "/*[1]/*[1]"), node_at(document, "/*[1]/*[2]")
    inner = compile_expression("string(current())")

    def label(path: str, value: str, node: Node) -> str:
        return inner.string(context, second)

    context.choice_label = label
    outer = compile_expression("concat(jr:choice-name(1, '/data/a'), string(current()))", StaticContext("/data/a"))
    assert outer.string(context, first) == "21"


def test_current_is_the_outer_node_again_after_an_error() -> None:
    document = read_document(XML)
    context = context_of(document)
    before = context.current
    with pytest.raises(EvaluationError):
        compile_expression("count(if(true(), 'x', .))").number(context, node_at(document, "/*[1]/*[1]"))
    assert context.current is before


def test_a_tree_compiles_as_its_text_does() -> None:
    document = read_document(XML)
    compiled = compile_expression(parse("/data/a + /data/b"))
    assert (compiled.text, compiled(context_of(document), document)) == ("", 3.0)


def _below(frames: int, expression: str) -> float:
    return _below(frames - 1, expression) if frames else ask(expression, XML).number


@pytest.mark.parametrize(
    "nest",
    [
        ("(", "1", ")"),
        ("if(/data/a = 2, 3, ", "1", ")"),
        ("count(/data[a or ", "1", "])"),
        ("-(", "1", ")"),
        ("a[", "1", "]"),
    ],
)
def test_the_deepest_expression_is_evaluated_within_the_stack(nest: tuple[str, str, str]) -> None:
    opening, inside, closing = nest
    deep = (MAX_DEPTH - 2) // (opening.count("(") + opening.count("[") + opening.count(" or "))
    assert _below(300, opening * deep + inside + closing * deep) in (1.0, -1.0) or opening == "a["
