"""The coded answers: what a source says, in a form that can be compared and counted."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kuule.register.data_model.strict_model import Identifier, Line, PartialDate, StrictModel

_Years = Annotated[int, Field(ge=0, le=100)]
_Age = Annotated[int, Field(ge=0, le=120)]


class LimitForm(StrEnum):
    """The form of a rule on time limits."""

    NONE = "none"
    NONE_FOR_GRAVEST = "none-for-gravest"
    FIXED_YEARS = "fixed-years"
    UNTIL_AGE = "until-age"
    NOT_BEFORE_AGE = "not-before-age"
    COURT_DECIDES = "court-decides"
    OUTER_CAP = "outer-cap"
    SUSPENDED = "suspended"
    PROLONGED = "prolonged"


class Clock(StrEnum):
    """The moment from which years are counted."""

    OFFENCE = "offence"
    MAJORITY = "majority"
    AGE = "age"
    RECOVERY = "recovery"
    MAJORITY_OR_RECOVERY = "majority-or-recovery"
    OTHER = "other"


class YearRange(StrictModel):
    """Periods of which a source gives only the shortest and the longest."""

    shortest: _Years
    longest: _Years

    @model_validator(mode="after")
    def __in_order(self) -> YearRange:
        if self.shortest > self.longest:
            raise ValueError("the shortest period is longer than the longest")
        return self


class TimeLimit(StrictModel):
    """Until when a report or a claim can be made.

    `years` are the periods by class of offence, the longest first or as the source has them; `clock_age` is the age at
    which the clock starts, `until_age` the age at which everything ends, `earliest_end_age` the age before which
    nothing ends. What a source does not say is absent.
    """

    kind: Literal["time-limit"] = "time-limit"
    form: LimitForm
    clock: Clock | None = None
    clock_age: _Age | tuple[_Age, ...] | None = None
    years: tuple[_Years, ...] | YearRange | None = None
    until_age: _Age | tuple[_Age, ...] | None = None
    earliest_end_age: _Age | None = None
    shorter_in_circle_of_trust: bool | None = None
    retroactive: bool | None = None

    @model_validator(mode="after")
    def __fits_its_form(self) -> TimeLimit:
        if self.form is LimitForm.UNTIL_AGE and self.until_age is None:
            raise ValueError("a rule of the form until-age has until_age")
        if self.form is LimitForm.NOT_BEFORE_AGE and self.earliest_end_age is None:
            raise ValueError("a rule of the form not-before-age has earliest_end_age")
        if self.form is LimitForm.NONE and (self.years or self.until_age):
            raise ValueError("a rule of the form none has no years and no until_age")
        if (self.clock is Clock.AGE) and self.clock_age is None:
            raise ValueError("a clock that starts at an age has clock_age")
        return self


class AgeAnswer(StrictModel):
    """An age, or several where the law has several (within the family, between peers)."""

    kind: Literal["age"] = "age"
    age: _Age | tuple[_Age, ...]
    close_in_age: bool | None = None
    until: _Age | None = None
    """With `age`, a band of ages: from `age` up to and including this one."""


class ChoiceAnswer(StrictModel):
    """One of the choices that the provision lists."""

    kind: Literal["choice"] = "choice"
    choice: Identifier


class DateAnswer(StrictModel):
    """A day on which something happened, for example a ratification; `by` where only the latest day is known."""

    kind: Literal["date"] = "date"
    on: PartialDate | None = None
    by: PartialDate | None = None
    done: bool = True

    @model_validator(mode="after")
    def __one_of_them(self) -> DateAnswer:
        if self.done and (self.on is None) == (self.by is None):
            raise ValueError("a date has `on`, the day, or `by`, the day by which it had happened")
        return self


class TextAnswer(StrictModel):
    """An answer that is not compared by a machine: the words are all there is."""

    kind: Literal["text"] = "text"
    summary: Line


Answer = Annotated[TimeLimit | AgeAnswer | ChoiceAnswer | DateAnswer | TextAnswer, Field(discriminator="kind")]
AnswerKind = Literal["time-limit", "age", "choice", "date", "text"]
