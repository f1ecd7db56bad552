"""Why an answer is not accepted. A violation is returned and shown on the page, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ViolationKind(StrEnum):
    """The kind of violation. The collector has the words for each, unless the form has a message of its own."""

    REQUIRED = "required"
    NUMBER = "number"
    WHOLE_NUMBER = "whole_number"
    NUMBER_RANGE = "number_range"
    DATE = "date"
    TIME = "time"
    TOO_LONG = "too_long"
    CONSTRAINT = "constraint"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Violation:
    """An answer that is not accepted. `message` is the form's own text or ""; `detail` is a limit that the words
    name."""

    kind: ViolationKind
    message: str = ""
    detail: str = ""
