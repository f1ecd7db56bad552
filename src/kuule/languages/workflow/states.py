"""How far a translation has come (TRAPD: translation, review, adjudication, pretest), and who wrote it."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """In order: each state requires the ones before it."""

    UNTRANSLATED = "untranslated"
    DRAFT_ONE = "draft-one"
    DRAFT_TWO = "draft-two"
    REVIEWED = "reviewed"
    ADJUDICATED = "adjudicated"
    PRETESTED = "pretested"

    @property
    def rank(self) -> int:
        return _ORDER[self]

    def reaches(self, demanded: State) -> bool:
        """Whether this state is as far as `demanded`, or further."""
        return self.rank >= demanded.rank


_ORDER = {state: rank for rank, state in enumerate(State)}


class TextOrigin(StrEnum):
    """Who wrote a text. A machine's text never counts as one of the two independent translations."""

    PERSON = "person"
    MACHINE = "machine"
