"""The lock files in requirements/: one for each role, with one version of each package and the hashes of its files (or
several versions with markers, if no version works on every Python).

A role's file begins with `-r` and the file of the role below it, so that no package is in two files. This module only
reads and writes them; pins.py decides what is in them, and environment.py installs from them. Standard library only.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "requirements"
ROLES = {
    # role: (extras of pyproject.toml, the role whose packages it has as well)
    "collector": ("collector,postgresql", ""),
    "workbench": ("workbench,postgresql", "collector"),
    "run": ("workbench,postgresql,analysis,register,kit,keys,ethics,print", "workbench"),
    "docs": ("docs", "run"),
    "test": ("dev", "docs"),
}
MODELS = "models"
"""requirements/models.txt: what models of names need beside the packages of the tests, for `make test-models`."""
RESOLVER = "pins"
"""requirements/pins.txt: the program that resolves versions, in an environment of its own."""
_HEAD = """\
# {what}
# Made by `make pins`; not written by hand. Only files with one of these hashes are installed.
"""
_BLOCK = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+).*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_WHAT = {
    "collector": "What a machine that collects needs: the collector, the command line, and what builds the package.",
    "workbench": "What a machine with the partners' site needs: the collector's packages, and those for accounts.",
    "run": "What `make run` needs: both sites' packages, and those that open, count and report.",
    "docs": "What `make site` needs: what `make run` does, and what builds the documentation as a site.",
    "test": "What `make test` needs: all of it, and the tools that prove it.",
    MODELS: "What `make test-models` needs beside the packages of `make test`: spaCy.",
    RESOLVER: "What `make pins` needs: the resolver, in an environment of its own.",
}


def path_of(root: Path, role: str) -> Path:
    """The lock file of a role."""
    return root / FOLDER / f"{role}.txt"


def files_of(root: Path, role: str) -> list[Path]:
    """The lock file of a role, and those that it includes."""
    files = []
    while role:
        files.append(path_of(root, role))
        role = ROLES[role][1] if role in ROLES else ""
    return files


def blocks(text: str) -> dict[str, str]:
    """Each package of a lock file by name, with the lines of all its versions as they are in the file."""
    packages: dict[str, str] = {}
    for found in _BLOCK.finditer(text):
        packages[found["name"]] = packages.get(found["name"], "") + found.group().rstrip() + "\n"
    return packages


def read(root: Path, role: str) -> dict[str, str]:
    """Every package that a role installs, including those of included files. A missing file contains nothing."""
    held: dict[str, str] = {}
    for file in files_of(root, role):
        if file.is_file():
            held |= blocks(file.read_text(encoding="utf-8"))
    return held


def write(root: Path, role: str, packages: dict[str, str]) -> None:
    """Write a role's own packages, by name."""
    below = ROLES[role][1] if role in ROLES else ""
    include = f"-r {below}.txt\n" if below else ""
    lines = "".join(packages[name] for name in sorted(packages))
    path = path_of(root, role)
    path.parent.mkdir(exist_ok=True)
    path.write_text(_HEAD.format(what=_WHAT[role]) + include + lines, encoding="utf-8")
