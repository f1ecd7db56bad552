"""The table of formats has every number that stands in the code, and the documentation says the same."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.usecases.upgrading.format_table import FIRST_RELEASE, FORMATS, FileFormat, Keeping
from tests.architecture.sources import ROOT, modules, name_of, nodes_of, text_of, tree_of
from tests.docs_rows import version_rows

_NAMED_SO = re.compile(r"(?:^|_)(?:FORMAT|VERSION)(?:_[A-Z_]+)?$")
NO_FORMATS = {
    "cli/json_record.py FORMAT": "what a command says to a program: above the table, its row is tried below",
    "collector/served/onion_address.py _VERSION": "of Tor's addresses",
    "verification/connection_checks.py _ONION_VERSION": "of Tor's addresses",
}
"""Numbers that are no format of ours in the table, and why."""


def numbers_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The constants of a module that are named like the number of a format and have one."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(target, ast.Name) and _NAMED_SO.search(target.id) and isinstance(value, ast.Constant):
                if isinstance(value.value, int):
                    yield target.id, value.value
                elif isinstance(value.value, bytes) and len(value.value) == 1:
                    yield target.id, value.value[0]


def test_every_number_in_the_code_is_in_the_table() -> None:
    table = ROOT / "src/kuule/usecases/upgrading/format_table.py"
    named = {ast.unparse(node) for node in ast.walk(tree_of(table)) if isinstance(node, ast.Name | ast.Attribute)}
    found, missing = 0, []
    for module in modules():
        if not re.search("FORMAT|VERSION", text_of(module)):
            continue
        for name, _ in numbers_in(tree_of(module)):
            place = f"{name_of(module)} {name}"
            found += 1
            if place not in NO_FORMATS and not {name, f"{module.stem}.{name}"} & named:
                missing.append(place)
    assert missing == []
    assert found > len(FORMATS)


def test_no_file_has_a_number_that_stands_in_no_constant() -> None:
    """`"format": 1` in a dictionary would be a number that nobody finds."""
    written = [
        (name_of(module), ast.unparse(node))
        for module in modules()
        if "format" in text_of(module)
        for node in nodes_of(module)
        if isinstance(node, ast.Dict)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and key.value == "format" and isinstance(value, ast.Constant)
        if isinstance(value.value, int)
    ]
    assert written == []


@pytest.mark.parametrize("text", ["_FORMAT = 3", "TOKEN_VERSION = b'\\x02'", "FORMAT: int = 1"])
def test_a_number_would_be_found(text: str) -> None:
    assert len(list(numbers_in(ast.parse(text)))) == 1


def test_numbers_of_databases_are_those_of_their_last_migrations() -> None:
    accounts = importlib.import_module("kuule.workbench.accounts_version").ACCOUNTS_VERSION
    files = [int(path.name[:4]) for path in (ROOT / "src/kuule/workbench/migrations").glob("0*.py")]
    assert max(files) == accounts
    assert FORMATS["database of the workbench"].written == accounts


def test_what_is_written_is_the_newest_of_what_is_read() -> None:
    with pytest.raises(ValueError, match="the newest"):
        FileFormat(2, (1, 3), FIRST_RELEASE, "x.md")
    assert {one.keeping for one in FORMATS.values() if not one.read} == {Keeping.REPLACED}


def test_pages_that_describe_formats_are_there() -> None:
    missing = [
        one.reference
        for one in FORMATS.values()
        if not (ROOT / "docs/reference" / one.reference.partition("#")[0]).resolve().is_file()
    ]
    assert missing == []


def test_documentation_says_the_same() -> None:
    said = version_rows((ROOT / "docs/reference/versions.md").read_text("utf-8"))
    ours = {name: (one.reference, one.written, one.read, one.since, str(one.keeping)) for name, one in FORMATS.items()}
    assert said == ours


def test_number_of_what_a_command_says_is_in_the_documentation() -> None:
    number = importlib.import_module("kuule.cli.json_record").FORMAT
    page = Path(ROOT / "docs/reference/versions.md").read_text("utf-8")
    assert f"What a command says to a program ([--json](json.md)) has number {number}" in page
