"""Use cases know no terminal: they are told what to do in plain arguments, and tell and ask through two protocols."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.architecture.sources import imports_of, modules, name_of, nodes_of, package_of, walk

OF_A_TERMINAL = ("typer", "rich", "getpass", "argparse", "kuule.cli")
STREAMS = frozenset({"stdin", "stdout", "stderr"})


def use_cases() -> list[Path]:
    return [module for module in modules() if package_of(module) == "usecases"]


def terminal_uses(nodes: Sequence[ast.AST]) -> set[str]:
    """What a module prints, asks, or does with a standard stream."""
    named = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    streams = {
        f"sys.{node.attr}"
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sys"
        and node.attr in STREAMS
    }
    return named & {"print", "input"} | streams


def test_use_cases_import_nothing_of_a_terminal() -> None:
    found = {
        (name_of(module), name)
        for module in use_cases()
        for name in imports_of(module)
        if any(name == each or name.startswith(f"{each}.") for each in OF_A_TERMINAL)
    }
    assert found == set()


def test_use_cases_print_nothing_and_read_no_keyboard() -> None:
    assert {name_of(module): found for module in use_cases() if (found := terminal_uses(nodes_of(module)))} == {}
    assert len(use_cases()) > 30


@pytest.mark.parametrize("text", ["print(1)", "x = input('?')", "import sys\nsys.stderr.write('x')"])
def test_a_use_of_the_terminal_would_be_noticed(text: str) -> None:
    assert terminal_uses(walk(ast.parse(text))) != set()


def test_imports_of_use_cases_stand_at_the_top() -> None:
    """A room is a role: whoever loads it has what it needs. Only the commands, which the help loads, wait."""
    inside = {
        (name_of(module), node.lineno)
        for module in use_cases()
        for function in nodes_of(module)
        if isinstance(function, ast.FunctionDef)
        for node in walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert inside == set()
