"""What is asked of each country's law."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from kuule.register.data_model.answers import AnswerKind
from kuule.register.data_model.standards import HeldAgainst
from kuule.register.data_model.strict_model import Identifier, Line, StrictModel, Text


class ProvisionChoice(StrictModel):
    """One choice and its words."""

    id: Identifier
    label: Line


class Points(StrictModel):
    """What a provision counts in the published calculation: for a standard that is met, and for one met in part."""

    met: Annotated[int, Field(ge=0, le=100)]
    partly: Annotated[int, Field(ge=0, le=100)] = 0

    @model_validator(mode="after")
    def __partly_is_less(self) -> Points:
        if self.partly > self.met:
            raise ValueError("a standard met in part counts no more than one that is met")
        return self


class Provision(StrictModel):
    """One question to the law.

    `kind` is the kind of its coded answers, `unit` what they are measured in, `choices` the choices of the kind
    `choice`, from the one that protects children best to the one that protects them least. `coding` tells coders how to
    decide. `ranking` marks somebody else's judgement of a country, which is never law.
    """

    id: Identifier
    topic: Identifier
    title: Line
    short: Annotated[Line, Field(max_length=28)]
    question: Text
    kind: AnswerKind
    unit: Line | None = None
    choices: tuple[ProvisionChoice, ...] = ()
    coding: Text
    ranking: bool = False
    standards: tuple[HeldAgainst, ...] = ()
    points: Points | None = None
    notes: Text | None = None

    @model_validator(mode="after")
    def __choices_fit(self) -> Provision:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("choices belong to the kind choice, and it has some")
        ids = [one.id for one in self.choices]
        if len(ids) != len(set(ids)):
            raise ValueError("a choice's id stands twice")
        for held in self.standards:
            for one in (held.test.choice_is or ()) if held.test else ():
                if one not in ids:
                    raise ValueError(f"the test against {held.standard} names the choice {one}, which is not listed")
        return self
