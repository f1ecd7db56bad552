"""Documentation is checked like code: every problem, every command, every option, every exit code."""

from __future__ import annotations

import ast
import re
from typing import Any

import typer.main
from typer.core import TyperOption

from kuule.cli.command_list import program
from kuule.cli.console import Exit
from kuule.dataset.exports.export_formats import ExportFormat
from tests.architecture.sources import ROOT, modules, nodes_of

CODE = re.compile(r"[A-Z]+_[0-9]{3}")
PROBLEMS = ROOT / "docs" / "reference" / "problems"
CLI = ROOT / "docs" / "reference" / "cli.md"


def codes_in_source() -> set[str]:
    nodes = (node for module in modules() for node in nodes_of(module))
    constants = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {value for value in constants if CODE.fullmatch(value)}


def documented_rows() -> list[list[str]]:
    rows = []
    for page in sorted(PROBLEMS.glob("*.md")):
        for line in page.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]
            if cells and CODE.fullmatch(cells[0]):
                rows.append([page.stem, *cells])
    return rows


def test_problems_in_source_are_those_in_the_documentation() -> None:
    assert {row[1] for row in documented_rows()} == codes_in_source()


def test_problems_are_documented_once_with_cause_and_remedy_on_the_page_of_their_area() -> None:
    rows = documented_rows()
    codes = [row[1] for row in rows]
    assert sorted(set(codes)) == sorted(codes)
    assert [row for row in rows if len(row) != 4 or not all(row) or row[1].split("_")[0] != row[0].split("_")[0]] == []


def commands(command: Any, path: str) -> dict[str, Any]:
    if hasattr(command, "commands"):
        found: dict[str, Any] = {}
        for name, part in command.commands.items():
            found |= commands(part, f"{path} {name}")
        return found
    return {path: command}


def all_commands() -> dict[str, Any]:
    return commands(typer.main.get_command(program()), "kuule")


def sections() -> dict[str, str]:
    """The text under each heading of cli.md that names a command."""
    parts = re.split(r"^## ", CLI.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {part.split("\n", 1)[0].strip().strip("`"): part for part in parts}


def test_commands_are_those_in_the_documentation() -> None:
    assert {title for title in sections() if title.startswith("kuule ")} == set(all_commands())


def test_options_are_in_the_section_of_their_command() -> None:
    missing = []
    for path, command in all_commands().items():
        for parameter in command.params:
            name = parameter.opts[0] if isinstance(parameter, TyperOption) else (parameter.name or "").upper()
            if name != "--help" and f"`{name}" not in sections()[path]:
                missing.append(f"{path} {name}")
    assert missing == []


def test_export_formats_are_in_the_documentation() -> None:
    """Each has a row of dataset.md, or shares one, and a word at `--format`."""
    exports = (ROOT / "docs" / "reference" / "dataset.md").read_text("utf-8").split("\n## Exports\n")[1]
    table = exports.partition("\nNumbers are")[0]
    [option] = re.findall(r"^\| `--format` \|.*", sections()["kuule export"], flags=re.MULTILINE)
    told = [set(re.findall(r"`([a-z]+)`", text)) for text in (table, option)]
    assert [set(ExportFormat) - names for names in told] == [set(), set()]


def test_exit_codes_are_in_the_documentation() -> None:
    table = sections()["Exit codes"]
    documented = re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE)
    assert {int(code) for code in documented} == {int(code) for code in Exit}
