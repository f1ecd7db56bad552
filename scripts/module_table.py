"""Makes the tables of packages in the documentation: each package with the first sentence of its docstring.

Packages at the top level are in the order of the contract in pyproject.toml, the highest first. So are the parts of a
package that has a contract of its own; other parts are in alphabetical order.
"""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

SOURCE = Path("src", "kuule")
_NO_ROOMS = frozenset({"migrations"})
"""Folders that Django requires. They say nothing about how the code is organised."""


def map_lines(root: Path) -> list[str]:
    """The rooms of the top level with the names of their parts, for the map of docs/explanation/architecture.md."""
    rooms: dict[str, list[str]] = {}
    sentences = {}
    for package, module in _walk(root, "kuule", _orders(root)):
        _, room, *deeper = package.split(".")
        if deeper:
            rooms[room].append(f"`{'/'.join(deeper)}`")
        else:
            rooms[room] = []
            sentences[room] = first_sentence(module)
    table = ["| package | what it is | its parts |", "|---|---|---|"]
    return table + [f"| `{room}` | {sentences[room]} | {' '.join(parts)} |" for room, parts in rooms.items()]


def lines(root: Path) -> list[str]:
    """Every package at any depth, one line each."""
    table = ["| package | what it is |", "|---|---|"]
    return table + [
        f"| `{'/'.join(package.split('.')[1:])}` | {first_sentence(module)} |"
        for package, module in _walk(root, "kuule", _orders(root))
    ]


def first_sentence(module: Path) -> str:
    """The first sentence of a module's docstring, on one line and fit for a cell of a table."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
    paragraph = " ".join(docstring.partition("\n\n")[0].split())
    sentence = re.split(r"(?<=[.?!]) (?=[A-Z])", paragraph, maxsplit=1)[0]
    return sentence.replace("|", r"\|")


def _walk(root: Path, package: str, orders: dict[str, list[str]]) -> list[tuple[str, Path]]:
    """Packages below one, each followed by its own. Modules of the top level are rooms too; deeper ones are not."""
    folder = root.joinpath(SOURCE, *package.split(".")[1:])
    there = {path.parent.name: path for path in folder.glob("*/__init__.py") if path.parent.name not in _NO_ROOMS}
    if package == "kuule":
        there |= {path.stem: path for path in folder.glob("*.py") if not path.stem.startswith("__")}
    order = orders.get(package, [])
    named = [name for name in order if name in there] + sorted(set(there) - set(order))
    found = []
    for name in named:
        full = f"{package}.{name}"
        found += [(full, there[name]), *(_walk(root, full, orders) if there[name].name == "__init__.py" else [])]
    return found


def _orders(root: Path) -> dict[str, list[str]]:
    """For each package with a layers contract, the names of its parts from the highest to the lowest."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = [each for each in settings["tool"]["importlinter"]["contracts"] if each["type"] == "layers"]
    return {
        container: [name.strip("( )") for layer in each["layers"] for name in re.split(r"[|:]", layer)]
        for each in contracts
        for container in each.get("containers", ())
    }
