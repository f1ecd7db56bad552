"""The place of a problem is for people: what a program has to know of it stands in `file` and `key`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace

import pytest

from kuule.core.problems import Problem
from tests.architecture.sources import modules, name_of, nodes_of, walk

TAKES_APART = frozenset({"partition", "rpartition", "split", "rsplit", "startswith", "endswith", "removeprefix"})


def parsed_places(nodes: Iterable[ast.AST]) -> list[int]:
    """The lines on which something's `place` is taken apart."""
    return [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Attribute)
        and node.attr in TAKES_APART
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "place"
    ]


def test_no_place_is_taken_apart() -> None:
    assert {name_of(module): lines for module in modules() if (lines := parsed_places(nodes_of(module)))} == {}


@pytest.mark.parametrize("text", ['one.place.partition(", ")', 'problem.place.startswith(("a", "b"))'])
def test_a_place_that_is_taken_apart_would_be_noticed(text: str) -> None:
    assert parsed_places(walk(ast.parse(text))) == [1]


def test_problems_that_differ_in_file_and_key_alone_are_equal() -> None:
    one = Problem("LANG_001", "languages/ar.po, page:title", "it is empty", "write it")
    assert {one, replace(one, file="languages/ar.po", key="page:title")} == {one}
