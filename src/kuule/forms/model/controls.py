"""What a question asks for: the key of its type, from which follow how it is read, shown and counted."""

from __future__ import annotations

from enum import StrEnum


class Control(StrEnum):
    """What a question asks for. One page component in the collector each."""

    TEXT = "text"
    MULTILINE = "multiline"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    RATING = "rating"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    SELECT_ONE = "select_one"
    SELECT_MANY = "select_many"
    RANK = "rank"
    ACKNOWLEDGE = "acknowledge"
