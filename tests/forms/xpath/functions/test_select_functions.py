from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.runtime.evaluation_context import StaticContext
from kuule.forms.xpath.runtime.nodes import Node
from tests.conformance.documents import node_at, read_document
from tests.forms.xpath.asking import ask, context_of

XML = "<data><many>red  green blue</many><blank/><g><colour>red</colour></g></data>"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("selected(many, 'green')", "true"),
        ("selected(many, ' green ')", "true"),
        ("selected(many, 'gree')", "false"),
        ("selected(blank, '')", "false"),
        ("selected-at(many, 1)", "green"),
        ("selected-at(many, 3)", ""),
        ("selected-at(many, -1)", ""),
        ("selected-at(many, 0.5)", "red"),
        ("selected-at(many, 'x')", ""),
        ("count-selected(many)", "3"),
        ("count-selected(blank)", "0"),
        ("version()", ""),
    ],
)
def test_select_functions(expression: str, text: str) -> None:
    assert ask(expression, XML).string == text


@pytest.mark.parametrize("path", ["'/data/g/colour'", "' /data/g/colour '", "'../colour'", "/data/g/colour", "."])
def test_choice_name_asks_for_the_label_by_the_resolved_path(path: str) -> None:
    document = read_document(XML)
    node = node_at(document, "/*[1]/*[3]/*[1]")
    context = context_of(document)
    asked: list[tuple[str, str, Node]] = []

    def label(select: str, value: str, question: Node) -> str:
        asked.append((select, value, question))
        return "Red"

    context.choice_label = label
    static = StaticContext(node_path="/data/g/colour")
    compiled = compile_expression(f"jr:choice-name(/data/g/colour, {path})", static)
    assert compiled.string(context, node) == "Red"
    assert asked == [("/data/g/colour", "red", node)]


@pytest.mark.parametrize("path", ["concat('/data', '/a')", "'1 + 1'", "'../../../x'"])
def test_choice_name_without_a_path_is_refused(path: str) -> None:
    with pytest.raises(KuuleError, match="FORM_113"):
        compile_expression(f"jr:choice-name('a', {path})", StaticContext(node_path="/data/a"))


def test_itext_asks_for_the_text_of_a_computed_id() -> None:
    context = context_of(document := read_document(XML))
    context.itext = {"red-1": "Rouge"}.__getitem__
    compiled = compile_expression("jr:itext(concat(/data/g/colour, '-1'))")
    assert compiled.string(context, document) == "Rouge"
