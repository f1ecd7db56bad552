"""Makes the index of docs/decisions: each number with its title, its status, and what it replaces, changes and adds
to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("docs", "decisions")
RELATIONS = {
    "Replaces": "Replaced by",
    "Changes": "Changed by",
    "Adds to": "Added to by",
}
"""What a later page says about an earlier one, and what the earlier one says in return."""

_NAME = re.compile(r"(\d{4})-[a-z0-9-]+\.md")
_RELATION = re.compile(r"\b(Replaces|Replaced by|Changes|Changed by|Adds to|Added to by) \[(\d{4})\]\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Decision:
    """`relations` is what it says below its title, as pairs of a word of `RELATIONS` and a number."""

    number: str
    title: str
    file: str
    relations: tuple[tuple[str, str], ...]


def decisions(root: Path) -> list[Decision]:
    """Every decision below a folder of the project, by number."""
    return [_read(path) for path in sorted((root / FOLDER).iterdir()) if _NAME.fullmatch(path.name)]


def _read(path: Path) -> Decision:
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    below_title = rest.strip().partition("\n\n")[0]
    if below_title.startswith(("**", "#")):  # the text begins: from here on, nothing is said about other decisions
        below_title = ""
    relations = tuple((word, number) for word, number, _ in _RELATION.findall(below_title))
    return Decision(path.name[:4], first.removeprefix("# ").strip(), path.name, relations)


def unused(numbers: list[str]) -> list[str]:
    """Numbers below the highest that no decision has."""
    return [f"{number:04}" for number in range(int(max(numbers))) if f"{number:04}" not in numbers]


def lines(root: Path) -> list[str]:
    """The index in Markdown."""
    found = decisions(root)
    table = ["| number | decision | status | what it does to earlier ones |", "|---|---|---|---|"]
    table += [
        f"| [{each.number}]({each.file}) | {each.title} | {_status(each)} | {_said(each, tuple(RELATIONS))} |"
        for each in found
    ]
    gone = unused([each.number for each in found])
    return [*table, "", f"Unused numbers: {', '.join(gone)}. No decision was ever published under them."]


def _status(decision: Decision) -> str:
    words = {word for word, _ in decision.relations}
    later = _said(decision, tuple(RELATIONS.values()))
    return later if "Replaced by" in words else "; ".join(part for part in ("in force", later) if part)


def _said(decision: Decision, words: tuple[str, ...]) -> str:
    """What a decision says about others with some of these words, as in "changed by 0041, added to by 0047"."""
    found = {word: [number for said, number in decision.relations if said == word] for word in words}
    return ", ".join(f"{word.lower()} {' and '.join(numbers)}" for word, numbers in found.items() if numbers)
