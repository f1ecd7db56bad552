"""A name that somebody else's class may take tomorrow is not set on it: Python 3.13 took `Thread._handle` from us."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.architecture.sources import project_files, walk

OWN = frozenset({"kuule", "tests", "scripts", "drafting", "bench", "docs_site"})
HOOKS = {
    ("SecondFactorAdapter", "_get_site_name"): "allauth.mfa.adapter",
    ("DatabaseWrapper", "_close"): "django.db.backends.base.base",
    ("_Server", "_init_shared_socket"): "granian.server.common",
    ("_Server", "_drop_shared_socket"): "granian.server.common",
    ("_Server", "_spawn_worker"): "granian.server.common",
    ("_Server", "_ssp"): "granian.server.common",
    ("_Server", "_shd"): "granian.server.common",
    ("_Server", "_sso"): "granian.server.mp",
    ("SharingScheduling", "_split_scope"): "xdist.scheduler.loadscope",
    ("LoadedProcess", "_execute_child"): "subprocess",
    ("LoadedProcess", "_child_created"): "subprocess",
}
"""What we replace on purpose, by class and name, and the module of others that has it."""


CLASS = re.compile(r"^\s*class\s+(\w+)", re.MULTILINE)
INHERITING = re.compile(r"^\s*class\s+\w+\s*[(\[\\]", re.MULTILINE)
"""Where nothing like it stands, no class inherits from any: of such a file only the names of its classes are asked."""


def sources() -> tuple[dict[Path, ast.Module], set[str]]:
    """Every Python file of the project with a class that inherits, with what it says; and all names of classes."""
    texts = {path: path.read_text(encoding="utf-8") for path in project_files() if path.suffix == ".py"}
    trees = {path: ast.parse(text) for path, text in texts.items() if INHERITING.search(text)}
    return trees, {name for text in texts.values() for name in CLASS.findall(text)}


def clashes(trees: Mapping[Path, ast.Module], names: Iterable[str] = ()) -> dict[str, set[str]]:
    """The underscore names that classes set on themselves although they inherit from a class that is not ours. `names`:
    of our classes that may stand elsewhere and inherit from none.

    A name that begins with two underscores and does not end with them is one's own: Python puts the class before it.
    """
    own: dict[str, list[tuple[ast.ClassDef, frozenset[str]]]] = {name: [] for name in names}
    classes = []
    for path, tree in trees.items():
        nodes = list(walk(tree))
        others = imported_from_others(nodes)
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                own.setdefault(node.name, []).append((node, others))
                classes.append((path, node, others))
    found = {}
    for path, node, others in classes:
        if inherits(node, others, own):
            named = {name for name in names_set(node) if is_risky(name) and (node.name, name) not in HOOKS}
            if named:
                found[f"{path.name}: {node.name}"] = named
    return found


def imported_from_others(nodes: Iterable[ast.AST]) -> frozenset[str]:
    """The names that a module has from elsewhere."""
    names = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {(a.asname or a.name).split(".")[0] for a in node.names if a.name.split(".")[0] not in OWN}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] not in OWN:
            names |= {alias.asname or alias.name for alias in node.names}
    return frozenset(names)


def inherits(
    node: ast.ClassDef,
    others: frozenset[str],
    own: Mapping[str, list[tuple[ast.ClassDef, frozenset[str]]]],
) -> bool:
    """Whether a class, or one of ours that it stands on, inherits from somebody else's; `own`: our classes by name."""
    for base in node.bases:
        while isinstance(base, ast.Subscript):
            base = base.value
        name = base.attr if isinstance(base, ast.Attribute) else ast.unparse(base)
        while isinstance(base, ast.Attribute):
            base = base.value
        if ast.unparse(base) in others or name not in own:
            return True
        if any(inherits(each, outside, own) for each, outside in own[name] if each is not node):
            return True
    return False


def names_set(node: ast.ClassDef) -> Iterator[str]:
    """What a class defines in its body, and what its methods set on `self` and `cls`."""
    for inside in walk(node):
        if not isinstance(inside, ast.Attribute) or not isinstance(inside.ctx, ast.Store):
            continue
        if isinstance(inside.value, ast.Name) and inside.value.id in ("self", "cls"):
            yield inside.attr
    for inside in node.body:
        if isinstance(inside, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield inside.name
        targets = inside.targets if isinstance(inside, ast.Assign) else [getattr(inside, "target", None)]
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def is_risky(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.mark.slow
def test_no_class_sets_an_underscore_name_on_somebody_elses() -> None:
    trees, names = sources()
    assert clashes(trees, names) == {}


def test_class_that_inherits_from_none_may_stand_elsewhere() -> None:
    tree = {Path("a.py"): ast.parse("from tests.b import B\nclass A(B):\n def f(self): self._x = 1")}
    assert [clashes(tree, names) for names in ([], ["B"])] == [{"a.py: A": {"_x"}}, {}]


def test_what_is_replaced_on_purpose_is_there() -> None:
    for (_, name), module in HOOKS.items():
        found = find_spec(module)
        assert found is not None
        assert found.origin is not None
        tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
        assert name in names_there(tree)


def names_there(tree: ast.Module) -> set[str]:
    """The names of a module's functions, and of the attributes that it sets."""
    nodes = list(walk(tree))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    return functions | {
        node.attr for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import threading\nclass A(threading.Thread):\n def f(self): self._handle = 1", {"_handle"}),
        ("from threading import Thread as T\nclass A(T):\n def _run(self): pass", {"_run"}),
        ("class A(dict[str, int]):\n _held: int = 1", {"_held"}),
        ("class A(B):\n def f(self):\n  self._x, self.y = 1, 2\nclass B(Exception): pass", {"_x"}),
        ("class A(Exception):\n def f(self): self.__own = 1\n def __str__(self): pass", None),
        ("class A(B):\n def f(self): self._x = 1\nclass B: pass", None),
    ],
)
def test_names_are_found_where_they_are_set(text: str, found: set[str] | None) -> None:
    assert clashes({Path("a.py"): ast.parse(text)}) == ({"a.py: A": found} if found else {})
