from __future__ import annotations

import pytest

from tests.conformance.documents import path_of
from tests.forms.xpath.asking import ask

#         a          b(c d)      e
XML = "<data><a/><b id='i'><c/>t<d/></b><e/><!--note--></data>"
B, C, D = "/*[1]/*[2]", "/*[1]/*[2]/*[1]", "/*[1]/*[2]/*[2]"


def _names(axis: str, at: str) -> list[str]:
    found = ask(f"{axis}::*", XML, at).value
    assert isinstance(found, list)
    return [node.name for node in found]


@pytest.mark.parametrize(
    ("axis", "at", "names"),
    [
        ("child", B, ["c", "d"]),
        ("parent", C, ["b"]),
        ("self", B, ["b"]),
        ("attribute", B, ["id"]),
        ("namespace", B, []),
        ("descendant", "/*[1]", ["a", "b", "c", "d", "e"]),
        ("descendant-or-self", B, ["b", "c", "d"]),
        ("ancestor", C, ["data", "b"]),
        ("ancestor-or-self", C, ["data", "b", "c"]),
        ("following-sibling", C, ["d"]),
        ("preceding-sibling", D, ["c"]),
        ("following", C, ["d", "e"]),
        ("preceding", D, ["a", "c"]),
        ("following", f"{B}/@id", ["c", "d", "e"]),
        ("preceding", f"{B}/@id", ["a"]),
        ("following-sibling", f"{B}/@id", []),
        ("parent", f"{B}/@id", ["b"]),
    ],
)
def test_axis_gives_elements_in_document_order(axis: str, at: str, names: list[str]) -> None:
    assert _names(axis, at) == names


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("ancestor::*[1]", [B]),
        ("preceding::*[1]", ["/*[1]/*[2]/*[1]"]),
        ("preceding::*[last()]", ["/*[1]/*[1]"]),
    ],
)
def test_positions_on_a_backward_axis_count_from_the_node(expression: str, paths: list[str]) -> None:
    found = ask(expression, XML, D).value
    assert isinstance(found, list)
    assert [path_of(node) for node in found] == paths


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("//text()", ["/*[1]/*[2]/text()[1]"]),
        ("comment()", ["/*[1]/comment()[1]"]),
        ("b/node()", [C, "/*[1]/*[2]/text()[1]", D]),
        ("//@*", [f"{B}/@id"]),
        ("//processing-instruction()", []),
    ],
)
def test_node_kinds(expression: str, paths: list[str]) -> None:
    found = ask(expression, XML).value
    assert isinstance(found, list)
    assert [path_of(node) for node in found] == paths
