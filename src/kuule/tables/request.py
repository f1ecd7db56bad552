"""What a report asks for: which item, cut by what, among which people. Publishing reads requests from the text of a
report, and analysis counts them."""

from __future__ import annotations

from dataclasses import dataclass, replace

LANGUAGE = "@language"
"""The cut by the language a person answered in."""
EDITION = "@edition"
"""The cut by the edition of the questionnaire; its codes are the editions' ids."""
QUARTER = "@quarter"
"""The cut by the quarter of the year, such as `2026-Q4`. A week belongs to the quarter of its Thursday."""
LINK = "@link"
"""The cut by the partner's link that a person followed: its codes are those of `[links.partners]`, and NO_LINK."""
NO_LINK = "none"
"""The code of people who followed no partner's link. No partner can have it, because their codes contain a digit."""
VERSION_MARK = "@"
"""Between the name of a question and the number of an earlier version of it (`told@1`). No name in a form has it."""
CODES_MARK = ":codes"
"""After the name of a question that people answered in their own words: the codes of what they wrote (`wish:codes`). No
name in a form has it."""
RESPONSE_CUTS = (LANGUAGE, EDITION, QUARTER, LINK)
"""Cuts by a property of the response. Every other cut is the name of an item or of a group of study.toml."""


def question_of(name: str) -> str:
    """The question that a name is of, whichever version of it is named."""
    question, mark, number = name.rpartition(VERSION_MARK)
    return question if mark and question and number.isdecimal() else name


def code_item(question: str) -> str:
    """The item of the codes of what people wrote to a question."""
    return f"{question}{CODES_MARK}"


def is_code_item(name: str) -> bool:
    """Whether a name is of the codes of a question, and of no question itself."""
    return name.endswith(CODES_MARK)


@dataclass(frozen=True, slots=True)
class Subpopulation:
    """A part of the people: one group of a cut. A report on a group is about these people only."""

    cut: str
    code: str

    def __str__(self) -> str:
        return f"{self.cut}={self.code}"

    @classmethod
    def parse(cls, text: str) -> Subpopulation:
        """The subpopulation that `str` turned into this text. Raises ValueError."""
        cut, equals, code = text.partition("=")
        if not (cut and equals and code):
            raise ValueError(f"{text!r} is no group")
        return cls(cut, code)


People = tuple[Subpopulation, ...]
"""The people who are in every one of these groups. There are at most two, in a fixed order; () is everyone."""


@dataclass(frozen=True, slots=True)
class TableRequest:
    """A table to be counted. `item` is the name of a question. `cut` is the name of a question or of a group, one of
    RESPONSE_CUTS, or None for one column of everyone. `within` is the group that is counted, or None for everyone."""

    item: str
    cut: str | None = None
    within: Subpopulation | None = None

    def __str__(self) -> str:
        cut = "" if self.cut is None else f" by {self.cut}"
        return f"{self.item}{cut}" + ("" if self.within is None else f" within {self.within}")

    @classmethod
    def parse(cls, text: str) -> TableRequest:
        """The request that `str` turned into this text: names contain no spaces. Raises ValueError."""
        rest, _, within = text.partition(" within ")
        item, _, cut = rest.partition(" by ")
        if not item or " " in item + cut:
            raise ValueError(f"{text!r} is no table")
        return cls(item, cut or None, Subpopulation.parse(within) if within else None)

    def with_subpopulation(self, within: Subpopulation | None) -> TableRequest:
        """The same table, counted in one group only."""
        return replace(self, within=within)

    @property
    def unrestricted(self) -> TableRequest:
        """The same table, counted over everyone, as the text of a report asks for it."""
        return replace(self, within=None)

    @property
    def without_cut(self) -> TableRequest:
        """The same table without its cut: the column of everyone that is shown beside the groups."""
        return replace(self, cut=None)
