from __future__ import annotations

import pytest

from tests.forms.xpath.asking import ask

NUMBERS = "<data><n>1</n><n>5</n><w>b</w><w>c</w><day>2026-11-24</day><one>1</one></data>"


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("'1' = 1", True),
        ("'1.0' = '1'", False),
        ("true() = 'x'", True),
        ("'a' < 'b'", False),
        ("'2' < '10'", True),
        ("n = 5", True),
        ("n != 5", True),
        ("n > 5", False),
        ("5 > n", True),
        ("w = 'c'", True),
        ("'d' = w", False),
        ("w != 'b'", True),
        ("nothing = ''", False),
        ("nothing != ''", False),
        ("nothing < 1", False),
        ("n = one", True),
        ("w = one", False),
        ("n != one", True),
        ("one != one", False),
        ("n < one", False),
        ("one < n", True),
        ("n = true()", True),
        ("nothing = false()", True),
        ("nothing != true()", True),
        ("1 < 2 < 3", True),
        ("3 > 2 > 1", False),
    ],
)
def test_comparison_by_types(expression: str, truth: bool) -> None:
    assert ask(expression, NUMBERS).boolean is truth


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("day = today()", True),
        ("day < '2026-11-25'", True),
        ("day = '2026-11-24T00:00:00Z'", False),
        ("date(day) = date('2026-11-24T00:00:00Z')", True),
        ("day + 1 = date('2026-11-25')", True),
        ("today() > 20000", True),
        ("date('soon') = date('soon')", False),
        ("'soon' != date('2026-11-24')", True),
        ("if(true(), n, w) = 5", True),
        ("if(true(), 'b', 1) = w", True),
        ("if(true(), true(), 1) = n", True),
        ("if(true(), true(), 1) < n", True),
    ],
)
def test_comparison_of_dates_and_of_types_known_late(expression: str, truth: bool) -> None:
    assert ask(expression, NUMBERS).boolean is truth


def test_order_of_nodes_and_a_boolean_is_by_numbers_as_in_both_peers() -> None:
    assert [ask(each, NUMBERS).boolean for each in ("true() < n", "nothing <= true()")] == [True, False]
