"""What a type of question is to a form: how it is told, and how an answer is read, stored and shown again.

Each type is a module beside this one; `type_registry` has all of them. What another package makes of a type (columns,
a component) is registered there, by its `control`.
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
"""The element of the XForm's body that stands for several types, told apart by their bind."""
NUMBER_BYTES = 40
"""Of a number, a date, a time or a tick."""
MAX_UNLISTED_BYTES = 4 * 255
"""Of a choice of a list that is made of answers, whose values nobody knows before."""
_BETWEEN = "\n"
"""Between several posted values in a Visit's `typed`."""


class QuestionType(ABC):
    """One type of question. What stands here holds for most types; a type says what differs. It keeps nothing."""

    control: ClassVar[Control]
    """Its key: in templates, codebooks and the registers of other packages."""
    element: ClassVar[str] = INPUT_ELEMENT
    """The element of an XForm's body that asks for it."""
    value_types: ClassVar[tuple[str, ...]] = ()
    """The bind types of an input that asks for it."""
    appearance: ClassVar[str] = ""
    """The appearance that tells it from another type with the same bind type; "" for the usual one of them."""
    xlsform_types: ClassVar[tuple[str, ...]] = ()
    """What an author writes in the column type, in the spelling of `kuule.study.folder.written_types.parse_type`."""
    note: ClassVar[str]
    """How it is answered, for translators."""
    has_choices: ClassVar[bool] = False
    is_multiple: ClassVar[bool] = False
    """Whether several choices can be given."""
    is_text: ClassVar[bool] = False
    """Whether it is free text, which stands apart from everything that is counted."""
    is_number: ClassVar[bool] = False
    reads_as_number: ClassVar[bool] = False
    """Whether a condition reads a stored value as a number: a number itself, or a day as days since 1970."""
    whole_bounds: ClassVar[tuple[int, int] | None] = None
    """The lowest and the highest value of a type that stores whole numbers only."""
    stored_example: ClassVar[str] = ""
    """A value as it is stored, to show authors how to write one; "" where any text is one."""
    is_countable: ClassVar[bool] = False
    """Whether a table can be made of its answers: choices, whole numbers in bands, a tick."""
    is_typed: ClassVar[bool] = True
    """Whether a person types, and does not choose: the length of what is typed shows on the line."""
    has_bounds: ClassVar[bool] = False
    """Whether the form gives its ends and its step."""
    has_grid: ClassVar[bool] = False
    """Whether questions of it can stand as the rows of a grid, below heads that are a question which asks nothing."""
    has_several_fields: ClassVar[bool] = False
    """Whether an answer is posted in several fields."""

    def to_stored_form(self, text: str) -> str:
        """A computed or default value of its bind type as it is stored; "" where it is no value of the type."""
        return text

    @abstractmethod
    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        """The stored form of what was posted, "" for no answer, or why it does not fit. `offered` are the values of
        the choices that are offered now; `longest_text` the characters that the study gives to a text."""

    def encode(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        """What stands in the fields of a question that has a stored value, as a person would have typed or chosen."""
        return self.to_fields(question, value) if value else ()

    def to_fields(self, question: QuestionDefinition, value: str) -> tuple[str, ...]:
        """The same of a value that is not blank."""
        return (value,)

    def split_typed(self, typed: str) -> tuple[str, ...]:
        """What `join_typed` joined, as it stood in the fields."""
        return tuple(typed.split(_BETWEEN)) if self.has_several_fields else (typed,)

    def keep_offered(self, value: str, offered: Sequence[str]) -> str:
        """A stored value without the choices that are not offered now, since what filters them has changed."""
        return value

    def max_length(self, longest_text: int) -> int | None:
        """Characters that an answer may have, or None where it is no text."""
        return None

    def max_bytes(self, choices: Sequence[str], longest_text: int) -> int:
        """The most bytes of a stored value in JSON, without its quotes. `choices` are the values of its list."""
        return NUMBER_BYTES

    def max_number(self, question: QuestionDefinition) -> float | None:
        """The highest number that an answer can be, where its type shows that; constraints are for the caller."""
        return None

    def possible_values(self, choices: Sequence[str], *, most_combined: int) -> Sequence[str] | None:
        """Every value that can be stored, blank among them, or None where that is not known. `choices` are the values
        of its list; where several can be given, they are combined only if there are at most `most_combined`."""
        return None

    def can_nest(self, *, exclusive: bool) -> bool:
        """Whether a follow-up can stand inside a choice; an `exclusive` one needs that nothing else is chosen."""
        return False


class SeveralChoicesType(QuestionType):
    """A type whose answer is several values of a list, stored with spaces between them."""

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
    """What was posted, as one text for a Visit, as it was typed and whole: how much it may be is for the caller."""
    return _BETWEEN.join(posted)


def choice_bytes(value: str) -> int:
    """The most bytes of one chosen value, with what stands between it and the next: an escape takes two for one."""
    return 2 * len(value.encode()) + 1


def number_or_nan(text: str) -> float:
    """A bound or a choice as a number; not a number where it is none."""
    try:
        return float(text)
    except ValueError:
        return math.nan
