"""Whole numbers of 32 bits, as in the ODK XForms specification. Digits of any script are understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kuule.forms.model.body_definition import QuestionDefinition
from kuule.forms.model.controls import Control
from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.text import clean_text
from kuule.forms.types.violations import Violation, ViolationKind
from kuule.languages.cldr.numbers import ascii_digits

_NUMBER = re.compile(r"([+-]?)0*([0-9]{1,12})(?:\.[0-9]*)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]+", re.ASCII)
_SMALLEST, _LARGEST = -(2**31), 2**31 - 1
_SEPARATORS = str.maketrans("", "", " \u00a0\u202f_'\u200e\u200f")
_MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-"})


def to_stored_form(text: str) -> str:
    """A computed or default value as a whole number, without its fraction; blank if it is no number or too large."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return ""
    number = int(match.group(1) + match.group(2))
    return str(number) if _SMALLEST <= number <= _LARGEST else ""


def decode(posted: Sequence[str]) -> str | Violation:
    text = normalise_number(posted[0] if posted else "")
    if not text:
        return ""
    if not _WHOLE.fullmatch(text):
        return Violation(ViolationKind.WHOLE_NUMBER)
    return to_stored_form(text) or Violation(ViolationKind.WHOLE_NUMBER)


def normalise_number(text: str) -> str:
    """A typed number with ASCII digits and an ASCII minus sign, and with nothing between groups of digits."""
    return ascii_digits(clean_text(text, lines=False)).translate(_SEPARATORS).translate(_MINUS)


class IntegerType(QuestionType):
    control = Control.INTEGER
    value_types = ("int", "integer")
    xlsform_types = ("integer",)
    note = "answered with a whole number"
    is_number = True
    reads_as_number = True
    whole_bounds = (_SMALLEST, _LARGEST)
    stored_example = "42"
    is_countable = True

    def to_stored_form(self, text: str) -> str:
        return to_stored_form(text)

    def decode(
        self, question: QuestionDefinition, posted: Sequence[str], *, offered: Sequence[str], longest_text: int
    ) -> str | Violation:
        return decode(posted)


INTEGER = IntegerType()
