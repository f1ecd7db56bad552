"""Few people, one group, one answer, an older edition, free text, a repeat: words, and never a number without sense."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.analysis.inference.analysis_run import analyse
from kuule.analysis.inference.output.analysis_text import analysis_markdown
from kuule.analysis.inference.stats import mantel_haenszel, proportions, quantiles
from kuule.core.problems import PublishingError
from kuule.study.settings.analysis_plan import PlannedTable
from kuule.study.settings.cleaning_settings import CleaningSettings
from tests.analysis.inference.responses import OLDER, dataset_of
from tests.dataset.small import edition

EVERY = (
    PlannedTable("told", "region", ("@language",)),
    PlannedTable("who", "region", ("@language",)),
    PlannedTable("age", "region", ("told",)),
    PlannedTable("residence", "who", ("@language",)),
    PlannedTable("sure", "@quarter"),
    PlannedTable("told"),
)


def of(people, folder, plan=EVERY, editions=()):
    return analyse(dataset_of(people, folder, editions), plan)


def notes(analysis, number=1):
    found = analysis.findings
    return {row.note for row in (*found.shares, *found.differences, *found.tests) if row.place.table == number}


def test_nobody_at_all(tmp_path):
    analysis = of([], tmp_path)
    assert [test for test in analysis.findings.tests if test.chance_p is not None] == []
    assert {row.note for row in analysis.findings.shares} == {"nobody here answered"}
    assert {row.note for row in analysis.findings.middles} == {"nobody here answered"}
    assert "no test: too few: not two groups with 5 answers or more" in analysis_markdown(analysis)


def test_who_a_rule_of_cleaning_sets_aside_is_not_counted_and_the_rule_is_named(tmp_path):
    dataset = dataset_of([{"told": "yes"}] * 6 + [{}] * 3, tmp_path)
    rules = CleaningSettings(empty=True, flags=("hidden_field_filled",))
    cleaned = replace(dataset, study=replace(dataset.study, cleaning=rules))
    analysis = analyse(cleaned, [PlannedTable("told")])
    assert [(row.answer, row.count, row.base) for row in analysis.findings.shares] == [("yes", 6, 6), ("no", 0, 6)]
    assert analysis.findings.absent == []
    said = (
        "Cleaning applied: 6 of 9 responses are counted; set aside by each rule alone: empty 3, hidden_field_filled 0."
    )
    assert said in analysis_markdown(analysis).partition("\n")[0]


def test_four_people_are_too_few(tmp_path):
    people = [{"told": "yes", "residence": "FI", "age": "30"}] * 6 + [{"told": "no", "residence": "FR", "age": "3"}] * 4
    analysis = of(people, tmp_path)
    assert {"", "too few: a base under 5", "too few: not two groups with 5 answers or more"} <= notes(analysis)
    few = [row for row in analysis.findings.shares if (row.place.table, row.group, row.answer) == (1, "else", "no")]
    assert [(row.count, row.base, row.share, row.chance_low) for row in few] == [(4, 4, 1.0, None)] * 2
    assert [row.median for row in analysis.findings.middles if row.group == "else" and row.base] == [None] * 4
    assert [test.chance_p for test in analysis.findings.tests if test.place.table in (1, 3)] == [None] * 7


def test_five_people_a_group_get_the_exact_test(tmp_path):
    people = [{"age": "30", "residence": "FI"}] * 5 + [{"age": "40", "residence": "FR"}] * 5
    [test] = of(people, tmp_path, [PlannedTable("age", "region")]).findings.tests
    assert (test.note, test.effect_size) == ("exact: a group has fewer than 10 answers", 1.0)
    assert test.chance_p == pytest.approx(2 / 252)


@pytest.mark.parametrize("item", ["told", "age", "residence", "who"])
def test_everyone_gave_the_same_answer(tmp_path, item):
    one = {"told": "yes", "age": "30", "who": "family", "residence": "FI"}
    people = [{**one, "language": language} for language in ("en", "ar") for _ in range(9)]
    analysis = of(people, tmp_path, [PlannedTable(item, "@language", ("@quarter",))])
    tests = analysis.findings.tests
    assert {test.chance_p for test in tests} == {None}
    assert {test.note for test in tests} <= {
        "everyone gave the same answer",
        "no stratum has both groups and both answers",
    }
    deltas = [row.value for row in analysis.findings.differences if row.measure == "cliffs_delta"]
    assert deltas in ([], [0.0, 0.0])


def test_only_one_group_answered(tmp_path):
    people = [{"told": answer, "residence": "FI"} for answer in ("yes", "no") for _ in range(8)]
    analysis = of(people, tmp_path, [PlannedTable("told", "region", (), "else")])
    [test] = analysis.findings.tests
    assert (test.test, test.chance_p, test.note) == ("none", None, "too few: not two groups with 5 answers or more")
    [row] = analysis.findings.differences
    assert (row.group, row.against, row.value) == ("north", "else", None)
    assert row.note == "too few: the group to compare with has fewer than 5 answers"


def test_small_strata_are_not_tested_alone_and_count_when_put_together(tmp_path):
    people = [
        {"told": told, "residence": land, "week": f"2026-W{week}"}
        for week in range(10, 20)
        for told, land in (("yes", "FI"), ("yes", "SE"), ("no", "FI"), ("no", "FR"), ("no", "FR"), ("yes", "FR"))
    ]
    found = of(people, tmp_path, [PlannedTable("told", "region", ("@week",))]).findings
    alone = [test.chance_p for test in found.tests if test.place.stratum.startswith("2026")]
    assert alone == [None] * 10
    [together] = [test for test in found.tests if test.place.stratum == "pooled"]
    assert (together.test, together.people, together.note) == ("van Elteren", 60, "")
    assert 0 < together.chance_p < 0.05


@pytest.mark.parametrize("item", ["told", "residence", "who", "age"])
def test_whoever_stands_alone_in_a_stratum_is_in_no_pooled_test(tmp_path, item):
    """In Arabic nobody of the second group answered: those there are compared with nobody."""
    one = {"told": "yes", "who": "family", "age": "30", "residence": "FI", "sure": "OK"}
    two = {**one, "told": "no", "who": "stranger", "age": "40", "residence": "SE"}
    by = "residence" if item != "residence" else "told"
    people = [{**who, "language": "en"} for who in (one, two) for _ in range(8)]
    plan = (PlannedTable(item, by, ("@language",)),)
    alone = of([*people, *({**one, "language": "ar"} for _ in range(9))], tmp_path / "alone", plan)
    without = of(people, tmp_path / "without", plan)
    pooled_of = [
        [test for test in found.findings.tests if test.place.stratum == "pooled"] for found in (alone, without)
    ]
    assert [(test.people, test.statistic) for test in pooled_of[0]] == [
        (test.people, test.statistic) for test in pooled_of[1]
    ]
    assert {test.people for test in pooled_of[0]} == {16}


def test_edition_without_the_question_is_said_and_never_counted(tmp_path):
    people = [{"told": "yes"}] * 7 + [{"residence": "FR", "edition": "older"}] * 9
    analysis = of(people, tmp_path, [PlannedTable("told", "@edition")], [edition(2, OLDER), edition()])
    shares = [(row.group[-1], row.answer, row.base, row.share, row.note) for row in analysis.findings.shares]
    assert shares == [
        ("2", "yes", 0, None, "nobody here answered"),
        ("2", "no", 0, None, "nobody here answered"),
        ("1", "yes", 7, 1.0, ""),
        ("1", "no", 7, 0.0, ""),
    ]
    assert [(row.group[-1], row.reason, row.people) for row in analysis.findings.absent] == [("2", "not_in_edition", 9)]
    assert [test.note for test in analysis.findings.tests] == ["too few: not two groups with 5 answers or more"]


def test_what_cannot_be_analysed_is_said_all_at_once_with_near_names(tmp_path):
    plan = [
        PlannedTable("tolt"),
        PlannedTable("told", "regio"),
        PlannedTable("wish"),
        PlannedTable("helped"),
        PlannedTable("told", "wish"),
        PlannedTable("told", "region", ("who",)),
        PlannedTable("told", "who", (), "family"),
        PlannedTable("zzzz"),
    ]
    with pytest.raises(PublishingError) as refused:
        of([], tmp_path, plan)
    assert [(problem.code, problem.cause, problem.remedy) for problem in refused.value.problems] == [
        ("ANALYSIS_010", "the dataset has no item 'tolt'", "did you mean 'told'?"),
        ("ANALYSIS_011", "there is no group or question 'regio' to cut by", "did you mean 'region'?"),
        (
            "ANALYSIS_012",
            "'wish' cannot be analysed: it is free text",
            "ask for a question with choices, or a number",
        ),
        (
            "ANALYSIS_012",
            "'helped' cannot be analysed: it is in a repeat, whose rows are not people",
            "ask for a question with choices, or a number",
        ),
        (
            "ANALYSIS_012",
            "'wish' makes no groups: it is free text",
            "cut by a question with choices, a whole number, or a group",
        ),
        (
            "ANALYSIS_013",
            "one person can stand in several groups of 'who', so they are no strata",
            "compare within questions that have one answer",
        ),
        (
            "ANALYSIS_014",
            "'who' has several answers: those who gave one are compared with those who did not",
            "leave out against",
        ),
        (
            "ANALYSIS_010",
            "the dataset has no item 'zzzz'",
            "name one of told, who, residence, age, sure",
        ),
    ]


def test_group_to_compare_with_that_there_is_not_is_said_with_near_names(tmp_path):
    with pytest.raises(PublishingError) as refused:
        of([], tmp_path, [PlannedTable("told", "region", (), "nort"), PlannedTable("told", "@week", (), "2026-W01")])
    assert [(problem.code, problem.remedy) for problem in refused.value.problems] == [
        ("ANALYSIS_014", "did you mean 'north'?"),
        ("ANALYSIS_014", "see the codebook for the names"),
    ]


def test_a_side_of_nought_is_said_in_words_and_gets_no_interval():
    none, all_, some = (0, 9), (9, 9), (4, 9)
    said = {}
    for one, two in ((none, some), (some, none), (none, none), (all_, some), (some, all_), (all_, all_)):
        pair = mantel_haenszel.StratumPair(*one, *two)
        for name, found in (
            ("risk", proportions.risk_ratio(*one, *two)),
            ("odds", proportions.odds_ratio(*one, *two)),
            ("pooled risk", mantel_haenszel.pooled_risk_ratio([pair])),
            ("pooled odds", mantel_haenszel.pooled_odds_ratio([pair])),
            ("pooled difference", mantel_haenszel.pooled_risk_difference([pair])),
        ):
            assert found.note or None not in (found.value, found.low, found.high), (name, one, two)
            assert found.low is None or found.low < found.high
            said[name, one, two] = found.value, found.note
    assert said["pooled risk", none, some] == (0.0, "no interval: nobody in the group gave this answer")
    assert said["risk", some, none] == (None, "nobody in the group it is compared with gave this answer")
    assert said["pooled odds", all_, some] == said["odds", all_, some] == (None, "everyone in a group gave this answer")
    assert said["pooled difference", all_, all_][0] == 0.0
    assert mantel_haenszel.pooled_risk_difference([]).note == "no stratum has both groups and both answers"


def test_a_quartile_at_which_somebody_stands_is_theirs_however_far_the_next_number_is():
    """The space between the two is beyond what a float holds, and none of it times that is no number."""
    assert quantiles.quartiles({-1.5e308: 3, 1.5e308: 2}) == (-1.5e308, -1.5e308, 1.5e308)
    assert quantiles.quartiles({4.0: 1}) == (4.0, 4.0, 4.0)
