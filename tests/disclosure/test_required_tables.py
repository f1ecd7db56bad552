"""Disclosure asks for all that a table is held against, and refuses a table that came without it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.analysis.crosstabs.axes import column_codes
from kuule.analysis.crosstabs.counting import count_tables
from kuule.analysis.crosstabs.group_origin import count_people, origin_within
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.disclosure.differencing import GroupHierarchy
from kuule.disclosure.release import release
from kuule.disclosure.required_tables import ReleaseCandidate, release_candidates, required_groups, required_tables
from kuule.disclosure.thresholds import DisclosureRules, disclosure_rules
from kuule.study.settings.study_settings import Group, GroupMember
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedTable, WithheldReason
from kuule.tables.request import QUARTER, Subpopulation, TableRequest
from kuule.tables.result import PeopleCount, ResultTable
from kuule.usecases.reporting.released_report import count_for_release
from tests.dataset.small import NORTH, edition, record
from tests.factories import make_dataset
from tests.sampling import examples

NORTH_AND_ALONE = {
    "region": NORTH,
    "alone": Group(
        "alone", "Alone", "residence", (GroupMember("FI", "Finland", ("FI",)), GroupMember("x", "X", rest=True))
    ),
    "said": Group("said", "Said", "told", (GroupMember("yes", "Yes", ("yes",)), GroupMember("no", "No", ("no",)))),
}
FINLAND, NORDIC = Subpopulation("alone", "FI"), Subpopulation("region", "north")


def dataset(folder: Path, sizes: dict[tuple[str, str, str], int]) -> Dataset:
    """So many people who told so, live there and answered who it was so."""
    one = edition()
    one = replace(one, study=replace(one.study, groups=NORTH_AND_ALONE))
    rows = [
        record({"told": told, "residence": land, "who": who}, link="")
        for (told, land, who), size in sizes.items()
        for _ in range(size)
    ]
    make_dataset(rows, [one], folder)
    return read_dataset(folder)


def rules_of(made: Dataset) -> DisclosureRules:
    return disclosure_rules(made.study, made.codebook.rests_on)


def candidates(made: Dataset, *requests: TableRequest) -> tuple[ReleaseCandidate, ...]:
    return count_for_release(made, requests, rules_of(made))


SIZES = {
    ("yes", "FI", "family"): 70,
    ("no", "FI", "stranger"): 60,
    ("yes", "SE", "family"): 3,
    ("yes", "FR", "family"): 80,
    ("no", "FR", "stranger"): 50,
}


def test_around_a_group_are_everyone_and_the_groups_that_hold_it(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", SIZES)
    [asked] = candidates(made, TableRequest("who", "alone"))
    assert sorted(each.people for each in asked.supersets["FI"]) == [133, 263]
    assert [each.people for each in asked.supersets["x"]] == [263]


def test_around_the_people_of_two_groups_are_those_of_each_and_of_what_holds_them(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", SIZES)
    [within] = candidates(made, TableRequest("who", "said", FINLAND))
    # All, who said yes, who are of Finland, of the north, and those of the north who said yes.
    assert sorted(each.people for each in within.supersets["yes"]) == [73, 130, 133, 153, 263]
    [everyone] = count_tables(made, [TableRequest("who")])
    assert PeopleCount(263, everyone.columns[0].keys.base) in within.supersets["yes"]


def test_the_groups_around_a_group_are_counted_as_everyone_would_count_them(tmp_path: Path) -> None:
    """For the number of responses of a report on a group: those of Finland stand in the north, and in everyone."""
    made = dataset(tmp_path / "ds", SIZES)
    groups = required_groups(FINLAND, rules_of(made))
    assert groups == ((Subpopulation("region", "north"),), ())
    both = (Subpopulation("region", "north"), Subpopulation("said", "yes"))
    assert [each.people for each in count_people(made, (*groups, both))] == [133, 263, 73]
    assert count_people(made, ()) == ()
    own = origin_within(made, FINLAND)
    assert count_people(made, [(FINLAND,)]) == (PeopleCount(own.responses, own.key or 0),)


@pytest.mark.parametrize("request_", [TableRequest("who", "alone"), TableRequest("residence", "told", NORDIC)], ids=str)
def test_release_candidates_are_refused_where_any_required_table_was_not_counted(
    tmp_path: Path, request_: TableRequest
) -> None:
    made = dataset(tmp_path / "ds", SIZES)
    rules = rules_of(made)
    required = required_tables([request_], rules, partial(column_codes, dataset=made))
    assert required[0] == request_
    assert len(required) == len(set(required)) > 1
    counted = count_tables(made, required)
    [whole] = release_candidates([request_], counted, rules)
    assert whole.table == counted[0]
    # A table of a superset may have columns that another table has too; without all of its like, nothing is released.
    with pytest.raises(ValueError, match="not counted"):
        release_candidates([request_], counted[:1], rules)
    for left in required[1:]:
        some = [table for table in counted if table.request != left]
        found = {column for table in some for column in people_in(table, rules)}
        if all(column in found for column in people_in(counted[required.index(left)], rules)) and left not in {
            each.request for each in whole.transposed
        }:
            continue
        with pytest.raises(ValueError, match="not counted"):
            release_candidates([request_], some, rules)


def people_in(table: ResultTable, rules: DisclosureRules) -> set[tuple[str, object]]:
    tree = GroupHierarchy(rules.groups)
    return {(table.request.item, tree.people_of(table.request, column.code)) for column in table.columns}


def test_the_codes_of_a_cut_are_asked_for_once(tmp_path: Path) -> None:
    """Those of the quarters are read from the dataset."""
    made = dataset(tmp_path / "ds", SIZES)
    asked: list[str | None] = []

    def codes(cut: str | None) -> tuple[str, ...]:
        asked.append(cut)
        return column_codes(cut, made)

    requests = [TableRequest(item, QUARTER, within) for item in ("who", "told") for within in (None, NORDIC)]
    required_tables(requests, rules_of(made), codes)
    assert asked.count(QUARTER) == 1
    assert len(asked) == len(set(asked))


def test_a_group_is_withheld_alike_in_a_report_of_its_own_and_beside_the_one_that_holds_it(tmp_path: Path) -> None:
    """Finland is the north but for three people, and so is "else" all but Finland: published one after the other, two
    such would give them away."""
    made = dataset(tmp_path / "ds", SIZES)
    rules = rules_of(made)
    requests = [
        TableRequest("who", "alone"),
        TableRequest("who", None, FINLAND),
        TableRequest("who", "alone", NORDIC),
        TableRequest("who", "region"),
        TableRequest("who", None, NORDIC),
    ]
    apart = [release(candidates(made, request), rules)[0] for request in requests]
    beside = release(candidates(made, *requests), rules)
    assert [table.columns for table in apart] == [table.columns for table in beside]
    shown = [{column.code: column.base is not None for column in table.columns} for table in apart]
    assert shown == [
        {"FI": False, "x": True},
        {"": False},
        {"FI": False, "x": False},
        {"north": True, "else": False},
        {"": True},
    ]


@settings(max_examples=examples(12), deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(SIZES)), st.integers(0, 90), min_size=1))
def test_the_same_people_have_the_same_numbers_however_they_are_asked_for(sizes) -> None:
    """As a group of a table, as the base of an edition, and as the people of two groups in either order: where two
    columns are of the same people, they are the same to the last number."""
    import tempfile  # a folder for each example, which a fixture does not give

    requests = [
        TableRequest("who", cut, within)
        for cut in (None, "region", "alone", "said", "residence", "told")
        for within in (None, FINLAND, NORDIC, Subpopulation("region", "else"), Subpopulation("said", "yes"))
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = dataset(Path(folder) / "ds", sizes)
        rules = rules_of(made)
        tree = GroupHierarchy(rules.groups)
        exact = candidates(made, *requests)
        seen: dict[object, object] = {}
        for request in requests:
            [alone] = candidates(made, request)
            [released] = release([alone], rules)
            for column, counted in zip(released.columns, alone.table.columns, strict=True):
                people = tree.people_of(request, column.code)
                known = seen.setdefault(people, (replace(column, code=""), replace(counted, code="")))
                assert known == (replace(column, code=""), replace(counted, code=""))
        assert [each.request for each in exact] == requests


ITEMS = ("told", "who", "residence", "age", "sure")
CUTS = (None, "region", "alone", "said", "residence", "told", "@language", "@quarter")
WITHIN = (None, FINLAND, NORDIC, Subpopulation("said", "yes"), Subpopulation("region", "else"))
DIGEST = "494a3d521d05e186ab1cdac2c29d8a790130ab3836dbc0fc4ce6919c28f5541b"
"""Of all that is shown below. Where it changes, every report that was ever made would be made otherwise: then
`NOISE_GENERATION` counts up, and a decision says why."""


def test_what_is_released_of_the_same_people_is_the_same_in_every_version(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", SIZES)
    requests = [TableRequest(item, cut, within) for item in ITEMS for cut in CUTS for within in WITHIN if item != cut]
    tables = [table for each in candidates(made, *requests) for table in release([each], rules_of(made))]
    reasons = Counter(column.withheld_reason for table in tables for column in table.columns)
    assert min(reasons[why] for why in (None, WithheldReason.FEW, WithheldReason.NEAR)) > 20
    assert any(table.withheld_rows for table in tables)
    assert sha256("\n".join(map(_in_text, tables)).encode()).hexdigest() == DIGEST


def _in_text(table: ReleasedTable) -> str:
    columns = [
        (
            each.code,
            each.base,
            [(cell.count, cell.share, str(cell.withheld_reason)) for cell in each.cells],
            str(each.withheld_reason),
        )
        for each in table.columns
    ]
    missing = [[each.missing[reason] for reason in Missing] for each in table.columns]
    rows = {row: str(reason) for row, reason in sorted(table.withheld_row_reasons.items())}
    return f"{table.request} {table.rows} {columns} {missing} withheld {table.withheld_rows} {rows}"


def test_the_people_of_a_table_that_divides_them_are_known_as_a_whole(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", SIZES)
    requests = [TableRequest("who", cut, within) for cut in ("told", "alone") for within in (None, NORDIC)]
    found = [each.whole for each in candidates(made, *requests, TableRequest("who"))]
    assert [each and each.base for each in found] == [263, 133, 263, 133, None]
