from __future__ import annotations

import pytest

from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.path_resolution import resolve_path
from kuule.forms.xpath.grammar.syntax_tree import PathExpression


@pytest.mark.parametrize(
    ("path", "absolute"),
    [
        ("/data/b", "/data/b"),
        ("../b", "/data/g/b"),
        ("../../b/c", "/data/b/c"),
        (".", "/data/g/a"),
        ("current()/../b", "/data/g/b"),
        ("/data/g[1]/b", "/data/g/b"),
        ("orx:meta", "/data/g/a/meta"),
        ("//b", None),
        ("../../../../b", None),
        ("instance('x')/b", None),
    ],
)
def test_resolved_from_a_question(path: str, absolute: str | None) -> None:
    tree = parse(path)
    assert isinstance(tree, PathExpression)
    assert resolve_path(tree, "/data/g/a") == absolute


def test_resolved_without_a_context_only_where_it_is_absolute() -> None:
    trees = [parse("../b"), parse("/data/b")]
    assert [resolve_path(tree, "") for tree in trees if isinstance(tree, PathExpression)] == [None, "/data/b"]
