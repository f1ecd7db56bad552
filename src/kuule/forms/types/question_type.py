"""What a form knows about a type of question: how to recognise it, and how to read, store and show an answer.

Each type is a module beside this one, and `type_registry` lists them all. What another package does with a type
(its columns, its page component) is registered in that package, by the `control` of the type.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.violations import Violation

INPUT_ELEMENT = "input"
"""The element of an XForm's body that several types share. Their binds tell them apart."""
NUMBER_BYTES = 40
"""The most bytes of a number, a date, a time or a tick."""
MAX_UNLISTED_BYTES = 4 * 255
"""The most bytes of a choice from a list that is made of answers, because its values are not known beforehand."""
_BETWEEN = "\n"
"""What separates several posted values in `Visit.typed`."""


class QuestionType(ABC):
    """One type of question, without state. The defaults here suit most types; each type overrides what differs."""

    control: ClassVar[Control]
    """The key of the type in templates, in codebooks, and in the registers of other packages."""
    element: ClassVar[str] = INPUT_ELEMENT
    """The element of an XForm's body for this type."""
    value_types: ClassVar[tuple[str, ...]] = ()
    """The bind types of an input of this type."""
    appearance: ClassVar[str] = ""
    """The appearance that distinguishes it from another type with the same bind type; "" for the usual one."""
    xlsform_types: ClassVar[tuple[str, ...]] = ()
    """What authors write in the column `type`, in the spelling that `kuule.study.folder.written_types.parse_type`
    gives."""
    note: ClassVar[str]
    """How such a question is answered, in words for translators."""
    has_choices: ClassVar[bool] = False
    is_multiple: ClassVar[bool] = False
    """Whether an answer can be several choices."""
    is_text: ClassVar[bool] = False
    """Whether it is free text, which is kept apart from everything that is counted."""
    is_number: ClassVar[bool] = False
    reads_as_number: ClassVar[bool] = False
    """Whether a condition reads a stored value as a number: a number itself, or a day as days since 1970."""
    whole_bounds: ClassVar[tuple[int, int] | None] = None
    """The lowest and the highest value of a type that stores whole numbers only."""
    stored_example: ClassVar[str] = ""
    """A value as it is stored, to show authors how to write one; "" where any text is one."""
    is_countable: ClassVar[bool] = False
    """Whether a table can count its answers: choices, whole numbers in bands, a tick."""
    is_typed: ClassVar[bool] = True
    """Whether a person types the answer, so that its length shows in the length of the form that is sent."""
    has_bounds: ClassVar[bool] = False
    """Whether the form gives a first value, a last value and a step."""
    has_grid: ClassVar[bool] = False
    """Whether questions of this type can be the rows of a grid, whose head is a question that asks nothing."""
    has_several_fields: ClassVar[bool] = False
    """Whether an answer comes from several fields of a page."""

    def to_stored_form(self, text: str) -> str:
        """The stored form of a computed or default value; "" if it is no value of this type."""
        return text

    @abstractmethod
    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        """The stored form of what was posted, "" for no answer, or the reason why it is not accepted. `offered` are the
        values of the choices that are offered now; `longest_text` is how many characters the study allows a text."""

    def encode(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        """What to show in the fields of a question with a stored value: what a person would have typed or chosen."""
        return self.to_fields(question, value) if value else ()

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        """The same for a value that is not blank."""
        return (value,)

    def split_typed(self, typed: str) -> tuple[str, ...]:
        """The contents of the fields, from the text that `join_typed` made of them."""
        return tuple(typed.split(_BETWEEN)) if self.has_several_fields else (typed,)

    def keep_offered(self, value: str, offered: Sequence[str]) -> str:
        """A stored value without the choices that are no longer offered, because the answer that filters them
        changed."""
        return value

    def max_length(self, longest_text: int) -> int | None:
        """How many characters an answer may have; None if it is not a text."""
        return None

    def max_bytes(self, choices: Sequence[str], longest_text: int) -> int:
        """The most bytes of a stored value in JSON, without the quotes. `choices` are the values of the list."""
        return NUMBER_BYTES

    def max_number(self, question: QuestionDefinition) -> float | None:
        """The highest number that an answer can be; None if the type does not tell. Constraints are for the caller."""
        return None

    def possible_values(self, choices: Sequence[str], *, most_combined: int) -> Sequence[str] | None:
        """Every value that can be stored, blank among them, or None where that is not known. `choices` are the values
        of its list; where several can be given, they are combined only if there are at most `most_combined`."""
        return None

    def can_nest(self, *, exclusive: bool) -> bool:
        """Whether a choice can contain a follow-up. An `exclusive` follow-up is asked only if nothing else is
        chosen."""
        return False


class SeveralChoicesType(QuestionType):
    """A type whose answers are several values of a list, stored with spaces between them."""

    has_choices = True
    is_typed = False
    is_multiple = True

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        return tuple(value.split())

    def keep_offered(self, value: str, offered: Sequence[str]) -> str:
        return " ".join(one for one in value.split() if one in offered)

    def max_bytes(self, choices: Sequence[str], longest_text: int) -> int:
        return sum(map(choice_bytes, choices)) or MAX_UNLISTED_BYTES


def join_typed(posted: Sequence[str]) -> str:
    """What was posted, as one text for `Visit.typed`. Nothing is changed or cut; the caller limits the length."""
    return _BETWEEN.join(posted)


def choice_bytes(value: str) -> int:
    """The most bytes of one chosen value and the space after it. A character that is escaped takes two bytes."""
    return 2 * len(value.encode()) + 1


def number_or_nan(text: str) -> float:
    """A bound or a choice as a number; NaN if it is not a number."""
    try:
        return float(text)
    except ValueError:
        return math.nan
