"""Return codes, with which a person comes back: twenty digits, the last of which shows a mistake in copying.

The check digit is Damm's. It detects every single wrong digit and every two neighbours that changed places. Source: H.
Michael Damm, "Total anti-symmetrische Quasigruppen", thesis, Philipps-Universität Marburg 2004, page 111
(http://archiv.ub.uni-marburg.de/diss/z2004/0516/pdf/dhmd.pdf), in the usual form with zeros in the diagonal.
tests/sealing/test_return_codes.py tests both on the whole table.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import NoReturn

from kuule.languages.cldr.numbers import ascii_digits

__all__ = [
    "CODE_LENGTH",
    "CodeError",
    "CodeErrorKind",
    "ReturnCode",
    "check_digit",
    "legacy_row_id",
    "new_code",
    "new_row_id",
    "read_code",
    "row_id_range",
]

CODE_LENGTH = 20
"""A code has 19 random digits (63.1 bits) and the check digit."""
GROUP_LENGTH = 4
MAX_TYPED_LENGTH = 200
"""The most characters that are read. A code with a space after every digit has 39."""

DAMM_TABLE = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_ROW_LABEL = b"kuule row 1"
_ROW_ID_BITS = 63
_CODE_BITS = 8
"""How many bits of a row id come from the code. They find the row without a list or an index (decision 0041)."""
_SEPARATORS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})
"""Unicode categories that may be between digits: spaces, line ends, direction marks, hyphens and dashes."""


class CodeErrorKind(StrEnum):
    """What is wrong with a code as it was typed. Each has its words in `interface:code_<value>`."""

    EMPTY = "empty"
    LETTERS = "letters"
    SHORT = "short"
    LONG = "long"
    CHECK = "check"
    """Twenty digits that cannot be a code: one of them is wrong, or two changed places."""


class CodeError(ValueError):
    """What was typed is not a code. Nothing was looked up, so the error reveals nothing about which codes exist."""

    def __init__(self, kind: CodeErrorKind) -> None:
        super().__init__(str(kind))
        self.kind = kind


class ReturnCode:
    """Twenty digits with a valid check digit. It is a secret: repr, str, format and pickle show nothing of it; `digits`
    and `groups` do."""

    __slots__ = ("digits",)

    digits: str

    def __init__(self, digits: str) -> None:
        if re.fullmatch(r"[0-9]{20}", digits) is None or _run(digits) != 0:
            raise CodeError(CodeErrorKind.CHECK)
        self.digits = digits

    @property
    def groups(self) -> str:
        """The code as it is shown and written down: five groups of four digits."""
        return " ".join(self.digits[at : at + GROUP_LENGTH] for at in range(0, CODE_LENGTH, GROUP_LENGTH))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReturnCode) and other.digits == self.digits

    def __hash__(self) -> int:
        return hash(self.digits)

    def __repr__(self) -> str:
        return "<Code>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a code is not pickled or copied")


def new_code(below: Callable[[int], int] = secrets.randbelow) -> ReturnCode:
    """A code of 19 random digits. `below(n)` gives a uniformly random whole number from 0 to n - 1."""
    digits = f"{below(10 ** (CODE_LENGTH - 1)):0{CODE_LENGTH - 1}d}"
    return ReturnCode(digits + check_digit(digits))


def read_code(typed: str) -> ReturnCode:
    """The code in what a person typed: digits of any script, with spaces, hyphens or nothing in between.

    Raises CodeError with what may be wrong. Of the mistakes that the check digit is not made for, one in ten gives a
    valid code; it is looked up and not found.
    """
    digits = [mark for mark in ascii_digits(typed[:MAX_TYPED_LENGTH]) if unicodedata.category(mark) not in _SEPARATORS]
    if not digits:
        raise CodeError(CodeErrorKind.EMPTY)
    if any(mark not in "0123456789" for mark in digits):
        raise CodeError(CodeErrorKind.LETTERS)
    if len(digits) != CODE_LENGTH or len(typed) > MAX_TYPED_LENGTH:
        raise CodeError(CodeErrorKind.SHORT if len(digits) < CODE_LENGTH else CodeErrorKind.LONG)
    return ReturnCode("".join(digits))


def check_digit(digits: str) -> str:
    """The digit with which Damm's check of `digits` gives 0."""
    return str(_run(digits))


def legacy_row_id(study_id: str, code: ReturnCode) -> int:
    """The row id of a response whose visit began before rows had ids of their own: the first 63 bits of SHA-256(label,
    study, code). Whoever has an archive can search for the codes of such rows (decision 0041)."""
    study = study_id.encode()
    content = _ROW_LABEL + len(study).to_bytes(2, "big") + study + code.digits.encode()
    return int.from_bytes(hashlib.sha256(content).digest()[:8], "big") >> (64 - _ROW_ID_BITS)


def row_id_range(study_id: str, code: ReturnCode) -> range:
    """The row ids among which is the row that a withdrawal code withdraws. They have their first eight bits in
    common."""
    free = _ROW_ID_BITS - _CODE_BITS
    first = legacy_row_id(study_id, code) >> free << free
    return range(first, first + (1 << free))


def new_row_id(study_id: str, code: ReturnCode, below: Callable[[int], int] = secrets.randbelow) -> int:
    """The row id of a new visit, at random from the `row_id_range` of its code, so that it does not reveal the code."""
    rows = row_id_range(study_id, code)
    return rows.start + below(rows.stop - rows.start)


def _run(digits: str) -> int:
    state = 0
    for digit in digits:
        state = DAMM_TABLE[state][int(digit)]
    return state
