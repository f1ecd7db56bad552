"""The threat model, SECURITY.md and the how-to pages: every link leads somewhere, every test that is named exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

MODEL = ROOT / "docs" / "threat-model.md"
PAGES = [
    MODEL, ROOT / "SECURITY.md", ROOT / "deploy" / "README.md", ROOT / "docs" / "explanation" / "before-you-trust.md",
    *sorted((ROOT / "docs" / "how-to").glob("*.md")),
]  # fmt: skip
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
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file_that_is_there(page: Path) -> None:
    assert [str(to) for _, to in links(page) if not to.exists()] == []


def test_every_test_that_is_named_as_a_proof_exists() -> None:
    named = [(text.strip("`"), to) for text, to in links(MODEL) if text.startswith("`test_")]
    assert [name for name, module in named if name not in functions_of(module)] == []
    assert len(named) > 20


def test_every_promise_has_code_and_a_proof() -> None:
    table = MODEL.read_text("utf-8").partition("## What protects")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("|")][2:]
    assert [row[0] for row in rows if len(row) != 4 or "](" not in row[2] or "](../tests/" not in row[3]] == []


def test_everyone_who_could_want_to_know_has_a_row() -> None:
    table = MODEL.read_text("utf-8").partition("## Who can learn what")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in table.splitlines() if line.startswith("| **")]
    assert [who for who in WHO if not any(who in row[0] for row in rows)] == []
    assert [row[0] for row in rows if len(row) != 5 or not all(cell.strip() for cell in row)] == []
