"""What a docstring says is raised is an exception that there is: a name in a text does not follow a rename."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from tests.architecture.sources import modules, name_of, nodes_of, text_of

RAISES = re.compile(r"\b[Rr]aises? ((?:[A-Z]\w*[a-z]\w*(?: and |, | or |, and )?)+)")


def docstrings(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Docstrings of modules, classes, functions, and of what is bound."""
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield " ".join(node.value.value.split())


def raised_names(docstring: str) -> set[str]:
    """The exceptions after "raises"; codes of problems such as STUDY_001 are no names."""
    return {name for match in RAISES.finditer(docstring) for name in re.findall(r"[A-Z]\w*[a-z]\w*", match[1])}


def unknown_classes(names: Iterable[str]) -> set[str]:
    """Those that are neither classes of ours nor exceptions of Python, and that no module imports by name."""
    ours = {name for module in modules() for name in re.findall(r"^ *class (\w+)", text_of(module), re.MULTILINE)}
    return {name for name in {*names} - ours - {*dir(builtins)} if not any(map(partial(imports, name), modules()))}


def imports(name: str, module: Path) -> bool:
    """Whether the module imports it by name."""
    nodes = nodes_of(module) if name in text_of(module) else ()
    return any(name == alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names)


def test_exceptions_in_docstrings_exist() -> None:
    raised = {
        name_of(module): {name for text in docstrings(nodes_of(module)) for name in raised_names(text)}
        for module in modules()
        if RAISES.search(" ".join(text_of(module).split()))
    }
    unknown = unknown_classes(set().union(*raised.values()))
    assert {module: names & unknown for module, names in raised.items() if names & unknown} == {}


def test_name_that_nothing_has_is_unknown() -> None:
    assert unknown_classes({"StudyError", "ValueError", "InvalidTag", "StudioError"}) == {"StudioError"}


@pytest.mark.parametrize(
    ("docstring", "names"),
    [
        ("The study. Raises StudyError STUDY_001 (not there).", {"StudyError"}),
        ("Raises StudyError, KeyMaterialError and ValueError.", {"StudyError", "KeyMaterialError", "ValueError"}),
        ("Raise NotAllowed if `may` says no.", {"NotAllowed"}),
        ("Nothing is raised. The answer of a form.", set()),
    ],
)
def test_names_after_raises_are_found(docstring: str, names: set[str]) -> None:
    assert raised_names(docstring) == names


WORDS_OF_FORMATS = frozenset(
    {
        "and",
        "choice_filter",
        "coalesce",
        "constraint",
        "div",
        "hint",
        "if",
        "keys",
        "mod",
        "now",
        "once",
        "random",
        "randomize",
        "readonly",
        "repr",
        "uuid",
    }
)
"""Words of XLSForm and XPath, and of an extra, that a docstring of a class explains; they are no names of ours."""
LONGEST_WORD_LIST = 80
"""Characters of a text that can be a list of names; a longer one is prose."""
IN_BACKTICKS = re.compile(r"`([a-z_]\w*)`")


def described_names(node: ast.ClassDef) -> set[str]:
    """What the docstring of a class puts in backticks, such as its fields."""
    return set(IN_BACKTICKS.findall(ast.get_docstring(node) or ""))


def names_in(nodes: Sequence[ast.AST]) -> set[str]:
    """Every name in the code of a module: what it binds, reads and imports, and words of its short texts."""
    found: set[str] = set()
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                found.add(name)
            case ast.Constant(value=str(text)) if len(text) < LONGEST_WORD_LIST and id(node) not in prose:
                found |= set(re.findall(r"\w+", text))
    return found


def unknown_names(nodes: Sequence[ast.AST]) -> set[str]:
    """What docstrings of classes describe and their module does not have."""
    described = {name for node in nodes if isinstance(node, ast.ClassDef) for name in described_names(node)}
    described -= WORDS_OF_FORMATS
    return described - names_in(nodes) if described else set()


def test_fields_that_a_class_describes_are_its_own() -> None:
    can_describe = [module for module in modules() if re.search(r"\bclass \w(?s:.*)`", text_of(module))]
    assert {name_of(module): names for module in can_describe if (names := unknown_names(nodes_of(module)))} == {}


def test_a_field_with_an_old_name_is_found() -> None:
    code = 'class A:\n    """`kept`: whether it stays; `left` are the others."""\n    kept: bool\n    rest: int'
    assert unknown_names(list(ast.walk(ast.parse(code)))) == {"left"}
