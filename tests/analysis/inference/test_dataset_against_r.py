"""One dataset, two programs: what `kuule analyse` writes equals what R makes of the CSV that `kuule export` writes."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from kuule.analysis.inference.analysis_run import analyse
from kuule.analysis.inference.output.analysis_files import write_analysis
from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.study.settings.analysis_plan import PlannedTable
from tests.analysis.inference.data import TOLERANCE
from tests.analysis.inference.r import needs_r, numbers_from
from tests.analysis.inference.responses import dataset_of, some_people

pytestmark = needs_r

PLAN = (
    PlannedTable("residence", "@language", ("told",)),
    PlannedTable("who", "told"),
    PlannedTable("age", "residence"),
    PlannedTable("age", "told"),
    PlannedTable("residence", "told", ("@language",)),
)
_READ = """
d <- read.csv({file}, na.strings = "", stringsAsFactors = FALSE, encoding = "UTF-8")
f <- function(x, codes) factor(x, levels = codes)
land <- f(d$residence, c("FI", "SE", "FR")); told <- f(d$told, c("yes", "no")); lang <- f(d$language, c("en", "ar"))
family <- d$who_family %in% "true"; stranger <- d$who_stranger %in% "true"
base <- is.na(d$who_missing); age <- d$age
p <- c(
  chisq.test(table(land, lang), correct = FALSE)$p.value,
  sapply(c("yes", "no"), function(x) chisq.test(table(land[told %in% x], lang[told %in% x]), correct = FALSE)$p.value),
  mantelhaen.test(table(land, lang, told))$p.value,
  chisq.test(table(family[base], told[base]), correct = FALSE)$p.value,
  chisq.test(table(stranger[base], told[base]), correct = FALSE)$p.value,
  kruskal.test(age, land)$p.value,
  wilcox.test(age[told %in% "no"], age[told %in% "yes"], exact = FALSE)$p.value,
  chisq.test(table(told, land), correct = FALSE)$p.value,
  sapply(c("en", "ar"), function(x) chisq.test(table(told[lang == x], land[lang == x]), correct = FALSE)$p.value),
  mantelhaen.test(table(told, land, lang))$p.value
)
"""
ASKED = {
    "counts": "table(land, lang)",
    "shares": "prop.table(table(land, lang), 2)",
    "strata": "table(land, lang, told)",
    "several": "sapply(list(family, stranger), function(x) table(f(x[base], TRUE), told[base]))",
    "missing": 'table(f(d$who_missing, c("passed_over", "do_not_know")), told)',
    "medians": "unlist(lapply(split(age, land), quantile, c(0.25, 0.5, 0.75), na.rm = TRUE))",
    "wilson": "unlist(lapply(table(land), function(n) prop.test(n, sum(table(land)), correct = FALSE)$conf.int))",
    "odds": 'x <- mantelhaen.test(table(f(land == "SE", c(TRUE, FALSE)), f(told, c("no", "yes")), lang)); x$estimate',
    "p": "p",
    "holm": 'p.adjust(p, "holm")',
    "bh": 'p.adjust(p, "BH")',
}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The rows of the files, and what R said."""
    folder = tmp_path_factory.mktemp("both")
    dataset = dataset_of(some_people(400, seed=7), folder)
    write_analysis(analyse(dataset, (*PLAN, PlannedTable("residence"))), folder / "analysis")
    export_dataset(dataset, ExportFormat.CSV, folder / "csv", language="en")
    read = _READ.replace("{file}", json.dumps(str(folder / "csv" / "practice-responses.csv")))
    asked = {"first": f"{read}\n0", **ASKED}
    rows = {path.stem.removeprefix("practice-"): list(_rows(path)) for path in (folder / "analysis").glob("*.csv")}
    return rows, numbers_from(asked, folder)


def _rows(path: Path):
    with path.open(encoding="utf-8", newline="") as file:
        next(file)
        yield from csv.DictReader(file)


def column(rows, name, **where):
    return [
        float(row[name])
        for row in rows
        if all(row[key] == value for key, value in where.items()) and row[name] not in ("",)
    ]


def near(numbers):
    return pytest.approx(numbers, rel=TOLERANCE, abs=TOLERANCE)


def test_counts_and_shares_are_those_of_r(both):
    rows, told = both
    first = {"table": "1", "stratum": ""}
    assert column(rows["shares"], "count", **first) == told["counts"]
    assert column(rows["shares"], "share", **first) == near(told["shares"])
    by_stratum = [
        number for stratum in ("yes", "no") for number in column(rows["shares"], "count", table="1", stratum=stratum)
    ]
    assert by_stratum == told["strata"]
    several = [
        number for code in ("family", "stranger") for number in column(rows["shares"], "count", table="2", answer=code)
    ]
    assert several == told["several"]
    assert column(rows["absent"], "people", table="2", group="yes") == told["missing"][:2]
    assert column(rows["absent"], "people", table="2", group="no") == told["missing"][2:]


def test_quartiles_and_intervals_are_those_of_r(both):
    rows, told = both
    found = [
        number
        for group in ("FI", "SE", "FR")
        for name in ("lower_quartile", "median", "upper_quartile")
        for number in column(rows["middles"], name, table="3", stratum="", group=group)
    ]
    assert found == near(told["medians"])
    ends = [
        number
        for code in ("FI", "SE", "FR")
        for name in ("chance_low", "chance_high")
        for number in column(rows["shares"], name, table="6", answer=code)
    ]
    assert ends == near(told["wilson"])


def test_tests_and_their_corrections_are_those_of_r(both):
    rows, told = both
    assert column(rows["tests"], "chance_p") == near(told["p"])
    assert column(rows["tests"], "chance_p_holm") == near(told["holm"])
    assert column(rows["tests"], "chance_p_bh") == near(told["bh"])


def test_odds_within_strata_are_those_of_r(both):
    """The odds to live in Sweden of who told nobody, beside who told, within languages."""
    rows, told = both
    where = {"table": "5", "stratum": "pooled", "answer": "SE", "group": "no", "measure": "odds_ratio"}
    assert column(rows["differences"], "value", **where) == near(told["odds"])
