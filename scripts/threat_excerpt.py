"""The threat model for the papers of an ethics board, word for word: its tables as headings and lists, without links.

Whatever `kuule ethics` says of who can learn what is this text, made from docs/threat-model.md. Standard library only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

PAGE = "docs/threat-model.md"
_LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")
_CELLS = re.compile(r"(?<!\\)\|")
_NOTHING = "–"


def lines(root: Path) -> list[str]:
    """The excerpt: the sentence that sums it up, what there is to know, who can learn what, and what is out of
    scope."""
    page = _LINK.sub(r"\1", (root / PAGE).read_text(encoding="utf-8"))
    [summary] = re.findall(r"\*\*In one sentence:\*\* (.*?)\n\n", page, re.DOTALL)
    sections = dict(re.findall(r"^## (.+?)\n+(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    known, learn = "What there is to know", "Who can learn what"
    scope = "Out of scope, plainly"
    return [
        f"> {_flowing(summary)}",
        *("", f"### {known}", ""),
        *_data_rows(sections[known]),
        *("", f"### {learn}", "", _flowing(sections[learn].split("\n\n")[0])),
        *_adversary_rows(sections[learn]),
        *("", f"### {scope}", ""),
        *(
            f"- {_flowing(one)}"
            for one in re.findall(r"^- (.*?)(?=\n- |\n\n|\Z)", sections[scope], re.MULTILINE | re.DOTALL)
        ),
    ]


def _data_rows(section: str) -> Iterator[str]:
    for what, where, reader in _table(section):
        yield f"- **{_first_up(what)}.** Where it is: {where}. Readable by: {reader}."


def _adversary_rows(section: str) -> Iterator[str]:
    when = ("Now", "Later", "With the key", "With a quantum computer")
    for who, *cells in _table(section):
        yield from ("", f"#### {_first_up(who.replace('**', ''))}", "")
        for moment, cell in zip(when, cells, strict=True):
            if cell != _NOTHING:
                yield f"- **{moment}:** {cell}"


def _table(section: str) -> list[list[str]]:
    rows = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in _CELLS.split(row)[1:-1]] for row in rows[2:]]


def _flowing(text: str) -> str:
    return " ".join(text.split())


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
