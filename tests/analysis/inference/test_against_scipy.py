"""Statistics equal to those of SciPy, which got the people one by one or the bare counts."""

from __future__ import annotations

import numpy as np
import pytest
import scipy

from kuule.analysis.inference.stats import multiple_testing, proportions, quantiles, rank_tests
from kuule.analysis.inference.stats.independence import cramers_v, independence_test
from tests.analysis.inference.data import (
    FEW,
    GROUPS,
    P_VALUES,
    PAIRS,
    SHARES,
    SMALL_TABLES,
    TABLES,
    TOLERANCE,
    VALUES,
    people,
)


def near(*numbers):
    return pytest.approx(numbers, rel=TOLERANCE, abs=TOLERANCE)


def ends(estimate):
    return estimate.low, estimate.high


@pytest.mark.parametrize(("count", "base"), SHARES)
def test_wilson_is_that_of_scipy(count, base):
    found = proportions.wilson_interval(count, base)
    assert found.value == count / base
    assert ends(found) == near(*scipy.stats.binomtest(count, base).proportion_ci(method="wilson"))


@pytest.mark.parametrize(("count", "base", "other", "other_base"), PAIRS[:4])
def test_ratios_are_those_of_scipy(count, base, other, other_base):
    found = proportions.risk_ratio(count, base, other, other_base)
    expected = scipy.stats.contingency.relative_risk(count, base, other, other_base)
    assert (found.value, *ends(found)) == near(expected.relative_risk, *expected.confidence_interval())
    found = proportions.odds_ratio(count, base, other, other_base)
    expected = scipy.stats.contingency.odds_ratio([[count, base - count], [other, other_base - other]], kind="sample")
    assert (found.value, *ends(found)) == near(expected.statistic, *expected.confidence_interval())


@pytest.mark.parametrize("table", TABLES)
def test_chi_squared_and_v_are_those_of_scipy(table):
    full = np.array(table)[:, np.sum(table, axis=0) > 0]
    expected = scipy.stats.chi2_contingency(full, correction=False)
    found = independence_test(table)
    assert (found.statistic, found.p, found.df) == near(expected.statistic, expected.pvalue, expected.dof)
    assert found.effect == pytest.approx(scipy.stats.contingency.association(full, method="cramer"), abs=TOLERANCE)


@pytest.mark.parametrize("table", TABLES)
def test_corrected_v_is_that_of_the_paper(table):
    """Bergsma 2013, equations 4 to 6, written out with NumPy."""
    full = np.array(table)[:, np.sum(table, axis=0) > 0]
    n, (r, c) = full.sum(), full.shape
    phi = scipy.stats.chi2_contingency(full, correction=False).statistic / n
    phi = max(0.0, phi - (r - 1) * (c - 1) / (n - 1))
    r, c = r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)
    assert independence_test(table).corrected == pytest.approx(np.sqrt(phi / min(r - 1, c - 1)), abs=TOLERANCE)


@pytest.mark.parametrize("table", TABLES)
def test_interval_of_v_has_the_tails_of_the_noncentral_chi_squared_of_scipy(table):
    full = np.array(table)[:, np.sum(table, axis=0) > 0]
    found, room = independence_test(table), full.sum() * (min(full.shape) - 1)
    for end, tail in ((found.low, 0.975), (found.high, 0.025)):
        inside = scipy.stats.ncx2.cdf(found.statistic, found.df, max(end**2 * room, 1e-9))
        if end == 0:
            assert scipy.stats.chi2.cdf(found.statistic, found.df) <= tail + TOLERANCE
        elif end < 1:
            assert inside == pytest.approx(tail, abs=1e-6)


@pytest.mark.parametrize(("count", "base", "other", "other_base"), PAIRS[:4])
def test_interval_of_h_is_that_of_two_angles(count, base, other, other_base):
    found = proportions.cohens_h(count, base, other, other_base)
    error = scipy.stats.norm.ppf(0.975) * np.sqrt(1 / base + 1 / other_base)
    assert ends(found) == near(found.value - error, found.value + error)


@pytest.mark.parametrize("table", SMALL_TABLES)
def test_small_tables_get_the_exact_test_of_scipy(table):
    found = independence_test(table)
    assert (found.name, found.statistic) == ("Fisher's exact", None)
    assert found.p == pytest.approx(scipy.stats.fisher_exact(table).pvalue, abs=TOLERANCE)


@pytest.mark.parametrize("groups", GROUPS)
def test_ranks_are_those_of_scipy(groups):
    one, two = people(groups[0]), people(groups[1])
    expected = scipy.stats.mannwhitneyu(one, two, method="asymptotic")
    found = rank_tests.mann_whitney(groups[0], groups[1])
    assert (found.statistic, found.p) == near(expected.statistic, expected.pvalue)
    assert found.effect == pytest.approx(np.sign(np.subtract.outer(one, two)).mean(), abs=TOLERANCE)
    assert rank_tests.probability_of_superiority(groups[0], groups[1]).value == pytest.approx((found.effect + 1) / 2)
    expected = scipy.stats.kruskal(*map(people, groups))
    found = rank_tests.kruskal_wallis(groups)
    assert (found.statistic, found.p) == near(expected.statistic, expected.pvalue)
    assert found.effect == pytest.approx(expected.statistic / (sum(map(len, map(people, groups))) - 1))


@pytest.mark.parametrize(("one", "two"), FEW)
def test_few_people_get_the_exact_test_of_every_way_to_draw_them(one, two):
    """`permutation_test` goes through all of them, ties or not; without ties `mannwhitneyu` has its own tables."""
    found, both = rank_tests.mann_whitney(one, two), [*people(one), *people(two)]

    def off(x, y):
        return abs(sum(scipy.stats.rankdata([*x, *y])[: len(x)]) - len(x) * (len(both) + 1) / 2)

    every = scipy.stats.permutation_test((people(one), people(two)), off, alternative="greater", n_resamples=np.inf)
    assert found.note == rank_tests.EXACT
    assert found.p == pytest.approx(every.pvalue, rel=TOLERANCE)
    if len(set(both)) == len(both):
        assert found.p == pytest.approx(scipy.stats.mannwhitneyu(*map(people, (one, two)), method="exact").pvalue)


@pytest.mark.parametrize("values", P_VALUES)
def test_benjamini_hochberg_is_that_of_scipy(values):
    assert multiple_testing.benjamini_hochberg(values) == near(
        *scipy.stats.false_discovery_control(values, method="bh")
    )


@pytest.mark.parametrize("values", VALUES)
def test_quartiles_are_those_of_numpy(values):
    assert quantiles.quartiles(values) == near(*np.percentile(people(values), [25, 50, 75]))


def test_v_of_a_table_that_is_one_line_is_one():
    assert cramers_v(60.0, 60, 2, 2)[0] == 1.0
