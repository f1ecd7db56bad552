"""Which groups follow each other on a scale, so that a chart gives them colours from light to dark."""

from __future__ import annotations

import pytest

from kuule.dataset.schema.codebook import Codebook, CodebookCut, CodebookItem

AGES = ("young", "grown", "old", "prefer_not_to_say")


def ordered(members: dict[str, tuple[str, ...]], rest: str = "", *, scale: bool = True) -> bool:
    item = CodebookItem(
        "age", "/data/age", "select_one", "ages", AGES, multiple=False, ordered=scale, sensitive=False, open_text=False,
        repeats=(), editions=("e1",), asked_when="", columns={}, labels={"en": "How old?"},
        answers={"en": {code: code for code in AGES}},
    )  # fmt: skip
    cut = CodebookCut("ages", "age", members, rest, {"en": "Age"}, {"en": {name: name for name in members}})
    book = Codebook("en", {"en": "T"}, {"en": "O"}, {"age": item}, {"ages": cut})
    return book.wording("en").ordered_cuts == {"ages"}


@pytest.mark.parametrize(
    ("members", "rest", "follows"),
    [
        ({"a": ("young",), "b": ("grown", "old")}, "", True),
        ({"a": ("young", "grown"), "b": ()}, "b", True),
        ({"a": (), "b": ("grown", "old")}, "a", True),
        ({"b": ("grown", "old"), "a": ("young",)}, "", False),
        ({"a": ("young", "old"), "b": ("grown",)}, "", False),
        ({"a": ("grown",), "b": ()}, "b", False),
    ],
)
def test_groups_follow_each_other_where_their_answers_do(members, rest, follows):
    assert ordered(members, rest) is follows


def test_groups_of_answers_without_an_order_have_none():
    assert not ordered({"a": ("young",), "b": ("grown", "old")}, scale=False)
