"""docs/reference/xlsform.md says what the code does: its tables are read here and compared with the code's own."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.forms.compile import body_compiler
from kuule.forms.model.controls import Control
from kuule.forms.types.type_registry import QUESTION_TYPES
from kuule.forms.xlsform import table_lists
from kuule.forms.xpath.functions.library import LIBRARY
from kuule.study.rules.content import device_data, geolocation, uploads
from tests.architecture.sources import ROOT
from tests.forms.scenario import form_of
from tests.study.reading import read_questionnaire

PAGE = (ROOT / "docs/reference/xlsform.md").read_text("utf-8")
READS_APPEARANCES = (
    *sorted((ROOT / "src/kuule/forms").rglob("*.py")),
    *sorted((ROOT / "src/kuule/collector").rglob("*.py")),
)


def _table(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading."""
    part = re.split(rf"^#+ {heading}$", PAGE, maxsplit=1, flags=re.MULTILINE)[1]
    part = re.split(r"^#", part, maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def _one_question(kind: str) -> str:
    kind = kind.replace("LIST", "ab").replace("FILE", "places")
    kind, _, parameters = kind.partition(", ")
    calculation = "1 + 1" if kind == "calculate" else ""
    return f"""
        | survey |
        | | type | name | label | calculation | default | parameters |
        | | {kind} | one | One? | {calculation} | 3 | {parameters} |
        | choices |
        | | list_name | name | label |
        | | ab | a | A |
        | | words | 1 | Not at all |
        """


@pytest.mark.parametrize(("kind", "control"), [row[:2] for row in _table("Types of questions")])
def test_type_has_the_control_of_the_table(kind: str, control: str) -> None:
    form = form_of(_one_question(kind), {"places.csv": "name,label\na,A\n"})
    assert [item.control for item in form.items] == [None if control == "none" else Control(control)]


def test_controls_are_all_in_the_table() -> None:
    documented = {row[1] for row in _table("Types of questions")}
    assert documented - {"none"} == {str(control) for control in Control} - {str(Control.MULTILINE)}


@pytest.mark.parametrize(("kind", "code"), [row[:2] for row in _table("Refused types")])
def test_refused_type_is_refused_by_the_rule_of_the_table(kind: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text(f"| survey |\n| | type | name | label |\n| | {kind} | one | One? |\n")
    questionnaire = read_questionnaire(path)
    assert questionnaire is not None
    found = [*geolocation.check(questionnaire), *uploads.check(questionnaire)]
    found += device_data.check(questionnaire, None, {})
    assert [problem.code for problem in found] == [code]


def test_functions_are_those_of_the_library() -> None:
    documented = {row[0]: (row[2], row[3]) for row in _table("Functions")}
    ours = {
        name: (function.returns.name.lower(), function.arity())
        for name, function in LIBRARY.items()
        if not function.refused
    }
    assert documented == ours


def test_refused_functions_are_those_of_the_library_with_their_reason() -> None:
    documented = dict(_table("Refused functions"))
    assert documented == {name: function.refused for name, function in LIBRARY.items() if function.refused}


def _is_appearance(node: ast.expr) -> bool:
    return getattr(node, "id", getattr(node, "attr", "")) == "appearance"


def _appearances(tree: ast.Module) -> Iterator[str]:
    """What a module compares an appearance with: texts, and the sets of texts that it names."""
    sets = {
        statement.targets[0].id: ast.literal_eval(statement.value.args[0])
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Call)
        and getattr(statement.value.func, "id", "") == "frozenset"
        and statement.value.args
        and isinstance(statement.value.args[0], ast.Set)
        and all(isinstance(one, ast.Constant) for one in statement.value.args[0].elts)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Compare)
            and _is_appearance(node.comparators[0])
            and isinstance(node.left, ast.Constant)
        ):
            yield str(node.left.value)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
            sides = (node.left, node.right)
            if any(_is_appearance(side) for side in sides):
                yield from (one for side in sides for one in sets.get(getattr(side, "id", ""), ()))


def test_appearances_are_those_that_the_code_reads() -> None:
    read = {name for path in READS_APPEARANCES for name in _appearances(ast.parse(path.read_text("utf-8")))}
    named = {body_compiler.LABEL_APPEARANCE, table_lists.TABLE_LIST, table_lists.LIST_NOLABEL}
    named |= {one.appearance for one in QUESTION_TYPES} - {""}
    by_number = {"columns-N"}
    assert {row[0] for row in _table("Appearances")} == read | named | by_number


def test_reading_finds_an_appearance_where_there_is_one() -> None:
    source = '_A = frozenset({"x"})\nb = ask.appearance & _A\nc = "y" in appearance\nd = "z" in other\n'
    assert set(_appearances(ast.parse(source))) == {"x", "y"}
