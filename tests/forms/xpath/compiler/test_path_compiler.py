from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.forms.xpath.runtime.evaluation_context import StaticContext
from tests.forms.xpath.asking import ask

HOUSE = """<data><a>1</a><child><name>Ana</name><toy>x</toy><toy>y</toy></child>
<child><name>Bo</name><toy>z</toy></child>
<child/></data>"""


@pytest.mark.parametrize(
    ("expression", "texts"),
    [
        ("/data/child/toy", ["x", "y", "z"]),
        ("child/toy[1]", ["x", "z"]),
        ("(child/toy)[1]", ["x"]),
        ("child[name = 'Bo']/toy", ["z"]),
        ("child[toy = 'y']/name", ["Ana"]),
        ("child[2]/name", ["Bo"]),
        ("child[position() = last() - 1]/name", ["Bo"]),
        ("child[name][last()]/name", ["Bo"]),
        ("child[toy and name != 'Bo']/name", ["Ana"]),
        ("child[count(toy) - 1]/name", ["Ana"]),
        ("child[count(toy) = 2]/toy", ["x", "y"]),
        ("//toy", ["x", "y", "z"]),
        ("//toy[1]", ["x", "z"]),
        ("//toy[. = 'z']/../name", ["Bo"]),
        ("child/toy/../name", ["Ana", "Bo"]),
        ("child/toy/ancestor::child/name", ["Ana", "Bo"]),
        ("child/toy[2]/preceding-sibling::*[1]", ["x"]),
        ("child/name/following-sibling::toy", ["x", "y", "z"]),
        ("child[2]/toy | a | child[1]/toy[1] | a", ["1", "x", "z"]),
        ("a/text()", ["1"]),
        ("child[1]/*[not(self::name)]", ["x", "y"]),
        ("./a", ["1"]),
        ("nothing/at/all", []),
        ("child[0]/name", []),
        ("child[1.5]/name", []),
    ],
)
def test_path_gives_nodes_in_document_order(expression: str, texts: list[str]) -> None:
    assert ask(expression, HOUSE).texts == texts


def test_absolute_path_begins_at_the_document_from_anywhere() -> None:
    assert ask("/data/a", HOUSE, "/*[1]/*[2]/*[1]").texts == ["1"]
    assert ask("../../a", HOUSE, "/*[1]/*[2]/*[1]").texts == ["1"]
    assert ask("../../../../../a", HOUSE, "/*[1]/*[2]/*[1]").texts == []


def test_value_is_a_list_of_its_own() -> None:
    found = ask("/data/child/toy", HOUSE).value
    assert isinstance(found, list)
    parent = found[0].parent
    assert parent is not None
    found.clear()
    assert len(parent.children_named("toy")) == 2


INSIDE = StaticContext(node_path="/data/child/name", repeats=frozenset({"/data/child", "/data/child/toy"}))


def test_absolute_path_inside_a_repeat_means_the_same_instance() -> None:
    assert ask("/data/child/toy", HOUSE, "/*[1]/*[3]/*[1]", static=INSIDE).texts == ["z"]


def test_absolute_path_to_the_repeat_itself_means_all_instances() -> None:
    assert ask("count(/data/child)", HOUSE, "/*[1]/*[3]/*[1]", static=INSIDE).number == 3.0


def test_absolute_path_from_outside_the_repeat_means_all_instances() -> None:
    outside = StaticContext(node_path="/data/a", repeats=frozenset({"/data/child"}))
    assert ask("/data/child/name", HOUSE, "/*[1]/*[1]", static=outside).texts == ["Ana", "Bo"]


def test_absolute_path_with_a_predicate_on_the_repeat_is_absolute() -> None:
    assert ask("/data/child[1]/name", HOUSE, "/*[1]/*[3]/*[1]", static=INSIDE).texts == ["Ana"]


def test_absolute_path_in_a_predicate_means_the_instance_of_the_question() -> None:
    xml = "<data><child><name>Ana</name><pick>2</pick></child><child><name>Bo</name><pick>1</pick></child></data>"
    static = StaticContext(node_path="/data/child/name", repeats=frozenset({"/data/child"}))
    lists = {"toys": "<root><item><n>1</n><l>ball</l></item><item><n>2</n><l>drum</l></item></root>"}
    expression = "instance('toys')/root/item[n = /data/child/pick]/l"
    asked = [ask(expression, xml, f"/*[1]/*[{place}]/*[1]", static=static, instances=lists) for place in (1, 2)]
    assert [each.string for each in asked] == ["drum", "ball"]


def test_names_match_by_local_name_where_no_namespaces_are_given() -> None:
    xml = '<data xmlns="urn:form" xmlns:o="urn:o"><o:meta>m</o:meta></data>'
    assert ask("/data/orx:meta", xml).texts == ["m"]


def test_names_match_by_namespace_where_they_are_given() -> None:
    xml = '<data xmlns="urn:form" xmlns:o="urn:o"><meta>f</meta><o:meta>o</o:meta></data>'
    static = StaticContext(namespaces={"": "urn:form", "x": "urn:o"})
    assert ask("/data/meta | /data/x:meta", xml, static=static).texts == ["f", "o"]
    assert ask("/data/x:*", xml, static=static).texts == ["o"]


def test_a_prefix_without_a_namespace_is_refused() -> None:
    with pytest.raises(KuuleError, match="FORM_111"):
        ask("/data/x:meta", static=StaticContext(namespaces={}))
