"""The controls: the key of each question type. How an answer is read, shown and counted follows from it."""

from __future__ import annotations

from enum import StrEnum


class Control(StrEnum):
    """How a question takes its answer. The collector has one page component for each."""

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
