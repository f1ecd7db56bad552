"""All question types, and how to find the type of a question in an XForm."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from kuule.forms.model.controls import Control
from kuule.forms.types.acknowledge import ACKNOWLEDGE
from kuule.forms.types.date import DATE
from kuule.forms.types.datetime import DATETIME
from kuule.forms.types.decimal import DECIMAL
from kuule.forms.types.integer import INTEGER
from kuule.forms.types.multiline import MULTILINE
from kuule.forms.types.question_type import INPUT_ELEMENT, QuestionType
from kuule.forms.types.range import RANGE
from kuule.forms.types.rank import RANK
from kuule.forms.types.rating import RATING
from kuule.forms.types.select_many import SELECT_MANY
from kuule.forms.types.select_one import SELECT_ONE
from kuule.forms.types.text import TEXT
from kuule.forms.types.time import TIME

QUESTION_TYPES: tuple[QuestionType, ...] = (
    TEXT,
    MULTILINE,
    INTEGER,
    DECIMAL,
    RANGE,
    RATING,
    DATE,
    TIME,
    DATETIME,
    SELECT_ONE,
    SELECT_MANY,
    RANK,
    ACKNOWLEDGE,
)
_BY_CONTROL: Mapping[Control | None, QuestionType] = {one.control: one for one in QUESTION_TYPES}
_TEXT_TYPE = "string"
_TRUE = frozenset({"1", "true"})
_FALSE = frozenset({"0", "false"})


def _truth_value(text: str) -> str:
    """A truth value as XForms stores it: 1, 0 or blank. No question asks for one, but a calculation can have one."""
    text = text.strip().lower()
    return "1" if text in _TRUE else "0" if text in _FALSE else ""


_STORED_FORMS: Mapping[str, Callable[[str], str]] = {
    value_type: one.to_stored_form for one in QUESTION_TYPES for value_type in one.value_types
} | {"boolean": _truth_value}


def question_type(control: Control | None) -> QuestionType:
    """The type of a question that is asked. Raises KeyError for None, because a note has no type."""
    return _BY_CONTROL[control]


def find_question_type(
    element: str, value_type: str, appearance: Collection[str], *, has_list: bool = False
) -> QuestionType | None:
    """The type of a question, given its element in the body and its bind type; None if it asks for a file. An input
    with a bind type that belongs to no question type is a text; a range with a list is a rating."""
    if element != INPUT_ELEMENT:
        same = [one for one in QUESTION_TYPES if one.element == element]
        return next((one for one in same if one.has_choices == has_list), same[0] if same else None)
    alike = [one for one in QUESTION_TYPES if value_type in one.value_types] or [
        one for one in QUESTION_TYPES if _TEXT_TYPE in one.value_types
    ]
    usual = next(one for one in alike if not one.appearance)
    return next((one for one in alike if one.appearance in appearance), usual)


def stored_form_for(value_type: str) -> Callable[[str], str]:
    """The function that makes the stored form for a bind type. Blank stays blank, and an unknown bind type is text."""
    return _STORED_FORMS.get(value_type, TEXT.to_stored_form)
