"""What a report asks for: which item, cut by what. Known to publishing (which reads it from a text) and to analysis."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGE = "@language"
"""The cut by the language a person answered in; every other cut names an item or a group of study.toml."""


@dataclass(frozen=True, slots=True)
class TableRequest:
    """`item` is a question's name; `cut` a question's name, a group's name, `@language`, or None for everyone."""

    item: str
    cut: str | None = None

    def __str__(self) -> str:
        return self.item if self.cut is None else f"{self.item} by {self.cut}"
