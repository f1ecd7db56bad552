"""Codes: every slip of one digit and every swap of neighbours is found, whatever script they are typed in."""

from __future__ import annotations

import copy
import pickle
from collections import Counter
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.sealing.return_codes import (
    CODE_LENGTH,
    DAMM_TABLE,
    CodeError,
    CodeErrorKind,
    ReturnCode,
    check_digit,
    legacy_row_id,
    new_code,
    new_row_id,
    read_code,
    row_id_range,
)
from tests.digits import ZEROS

CODES = st.integers(0, 10**19 - 1).map(lambda number: new_code(lambda _: number))


def slip_of(typed: str) -> CodeErrorKind:
    with pytest.raises(CodeError) as raised:
        read_code(typed)
    return raised.value.kind


def test_table_finds_every_slip_and_swap_anywhere() -> None:
    """The two properties of a totally anti-symmetric quasigroup, on all of it: no code of any length escapes."""
    digits = range(10)
    assert [sorted(row) for row in DAMM_TABLE] == [list(digits)] * 10
    assert [sorted(row[column] for row in DAMM_TABLE) for column in digits] == [list(digits)] * 10
    swaps = [
        (state, one, other)
        for state, one, other in product(digits, digits, digits)
        if one != other and DAMM_TABLE[DAMM_TABLE[state][one]][other] == DAMM_TABLE[DAMM_TABLE[state][other]][one]
    ]
    assert (swaps, [DAMM_TABLE[digit][digit] for digit in digits]) == ([], [0] * 10)


def test_check_digit_is_damms() -> None:
    """The example of the literature: 572 has the check digit 4."""
    assert check_digit("572") == "4"


@given(CODES, st.integers(0, CODE_LENGTH - 1), st.integers(1, 9))
def test_one_digit_that_differs_is_found(code: ReturnCode, at: int, by: int) -> None:
    digit = str((int(code.digits[at]) + by) % 10)
    assert slip_of(code.digits[:at] + digit + code.digits[at + 1 :]) is CodeErrorKind.CHECK


@given(CODES, st.integers(0, CODE_LENGTH - 2))
def test_neighbours_that_changed_places_are_found(code: ReturnCode, at: int) -> None:
    digits = code.digits
    swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    if swapped == digits:
        assert read_code(swapped) == code
    else:
        assert slip_of(swapped) is CodeErrorKind.CHECK


@given(CODES, st.sampled_from(ZEROS), st.sampled_from(["", " ", "-", "\u2011", "\u00a0", "\u200f", "\n", "–"]))
def test_any_script_and_anything_between(code: ReturnCode, zero: str, between: str) -> None:
    typed = between.join(chr(ord(zero) + int(digit)) for digit in code.digits)
    assert read_code(f" {typed}\r\n") == code


@given(CODES)
def test_code_as_it_is_shown_is_read(code: ReturnCode) -> None:
    assert [len(group) for group in code.groups.split()] == [4] * 5
    assert read_code(code.groups) == code


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", CodeErrorKind.EMPTY),
        (" - \u200f ", CodeErrorKind.EMPTY),
        ("1234 5678 9012 3456 789O", CodeErrorKind.LETTERS),
        ("½234", CodeErrorKind.LETTERS),
        ("²2", CodeErrorKind.LETTERS),
        ("1" * 19, CodeErrorKind.SHORT),
        ("1" * 21, CodeErrorKind.LONG),
        ("0" * 20 + " " * 181, CodeErrorKind.LONG),
        ("1 " * 5000, CodeErrorKind.LONG),
        ("\ud800", CodeErrorKind.LETTERS),
    ],
)
def test_what_is_no_code_is_told_apart(typed: str, kind: CodeErrorKind) -> None:
    assert slip_of(typed) is kind


@given(st.text(max_size=300))
def test_any_text_is_no_code(typed: str) -> None:
    assert slip_of(typed) in CodeErrorKind


def test_new_codes_use_every_digit_and_do_not_repeat() -> None:
    codes = [new_code() for _ in range(500)]
    assert len(set(codes)) == 500
    counts = Counter("".join(code.digits for code in codes))
    assert all(800 < counts[str(digit)] < 1200 for digit in range(10))


def test_row_id_is_bound_to_the_study_and_frozen() -> None:
    """Frozen: a code that is on somebody's paper has to find its row for as long as answers can be withdrawn."""
    code = ReturnCode("0123456789012345678" + check_digit("0123456789012345678"))
    assert legacy_row_id("our-voice", code) == 6952454935253047333
    ids = {legacy_row_id(study, code) for study in ("our-voice", "our-voic", "small-study")}
    assert len(ids) == 3
    assert all(0 <= row_id < 2**63 for row_id in ids)


def test_row_ids_use_all_their_bits() -> None:
    random = Random(7)
    ids = [legacy_row_id("s", new_code(random.randrange)) for _ in range(2000)]
    shares = [sum(row_id >> bit & 1 for row_id in ids) / 2000 for bit in range(63)]
    assert all(0.42 < share < 0.58 for share in shares)


@pytest.mark.parametrize("taken", [pickle.dumps, copy.copy, copy.deepcopy])
def test_code_is_not_pickled_or_copied(taken: object) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        taken(new_code())  # type: ignore[operator]


def test_code_shows_nothing_of_itself() -> None:
    code = new_code()
    assert (repr(code), str(code), f"{code}", hasattr(code, "__dict__")) == ("<Code>",) * 3 + (False,)


def test_row_id_of_a_new_visit_tells_eight_bits_of_its_code() -> None:
    code = new_code()
    rows = row_id_range("our-voice", code)
    assert (len(rows), rows.start % len(rows), legacy_row_id("our-voice", code) in rows) == (2**55, 0, True)
    assert [new_row_id("our-voice", code, below) for below in (lambda _: 0, lambda most: most - 1)] == [
        rows[0],
        rows[-1],
    ]
    assert len({new_row_id("our-voice", code) for _ in range(100)}) == 100
