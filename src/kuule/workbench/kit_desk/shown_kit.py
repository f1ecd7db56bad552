"""A kit as its page at the workbench knows it. The process that makes kits writes it as JSON; the site reads that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kuule.core.problems import Problem
from kuule.workbench.errands.problem_tables import problems_from_table, problems_to_table


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A poster, card or picture: which face of it this is, and what it says for those who do not see it."""

    item: str
    kind: str
    face: str
    alt: str


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text of the contact sheet: its name, its source, what it is in this language, and how far it has come."""

    name: str
    source: str
    text: str
    state: str
    fit: str


@dataclass(frozen=True, slots=True)
class ShownKit:
    """`why` says what makes it a draft, where it is one. `messages` are by the name of their file; `safety` is of the
    page for whoever hands pieces out: headings with their lines, between what the two faces are and what a phone
    remembers."""

    language: str
    draft: bool
    why: tuple[Problem, ...]
    address: str
    help: str
    pieces: tuple[ShownPiece, ...]
    messages: Mapping[str, str]
    safety_title: str
    safety_faces: str
    safety: Mapping[str, tuple[str, ...]]
    safety_trace: str
    texts: tuple[ShownText, ...]
    contact_pages: int

    def of_kind(self, kind: str) -> tuple[ShownPiece, ...]:
        """Its pieces of a kind, as the kit has them."""
        return tuple(one for one in self.pieces if one.kind == kind)

    def to_json(self) -> bytes:
        """For the ZIP that the process writes."""
        return json.dumps(asdict(self) | {"why": problems_to_table(self.why)}, ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, content: bytes) -> ShownKit:
        """The reverse."""
        table: dict[str, Any] = json.loads(content)
        table["why"] = problems_from_table(table["why"])
        table["pieces"] = tuple(ShownPiece(**one) for one in table["pieces"])
        table["texts"] = tuple(ShownText(**one) for one in table["texts"])
        table["safety"] = {title: tuple(lines) for title, lines in table["safety"].items()}
        return cls(**table)
