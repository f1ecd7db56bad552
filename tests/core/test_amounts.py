"""Numbers of things in English."""

from __future__ import annotations

import pytest

from kuule.core.amounts import amount


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (amount(0, "text"), "0 texts"),
        (amount(1, "text"), "1 text"),
        (amount(1_200, "text"), "1,200 texts"),
        (amount(1, "text is", "texts are"), "1 text is"),
        (amount(2, "text is", "texts are"), "2 texts are"),
    ],
)
def test_one_thing_is_one_and_all_other_numbers_are_several(said: str, words: str) -> None:
    assert said == words
