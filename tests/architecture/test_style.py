"""What a machine can say about the house style: sizes, names, and where imports stand. Lint, format and types are
steps of `make check` (`scripts/check.py`), which continuous integration runs."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import modules, name_of, nodes_of, text_of, walk

LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
NAMED_BY_OTHERS = frozenset({"store/sqlite/base.py", "store/postgresql/base.py"})
"""Django looks for a database backend in a module of this name."""


def test_modules_are_short() -> None:
    lengths = {name_of(module): len(text_of(module).splitlines()) for module in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_functions_are_short() -> None:
    found = {}
    for module in modules():
        for node in nodes_of(module):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    found[f"{name_of(module)}: {node.name}"] = length
    assert found == {}


def test_drawers_are_not_names() -> None:
    drawers = {"utils", "util", "common", "helpers", "helper", "manager", "base", "misc"}
    found = {name_of(module) for module in modules() if module.stem in drawers}
    assert found - NAMED_BY_OTHERS == set()


def test_imports_inside_functions_carry_a_reason() -> None:
    found = []
    for module in modules():
        lines = text_of(module).splitlines()
        if not any(isinstance(node, ast.Import | ast.ImportFrom) and node.col_offset for node in nodes_of(module)):
            continue  # all stand at the top
        for function in nodes_of(module):
            if not isinstance(function, ast.FunctionDef):
                continue
            imports = [node for node in walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            if imports and "#" not in lines[min(node.lineno for node in imports) - 1]:
                found.append(f"{name_of(module)}: {function.name}")
    assert found == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX", "raise NotImplementedError"])
def test_nothing_is_left_for_later_in_code(word: str) -> None:
    pattern = re.compile(rf"\b{word}\b")
    assert [name_of(module) for module in modules() if pattern.search(text_of(module))] == []
