"""The threat model, SECURITY.md and the how-to pages: every link leads somewhere, every test that is named exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, walk

MODEL = ROOT / "docs" / "threat-model.md"
PAGES = [
    MODEL, ROOT / "SECURITY.md", ROOT / "deploy" / "README.md", ROOT / "docs" / "explanation" / "before-you-trust.md",
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
]  # fmt: skip
MATRIX = re.compile(r"mark\.matrix\b|^from tests\.sampling import .*\bmatrix(_parts)?\b", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
WHO = (
    "household", "network observer", "host", "operator", "thief of the disk", "two snapshots",
    "one dishonest key holder", "court order", "flooder", "hostile translator",
)  # fmt: skip


def links(page: Path) -> list[tuple[str, Path]]:
    found = LINK.findall(page.read_text("utf-8"))
    return [
        (text, page.parent / to.partition("#")[0]) for text, to in found if not to.startswith(("http", "#", "mailto"))
    ]


@cache
def functions_of(module: Path) -> set[str]:
    tree = ast.parse(module.read_text("utf-8"))
    return {node.name for node in walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_that_is_there(page: Path) -> None:
    assert [str(to) for _, to in links(page) if not to.exists()] == []


def test_every_test_that_is_named_as_a_proof_exists() -> None:
    named = [(text.strip("`"), to) for text, to in links(MODEL) if text.startswith("`test_")]
    assert [name for name, module in named if name not in functions_of(module)] == []
    assert len(named) > 20


def test_no_proof_is_left_to_the_rest_of_a_matrix() -> None:
    """Nor is any other test of the same file: `make test` has everything that guards a promise."""
    named = {to.resolve() for text, to in links(MODEL) if text.startswith("`test_")}
    assert [to.relative_to(ROOT).as_posix() for to in sorted(named) if MATRIX.search(to.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("from tests.sampling import matrix, spread", True),
        ("from tests.sampling import matrix_parts, part_of", True),
        ("@pytest.mark.matrix", True),
        ("pytestmark = [pytest.mark.slow, pytest.mark.matrix]", True),
        ("from tests.sampling import examples", False),
        ("def test_matrix_of_rights() -> None:", False),
    ],
)
def test_rest_of_a_matrix_is_told(line: str, found: bool) -> None:
    assert bool(MATRIX.search(line)) is found


def test_every_promise_has_code_and_a_proof() -> None:
    table = MODEL.read_text("utf-8").partition("## What protects")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("|")][2:]
    assert [row[0] for row in rows if len(row) != 4 or "](" not in row[2] or "](../tests/" not in row[3]] == []


def test_everyone_who_could_want_to_know_has_a_row() -> None:
    table = MODEL.read_text("utf-8").partition("## Who can learn what")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("| **")]
    assert [who for who in WHO if not any(who in row[0] for row in rows)] == []
    assert [row[0] for row in rows if len(row) != 5 or not all(cell.strip() for cell in row)] == []
