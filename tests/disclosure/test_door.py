"""What the door lets through, and what someone who knows all its rules can work out from a release."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.disclosure.door import release, release_origin
from kuule.disclosure.rules import Rules
from kuule.errors import PublishingError
from kuule.tables.missing import Missing
from kuule.tables.released import ReleasedCell
from kuule.tables.request import TableRequest
from kuule.tables.result import Column, ResultTable, Route
from tests.disclosure.attacker import World
from tests.disclosure.tables import origin, people, simple, table

RULES = Rules()
EXAMPLES = 25


def counts(released_column) -> list[int | None]:
    return [cell.count for cell in released_column.cells]


def test_release_rounds_counts_bases_and_shares():
    [released] = release([simple("told", {"yes": 64, "no": 38, "!passed_over": 26})], RULES)
    [column] = released.columns
    assert column.base == 100
    assert column.cells == (ReleasedCell(60, 60), ReleasedCell(40, 40))
    assert column.missing[Missing.PASSED_OVER] == 30


def test_release_base_below_thirty_withholds_all():
    [released] = release([simple("told", {"yes": 15, "no": 14})], RULES)
    [column] = released.columns
    assert (column.base, column.cells, set(column.missing.values())) == (None, (), {None})


def test_release_base_of_thirty_is_shown():
    [released] = release([simple("told", {"yes": 15, "no": 15})], RULES)
    assert released.columns[0].base == 30


@pytest.mark.parametrize("small", [0, 1, 9])
def test_release_small_counts_and_zero_look_alike(small):
    [released] = release([simple("who", {"a": 400, "b": 200, "c": 30, "d": small})], RULES)
    assert counts(released.columns[0])[3] is None


def test_release_nearly_everyone_is_hidden_like_nearly_no_one():
    [one] = release([simple("told", {"yes": 95, "no": 5})], RULES)
    [other] = release([simple("told", {"yes": 5, "no": 95})], RULES)
    assert one.columns == other.columns
    assert counts(one.columns[0]) == [None, None]


def test_release_hides_a_second_cell_beside_a_single_hidden_one():
    [released] = release([simple("who", {"a": 400, "b": 200, "c": 30, "d": 4})], RULES)
    assert counts(released.columns[0]) == [400, 200, None, None]


def test_release_never_shows_a_share_of_a_hidden_cell():
    [released] = release([simple("who", {"a": 400, "b": 200, "c": 30, "d": 4})], RULES)
    assert [cell.share for cell in released.columns[0].cells] == [63, 32, None, None]


def test_release_multiple_answers_are_each_judged_alone():
    exact = ResultTable(
        TableRequest("help"),
        origin(120),
        ("friend", "doctor", "line"),
        (Column("", 100, (60, 45, 6), dict.fromkeys(Missing, 0) | {Missing.PASSED_OVER: 20}),),
        multiple=True,
    )
    [released] = release([exact], RULES)
    assert counts(released.columns[0]) == [60, 50, None]


def cut_people(sizes: dict[str, tuple[int, int]]) -> list:
    return people(
        {
            (("told", answer), ("land", code)): size
            for code, pair in sizes.items()
            for answer, size in zip(("yes", "no"), pair, strict=True)
        }
    )


def released_cut(sizes: dict[str, tuple[int, int]]) -> dict[str, int | None]:
    everyone = cut_people(sizes)
    tables = [table(everyone, "told", ("yes", "no")), table(everyone, "told", ("yes", "no"), "land", tuple(sizes))]
    released = release(tables, RULES)[1]
    return {column.code: column.base for column in released.columns}


def test_release_one_small_group_takes_a_second_with_it():
    # The published cut of four Nordic countries with one small: the total less three would be the fourth.
    bases = released_cut({"DK": (150, 150), "FI": (300, 200), "NO": (60, 50), "SE": (200, 200), "IS": (6, 6)})
    assert bases == {"DK": 300, "FI": 500, "NO": None, "SE": 400, "IS": None}


def test_release_two_small_groups_that_are_few_together_take_a_third():
    bases = released_cut({"FI": (300, 200), "NO": (60, 50), "SE": (200, 200), "IS": (6, 6), "FO": (3, 2)})
    assert bases == {"FI": 500, "NO": None, "SE": 400, "IS": None, "FO": None}


def test_release_of_a_table_and_its_transpose_hides_the_same_cells():
    everyone = cut_people({"FI": (300, 200), "SE": (205, 8), "NO": (40, 31), "DK": (44, 120)})
    rows, lands = ("yes", "no"), ("FI", "SE", "NO", "DK")
    one, other = release(
        [table(everyone, "told", rows, "land", lands), table(everyone, "land", lands, "told", rows)], RULES
    )
    across = {
        (row, column.code): cell.count
        for column in one.columns
        for row, cell in zip(one.rows, column.cells, strict=True)
    }
    down = {
        (column.code, row): cell.count
        for column in other.columns
        for row, cell in zip(other.rows, column.cells, strict=True)
    }
    assert across["no", "SE"] is None
    assert across == down


def test_release_tables_of_two_datasets_are_refused():
    first, second = simple("a", {"x": 50, "y": 50}), simple("b", {"x": 50, "y": 50})
    other = ResultTable(second.request, origin(100, "fedcba9876543210"), second.rows, second.columns, False)
    with pytest.raises(PublishingError, match="REPORT_021"):
        release([first, other], RULES)


def test_rules_below_the_floors_are_refused_all_at_once():
    with pytest.raises(PublishingError) as refused:
        Rules(smallest_base=29, smallest_count=9, rounding=5)
    assert [problem.code for problem in refused.value.problems] == ["REPORT_020"] * 3


def test_rules_a_coarse_rounding_hides_what_it_would_round_to_nothing():
    [released] = release([simple("who", {"a": 400, "b": 200, "c": 70, "d": 20})], Rules(rounding=50))
    assert counts(released.columns[0]) == [400, 200, None, None]


def test_release_origin_rounds_the_number_of_responses():
    assert release_origin(origin(2004), RULES).responses == 2000
    assert release_origin(origin(29), RULES).responses is None


def released_of_routes(routes: tuple[Route, ...]) -> tuple[int | None, int | None]:
    """How many passed over "told", and how many were not asked "when", which follows on any answer but no."""
    told = simple("told", {"yes": 300, "partly": 40, "no": 2, "!passed_over": 11})
    when = simple("when", {"soon": 200, "late": 140, "!not_asked": 13})
    first, second = release([told, replace(when, routes=routes)], RULES)
    return first.columns[0].missing[Missing.PASSED_OVER], second.columns[0].missing[Missing.NOT_ASKED]


def test_release_hides_who_was_not_asked_where_it_would_tell_who_said_no():
    # 10 to 14 were not asked: those who said no, and the 10 to 14 who passed over it. So at most 4 said no.
    route = Route("told", always=("partly", "yes"), sometimes=(), never=("@passed_over", "no"))
    assert released_of_routes(()) == (10, 10)
    assert None in released_of_routes((route,))


def test_release_empty_group_takes_a_second_with_it():
    # Alone, it would be known to be empty; and an empty group of "yes" tells what everyone said.
    bases = released_cut({"DK": (150, 150), "FI": (300, 200), "NO": (60, 50), "IS": (0, 0)})
    assert bases == {"DK": 300, "FI": 500, "NO": None, "IS": None}


SIZES = st.lists(
    st.lists(st.one_of(st.integers(0, 12), st.integers(0, 70)), min_size=3, max_size=3), min_size=2, max_size=4
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(SIZES)
def test_release_leaves_every_value_of_a_hidden_small_count_possible(sizes):
    """A whole release (two questions, each cut by the other) against an exact search for other worlds."""
    rows, codes = ("a", "b", "c"), tuple(f"g{number}" for number in range(len(sizes)))
    everyone = people(
        {(("told", row), ("land", code)): sizes[i][j] for i, code in enumerate(codes) for j, row in enumerate(rows)}
    )
    exact = [
        table(everyone, "told", rows),
        table(everyone, "told", rows, "land", codes),
        table(everyone, "land", codes),
        table(everyone, "land", codes, "told", rows),
    ]
    released = release(exact, RULES)
    world = World(released)
    for true, shown in zip(exact, released, strict=True):
        for column, seen in zip(true.columns, shown.columns, strict=True):
            for number, count in enumerate(column.counts):
                if seen.cells and seen.cells[number].count is None and count < RULES.threshold:
                    name = world_name(true, number, column.code)
                    assert [value for value in (0, 9) if world.excludes(name, value)] == []


def world_name(exact: ResultTable, number: int, code: str):
    item, row, cut = exact.request.item, exact.rows[number], exact.request.cut or ""
    return (item, row, cut, code) if not cut or (item, row) < (cut, code) else (cut, code, item, row)


@settings(max_examples=150, deadline=None)
@given(SIZES)
def test_release_shows_no_number_of_a_small_group_or_a_small_count(sizes):
    rows, codes = ("a", "b", "c"), tuple(f"g{number}" for number in range(len(sizes)))
    everyone = people(
        {(("told", row), ("land", code)): sizes[i][j] for i, code in enumerate(codes) for j, row in enumerate(rows)}
    )
    exact = table(everyone, "told", rows, "land", codes)
    [released] = release([exact], RULES)
    for column, seen in zip(exact.columns, released.columns, strict=True):
        assert seen.base is None or column.base >= 30
        for count, cell in zip(column.counts, seen.cells, strict=False):
            assert cell.count is None or min(count, column.base - count) >= 10
            assert (cell.count is None) == (cell.share is None)
