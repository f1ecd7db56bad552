"""Counts equal to a naive count over the same people, one by one."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.analysis.crosstabs.axes import check_requests
from kuule.analysis.crosstabs.counting import count_tables
from kuule.core.problems import PublishingError
from kuule.dataset.cleaning import cleaned_origin
from kuule.dataset.schema.columns import RECORD_KEY
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.tables.result import KEY_MODULUS, CellKeys
from tests.dataset.small import edition, record
from tests.factories import make_dataset, record_key
from tests.sampling import examples

RESERVED = ("prefer_not_to_say", "do_not_know")
ROWS = {
    "told": ("yes", "no"),
    "who": ("family", "stranger"),
    "residence": ("FI", "SE", "FR"),
    "sure": ("yes",),
    "age": ("under-0", *(f"{low}-{low + 9}" for low in range(0, 100, 10)), "100-and-more"),
}
REQUESTS = tuple(
    TableRequest(item, cut)
    for item in ROWS
    for cut in (None, "@language", "region", "told", "who", "age")
    if item != cut
)
PERSON = st.fixed_dictionaries(
    {"language": st.sampled_from(["en", "ar"])},
    optional={
        "told": st.sampled_from(["yes", "no", "prefer_not_to_say"]),
        "who": st.sampled_from(["family", "stranger", "family stranger", "do_not_know", "family do_not_know"]),
        "residence": st.sampled_from(["FI", "SE", "FR"]),
        "age": st.sampled_from(["-3", "0", "9", "10", "34", "99", "100", "130"]),
        "sure": st.just("OK"),
    },
)


def test_table_whose_columns_overlap_says_so():
    """Who named two can stand in two columns: the sentence below the figure is made of it."""
    cuts = ("who", "residence", "region", "@language", None)
    tables = counted([{"language": "en", "told": "yes"}], [TableRequest("told", cut) for cut in cuts])
    assert [table.overlapping for table in tables] == [True, False, False, False, False]


def counted(people, requests):
    with tempfile.TemporaryDirectory() as folder:
        dataset = dataset_of(people, folder)
        check_requests(requests, dataset)
        return count_tables(dataset, requests)


def dataset_of(people, folder):
    records = [record(answers_of(person), language=person["language"]) for person in people]
    make_dataset(dict(enumerate(records)), [edition()], Path(folder) / "ds")
    return read_dataset(Path(folder) / "ds")


def answers_of(person) -> dict[str, str]:
    return {item: value for item, value in person.items() if item != "language"}


def band_of(age: int) -> str:
    if age < 0:
        return "under-0"
    return "100-and-more" if age >= 100 else f"{age - age % 10}-{age - age % 10 + 9}"


def codes(person, item) -> set[str]:
    """Where one person stands, worked out in the plainest way."""
    value = person.get(item)
    if item == "@language":
        return {person["language"]}
    if item == "region":
        return {"north" if person["residence"] in ("FI", "SE") else "else"} if "residence" in person else set()
    if value is None:
        return set()
    if item == "sure":
        return {"yes"}
    if item == "age":
        return {band_of(int(value))}
    return {code for code in value.split() if code not in RESERVED}


def reason(person, item) -> str:
    return next((code for code in RESERVED if person.get(item) == code), "passed_over")


@settings(max_examples=examples(15), deadline=None)
@given(st.lists(PERSON, max_size=25))
def test_count_tables_equals_a_naive_count(people):
    people = [dict(person) for person in people]
    check(counted(people, REQUESTS), people, people)


CLEANING = CleaningSettings(
    empty=True, doubles_from=3, contradictions={"apart": {"told": ("no", "prefer_not_to_say"), "who": ("family",)}}
)


@settings(max_examples=15, deadline=None)
@given(st.lists(PERSON, max_size=12), st.lists(st.integers(0, 11), max_size=12), st.integers(1, 9))
def test_count_tables_equals_a_naive_count_of_whom_cleaning_leaves_in_stretches_of_any_length(people, again, stretch):
    people = [dict(person) for person in people]
    people += [dict(people[number]) for number in again if number < len(people)]
    with tempfile.TemporaryDirectory() as folder:
        dataset = dataset_of(people, folder)
        dataset = replace(dataset, study=replace(dataset.study, cleaning=CLEANING))
        order = dataset.frame.select(RECORD_KEY).collect()[RECORD_KEY].to_list()
        tables = count_tables(dataset, REQUESTS, stretch=stretch)
        origin = cleaned_origin(dataset)
    numbers = {record_key(number): number for number in range(len(people))}
    left = left_by_hand([people[numbers[each]] for each in order])
    assert {table.origin for table in tables} == {origin}
    assert origin.counted == len(left)
    check(tables, people, left)


def left_by_hand(ordered):
    """Whom CLEANING does not set aside, in the plainest way. What is alike is so in answers, and in every language."""
    left, seen = [], []
    for person in ordered:
        answers = answers_of(person)
        answered = sum(bool(codes(person, item)) for item in ROWS)
        double = answered >= 3 and answers in seen
        seen.append(answers)
        apart = person.get("told") in ("no", "prefer_not_to_say") and "family" in person.get("who", "").split()
        if answered and not double and not apart:
            left.append(person)
    return left


def check(tables, everyone, people):
    """Each number and its key, against the people who are left of everyone."""
    for table in tables:
        item, cut = table.request.item, table.request.cut
        assert table.rows == ROWS[item]
        for column in table.columns:
            group = [person for person in people if cut is None or column.code in codes(person, cut)]
            answered = [person for person in group if codes(person, item)]
            assert column.base == len(answered)
            assert column.counts == tuple(sum(row in codes(person, item) for person in answered) for row in table.rows)
            others = [reason(person, item) for person in group if not codes(person, item)]
            assert column.missing == {each: others.count(str(each)) for each in Missing}
            unanswered = [person for person in group if not codes(person, item)]
            assert column.keys == CellKeys(
                key(everyone, answered),
                tuple(key(everyone, [each for each in answered if row in codes(each, item)]) for row in table.rows),
                {
                    why: key(everyone, [each for each in unanswered if reason(each, item) == str(why)])
                    for why in Missing
                },
            )


def key(everyone, those) -> int:
    """The sum of the record keys of those people, found again by being the very same objects."""
    chosen = {id(person) for person in those}
    return sum(record_key(number) for number, person in enumerate(everyone) if id(person) in chosen) % KEY_MODULUS


def test_count_tables_columns_are_all_groups_also_empty_ones():
    [table] = counted([{"language": "en", "told": "yes", "residence": "FI"}], [TableRequest("told", "region")])
    assert [(column.code, column.base) for column in table.columns] == [("north", 1), ("else", 0)]


def test_check_requests_says_all_that_it_does_not_know_with_near_names():
    requests = [TableRequest("tolt"), TableRequest("told", "regio"), TableRequest("wish"), TableRequest("told", "told")]
    with pytest.raises(PublishingError) as refused:
        counted([], requests)
    assert [(problem.code, problem.remedy) for problem in refused.value.problems] == [
        ("REPORT_010", "did you mean 'told'?"),
        ("REPORT_011", "did you mean 'region'?"),
        ("REPORT_012", "ask for a question with choices, or a whole number"),
        ("REPORT_011", "cut it by another question"),
    ]
