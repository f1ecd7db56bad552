from __future__ import annotations

import pytest

from kuule.forms.types import acknowledge, rank, select_many, select_one, text
from kuule.forms.types.violations import Violation, ViolationKind


def test_text_is_composed_and_without_control_characters() -> None:
    assert text.decode(["  e\u0301\x00\x1b[31m\u202e x\u200d "], longest=20, lines=False) == "\u00e9[31m x\u200d"


def test_lines_are_kept_in_free_text_only() -> None:
    assert text.decode(["a\r\nb\rc"], longest=20, lines=True) == "a\nb\nc"
    assert text.decode(["a\r\nb"], longest=20, lines=False) == "a b"


def test_text_that_is_too_long_is_named_and_not_cut() -> None:
    assert text.decode(["aaa"], longest=2, lines=False) == Violation(ViolationKind.TOO_LONG, detail="2")
    assert text.decode(["aa"], longest=2, lines=False) == "aa"


def test_choice_that_was_not_offered_never_gets_in() -> None:
    assert select_one.decode(["marker"], offered=("a", "b")) == ""
    assert select_many.decode(["marker", "b"], offered=("a", "b")) == "b"


def test_several_choices_are_stored_in_the_forms_order() -> None:
    assert select_many.decode(["c", "a", "a"], offered=("a", "b", "c")) == "a c"


@pytest.mark.parametrize(("posted", "stored"), [(["b", "a"], "b a"), ([], ""), (["", ""], "")])
def test_rank_is_stored_in_a_persons_order(posted: list[str], stored: str) -> None:
    assert rank.decode(posted, offered=("a", "b")) == stored


@pytest.mark.parametrize("posted", [["", "a"], ["strange", "a"], ["a", "a"], ["a", "b", "a"]])
def test_rank_with_a_gap_or_twice_does_not_fit(posted: list[str]) -> None:
    assert rank.decode(posted, offered=("a", "b")) == Violation(ViolationKind.RANK, detail="2")


def test_tick_is_ok_or_blank() -> None:
    assert (acknowledge.decode(["on"]), acknowledge.decode([]), acknowledge.decode([" "])) == ("OK", "", "")
