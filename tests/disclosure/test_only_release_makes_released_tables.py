"""Nothing goes round the door: who may make a released number, and what publishing takes."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable

from kuule.publishing.view import report
from tests.architecture.sources import modules, name_of, nodes_of, package_of

RELEASED = {"ReleasedCell", "ReleasedColumn", "ReleasedTable", "ReleasedOrigin"}
CODEC = "releases/table_json.py"
"""What reads the released numbers of a release back, and refuses any that the door would have withheld."""
EXACT = {"ResultTable", "Column", "CellKeys", "DataOrigin"}


def made_in(nodes: Iterable[ast.AST]) -> set[str]:
    """Released types that a module calls, by name or through a module, or copies with a change."""
    found = set()
    for called in calls_in(nodes):
        name = called.rpartition(".")[2]
        if name in RELEASED or name == "__new__" or called in ("replace", "dataclasses.replace", "copy.replace"):
            found.add(name)
    return found


def calls_in(nodes: Iterable[ast.AST]) -> set[str]:
    """What a module calls, as written."""
    return {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}


def names_in(nodes: Iterable[ast.AST]) -> set[str]:
    """What a module names."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
    return found


def nodes(code: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(code)))


def test_made_in_sees_what_it_looks_for():
    assert made_in(nodes("x = ReleasedCell(4, None)\ny = tables.ReleasedTable()")) == {
        "ReleasedCell",
        "ReleasedTable",
    }
    assert made_in(nodes("replace(cell, count=3)")) == {"replace"}
    assert "DataOrigin" in names_in(nodes("from kuule.tables.result import DataOrigin"))


def test_only_the_door_makes_released_numbers():
    """Elsewhere nothing makes one, and no module that knows them copies anything with a change."""
    forbidden = {}
    for module in modules():
        if package_of(module) != "disclosure" and name_of(module) != CODEC and (made := made_in(nodes_of(module))):
            forbidden[name_of(module)] = made if names_in(nodes_of(module)) & RELEASED else made & RELEASED
    assert {name: made for name, made in forbidden.items() if made} == {}


def test_a_table_comes_with_all_that_it_is_held_against():
    """Only `release_candidates` puts candidates together, and it refuses a table without its supersets."""
    makers = [
        name_of(module)
        for module in modules()
        if any(called.rpartition(".")[2] == "ReleaseCandidate" for called in calls_in(nodes_of(module)))
    ]
    assert makers == ["disclosure/required_tables.py"]


def test_publishing_knows_no_exact_number():
    known = {
        name_of(module): names_in(nodes_of(module)) & EXACT
        for module in modules()
        if package_of(module) == "publishing"
    }
    assert len(known) > 20
    assert {name: exact for name, exact in known.items() if exact} == {}


def test_a_report_takes_released_tables_only():
    hints = inspect.get_annotations(report.report_view, eval_str=True)
    assert str(hints["tables"]) == "collections.abc.Iterable[kuule.tables.released.ReleasedTable]"
    assert hints["origin"].__name__ == "ReleasedOrigin"
