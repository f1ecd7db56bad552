"""What a value can be: a set of texts, restricted by the numbers that they represent. Sets may be too large, never too
small."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC

from kuule.forms.xpath.runtime.values import parse_number
from kuule.study.logic.intervals import ALL_NUMBERS, NumberSet


@dataclass(frozen=True, slots=True)
class Domain:
    """The texts in `texts`, or with `all_but` all others, whose number is in `numbers`.

    `whole`: a number is a whole one. `blank_or_number`: a text that is no number is the empty one.
    """

    texts: frozenset[str] = frozenset()
    all_but: bool = True
    numbers: NumberSet = ALL_NUMBERS
    whole: bool = False
    blank_or_number: bool = False

    def __contains__(self, text: str) -> bool:
        if (text in self.texts) is self.all_but:
            return False
        if self.numbers is ALL_NUMBERS and not self.whole and not self.blank_or_number:
            return True
        number = parse_number(text, UTC)
        if number != number:
            return self.numbers.nan and not (self.blank_or_number and text)
        return number in self.numbers and not (self.whole and number % 1)

    def intersection(self, other: Domain) -> Domain:
        """What is in both."""
        whole, blank_or_number = self.whole or other.whole, self.blank_or_number or other.blank_or_number
        numbers = other.numbers if self.numbers is ALL_NUMBERS else self.numbers.intersection(other.numbers)
        if self.all_but and other.all_but:
            return Domain(self.texts | other.texts, True, numbers, whole, blank_or_number)
        finite, wide = (other, self) if self.all_but else (self, other)
        texts = {text for text in finite.texts if (text in wide.texts) is not wide.all_but}
        met = Domain(frozenset(texts), False, numbers, whole, blank_or_number)
        return replace(met, texts=frozenset(text for text in texts if text in met))

    @property
    def is_empty(self) -> bool:
        """Whether the set is certainly empty."""
        if not self.all_but:
            return not any(text in self for text in self.texts)
        if self.numbers.holds_any(whole=self.whole):
            return False  # a number has many texts ("5", "5.0"), so excluding some of them proves nothing
        return not self.numbers.nan or (self.blank_or_number and "" in self.texts)

    @property
    def finite_texts(self) -> frozenset[str] | None:
        """All its texts, if there are finitely many."""
        return None if self.all_but else self.texts


ANY_TEXT = Domain()


def one_of(texts: Iterable[str]) -> Domain:
    """These texts and no other."""
    return Domain(frozenset(texts), all_but=False)


def none_of(*texts: str) -> Domain:
    """Every text but these."""
    return Domain(frozenset(texts))
