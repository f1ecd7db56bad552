"""What holds of every statistic, whatever the counts."""

from __future__ import annotations

import pytest
from hypothesis import assume, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from kuule.analysis.inference.stats import mantel_haenszel, multiple_testing, proportions, quantiles, rank_tests
from kuule.analysis.inference.stats.independence import independence_test
from tests.analysis.inference.data import STRATA, a_share, a_table, people, some_values


def given(*drawn):
    """So many cases that laws are tried on corners, and so few that the suite stays quick."""
    return lambda test: settings(max_examples=40, deadline=None)(given_any(*drawn)(test))


@given(a_share)
def test_wilson_contains_the_share_and_turns_with_it(share):
    count, base = share
    found, turned = proportions.wilson_interval(count, base), proportions.wilson_interval(base - count, base)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert (turned.low, turned.high) == pytest.approx((1 - found.high, 1 - found.low))


@given(a_share, a_share)
def test_a_difference_turns_with_its_groups_and_with_its_answer(one, two):
    found, other_way = proportions.newcombe_difference(*one, *two), proportions.newcombe_difference(*two, *one)
    rest = proportions.newcombe_difference(one[1] - one[0], one[1], two[1] - two[0], two[1])
    expected = pytest.approx((-found.value, -found.high, -found.low))
    assert (other_way.value, other_way.low, other_way.high) == expected
    assert (rest.value, rest.low, rest.high) == expected
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert proportions.cohens_h(*one, *two).value == pytest.approx(-proportions.cohens_h(*two, *one).value)


@given(a_share, a_share)
def test_ratios_turn_over_with_their_groups(one, two):
    assume(0 < one[0] < one[1] and 0 < two[0] < two[1])
    for ratio in (proportions.risk_ratio, proportions.odds_ratio):
        found, other_way = ratio(*one, *two), ratio(*two, *one)
        assert (1 / found.value, 1 / found.high) == pytest.approx((other_way.value, other_way.low))


@given(a_table)
def test_effects_of_a_table_are_between_none_and_all(table):
    found = independence_test(table)
    if found.p is None:
        assert found.note
        return
    assert 0 <= found.corrected <= found.effect + 1e-12 <= 1 + 2e-12
    assert 0 <= found.p <= 1


@given(a_table, st.randoms())
def test_order_of_groups_and_answers_changes_nothing(table, shuffle):
    found = independence_test(table)
    shuffle.shuffle(table)
    again = independence_test([list(column) for column in zip(*table, strict=True)])
    assert again.effect == (None if found.effect is None else pytest.approx(found.effect, abs=1e-9))


@given(some_values, some_values)
def test_ranks_turn_with_their_groups(one, two):
    found, other_way = rank_tests.cliffs_delta(one, two), rank_tests.cliffs_delta(two, one)
    assert -1 <= found.value <= 1
    assert found.value == pytest.approx(-other_way.value)
    assert rank_tests.probability_of_superiority(one, two).value + rank_tests.probability_of_superiority(
        two, one
    ).value == pytest.approx(1)
    test, back = rank_tests.mann_whitney(one, two), rank_tests.mann_whitney(two, one)
    assert test.p == (None if back.p is None else pytest.approx(back.p))


@given(st.lists(some_values, min_size=2, max_size=4))
def test_a_scale_that_is_stretched_changes_no_rank(groups):
    found = rank_tests.kruskal_wallis(groups)
    again = rank_tests.kruskal_wallis(
        [{value**3 + 2 * value: count for value, count in each.items()} for each in groups]
    )
    assert again == found
    assert found.note or 0 <= found.effect <= 1


def test_one_stratum_of_many_is_no_other_comparison_than_without_strata():
    [[one, two]] = STRATA[2]
    pair = mantel_haenszel.StratumPair(one[0], sum(one), two[0], sum(two))
    four = pair.count, pair.base, pair.other, pair.other_base
    assert mantel_haenszel.pooled_odds_ratio([pair]).value == pytest.approx(proportions.odds_ratio(*four).value)
    assert mantel_haenszel.pooled_odds_ratio([pair]).low == pytest.approx(proportions.odds_ratio(*four).low)
    assert mantel_haenszel.pooled_risk_ratio([pair]).low == pytest.approx(proportions.risk_ratio(*four).low)
    assert mantel_haenszel.pooled_risk_difference([pair]).value == pytest.approx(
        proportions.newcombe_difference(*four).value
    )


@pytest.mark.parametrize("strata", STRATA)
def test_pooled_comparisons_turn_with_their_groups_and_lie_among_their_strata(strata):
    pairs = [mantel_haenszel.StratumPair(one[0], sum(one), two[0], sum(two)) for one, two in strata]
    turned = [mantel_haenszel.StratumPair(pair.other, pair.other_base, pair.count, pair.base) for pair in pairs]
    found, other_way = mantel_haenszel.pooled_risk_difference(pairs), mantel_haenszel.pooled_risk_difference(turned)
    assert (found.value, found.low) == pytest.approx((-other_way.value, -other_way.high))
    apart = [pair.count / pair.base - pair.other / pair.other_base for pair in pairs]
    assert min(apart) - 1e-12 <= found.value <= max(apart) + 1e-12
    for ratio in (mantel_haenszel.pooled_odds_ratio, mantel_haenszel.pooled_risk_ratio):
        assert 1 / ratio(pairs).value == pytest.approx(ratio(turned).value)


@given(some_values, some_values)
def test_van_elteren_of_one_stratum_is_mann_whitney_without_continuity(one, two):
    found, kruskal = rank_tests.van_elteren([(one, two)]), rank_tests.kruskal_wallis([one, two])
    if kruskal.p is None:
        assert found.note == kruskal.note
    else:
        assert (found.statistic, found.p) == pytest.approx((kruskal.statistic, kruskal.p), abs=1e-9)
        assert found.effect == pytest.approx(rank_tests.cliffs_delta(one, two).value)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms())
def test_corrections_keep_the_order_and_are_never_smaller(values, shuffle):
    for correct in (multiple_testing.holm, multiple_testing.benjamini_hochberg):
        corrected = correct(values)
        assert all(p <= better <= 1 for p, better in zip(values, corrected, strict=True))
        pairs = sorted(zip(values, corrected, strict=True))
        assert [better for _, better in pairs] == sorted(corrected)
        order = shuffle.sample(range(len(values)), len(values))
        assert correct([values[each] for each in order]) == [corrected[each] for each in order]
    assert all(
        less <= more + 1e-12
        for less, more in zip(multiple_testing.benjamini_hochberg(values), multiple_testing.holm(values), strict=True)
    )


@given(some_values)
def test_half_of_the_people_stand_on_each_side_of_the_median(values):
    low, median, high = quantiles.quartiles(values)
    everyone = people(values)
    assert low <= median <= high
    assert 2 * sum(value <= median for value in everyone) >= len(everyone)
    assert 2 * sum(value >= median for value in everyone) >= len(everyone)


def test_middle_answers_name_both_where_half_stand_below_the_next():
    codes = ("never", "rarely", "often", "always")
    assert quantiles.ordinal_quartiles(codes, (2, 0, 2, 0)) == ("never", "never | often", "often")
    assert quantiles.ordinal_quartiles(codes, (1, 1, 1, 0)) == ("never", "rarely", "often")
    assert quantiles.ordinal_quartiles(codes, (0, 0, 5, 0)) == ("often", "often", "often")
