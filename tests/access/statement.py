"""docs/accessibility.md: what clauses.toml says, beside what tests are marked to show and the rules of axe."""

from __future__ import annotations

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.access import axe
from tests.access.states import WAYS

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "accessibility.md"
_HERE = Path(__file__).parent
_WORDS = {
    "supports": "supports",
    "partly": "supports in part",
    "nothing": "nothing of the kind",
    "person": "not judged",
}
_ADDED_IN_22 = frozenset({"2.4.11", "2.4.13", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"})
"""Success criteria that EN 301 549 V3.2.1, which has those of WCAG 2.1, does not know."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One success criterion. `shown`: tests and files outside this folder; those within it carry the mark."""

    id: str
    level: str
    title: str
    result: str
    note: str = ""
    shown: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.result not in _WORDS or self.level not in ("A", "AA", "AAA"):
            raise ValueError(f"{self.id}: {self.result}, {self.level}")


def clauses() -> tuple[Clause, ...]:
    """In the order of WCAG."""
    kept = tomllib.loads((_HERE / "clauses.toml").read_text(encoding="utf-8"))["clause"]
    return tuple(Clause(**{**one, "shown": tuple(one.get("shown", ()))}) for one in kept)


def marked_tests() -> Mapping[str, tuple[str, ...]]:
    """The tests of this folder, as file::name, by the success criteria that their mark names."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(_HERE.glob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for clause in _marks(node):
                    found[clause].append(f"{file.relative_to(ROOT)}::{node.name}")
    return {clause: tuple(tests) for clause, tests in found.items()}


def _marks(function: ast.FunctionDef) -> Iterator[str]:
    for one in function.decorator_list:
        if isinstance(one, ast.Call) and ast.unparse(one.func) == "pytest.mark.shows":
            yield from (str(ast.literal_eval(argument)) for argument in one.args)


def rules_of(clause: str) -> tuple[str, ...]:
    """The rules of axe that look at a success criterion."""
    return tuple(sorted(rule for rule, those in axe.rules().items() if clause in those))


def statement() -> str:
    """The whole page."""
    tests = marked_tests()
    rows = "\n".join(_row(clause, tests.get(clause.id, ())) for clause in clauses())
    counted = defaultdict(int)
    for clause in clauses():
        counted[clause.result] += clause.level != "AAA"
    held = sum(counted.values())
    sums = ", ".join(f"{counted[result]} {words}" for result, words in _WORDS.items() if counted[result])
    text = (_HERE / "statement.md").read_text(encoding="utf-8")
    values = {
        "rows": rows, "sums": f"Of the {held} criteria of levels A and AA: {sums}.", "axe": axe.version(),
        "rules": str(len(axe.rules())), "kinds": str(len(WAYS)),
    }  # fmt: skip
    for name, value in values.items():
        text = text.replace(f"[[{name}]]", value)
    return text


def _row(clause: Clause, tests: tuple[str, ...]) -> str:
    rules = rules_of(clause.id)
    by_axe = [f"axe: {', '.join(rules)}"] if rules and clause.result != "nothing" else []
    shown = by_axe + [f"`{test.rpartition('/')[2]}`" for test in (*tests, *clause.shown)]
    number = "" if clause.id in _ADDED_IN_22 or clause.level == "AAA" else f"9.{clause.id}"
    cells = (f"{clause.id} {clause.title}", clause.level, number, _WORDS[clause.result], "; ".join(shown), clause.note)
    return f"| {' | '.join(cells)} |"
