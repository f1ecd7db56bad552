"""Every statistic equal to that of R, by its own functions where base R has one, else by the formula in R.

What R said is kept in r_says.json beside its questions, so that machines without R hold our numbers to it too. Where
R is, it is asked again: `KUULE_ASK_R=write` writes the file anew.
"""

from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest

from kuule.analysis.inference.stats import mantel_haenszel, multiple_testing, proportions, quantiles, rank_tests
from kuule.analysis.inference.stats.independence import independence_test
from tests.analysis.inference.data import (
    GROUPS,
    P_VALUES,
    PAIRS,
    SHARES,
    SMALL_TABLES,
    STRATA,
    TABLES,
    TOLERANCE,
    VALUES,
    WIDER_STRATA,
    people,
)
from tests.analysis.inference.r import matrix, needs_r, numbers_from, strata, vector

SAID = Path(__file__).with_name("r_says.json")
_SATO = """
a <- t[1, 1, ]; n1 <- a + t[1, 2, ]; c <- t[2, 1, ]; n2 <- c + t[2, 2, ]; N <- n1 + n2
w <- sum(n1 * n2 / N); d <- sum((a * n2 - c * n1) / N) / w
v <- (d * sum(c * (n1 / N)^2 - a * (n2 / N)^2 + n1 * n2 * (n2 - n1) / (2 * N^2)) +
      sum(a * (n2 - c) / N + c * (n1 - a) / N) / 2) / w^2
rr <- sum(a * n2 / N) / sum(c * n1 / N)
g <- sum((n1 * n2 * (a + c) - a * c * N) / N^2) / (sum(a * n2 / N) * sum(c * n1 / N))
z <- qnorm(0.975); c(d, d - z * sqrt(v), d + z * sqrt(v), rr, rr * exp(-z * sqrt(g)), rr * exp(z * sqrt(g)))
"""
"""Sato 1989, and Greenland and Robins 1985, written out over vectors."""
_ELTEREN = """
off <- 0; var <- 0
for (k in seq_along(x)) {
  r <- rank(c(x[[k]], y[[k]])); n <- length(x[[k]]); m <- length(y[[k]]); N <- n + m
  off <- off + (sum(r[1:n]) - n * (N + 1) / 2) / (N + 1)
  var <- var + n * m / (N * (N - 1)) * sum((r - (N + 1) / 2)^2) / (N + 1)^2
}
z <- off / sqrt(var); c(z^2, pchisq(z^2, 1, lower.tail = FALSE))
"""
"""van Elteren 1960, from the ranks of every person."""
_RANKED_STRATA = [[GROUPS[1][0], GROUPS[1][1]], [GROUPS[0][0], GROUPS[0][1]]]


def _questions() -> dict[str, str]:
    asked = {}
    for number, (count, base) in enumerate(SHARES):
        asked[f"wilson{number}"] = f"prop.test({count}, {base}, correct = FALSE)$conf.int"
    for number, (count, base, other, other_base) in enumerate(PAIRS):
        one = f"prop.test({count}, {base}, correct = FALSE)$conf.int"
        two = f"prop.test({other}, {other_base}, correct = FALSE)$conf.int"
        asked[f"difference{number}"] = (
            f"p <- {count} / {base}; q <- {other} / {other_base}; i <- {one}; j <- {two}; "
            "c(p - q, p - q - sqrt((p - i[1])^2 + (j[2] - q)^2), p - q + sqrt((i[2] - p)^2 + (q - j[1])^2))"
        )
    for number, table in enumerate(TABLES):
        asked[f"chisq{number}"] = (
            f"t <- {matrix(table)}; t <- t[, colSums(t) > 0]; x <- chisq.test(t, correct = FALSE); "
            "c(x$statistic, x$parameter, x$p.value, sqrt(x$statistic / sum(t) / (min(dim(t)) - 1)))"
        )
    for number, table in enumerate(SMALL_TABLES):
        asked[f"fisher{number}"] = f"fisher.test({matrix(table)})$p.value"
    for number, groups in enumerate(GROUPS):
        one, two = vector(people(groups[0])), vector(people(groups[1]))
        every = ", ".join(vector(people(group)) for group in groups)
        asked[f"mann{number}"] = f"x <- wilcox.test({one}, {two}, exact = FALSE); c(x$statistic, x$p.value)"
        asked[f"kruskal{number}"] = f"x <- kruskal.test(list({every})); c(x$statistic, x$parameter, x$p.value)"
    for number, tables in enumerate(STRATA):
        if len(tables) > 1:
            asked[f"mantel{number}"] = (
                f"x <- mantelhaen.test({strata(tables)}, correct = FALSE); "
                "c(x$estimate, x$conf.int, x$statistic, x$p.value)"
            )
        asked[f"sato{number}"] = f"t <- {strata(tables)}; {_SATO}"
    for number, tables in enumerate(WIDER_STRATA):
        given = f"t <- {strata(tables)}; t <- t[, apply(t, 2, sum) > 0, ]"
        asked[f"general{number}"] = f"{given}; x <- mantelhaen.test(t); c(x$statistic, x$parameter, x$p.value)"
    for number, values in enumerate(P_VALUES):
        asked[f"holm{number}"] = f'p.adjust({vector(values)}, "holm")'
        asked[f"bh{number}"] = f'p.adjust({vector(values)}, "BH")'
    for number, values in enumerate(VALUES):
        asked[f"quartiles{number}"] = f"quantile({vector(people(values))}, c(0.25, 0.5, 0.75))"
    sides = (", ".join(vector(people(pair[side])) for pair in _RANKED_STRATA) for side in (0, 1))
    asked["elteren"] = "x <- list({}); y <- list({}); {}".format(*sides, _ELTEREN)
    return asked


@pytest.fixture(scope="module")
def told():
    kept = json.loads(SAID.read_text("utf-8"))
    assert {name: each["asked"] for name, each in kept.items()} == _questions()
    return {name: each["said"] for name, each in kept.items()}


@needs_r
def test_r_says_today_what_it_said(tmp_path):
    asked = _questions()
    said = numbers_from(asked, tmp_path)
    if os.environ.get("KUULE_ASK_R") == "write":
        kept = {name: {"asked": question, "said": said[name]} for name, question in asked.items()}
        SAID.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    kept = json.loads(SAID.read_text("utf-8"))
    assert list(kept) == list(asked)
    for name, numbers in said.items():
        assert numbers == pytest.approx(kept[name]["said"], rel=1e-12, abs=1e-12), name


def near(numbers):
    return pytest.approx(numbers, rel=TOLERANCE, abs=TOLERANCE)


def _pairs(tables):
    return [mantel_haenszel.StratumPair(one[0], sum(one), two[0], sum(two)) for one, two in tables]


def _whole(estimate):
    return [estimate.value, estimate.low, estimate.high]


def test_intervals_of_shares_and_differences_are_those_of_r(told):
    for number, (count, base) in enumerate(SHARES):
        assert _whole(proportions.wilson_interval(count, base))[1:] == near(told[f"wilson{number}"])
    for number, four in enumerate(PAIRS):
        assert _whole(proportions.newcombe_difference(*four)) == near(told[f"difference{number}"])


def test_chi_squared_v_and_fisher_are_those_of_r(told):
    for number, table in enumerate(TABLES):
        found = independence_test(table)
        assert [found.statistic, found.df, found.p, found.effect] == near(told[f"chisq{number}"])
    for number, table in enumerate(SMALL_TABLES):
        assert [independence_test(table).p] == near(told[f"fisher{number}"])


def test_tests_of_ranks_are_those_of_r(told):
    for number, groups in enumerate(GROUPS):
        found = rank_tests.mann_whitney(groups[0], groups[1])
        assert [found.statistic, found.p] == near(told[f"mann{number}"])
        found = rank_tests.kruskal_wallis(groups)
        assert [found.statistic, found.df, found.p] == near(told[f"kruskal{number}"])
    found = rank_tests.van_elteren([(one, two) for one, two in _RANKED_STRATA])
    assert [found.statistic, found.p] == near(told["elteren"])


def test_pooled_comparisons_are_those_of_r(told):
    for number, tables in enumerate(STRATA):
        pairs, test = _pairs(tables), mantel_haenszel.cochran_mantel_haenszel_test(tables)
        if len(tables) > 1:
            odds = _whole(mantel_haenszel.pooled_odds_ratio(pairs))
            assert [*odds, test.statistic, test.p] == near(told[f"mantel{number}"])
        difference, ratio = mantel_haenszel.pooled_risk_difference(pairs), mantel_haenszel.pooled_risk_ratio(pairs)
        d, low, high, *of_ratio = told[f"sato{number}"]
        assert _whole(difference) == near([d, max(-1.0, low), min(1.0, high)])
        assert _whole(ratio) == near(of_ratio)


def test_general_cochran_mantel_haenszel_is_that_of_r(told):
    for number, tables in enumerate(WIDER_STRATA):
        found = mantel_haenszel.cochran_mantel_haenszel_test(tables)
        assert [found.statistic, found.df, found.p] == near(told[f"general{number}"])


def test_corrections_for_many_and_quartiles_are_those_of_r(told):
    for number, values in enumerate(P_VALUES):
        assert multiple_testing.holm(values) == near(told[f"holm{number}"])
        assert multiple_testing.benjamini_hochberg(values) == near(told[f"bh{number}"])
    for number, values in enumerate(VALUES):
        assert list(quantiles.quartiles(values)) == near(told[f"quartiles{number}"])


def test_what_r_told_is_a_number_everywhere(told):
    assert [name for name, numbers in told.items() if not numbers or any(map(math.isnan, numbers))] == []
