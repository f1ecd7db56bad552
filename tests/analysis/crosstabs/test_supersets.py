"""What is around a group is counted beside it, and is the same whatever else is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.analysis.crosstabs.counting import count_tables
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.disclosure.differencing import GroupHierarchy
from kuule.disclosure.release import release
from kuule.disclosure.thresholds import disclosure_rules
from kuule.study.settings.study_settings import Group, GroupMember
from kuule.tables.request import Subpopulation, TableRequest
from kuule.tables.result import Superset
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


SIZES = {
    ("yes", "FI", "family"): 70,
    ("no", "FI", "stranger"): 60,
    ("yes", "SE", "family"): 3,
    ("yes", "FR", "family"): 80,
    ("no", "FR", "stranger"): 50,
}


def test_around_a_group_are_everyone_and_the_groups_that_hold_it(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", SIZES)
    [asked] = count_tables(made, [TableRequest("who", "alone")])
    finland, others = asked.columns
    assert sorted(each.base for each in finland.supersets or ()) == [133, 263]
    assert [each.base for each in others.supersets or ()] == [263]


def test_around_the_people_of_two_groups_are_those_of_each_and_of_what_holds_them(tmp_path: Path) -> None:
    made = dataset(tmp_path / "ds", SIZES)
    [within] = count_tables(made, [TableRequest("who", "said", FINLAND)])
    yes = within.columns[0]
    # All, who said yes, who are of Finland, of the north, and those of the north who said yes.
    assert sorted(each.base for each in yes.supersets or ()) == [73, 130, 133, 153, 263]
    [everyone] = count_tables(made, [TableRequest("who")])
    assert Superset(263, everyone.columns[0].keys.base) in (yes.supersets or ())


def test_a_group_is_withheld_alike_in_a_report_of_its_own_and_beside_the_one_that_holds_it(tmp_path: Path) -> None:
    """Finland is the north but for three people, and so is "else" all but Finland: published one after the other, two
    such would give them away."""
    made = dataset(tmp_path / "ds", SIZES)
    rules = disclosure_rules(made.study, made.codebook.rests_on)
    requests = [
        TableRequest("who", "alone"),
        TableRequest("who", None, FINLAND),
        TableRequest("who", "alone", NORDIC),
        TableRequest("who", "region"),
        TableRequest("who", None, NORDIC),
    ]
    apart = [release(count_tables(made, [request]), rules)[0] for request in requests]
    beside = release(count_tables(made, requests), rules)
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
        rules = disclosure_rules(made.study, made.codebook.rests_on)
        tree = GroupHierarchy(rules.groups)
        exact = count_tables(made, requests)
        seen: dict[object, object] = {}
        for request in requests:
            [table] = count_tables(made, [request])
            [released] = release([table], rules)
            for column, counted in zip(released.columns, table.columns, strict=True):
                people = tree.people_of(request, column.code)
                known = seen.setdefault(people, (replace(column, code=""), replace(counted, code="", supersets=None)))
                assert known == (replace(column, code=""), replace(counted, code="", supersets=None))
        assert {table.request for table in exact} == set(requests)
