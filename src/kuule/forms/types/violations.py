"""Why an answer is not taken as it is: returned and shown on the page, never raised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ViolationKind(StrEnum):
    """Why an answer does not fit. The collector has the words, unless the form brings its own message."""

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
    """An answer that does not fit. `message` is the form's own text or ""; `detail` a limit for the words."""

    kind: ViolationKind
    message: str = ""
    detail: str = ""
