from __future__ import annotations

import pytest

from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.subexpressions import all_subexpressions, is_node_independent, uses_position
from kuule.forms.xpath.grammar.syntax_tree import FunctionCall


@pytest.mark.parametrize("text", ["position() = 1", "1 + last()", "f(-position())", "if(last(), 1, 2)"])
def test_uses_position(text: str) -> None:
    assert uses_position(parse(text)) is True


@pytest.mark.parametrize("text", ["position(..)", "a[position() = 1]", "(a)[last()]", "1"])
def test_positions_of_others_are_not_its_own(text: str) -> None:
    assert uses_position(parse(text)) is False


@pytest.mark.parametrize(
    "text", ["'x'", "/data/a", "current()/../a", "instance('p')/root/item[a = 1]", "concat(/a, '1')"]
)
def test_steady(text: str) -> None:
    assert is_node_independent(parse(text)) is True


@pytest.mark.parametrize(
    "text", ["a", ".", "../a", "string()", "position()", "random()", "concat(/a, b)", "lang('sv')"]
)
def test_not_steady(text: str) -> None:
    assert is_node_independent(parse(text)) is False


def test_everything_has_the_predicates_too() -> None:
    calls = [
        part.name
        for part in all_subexpressions(parse("f(/a[g()]/b[h()][1], -(i()[j()]))"))
        if isinstance(part, FunctionCall)
    ]
    assert sorted(calls) == ["f", "g", "h", "i", "j"]
