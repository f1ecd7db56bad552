"""The terms of docs/glossary.md: each gets an address of its own on the site, and a line in the plain index."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROW = re.compile(r"^\| (?P<term>[^|]+?) \| (?P<meaning>(?:\\\||[^|])+?) \| .* \|$", re.MULTILINE)
_HEADS = {"term", "---"}


@dataclass(frozen=True, slots=True)
class Term:
    """One row of the glossary."""

    term: str
    meaning: str

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return "term-" + re.sub(r"[^a-z0-9]+", "-", self.term.lower()).strip("-")


def terms(glossary: str) -> list[Term]:
    """Every term, in the order of the alphabet."""
    found = [Term(row["term"], row["meaning"]) for row in _ROW.finditer(glossary) if row["term"] not in _HEADS]
    return sorted(found, key=lambda term: term.term.lower())


def with_anchors(glossary: str) -> str:
    """The page with a place to link to at each term."""

    def each(row: re.Match[str]) -> str:
        term = Term(row["term"], row["meaning"])
        if term.term in _HEADS or set(term.term) == {"-"}:
            return row[0]
        return row[0].replace(f"| {term.term} |", f'| <span id="{term.anchor}"></span>{term.term} |', 1)

    return _ROW.sub(each, glossary)
