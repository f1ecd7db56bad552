"""The glossary is true: what it says is in the code is there, and a term has one row and so one meaning."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, tree_of

GLOSSARY = ROOT / "docs" / "glossary.md"
IN_CODE = re.compile(r"`(kuule[\w.]*)`")
CELLS = 4


def rows(text: str) -> list[list[str]]:
    """The cells of each row, without those of the tables' heads."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    found = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return [cells for cells in found if cells[0] != "term" and set(cells[0]) != {"-"}]


def names_in(body: list[ast.stmt]) -> Iterator[str]:
    """What a module or class binds: classes, functions, constants and aliases, fields."""
    for node in body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (one.id for one in node.targets if isinstance(one, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def module_file(name: str) -> Path | None:
    """The file of a module or package of the source, without importing it."""
    path = ROOT / "src" / Path(*name.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in files if file.is_file()), None)


def is_in_code(reference: str) -> bool:
    """Whether a dotted name is a module or package, or something that a module, or a class in one, binds itself."""
    if module_file(reference):
        return True
    owner, _, name = reference.rpartition(".")
    file = module_file(owner)
    if file is not None:
        return name in set(names_in(tree_of(file).body))
    module, _, cls = owner.rpartition(".")
    file = module_file(module) if module else None
    body = [] if file is None else tree_of(file).body
    return any(
        isinstance(node, ast.ClassDef) and node.name == cls and name in set(names_in(node.body)) for node in body
    )


def text() -> str:
    return GLOSSARY.read_text(encoding="utf-8")


def test_every_reference_is_in_the_code() -> None:
    references = IN_CODE.findall(text())
    assert len(references) > 100
    assert [name for name in references if not is_in_code(name)] == []


def test_every_term_has_one_row() -> None:
    terms = Counter(part.strip().lower() for cells in rows(text()) for part in cells[0].split(","))
    assert [term for term, count in terms.items() if count > 1] == []


def test_every_row_says_what_a_term_means_and_where_it_comes_from() -> None:
    assert [cells[0] for cells in rows(text()) if len(cells) != CELLS or not all(cells[:3])] == []


@pytest.mark.parametrize("page", ["docs/README.md", "CONTRIBUTING.md"])
def test_whoever_looks_for_a_word_is_led_to_it(page: str) -> None:
    assert "glossary.md)" in (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("reference", "there"),
    [
        ("kuule.core", True),
        ("kuule.core.problems", True),
        ("kuule.core.problems.Problem", True),
        ("kuule.core.problems.Problem.code", True),
        ("kuule.core.problems.Nobody", False),
        ("kuule.core.problems.Problem.nothing", False),
        ("kuule.core.nowhere", False),
        ("kuule.nowhere.problems.Problem", False),
    ],
)
def test_a_reference_is_looked_for_where_it_is_bound(reference: str, there: bool) -> None:
    assert is_in_code(reference) is there
