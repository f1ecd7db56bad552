"""What a report asks for: which item, cut by what, among which people. Publishing reads it from a text, analysis
counts it."""

from __future__ import annotations

from dataclasses import dataclass, replace

LANGUAGE = "@language"
"""The cut by the language a person answered in."""
EDITION = "@edition"
"""The cut by the edition of the questionnaire; its codes are the editions' ids."""
QUARTER = "@quarter"
"""The cut by the quarter of the year, as `2026-Q4`: that of the Thursday of the week in which a person answered."""
LINK = "@link"
"""The cut by the way a person came: its codes are those of `[links.partners]`, and NO_LINK."""
NO_LINK = "none"
"""No code of a partner: those have a digit in them."""
RESPONSE_CUTS = (LANGUAGE, EDITION, QUARTER, LINK)
"""Cuts by what a response says about itself. Every other cut names an item, or a group of study.toml."""


@dataclass(frozen=True, slots=True)
class Subpopulation:
    """A part of the people: one group of a cut. A report on a group is about these people only."""

    cut: str
    code: str

    def __str__(self) -> str:
        return f"{self.cut}={self.code}"

    @classmethod
    def parse(cls, text: str) -> Subpopulation:
        """What `str` gave. Raises ValueError."""
        cut, equals, code = text.partition("=")
        if not (cut and equals and code):
            raise ValueError(f"{text!r} is no group")
        return cls(cut, code)


People = tuple[Subpopulation, ...]
"""The people who are in each of these groups, one or two, always in the same order; () is everyone."""


@dataclass(frozen=True, slots=True)
class TableRequest:
    """`item` is a question's name; `cut` a question's name, a group's name, one of RESPONSE_CUTS, or None for everyone;
    `within` the people who are counted, None for all."""

    item: str
    cut: str | None = None
    within: Subpopulation | None = None

    def __str__(self) -> str:
        cut = "" if self.cut is None else f" by {self.cut}"
        return f"{self.item}{cut}" + ("" if self.within is None else f" within {self.within}")

    @classmethod
    def parse(cls, text: str) -> TableRequest:
        """What `str` gave: names have no space in them. Raises ValueError."""
        rest, _, within = text.partition(" within ")
        item, _, cut = rest.partition(" by ")
        if not item or " " in item + cut:
            raise ValueError(f"{text!r} is no table")
        return cls(item, cut or None, Subpopulation.parse(within) if within else None)

    def with_subpopulation(self, within: Subpopulation | None) -> TableRequest:
        """The same table, of the people of one group only."""
        return replace(self, within=within)

    @property
    def unrestricted(self) -> TableRequest:
        """The same table, of all people: as the text of a report asks for it."""
        return replace(self, within=None)

    @property
    def without_cut(self) -> TableRequest:
        """The same without its cut: the column of everyone that stands beside the groups."""
        return replace(self, cut=None)
