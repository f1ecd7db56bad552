"""An analysis of a dataset equals a naive one of the same people, with SciPy and NumPy; and its laws hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
import scipy

from kuule.analysis.crosstabs.counting import count_tables
from kuule.analysis.inference.analysis_run import analyse
from kuule.analysis.inference.output.analysis_text import analysis_markdown
from kuule.analysis.inference.stats.multiple_testing import benjamini_hochberg, holm
from kuule.study.settings.analysis_plan import PlannedTable
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from tests.analysis.inference.responses import WEEKS, dataset_of, some_people

PLAN = (
    PlannedTable("told", "region", ("@language",)),
    PlannedTable("who", "told", ("region", "@language")),
    PlannedTable("age", "residence", ("told",), "FR"),
    PlannedTable("residence", "age"),
    PlannedTable("told", "who"),
    PlannedTable("residence"),
    PlannedTable("age", "@quarter"),
    PlannedTable("residence", "@week"),
)


@pytest.fixture(scope="module")
def people():
    return some_people(240)


@pytest.fixture(scope="module")
def dataset(people, tmp_path_factory):
    return dataset_of(people, tmp_path_factory.mktemp("analysis"))


@pytest.fixture(scope="module")
def found(dataset):
    return analyse(dataset, PLAN).findings


def answer(person, item):
    """A single answer with content, in the plainest way; or None."""
    if item == "region":
        return {"FI": "north", "SE": "north", "FR": "else"}.get(person.get("residence"))
    if item == "@language":
        return person["language"]
    value = person.get(item)
    return None if value in ("prefer_not_to_say", "do_not_know") else value


def rows(found, number, stratum="", **fields):
    return [
        row
        for row in found
        if (row.place.table, row.place.stratum) == (number, stratum)
        and all(getattr(row, name) == value for name, value in fields.items())
    ]


def test_counts_bases_and_reasons_are_those_of_the_tables_that_are_published_from(dataset, found):
    requests = {1: TableRequest("told", "region"), 2: TableRequest("who", "told"), 4: TableRequest("residence", "age")}
    tables = dict(zip(requests, count_tables(dataset, requests.values()), strict=True))
    for number, table in tables.items():
        for column in table.columns:
            shares = rows(found.shares, number, group=column.code)
            assert [(row.answer, row.count, row.base) for row in shares] == [
                (code, count, column.base) for code, count in zip(table.rows, column.counts, strict=True)
            ]
            absent = {row.reason: row.people for row in rows(found.absent, number, group=column.code)}
            assert absent == {str(reason): people for reason, people in column.missing.items() if people}


def test_everyone_is_counted_or_said_to_be_absent(dataset, found):
    for number in (1, 3, 4, 6, 7):
        bases = {row.group: row.base for row in (*rows(found.shares, number), *rows(found.middles, number))}
        absent = [row.people for row in rows(found.absent, number) if not row.reason.endswith("stratum")]
        without_both = dataset.info.responses - sum(bases.values()) - sum(absent)
        asked = PLAN[number - 1]
        gone = dataset.frame.filter(pl.col(f"{asked.item}:missing").is_not_null())
        if asked.by == "region":
            assert without_both == gone.filter(pl.col("residence").is_null()).collect().height
        elif not asked.by or asked.by.startswith("@"):
            assert without_both == 0


def test_strata_are_counted_as_one_by_one(people, found):
    seen = Counter((answer(p, "@language"), answer(p, "region"), answer(p, "told")) for p in people)
    for language in ("en", "ar"):
        for row in rows(found.shares, 1, language):
            assert row.count == seen[language, row.group, row.answer]
    chose = Counter(
        (answer(p, "region"), p["language"], p["told"], code)
        for p in people
        if answer(p, "told") and answer(p, "region")
        for code in p.get("who", "").split()
    )
    for region in ("north", "else"):
        for language in ("en", "ar"):
            for row in rows(found.shares, 2, f"{region} / {language}"):
                assert row.count == chose[region, language, row.group, row.answer]


def test_medians_and_tests_of_numbers_are_those_of_numpy_and_scipy(people, found):
    ages = {
        land: [int(p["age"]) for p in people if p.get("residence") == land and "age" in p]
        for land in ("FI", "SE", "FR")
    }
    for row in rows(found.middles, 3):
        assert [row.lower_quartile, row.median, row.upper_quartile] == list(
            np.percentile(ages[row.group], [25, 50, 75])
        )
        low = int(row.median // 10 * 10)
        assert (row.base, row.median_band) == (len(ages[row.group]), f"{low}-{low + 9}")
    [test] = rows(found.tests, 3)
    expected = scipy.stats.kruskal(*ages.values())
    assert (test.statistic, test.chance_p, test.df) == pytest.approx((expected.statistic, expected.pvalue, 2))
    for row in rows(found.differences, 3, measure="cliffs_delta"):
        assert row.against == "FR"
        assert row.value == pytest.approx(np.sign(np.subtract.outer(ages[row.group], ages["FR"])).mean())


def test_several_answers_are_each_yes_or_no_of_the_base(people, found):
    answered = [p for p in people if answer(p, "told") and set(p.get("who", "").split()) & {"family", "stranger"}]
    for test in rows(found.tests, 2):
        given = [[test.answer in p["who"].split(), p["told"] == "yes"] for p in answered]
        table = np.array([[given.count([a, b]) for b in (True, False)] for a in (True, False)])
        expected = scipy.stats.chi2_contingency(table, correction=False)
        assert (test.statistic, test.chance_p) == pytest.approx((expected.statistic, expected.pvalue))
        assert test.people == len(answered)


def test_a_cut_by_several_answers_compares_who_chose_one_with_who_did_not(people, found):
    for code in ("family", "stranger"):
        shares = [row for row in rows(found.shares, 5) if row.place.by == f"who/{code}"]
        assert [row.group for row in shares] == ["no", "no", "yes", "yes"]
        for row in shares:
            those = [
                p
                for p in people
                if set(p.get("who", "").split()) & {"family", "stranger"}
                and (code in p["who"].split()) == (row.group == "yes")
                and answer(p, "told")
            ]
            assert (row.base, row.count) == (len(those), sum(p["told"] == row.answer for p in those))


def test_weeks_are_those_of_the_people_and_quarters_those_of_the_thursdays_of_iso_weeks(people, found):
    seen = Counter(WEEKS[p["week"]] for p in people if "age" in p)
    assert {row.group: row.base for row in rows(found.middles, 7)} == seen
    weeks = Counter(p["week"] for p in people if "residence" in p)
    assert {row.group: row.base for row in rows(found.shares, 8)} == weeks


def test_all_tests_of_a_run_are_corrected_together(found):
    made = [test for test in found.tests if test.chance_p is not None]
    values = [test.chance_p for test in made]
    assert len(made) > 15
    assert [test.chance_p_holm for test in made] == holm(values)
    assert [test.chance_p_bh for test in made] == benjamini_hochberg(values)


@pytest.mark.parametrize(("against", "groups"), [("", "no yes"), ("yes", "no yes"), ("no", "yes no")])
def test_cliffs_delta_of_a_test_is_that_of_its_first_group_over_its_second(dataset, against, groups):
    """As in the differences, within a stratum and over all of them. The first column of the file named the groups the
    other way round than the number was counted."""
    found = analyse(dataset, [PlannedTable("age", "told", ("@language",), against)]).findings
    deltas = {row.place.stratum: row for row in found.differences if row.measure == "cliffs_delta"}
    tests = {test.place.stratum: test for test in found.tests}
    assert set(tests) == {"", "en", "ar", "pooled"}
    first, second = groups.split()
    for test in tests.values():
        assert (test.groups, test.effect, test.direction) == (groups, "Cliff's delta", f"{first} over {second}")
    for stratum, row in deltas.items():
        assert (row.group, row.against) == (first, second)
        assert tests[stratum].effect_size == pytest.approx(row.value)
    below, above = sorted(deltas[each].value for each in ("en", "ar"))
    assert below <= tests["pooled"].effect_size <= above


def test_an_effect_without_a_sign_has_no_direction(found):
    assert {test.direction for test in found.tests if test.effect != "Cliff's delta"} == {""}


def test_one_test_in_two_tables_of_a_plan_is_counted_once(dataset):
    """Alone and beside strata: the family is that of the plan with the strata alone."""
    alone, strata = PlannedTable("told", "region"), PlannedTable("told", "region", ("@language",))
    other = PlannedTable("told", "@language")
    both, once = (analyse(dataset, plan).findings.tests for plan in ((alone, strata, other), (strata, other)))
    assert [test.place.table for test in both] == [1, 2, 2, 2, 2, 3]
    one = {"place": None, "note": ""}
    assert [replace(test, **one) for test in both[1:]] == [replace(test, **one) for test in once]
    assert both[0].chance_p_holm == both[1].chance_p_holm
    assert both[1].note.endswith("the same test as in table 1, counted once")
    assert not any("counted once" in test.note for test in (both[0], *both[2:]))
    said = analysis_markdown(analyse(dataset, (alone, strata, other)))
    assert "p is corrected over all 5 tests of this run" in said


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_responses_changes_nothing(dataset, found, seed):
    shuffled = replace(dataset, frame=dataset.frame.collect().sample(fraction=1, shuffle=True, seed=seed).lazy())
    assert analyse(shuffled, PLAN).findings == found


def test_no_number_is_nan_and_every_gap_has_a_note(found):
    for row in (*found.shares, *found.differences, *found.tests):
        numbers = [value for value in (getattr(row, name) for name in row.__slots__) if isinstance(value, float)]
        assert np.isfinite(numbers).all()
        value = next(getattr(row, name) for name in ("share", "chance_p", "value") if hasattr(row, name))
        assert value is not None or row.note


def test_reasons_are_in_the_words_of_the_dataset(found):
    known = {*map(str, Missing), "answered and in no group", "answered and in no stratum"}
    assert {row.reason for row in found.absent} <= known


def test_the_same_tests_beside_another_group_are_corrected_once(dataset):
    """Which group the others stand beside changes the differences, and no test."""
    beside_finland = PlannedTable("who", "residence", ("region", "@language"), "FI")
    beside_france = PlannedTable("who", "residence", ("@language", "region"), "FR")
    alone = [test for test in analyse(dataset, [beside_finland]).findings.tests if test.chance_p is not None]
    both = analyse(dataset, [beside_finland, beside_france]).findings.tests
    of_first = [test for test in both if test.place.table == 1 and test.chance_p is not None]
    of_second = [test for test in both if test.place.table == 2 and test.chance_p is not None]
    assert [test.chance_p_holm for test in of_first] == [test.chance_p_holm for test in alone]
    assert [test.chance_p_bh for test in of_first] == [test.chance_p_bh for test in alone]
    assert len(of_second) == len(alone) > 3
    assert all(test.note.endswith("the same test as in table 1, counted once") for test in of_second)
