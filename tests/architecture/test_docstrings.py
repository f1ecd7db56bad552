"""What a docstring says is raised is an exception that there is: a name in a text does not follow a rename."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import modules, name_of, tree_of

RAISES = re.compile(r"\b[Rr]aises? ((?:[A-Z]\w*[a-z]\w*(?: and |, | or |, and )?)+)")


def docstrings(tree: ast.Module) -> Iterator[str]:
    """Docstrings of modules, classes, functions, and of what is bound."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield " ".join(node.value.value.split())


def raised_names(docstring: str) -> set[str]:
    """The exceptions after "raises"; codes of problems such as STUDY_001 are no names."""
    return {name for match in RAISES.finditer(docstring) for name in re.findall(r"[A-Z]\w*[a-z]\w*", match[1])}


def names_of_classes() -> set[str]:
    """All classes of ours, all exceptions of Python, and all that is imported by name."""
    found = set(dir(builtins))
    for module in modules():
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.ClassDef):
                found.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                found |= {alias.name for alias in node.names}
    return found


def test_exceptions_in_docstrings_exist() -> None:
    known = names_of_classes()
    found = {
        name_of(module): unknown
        for module in modules()
        if (unknown := {name for text in docstrings(tree_of(module)) for name in raised_names(text)} - known)
    }
    assert found == {}


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


def names_in(tree: ast.Module) -> set[str]:
    """Every name in the code of a module: what it binds, reads and imports, and words of its short texts."""
    found: set[str] = set()
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                found.add(name)
            case ast.Constant(value=str(text)) if len(text) < LONGEST_WORD_LIST and id(node) not in prose:
                found |= set(re.findall(r"\w+", text))
    return found


def unknown_names(tree: ast.Module) -> set[str]:
    """What docstrings of classes describe and their module does not have."""
    described = {name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for name in described_names(node)}
    return described - names_in(tree) - WORDS_OF_FORMATS


def test_fields_that_a_class_describes_are_its_own() -> None:
    assert {name_of(module): names for module in modules() if (names := unknown_names(tree_of(module)))} == {}


def test_a_field_with_an_old_name_is_found() -> None:
    code = 'class A:\n    """`kept`: whether it stays; `left` are the others."""\n    kept: bool\n    rest: int'
    assert unknown_names(ast.parse(code)) == {"left"}
