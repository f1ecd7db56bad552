"""One person who does not exist: what they would answer. A persona knows items and codes, but no pages and no HTTP.

Everything that a persona does follows from (seed, number, item): the same run gives the same people, whatever the order
in which their pages come.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from kuule.study.settings.rehearsal_settings import RehearsalSettings

_OLDEST_DATE = date(1950, 1, 1)
_DAYS = 27_000
_ALONE = frozenset({"none", "prefer_not_to_say", "do_not_know"})
"""Codes that nobody ticks together with others."""
_WORDS = ("practice", "answer", "nobody", "wrote", "this", "a", "rehearsal", "of", "the", "study")

_Drawn = TypeVar("_Drawn")


@dataclass(frozen=True, slots=True)
class Persona:
    """Person `number` of the rehearsal with this `seed`. `languages` are those they may answer in, in a fixed order."""

    seed: int
    number: int
    settings: RehearsalSettings
    languages: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language in which this person answers. Without weights, all are equally likely."""
        weights = self.settings.languages
        shares = [weights.get(tag, 0.0 if weights else 1.0) for tag in self.languages]
        return _draw(self._chance("@language"), self.languages, shares if any(shares) else [1.0] * len(shares))

    def leaves_at(self, page: str) -> bool:
        """Whether they go away from this page without sending anything."""
        return self._chance(f"@leave {page}").random() < self.settings.leave

    def sends_early_at(self, page: str) -> bool:
        """Whether they send what they have when they reach this page."""
        return self._chance(f"@stop {page}").random() < self.settings.stop_early

    def pauses_at(self, page: str) -> bool:
        """Whether they pause at this page and come back later."""
        return self._chance(f"@pause {page}").random() < self.settings.pause

    def withdraws(self) -> bool:
        """Whether they withdraw what they have sent."""
        return self._chance("@withdraw").random() < self.settings.withdraw

    def passes_over(self, item: str) -> bool:
        """Whether they leave this question empty."""
        return self._chance(f"@pass {item}").random() < self.settings.pass_over

    def choose_one(self, item: str, codes: Sequence[str], draw: int = 0) -> str:
        """Choose one of `codes` (never empty), whatever the order in which they are shown. Another `draw` is another
        try."""
        codes = sorted(codes)
        return _draw(self._chance(item, draw), codes, self._shares(item, codes))

    def choose_several(self, item: str, codes: Sequence[str], draw: int = 0) -> tuple[str, ...]:
        """Choose one or more of `codes`, in their order: one to begin with, and each other with its share of the
        weight."""
        chance, known = self._chance(item, draw), sorted(codes)
        shares = self._shares(item, known)
        first = _draw(chance, known, shares)
        if first in _ALONE:
            return (first,)
        total = sum(shares)
        also = {code for code, share in zip(known, shares, strict=True) if chance.random() < share / total} - _ALONE
        return tuple(code for code in codes if code == first or code in also)

    def rank_choices(self, item: str, codes: Sequence[str], draw: int = 0) -> tuple[str, ...]:
        """Put all of `codes` in an order. A code with more weight comes earlier more often."""
        known = sorted(codes)
        left, order = dict(zip(known, self._shares(item, known), strict=True)), list[str]()
        chance = self._chance(item, draw)
        while left:
            shares = list(left.values())
            order.append(_draw(chance, tuple(left), shares if any(shares) else [1.0] * len(left)))
            del left[order[-1]]
        return tuple(order)

    def choose_whole_number(self, item: str, lowest: int, highest: int, draw: int = 0) -> int:
        """Choose a whole number. Weights may name numbers; otherwise all are equally likely."""
        named = {int(code): share for code, share in self.settings.answers.get(item, {}).items() if code.isdecimal()}
        fitting = {number: share for number, share in named.items() if lowest <= number <= highest and share > 0}
        if fitting:
            return _draw(self._chance(item, draw), tuple(fitting), list(fitting.values()))
        return self._chance(item, draw).randint(lowest, highest)

    def choose_day(self, item: str, today: date, draw: int = 0) -> date:
        """Choose a day between 1950 and `today`."""
        chosen = _OLDEST_DATE + timedelta(days=self._chance(item, draw).randrange(_DAYS))
        return min(chosen, today)

    def choose_text(self, item: str, longest: int | None) -> str:
        """Choose one of the texts of rehearsal.toml, or a few words that say that they are practice."""
        texts = self.settings.texts
        given = texts.get(self.language, {}).get(item) or texts.get("", {}).get(item)
        chance = self._chance(item)
        words = chance.choice(given) if given else " ".join(chance.choices(_WORDS, k=chance.randint(3, 9)))
        return words if longest is None else words[:longest]

    def _shares(self, item: str, codes: Sequence[str]) -> list[float]:
        weights = self.settings.answers.get(item, {})
        shares = [weights.get(code, 0.0 if weights else 1.0) for code in codes]
        return shares if any(shares) else [1.0] * len(codes)

    def _chance(self, about: str, draw: int = 0) -> random.Random:
        return random.Random(f"{self.seed}/{self.number}/{about}/{draw}")  # noqa: S311 -- has to be repeatable, guards nothing


def _draw(chance: random.Random, values: Sequence[_Drawn], shares: Sequence[float]) -> _Drawn:
    return chance.choices(values, weights=shares, k=1)[0]
