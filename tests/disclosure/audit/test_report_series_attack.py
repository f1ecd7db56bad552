"""Reports on everyone and on each group, one after the other: how near two published groups can be, and what is found
of a group that is not shown. Seeds are fixed, so the figures are."""

from __future__ import annotations

import pytest

from kuule.disclosure.audit.report_series_attack import (
    SeriesAttackResult,
    _solved,
    describe_series_attack,
    simulate_series_attack,
)
from kuule.disclosure.thresholds import DisclosureRules


@pytest.mark.slow
@pytest.mark.parametrize("locks", [1, 3])
def test_no_two_published_groups_of_which_one_holds_the_other_differ_by_fewer_than_thirty(locks: int) -> None:
    met = simulate_series_attack(DisclosureRules(), 2_000, locks, studies=24)
    assert met.pairs > 1_000
    assert 30 <= met.fewest < 60


@pytest.mark.whole
def test_what_a_group_that_is_not_shown_answered_is_seldom_found_also_by_all_reports_together() -> None:
    met = simulate_series_attack(DisclosureRules(), 22_285, 3, studies=400)
    assert met.fewest >= 30
    assert met.first_report <= 0.35
    assert met.group_reports <= 0.35
    assert met.all_datasets <= 0.50


def test_what_is_found_of_a_dataset_of_a_few_is_of_made_up_studies_and_not_of_its_size() -> None:
    assert simulate_series_attack(DisclosureRules(), 20, 1, studies=4).fewest >= 30


def test_the_same_seed_gives_the_same_figures_in_words() -> None:
    first, second = (simulate_series_attack(DisclosureRules(), 5_000, 2, studies=6) for _ in range(2))
    assert first == second
    lines = list(describe_series_attack(first, 2))
    assert len(lines) == 2
    assert lines[0].startswith("made-up studies, with reports on everyone and on each group of 2 locked datasets: ")


def test_figures_of_a_seed_stay_what_they_were() -> None:
    """A change of how studies are made up or attacked shows here, and then `disclosure.md` has to be measured again."""
    found = simulate_series_attack(DisclosureRules(), 2_000, 3, studies=12)
    assert found == SeriesAttackResult(7_813, 38, 2 / 12, 0.0, 4 / 12, pytest.approx(0.080372, abs=1e-6))


def test_looks_that_hold_nothing_new_have_no_weight() -> None:
    assert _solved([[3.0, 3.0], [3.0, 3.0]], [1.0, 1.0]) == [1 / 3, 0.0]
    assert _solved([[2.0, 1.0], [1.0, 3.0]], [1.0, 1.0]) == pytest.approx([0.4, 0.2])
