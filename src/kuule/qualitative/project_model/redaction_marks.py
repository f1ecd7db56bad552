"""What one reader marked in a text as pointing at a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from kuule.qualitative.project_model.answer_text import TextId, TextSpan


class IdentifierCategory(StrEnum):
    """What is marked, and so what a reader is shown in its place. The last three are what identifies by combination."""

    PERSON = "person"
    RELATIVE = "relative"
    PLACE = "place"
    ORGANISATION = "organisation"
    CONTACT = "contact"
    NUMBER = "number"
    """Of an identity card, an account, a case."""
    DATE = "date"
    AGE = "age"
    OCCUPATION = "occupation"
    UNUSUAL = "unusual"
    """A fact by which somebody who knows its writer would know them."""


@dataclass(frozen=True, slots=True)
class RedactionMark:
    """One marked span. `detector` names the rule or model that suggested it, "" where nobody did."""

    span: TextSpan
    category: IdentifierCategory
    detector: str = ""


@dataclass(frozen=True, slots=True)
class RedactionPass:
    """All that one reader marked in one text. Only a pass that is `done` counts: a suggestion never does."""

    text: TextId
    role: str
    marks: tuple[RedactionMark, ...]
    done: bool
    kind: Literal["redaction"] = "redaction"

    @property
    def cell(self) -> tuple[str, ...]:
        return (self.kind, self.text, self.role)

    @property
    def about_text(self) -> TextId | None:
        return self.text
