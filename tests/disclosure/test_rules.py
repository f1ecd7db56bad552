"""Rules from a study: thresholds above their floors, and which groups are parts of which."""

from __future__ import annotations

import pytest

from kuule.disclosure.rules import Rules, Values, rules_of
from kuule.errors import PublishingError
from tests.dataset.small import study


def test_rules_of_a_study_have_its_thresholds_its_sensitive_questions_and_its_groups():
    north = frozenset({"FI", "SE"})
    groups = {"region": {"north": Values("residence", north), "else": Values("residence", north, rest=True)}}
    assert rules_of(study(), {}) == Rules(30, 10, 3, 5, frozenset({"who"}), groups)


def test_rules_below_the_floors_are_refused_all_at_once():
    with pytest.raises(PublishingError) as refused:
        Rules(smallest_base=29, smallest_count=9, noise_variance=2, noise_bound=4)
    assert [problem.code for problem in refused.value.problems] == ["REPORT_020"] * 4


@pytest.mark.parametrize(
    ("known", "remedy"),
    [({"noise_variance": 11}, "set noise_variance to 10 or less"), ({"noise_bound": 10}, "lower than smallest_count")],
)
def test_rules_refuse_noise_that_cannot_be_or_that_tells(known, remedy):
    with pytest.raises(PublishingError, match=remedy):
        Rules(**known)


NORTH = Values("land", frozenset({"FI", "SE"}))


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        (Values("land", frozenset({"FI"})), NORTH, True),
        (NORTH, Values("land", frozenset({"FI"})), False),
        (NORTH, NORTH, False),
        (Values("birth", frozenset({"FI"})), NORTH, False),
        (NORTH, Values("land", frozenset({"FR"}), rest=True), True),
        (NORTH, Values("land", frozenset({"FI"}), rest=True), False),
        (Values("land", frozenset({"FI", "SE"}), rest=True), Values("land", frozenset({"FI"}), rest=True), True),
        (Values("land", frozenset({"FI"}), rest=True), NORTH, False),
    ],
)
def test_values_within_others(one, other, within):
    assert one.within(other) is within
