"""Statistics equal to those of statsmodels, asked on the same numbers."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from kuule.analysis.inference.stats import mantel_haenszel, multiple_testing, proportions
from tests.analysis.inference.data import P_VALUES, PAIRS, SHARES, STRATA, TOLERANCE


@pytest.fixture(scope="module")
def theirs():
    # slow: it brings pandas, and every process of a run reads this file
    from statsmodels.stats import contingency_tables, multitest, proportion

    return SimpleNamespace(tables=contingency_tables, multitest=multitest, proportion=proportion)


def near(*numbers):
    return pytest.approx(numbers, rel=TOLERANCE, abs=TOLERANCE)


def ends(estimate):
    return estimate.low, estimate.high


@pytest.mark.parametrize(("count", "base"), SHARES)
def test_wilson_is_that_of_statsmodels(theirs, count, base):
    assert ends(proportions.wilson_interval(count, base)) == near(
        *theirs.proportion.proportion_confint(count, base, method="wilson")
    )


@pytest.mark.parametrize(("count", "base", "other", "other_base"), PAIRS)
def test_two_shares_are_compared_as_by_statsmodels(theirs, count, base, other, other_base):
    four = count, base, other, other_base
    between = theirs.proportion.confint_proportions_2indep(*four, method="newcomb", compare="diff")
    assert ends(proportions.newcombe_difference(*four)) == near(*between)
    h = theirs.proportion.proportion_effectsize(count / base, other / other_base)
    assert proportions.cohens_h(*four).value == pytest.approx(h, rel=TOLERANCE)
    table = theirs.tables.Table2x2([[count, base - count], [other, other_base - other]], shift_zeros=False)
    ratio, odds = proportions.risk_ratio(*four), proportions.odds_ratio(*four)
    assert (ratio.value, *ends(ratio)) == near(table.riskratio, *table.riskratio_confint())
    if base > count:
        assert (odds.value, *ends(odds)) == near(table.oddsratio, *table.oddsratio_confint())
    else:
        assert (odds.value, odds.note) == (None, proportions.EVERYONE_IN_A_GROUP)


@pytest.mark.parametrize("strata", STRATA)
def test_pooled_odds_are_those_of_statsmodels(theirs, strata):
    expected = theirs.tables.StratifiedTable([np.array(table) for table in strata])
    pairs = [mantel_haenszel.StratumPair(one[0], sum(one), two[0], sum(two)) for one, two in strata]
    odds = mantel_haenszel.pooled_odds_ratio(pairs)
    assert (odds.value, *ends(odds)) == near(expected.oddsratio_pooled, *expected.oddsratio_pooled_confint())
    assert mantel_haenszel.pooled_risk_ratio(pairs).value == pytest.approx(expected.riskratio_pooled, rel=TOLERANCE)
    test, found = expected.test_null_odds(correction=False), mantel_haenszel.cochran_mantel_haenszel_test(strata)
    assert (found.statistic, found.p) == near(test.statistic, test.pvalue)


@pytest.mark.parametrize("values", P_VALUES)
def test_corrections_are_those_of_statsmodels(theirs, values):
    assert multiple_testing.holm(values) == near(*theirs.multitest.multipletests(values, method="holm")[1])
    assert multiple_testing.benjamini_hochberg(values) == near(
        *theirs.multitest.multipletests(values, method="fdr_bh")[1]
    )
