"""The simulated attack: its figures stay under stated bounds, and it finds what there is to find. Seeds are fixed."""

from __future__ import annotations

from dataclasses import astuple, replace
from random import Random

import pytest

from kuule.core.limits import MAX_TABLES_PER_QUESTION
from kuule.disclosure.audit.number_attack import Attack, describe_attack, simulate_attack
from kuule.disclosure.noise import Noise
from kuule.disclosure.thresholds import DisclosureRules
from kuule.tables.result import KEY_MODULUS

pytestmark = pytest.mark.slow

ONE_LOOK = Attack(DisclosureRules(), 22_285, pairs=3000)


def test_attack_at_one_look_stays_under_the_stated_bounds():
    found = simulate_attack(ONE_LOOK)
    assert found.difference <= 0.30
    assert found.one_person <= 0.82
    assert found.certain <= 0.001
    assert found.small_count <= 0.26


def test_attack_with_the_most_tables_and_five_locks_stays_under_the_stated_bounds():
    found = simulate_attack(replace(ONE_LOOK, tables=MAX_TABLES_PER_QUESTION, releases=5, pairs=300))
    assert found.difference <= 0.55
    assert found.one_person <= 0.97
    assert found.certain <= 0.02
    assert found.small_count <= 0.40


def test_attack_on_a_small_dataset_finds_no_more():
    assert simulate_attack(replace(ONE_LOOK, responses=100)).difference <= 0.30


@pytest.mark.parametrize(
    ("tables", "locks", "known"), [(1, 1, 0.65), (MAX_TABLES_PER_QUESTION, 1, 0.87), (MAX_TABLES_PER_QUESTION, 3, 0.98)]
)
def test_one_of_whom_all_others_are_known_is_found_as_often_as_is_said(tables, locks, known):
    found = simulate_attack(replace(ONE_LOOK, tables=tables, releases=locks, pairs=900))
    assert found.known_others == pytest.approx(known, abs=0.03)


@pytest.mark.parametrize(
    ("tables", "follow_ups", "conditions", "known"), [(1, 3, 1, 0.75), (1, 3, 3, 0.785), (5, 3, 1, 0.865)]
)
def test_what_is_asked_after_an_answer_tells_of_it_as_much_as_is_said(tables, follow_ups, conditions, known):
    """What was measured on pages by somebody else: 75 with the bases of three questions, 79 with three numbers of those
    who were not asked, which have one noise since."""
    attack = replace(ONE_LOOK, tables=tables, follow_ups=follow_ups, conditions=conditions, pairs=900)
    assert simulate_attack(attack).known_others == pytest.approx(known, abs=0.03)


def test_newcomers_and_lands_that_are_not_shown_are_found_as_often_as_is_said():
    one = simulate_attack(replace(ONE_LOOK, pairs=900))
    more = simulate_attack(replace(ONE_LOOK, follow_ups=2, conditions=1, pairs=900))
    assert (one.newcomer, more.newcomer) == pytest.approx((0.61, 0.67), abs=0.045)
    assert (one.hidden_group, more.hidden_group) == pytest.approx((0.255, 0.32), abs=0.035)
    assert one.hidden_group_by_guessing == pytest.approx(0.21, abs=0.03)


def test_one_person_more_changes_a_number_in_about_85_of_100():
    random, noise = Random(1), DisclosureRules().noise
    pairs = [[noise.perturb(count, random.randrange(KEY_MODULUS)) for count in (100, 101)] for _ in range(3000)]
    assert sum(one != other for one, other in pairs) / 3000 == pytest.approx(0.85, abs=0.02)


def test_attack_finds_all_where_there_is_no_noise():
    """The noise is taken away: what is left is subtraction, and the attack must find every difference and count."""
    rules = DisclosureRules()
    object.__setattr__(rules, "noise_variance", 0)
    found = simulate_attack(Attack(_Still(rules), 22_285, pairs=300))  # type: ignore[arg-type]
    assert (
        found.difference,
        found.one_person,
        found.known_others,
        found.small_count,
        found.newcomer,
        found.hidden_group,
    ) == (1, 1, 1, 1, 1, 1)


class _StillNoise(Noise):
    """Nothing is added."""

    def perturb(self, count: int, key: int) -> int:
        return count


class _Still:
    def __init__(self, rules: DisclosureRules) -> None:
        self.base_threshold, self.smallest_base = rules.base_threshold, rules.smallest_base
        self.noise = _StillNoise(0, 5)


def test_attack_with_the_same_seed_finds_the_same():
    attack = replace(ONE_LOOK, pairs=200)
    assert simulate_attack(attack) == simulate_attack(attack)
    assert simulate_attack(attack) != simulate_attack(replace(attack, seed=2))


def test_figures_of_a_seed_stay_what_they_were():
    """A change of the attack or of what it is given shows here, and then `disclosure.md` has to be measured again."""
    found = simulate_attack(replace(ONE_LOOK, pairs=180, tables=3, follow_ups=2, conditions=1, releases=2))
    pairs = [63, 150, 0, 158, 61, 136, 91, 44]
    assert [round(share * 180, 6) for share in astuple(found)] == pairs


def test_attack_in_words_has_every_figure():
    lines = list(describe_attack(ONE_LOOK, simulate_attack(replace(ONE_LOOK, pairs=90))))
    assert len(lines) == 8
    assert lines[0].startswith("simulated: 3,000 pairs of numbers in 22,285 responses, in 1 tables and 1 releases")
