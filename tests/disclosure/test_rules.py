"""Rules from a study, and the sums that its groups let an attacker make."""

from __future__ import annotations

from kuule.disclosure.door import release
from kuule.disclosure.rules import Nesting, Rules, rules_of
from tests.dataset.small import study
from tests.disclosure.tables import table

NESTINGS = tuple(
    Nesting("region", code, "land", ("FI", "SE"), rest) for code, rest in (("north", False), ("else", True))
)


def test_rules_of_a_study_have_its_thresholds_and_groups():
    nestings = tuple(Nesting(n.cut, n.code, "residence", n.values, n.rest) for n in NESTINGS)
    assert rules_of(study()) == Rules(30, 10, 10, nestings)


def test_rounding_is_half_up_and_its_interval_is_what_looks_the_same():
    rules = Rules()
    assert [rules.round(count) for count in (0, 4, 5, 14, 15)] == [0, 0, 10, 10, 20]
    assert rules.interval(12) == (5, 14)
    assert {rules.round(count) for count in range(5, 15)} == {10}


LANDS = {
    ("FI", "north"): {"yes": 50, "no": 34, "maybe": 26},
    ("SE", "north"): {"yes": 15, "no": 9, "maybe": 15},
    ("FR", "else"): {"yes": 40, "no": 40, "maybe": 40},
}


def released_of_finland(nestings: tuple[Nesting, ...]) -> list[int | None]:
    """What is shown of Finland beside the cut by region. 43 less 34 is 9; 35 to 44 less 25 to 34 is 1 or more."""
    people = [
        {"told": told, "land": land, "region": region}
        for (land, region), counts in LANDS.items()
        for told, number in counts.items()
        for _ in range(number)
    ]
    rows = ("yes", "no", "maybe")
    by_land = table(people, "told", rows, "land", ("FI", "SE", "FR"))
    by_region = table(people, "told", rows, "region", ("north", "else"))
    finland = release([by_land, by_region], Rules(nestings=nestings))[0].columns[0]
    return [cell.count for cell in finland.cells]


def test_a_group_less_its_lands_does_not_tell_that_a_small_count_is_not_zero():
    assert released_of_finland(()) == [50, 30, 30]
    assert released_of_finland(NESTINGS) == [None, None, None]
