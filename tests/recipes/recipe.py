"""A recipe of CONTRIBUTING.md as it stands there, and a copy of the project in which it is followed.

A test gives an example: what each file becomes. It is written only where the recipe names just these files, in this
order; then the tests of the example run against the copy, in a process of its own, since registers are made at import.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.sources import ROOT

PAGE = ROOT / "CONTRIBUTING.md"
STEP = re.compile(r"^\d+\. `([^`]+)`: ", re.MULTILINE)
NUMBERED = re.compile(r"^\d+\. ", re.MULTILINE)
COUNT = re.compile(r"(\d+) files\b")
COPIED = ("src/kuule", "docs/reference")
Change = Callable[[str | None], str]
"""From what a file says, None where there is none, to what it says then."""


@dataclass(frozen=True)
class Recipe:
    """`files` have their placeholders (`<rule>`); `count` is what the recipe says that they are."""

    files: tuple[str, ...]
    count: int
    steps: int

    def named_files(self, names: Mapping[str, str]) -> list[str]:
        """The files of one thing that is added."""
        return [re.sub("<([a-z]+)>", lambda found: names[found[1]], file) for file in self.files]


def read_recipes(page: str) -> dict[str, Recipe]:
    """The recipes of a page by their titles."""
    part = page.partition("\n## Recipes\n")[2].partition("\n## ")[0]
    found = {}
    for section in part.split("\n### ")[1:]:
        title, _, text = section.partition("\n")
        said = COUNT.search(text)
        assert said, f"{title} does not say how many files it has"
        found[title] = Recipe(tuple(STEP.findall(text)), int(said[1]), len(NUMBERED.findall(text)))
    return found


def new(text: str) -> Change:
    """A file that was not there."""

    def write(before: str | None) -> str:
        assert before is None, "the file is there"
        return text

    return write


def replaced(*pairs: tuple[str, str]) -> Change:
    """A file that has each of the first once, and then the second."""

    def write(before: str | None) -> str:
        assert before is not None, "the file is not there"
        for old, then in pairs:
            assert before.count(old) == 1, f"{old!r} stands {before.count(old)} times in it"
            before = before.replace(old, then)
        return before

    return write


def row_before(row: str, added: str) -> Change:
    """A file with a line before the one that begins so."""
    return replaced((f"\n{row}", f"\n{added}\n{row}"))


def rows_after(*pairs: tuple[str, str]) -> Change:
    """A file with a line after each of the first, which are whole lines but for their indent."""
    return replaced(*((f"{line}\n", f"{line}\n{added}\n") for line, added in pairs))


def appended(text: str) -> Change:
    """A file with more at its end."""

    def write(before: str | None) -> str:
        assert before is not None, "the file is not there"
        return before + text

    return write


@dataclass(frozen=True)
class Copy:
    """A copy of the project."""

    root: Path

    def write(self, file: str, change: Change) -> None:
        path = self.root / file
        source = path if path.is_file() else ROOT / file
        content = change(source.read_text("utf-8") if source.is_file() else None)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")

    def run_tests(self, *tests: str) -> None:
        """Run tests of the example, `file:name` each, and fail as they do."""
        command = [sys.executable, "-m", "tests.recipes.run_in_copy", str(self.root), *tests]
        known = {**os.environ, "PYTHONPATH": os.pathsep.join((str(self.root / "src"), str(ROOT)))}
        outcome = subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, check=False)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def follow(
    title: str, names: Mapping[str, str], example: Mapping[str, Change], to: Path, *, also: tuple[str, ...] = ()
) -> Copy:
    """Do what a recipe says in a copy of the project. Fails where its files are not those of the example. `also` are
    folders that its tests read."""
    assert read_recipes(PAGE.read_text("utf-8"))[title].named_files(names) == list(example)
    copy = Copy(to)
    for folder in (*COPIED, *also):
        shutil.copytree(ROOT / folder, to / folder)
    for file, change in example.items():
        copy.write(file, change)
    return copy
