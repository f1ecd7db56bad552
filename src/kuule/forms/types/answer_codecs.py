"""Between what was posted for a question and its stored value, by its kind; one codec each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types import acknowledge, date, datetime, decimal, integer, rank, select_many, select_one, text, time
from kuule.forms.types import range as on_range
from kuule.forms.types.violations import Violation

MAX_LINE_LENGTH = 200
"""Characters of a single-line text."""
_BETWEEN = "\n"
"""Between several posted values in a Visit's `typed`."""
_WHOLE = frozenset({"int", "integer"})


def max_length(ask: QuestionDefinition, longest_text: int) -> int | None:
    """Characters that an answer may have, or None where it is no text."""
    if ask.control is Control.MULTILINE:
        return longest_text
    return min(MAX_LINE_LENGTH, longest_text) if ask.control is Control.TEXT else None


def decode(
    ask: QuestionDefinition, posted: Sequence[str], longest_text: int, offered: Sequence[str] = ()
) -> str | Violation:
    """The stored value of what was posted, "" for no answer, or why it does not fit. `offered` are the values of the
    choices that are offered now, where the question has choices."""
    limit = max_length(ask, longest_text)
    if limit is not None:
        return text.decode(posted, longest=limit, lines=ask.control is Control.MULTILINE)
    if ask.control in (Control.SELECT_ONE, Control.SELECT_MANY, Control.RANK):
        return _decode_choice(ask.control, posted, offered)
    if ask.control is Control.RANGE:
        return on_range.decode(posted, bounds=ask.bounds or ("1", "10", "1"), whole=ask.value_type in _WHOLE)
    if ask.control is Control.DATE:
        return date.decode(posted, appearance=ask.appearance)
    decoder = _SIMPLE.get(ask.control) if ask.control is not None else None
    return decoder(posted) if decoder is not None else ""


_SIMPLE: Mapping[Control, Callable[[Sequence[str]], str | Violation]] = {
    Control.INTEGER: integer.decode,
    Control.DECIMAL: decimal.decode,
    Control.TIME: time.decode,
    Control.DATETIME: datetime.decode,
    Control.ACKNOWLEDGE: acknowledge.decode,
}


def _decode_choice(control: Control, posted: Sequence[str], offered: Sequence[str]) -> str | Violation:
    if control is Control.SELECT_ONE:
        return select_one.decode(posted, offered=offered)
    if control is Control.SELECT_MANY:
        return select_many.decode(posted, offered=offered)
    return rank.decode(posted, offered=offered)


def encode(ask: QuestionDefinition, value: str) -> tuple[str, ...]:
    """What stands in the fields of a question that has a stored value."""
    if not value:
        return ()
    if ask.control in (Control.SELECT_MANY, Control.RANK):
        return tuple(value.split())
    if ask.control is Control.DATE:
        return (date.encode(value, appearance=ask.appearance),)
    if ask.control is Control.TIME:
        return (time.encode(value),)
    if ask.control is Control.DATETIME:
        return (datetime.encode(value),)
    if ask.control in (Control.DECIMAL, Control.RANGE):
        return (decimal.encode(value),)
    return (value,)


def join_typed(posted: Sequence[str]) -> str:
    """What was posted, as one text for a Visit, as it was typed and whole: how much it may be is for the caller."""
    return _BETWEEN.join(posted)


def split_typed(ask: QuestionDefinition, typed: str) -> tuple[str, ...]:
    """The other way round."""
    return tuple(typed.split(_BETWEEN)) if ask.control in (Control.RANK, Control.DATETIME) else (typed,)
