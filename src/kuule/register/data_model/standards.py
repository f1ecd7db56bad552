"""What values are held against: conventions, opinions, directives and proposals, each with its own history."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from kuule.register.data_model.sources import Confidence, Source
from kuule.register.data_model.strict_model import Identifier, Line, PartialDate, StrictModel, Text


class StandardStatus(StrEnum):
    """What a text is at one stage of its life."""

    PROPOSED = "proposed"
    POSITION = "position"
    PROVISIONAL = "provisional"
    ADOPTED = "adopted"
    IN_FORCE = "in-force"
    EXPIRED = "expired"
    UNCLEAR = "unclear"


class Stage(StrictModel):
    """One stage: from when, what it says or what happened, and where that was read."""

    id: Identifier | None = None
    date: PartialDate | None = None
    status: StandardStatus
    says: Text
    source: Source
    confidence: Confidence
    notes: Text | None = None


class Standard(StrictModel):
    """One text that countries can be held against. `binding` is whether it binds states once it is in force."""

    id: Identifier
    title: Line
    short: Annotated[Line, Field(max_length=40)]
    body: Line
    binding: bool
    article: Line | None = None
    procedure: Line | None = None
    celex: Line | None = None
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    notes: Text | None = None


class StandardTest(StrictModel):
    """What a coded answer has to be to meet a standard: exactly one of these.

    `no_limit`: there is no time limit. `ends_at_age_at_least`: nothing ends before the person is this old.
    `years_after_majority_at_least`: no limit, or at least so many years from the age of majority.
    `not_shorter_in_circle_of_trust`: the Lanzarote Committee's opinion on article 33. `age_at_least`: the age is not
    lower. `choice_is`: one of these choices. `done`: it has happened.
    """

    no_limit: bool | None = None
    ends_at_age_at_least: int | None = None
    years_after_majority_at_least: int | None = None
    not_shorter_in_circle_of_trust: bool | None = None
    age_at_least: int | None = None
    choice_is: tuple[Identifier, ...] | None = None
    done: bool | None = None

    @model_validator(mode="after")
    def __one_test(self) -> StandardTest:
        if len(self.model_fields_set) != 1:
            raise ValueError(f"a test is exactly one of {', '.join(type(self).model_fields)}")
        if any(getattr(self, name) is False for name in ("no_limit", "not_shorter_in_circle_of_trust", "done")):
            raise ValueError("a test that is false asks for nothing: leave it out")
        return self


class HeldAgainst(StrictModel):
    """A standard that a provision is held against. Without a `test` a person compares, and the register says so."""

    standard: Identifier
    article: Line | None = None
    demands: Text
    test: StandardTest | None = None
    offences: Line | None = None
