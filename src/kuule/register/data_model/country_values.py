"""What a country's law says on one provision: each reading of a source as a value, and decisions between them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import Answer
from kuule.register.data_model.sources import Confidence, Source
from kuule.register.data_model.strict_model import Country, Day, Identifier, Line, PartialDate, StrictModel, Text


class LegalStatus(StrEnum):
    """Whether what the source describes is the law."""

    IN_FORCE = "in-force"
    REPEALED = "repealed"
    PROPOSED = "proposed"
    UNCLEAR = "unclear"


class Disagreement(StrictModel):
    """Somebody read the source otherwise. Shown until `settled_on`, the day of a decision that names the value."""

    by: Line
    on: Day
    why: Text
    settled_on: Day | None = None

    @model_validator(mode="after")
    def __settled_later(self) -> Disagreement:
        if self.settled_on is not None and self.settled_on < self.on:
            raise ValueError("a disagreement is not settled before it was raised")
        return self


class LegalValue(StrictModel):
    """One reading of one source.

    `says` is what the source says, in English; `answer` the same in coded form, absent until somebody has coded it.
    `in_force_from` is the day from which the rule applies, `changed_on` the day on which the law was last changed,
    `checked_on` the last day on which somebody looked whether it still applies: three different things. `coded_by` and
    `confirmed_by` are roles and countries, or pseudonyms, never a person's name that was not agreed.
    """

    id: Identifier
    says: Text
    status: LegalStatus
    offences: OffencePart = OffencePart.ALL
    answer: Answer | None = None
    in_force_from: PartialDate | None = None
    in_force_note: Line | None = None
    changed_on: PartialDate | None = None
    checked_on: Day | None = None
    read_on: Day
    source: Source
    confidence: Confidence
    coded_by: Line
    confirmed_by: Line | None = None
    disagreements: tuple[Disagreement, ...] = ()
    next_review: Day
    notes: Text | None = None

    @model_validator(mode="after")
    def __dates_fit(self) -> LegalValue:
        if self.confirmed_by is not None and _same_person(self.confirmed_by, self.coded_by):
            raise ValueError("a value is confirmed by somebody else than the one who coded it")
        if self.next_review <= self.read_on:
            raise ValueError("next_review is after read_on")
        if self.checked_on is not None and self.checked_on < self.read_on:
            raise ValueError("checked_on is not before read_on")
        return self

    @property
    def is_disputed(self) -> bool:
        """Whether somebody disagrees with this value, and nobody has decided."""
        return any(one.settled_on is None for one in self.disagreements)

    def is_due(self, today: date) -> bool:
        """Whether somebody has to look again."""
        return self.next_review <= today


class Decision(StrictModel):
    """What was decided where sources contradict each other, or where somebody disagreed with a value. The values that
    were rejected stay in the file. One of the two lists may be empty: a value that stood alone is kept or rejected."""

    on: Day
    by: Line
    keeps: tuple[Identifier, ...] = ()
    rejects: tuple[Identifier, ...] = ()
    why: Text

    @model_validator(mode="after")
    def __names_values(self) -> Decision:
        if not self.keeps and not self.rejects:
            raise ValueError("a decision keeps or rejects at least one value")
        return self


class CountryValues(StrictModel):
    """One file: a country and a provision."""

    country: Country
    provision: Identifier
    values: Annotated[tuple[LegalValue, ...], Field(min_length=1)]
    decisions: tuple[Decision, ...] = ()
    dispute: Text | None = None
    """What the sources disagree on, in words, until it is decided."""

    @model_validator(mode="after")
    def __ids_fit(self) -> CountryValues:
        ids = Counter(value.id for value in self.values)
        if twice := next((one for one, count in ids.items() if count > 1), None):
            raise ValueError(f"the id {twice} is given to two values")
        for decision in self.decisions:
            for one in (*decision.keeps, *decision.rejects):
                if one not in ids:
                    raise ValueError(f"a decision names {one}, which is no value here")
            if both := set(decision.keeps) & set(decision.rejects):
                raise ValueError(f"a decision keeps and rejects {sorted(both)[0]}")
        return self


def _same_person(one: str, other: str) -> bool:
    """Whether two pseudonyms differ in capitals and spaces at most."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
