"""The simulated attack: its figures stay under stated bounds, and it finds what there is to find. Seeds are fixed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.disclosure.audit import Attack, audit, in_words
from kuule.disclosure.noise import Noise
from kuule.disclosure.rules import MOST_TABLES, Rules

ONE_LOOK = Attack(Rules(), 22_285, cuts=3000)


def test_attack_at_one_look_stays_under_the_stated_bounds():
    found = audit(ONE_LOOK)
    assert found.difference <= 0.30
    assert found.one <= 0.82
    assert found.certain <= 0.001
    assert found.small <= 0.26


def test_attack_with_the_most_tables_and_five_locks_stays_under_the_stated_bounds():
    found = audit(replace(ONE_LOOK, tables=MOST_TABLES, locks=5, cuts=900))
    assert found.difference <= 0.55
    assert found.one <= 0.97
    assert found.certain <= 0.02
    assert found.small <= 0.40


def test_attack_on_a_small_dataset_finds_no_more():
    assert audit(replace(ONE_LOOK, responses=100)).difference <= 0.30


def test_one_person_more_is_seen_as_a_difference_in_about_85_of_100():
    assert audit(ONE_LOOK).some == pytest.approx(0.85, abs=0.02)


def test_attack_finds_all_where_there_is_no_noise():
    """The noise is taken away: what is left is subtraction, and the attack must find every difference and count."""
    rules = Rules()
    object.__setattr__(rules, "noise_variance", 0)
    found = audit(Attack(_Still(rules), 22_285, cuts=300))  # type: ignore[arg-type]
    assert (found.difference, found.one, found.some, found.small) == (1, 1, 1, 1)


class _StillNoise(Noise):
    """Nothing is added."""

    def perturbed(self, count: int, key: int) -> int:
        return count


class _Still:
    def __init__(self, rules: Rules) -> None:
        self.shown_base = rules.shown_base
        self.noise = _StillNoise(0, 5)


def test_attack_with_the_same_seed_finds_the_same():
    attack = replace(ONE_LOOK, cuts=200)
    assert audit(attack) == audit(attack)
    assert audit(attack) != audit(replace(attack, seed=2))


def test_attack_in_words_has_every_figure():
    lines = list(in_words(ONE_LOOK, audit(replace(ONE_LOOK, cuts=90))))
    assert len(lines) == 6
    assert lines[0].startswith("simulated: 3,000 pairs of numbers in 22,285 responses, in 1 tables and 1 releases")
