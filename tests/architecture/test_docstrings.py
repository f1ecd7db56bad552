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
