"""Nothing goes round the door: who may make a released number, and what publishing takes."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import kuule
from kuule.publishing.view import report

SOURCE = Path(kuule.__file__).parent
RELEASED = {"ReleasedCell", "ReleasedColumn", "ReleasedTable", "ReleasedOrigin"}
EXACT = {"ResultTable", "Column", "CellKeys", "DataOrigin"}


def made_in(tree: ast.AST) -> set[str]:
    """Released types that a module calls, by name or through a module, or copies with a change."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            name = called.rpartition(".")[2]
            if name in RELEASED or name == "__new__" or called in ("replace", "dataclasses.replace", "copy.replace"):
                found.add(name)
    return found


def names_in(tree: ast.AST) -> set[str]:
    """What a module names."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names
    }


def modules(*, but: str) -> list[Path]:
    return [file for file in sorted(SOURCE.rglob("*.py")) if file.relative_to(SOURCE).parts[0] != but]


def test_made_in_sees_what_it_looks_for():
    assert made_in(ast.parse("x = ReleasedCell(4, None)\ny = tables.ReleasedTable()")) == {
        "ReleasedCell",
        "ReleasedTable",
    }
    assert made_in(ast.parse("replace(cell, count=3)")) == {"replace"}
    assert "DataOrigin" in names_in(ast.parse("from kuule.tables.result import DataOrigin"))


@pytest.mark.parametrize("file", modules(but="disclosure"), ids=lambda file: str(file.relative_to(SOURCE)))
def test_only_the_door_makes_released_numbers(file):
    tree = ast.parse(file.read_text("utf-8"))
    made = made_in(tree)
    assert made & RELEASED == set()
    if names_in(tree) & RELEASED:
        assert made == set()


@pytest.mark.parametrize("file", modules(but=""), ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_table_comes_with_all_that_it_is_held_against(file):
    """Only `release_candidates` puts candidates together, and it refuses a table without its supersets."""
    called = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)
    }
    makers = {name for name in called if name.rpartition(".")[2] == "ReleaseCandidate"}
    assert bool(makers) is (file == SOURCE / "disclosure" / "required_tables.py")


@pytest.mark.parametrize("file", sorted((SOURCE / "publishing").rglob("*.py")), ids=lambda file: file.stem)
def test_publishing_knows_no_exact_number(file):
    assert names_in(ast.parse(file.read_text("utf-8"))) & EXACT == set()


def test_a_report_takes_released_tables_only():
    hints = inspect.get_annotations(report.report_view, eval_str=True)
    assert str(hints["tables"]) == "collections.abc.Iterable[kuule.tables.released.ReleasedTable]"
    assert hints["origin"].__name__ == "ReleasedOrigin"
