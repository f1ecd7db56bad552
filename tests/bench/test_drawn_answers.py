"""Drawn answers are answers: each type takes its own, and gets every choice some time."""

from __future__ import annotations

import random

import pytest
from bench.drawn_answers import draw_answer

from kuule.forms.types.question_type import QuestionType
from kuule.forms.types.select_many import SELECT_MANY
from kuule.forms.types.select_one import SELECT_ONE
from kuule.forms.types.type_registry import QUESTION_TYPES

CHOICES = ("a", "b", "c")


@pytest.mark.parametrize("asked", QUESTION_TYPES, ids=lambda one: str(one.control))
def test_drawn_answer_is_stored_as_it_is(asked: QuestionType) -> None:
    chance = random.Random(1)
    drawn = [draw_answer(asked, CHOICES if asked.has_choices else (), chance) for _ in range(50)]
    assert all(drawn)
    assert [asked.to_stored_form(one) for one in drawn] == drawn
    if asked.has_choices:
        assert {code for one in drawn for code in one.split()} == set(CHOICES)


def test_choice_without_weight_is_never_drawn() -> None:
    chance = random.Random(1)
    drawn = {draw_answer(one, CHOICES, chance, {"b": 1.0}) for one in (SELECT_ONE, SELECT_MANY) for _ in range(50)}
    assert drawn == {"b"}
