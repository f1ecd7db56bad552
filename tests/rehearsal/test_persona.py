"""What people who do not exist answer: the same for the same seed, in the proportions that were asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from kuule.rehearsal.persona import Persona
from kuule.study.settings.rehearsal_settings import RehearsalSettings

TODAY = date(2026, 3, 1)
PEOPLE = 2000


def person(number: int = 0, seed: int = 1, languages: tuple[str, ...] = ("ar", "en", "sv"), **weights) -> Persona:
    return Persona(seed, number, RehearsalSettings(**weights), languages)


def shares(answers) -> dict[str, float]:
    counted = Counter(answers)
    return {answer: count / PEOPLE for answer, count in counted.items()}


def test_persona_answers_the_same_whatever_the_order_of_questions():
    first, second = person(7), person(7)
    before = [first.choose_one("a", "xyz"), first.choose_one("b", "xyz"), first.choose_text("c", None), first.language]
    after = [
        second.language,
        second.choose_text("c", None),
        second.choose_one("b", "xyz"),
        second.choose_one("a", "xyz"),
    ]
    assert before == after[::-1]


def test_another_seed_gives_other_people():
    codes = [str(code) for code in range(100)]
    assert [person(n, 1).choose_one("a", codes) for n in range(20)] != [
        person(n, 2).choose_one("a", codes) for n in range(20)
    ]


def test_answers_are_uniform_where_nothing_is_said():
    got = shares(person(number).choose_one("told", ("yes", "no")) for number in range(PEOPLE))
    assert got == pytest.approx({"yes": 0.5, "no": 0.5}, abs=0.04)


def test_answers_follow_the_weights_and_unnamed_codes_have_none():
    answers = {"told": {"yes": 3, "no": 1}}
    got = shares(
        person(number, answers=answers).choose_one("told", ("yes", "no", "unsure")) for number in range(PEOPLE)
    )
    assert got == pytest.approx({"yes": 0.75, "no": 0.25}, abs=0.04)


def test_weights_that_fit_no_choice_on_the_page_do_not_silence_anyone():
    assert person(answers={"told": {"maybe": 1}}).choose_one("told", ("yes",)) == "yes"


def test_several_answers_are_in_order_and_at_least_one():
    codes = ("a", "b", "c", "d")
    chosen = [person(number).choose_several("who", codes) for number in range(PEOPLE)]
    assert all(answer and list(answer) == [code for code in codes if code in answer] for answer in chosen)
    assert {len(answer) for answer in chosen} >= {1, 2, 3}


@pytest.mark.parametrize("alone", ["none", "prefer_not_to_say", "do_not_know"])
def test_answers_that_exclude_others_stand_alone(alone: str):
    chosen = [person(number).choose_several("who", ("a", "b", alone)) for number in range(PEOPLE)]
    assert {answer for answer in chosen if alone in answer} == {(alone,)}


def test_languages_follow_their_weights():
    got = shares(person(number, languages=("ar", "en")).language for number in range(PEOPLE))
    assert got == pytest.approx({"ar": 0.5, "en": 0.5}, abs=0.04)
    weighted = [Persona(1, n, RehearsalSettings(languages={"en": 1}), ("ar", "en")).language for n in range(50)]
    assert set(weighted) == {"en"}


def test_texts_come_from_the_language_then_from_all():
    texts = {"": {"wish": ("be heard",)}, "sv": {"wish": ("bli hörd",)}}
    written = {p.language: p.choose_text("wish", None) for p in (person(number, texts=texts) for number in range(50))}
    assert written == {"ar": "be heard", "en": "be heard", "sv": "bli hörd"}


def test_texts_are_cut_to_what_fits():
    assert person(texts={"": {"wish": ("be heard",)}}).choose_text("wish", 4) == "be h"


def test_whole_numbers_stay_within_bounds_and_take_named_ones():
    assert {person(number).choose_whole_number("age", 18, 20) for number in range(200)} == {18, 19, 20}
    named = {"age": {"30": 1, "15": 1}}
    assert {person(number, answers=named).choose_whole_number("age", 18, 99) for number in range(50)} == {30}


def test_days_are_not_after_today():
    assert max(person(number).choose_day("when", TODAY) for number in range(PEOPLE)) <= TODAY


@pytest.mark.parametrize(("chance", "expected"), [(0.0, 0.0), (0.2, 0.2), (1.0, 1.0)])
def test_passing_over_leaving_and_stopping_come_as_often_as_said(chance: float, expected: float):
    people = [person(number, pass_over=chance, leave=chance, stop_early=chance) for number in range(PEOPLE)]
    assert sum(p.passes_over("a") for p in people) / PEOPLE == pytest.approx(expected, abs=0.03)
    assert sum(p.leaves_at("a") for p in people) / PEOPLE == pytest.approx(expected, abs=0.03)
    assert sum(p.sends_early_at("a") for p in people) / PEOPLE == pytest.approx(expected, abs=0.03)


def test_ranking_has_every_code_once_and_the_heavier_first_more_often():
    answers = {"rank": {"a": 8, "b": 1, "c": 1}}
    orders = [person(number, answers=answers).rank_choices("rank", "abc") for number in range(PEOPLE)]
    assert {tuple(sorted(order)) for order in orders} == {("a", "b", "c")}
    assert shares(order[0] for order in orders)["a"] == pytest.approx(0.8, abs=0.04)


def test_another_draw_is_another_try():
    assert len({person().choose_whole_number("age", 0, 10**6, draw) for draw in range(10)}) == 10


def test_order_in_which_choices_are_shown_changes_nothing():
    codes = ("a", "b", "c", "d", "e")
    for number in range(50):
        one, other = person(number), person(number)
        assert one.choose_one("x", codes) == other.choose_one("x", codes[::-1])
        assert set(one.choose_several("x", codes)) == set(other.choose_several("x", codes[::-1]))
        assert one.rank_choices("x", codes) == other.rank_choices("x", codes[::-1])
