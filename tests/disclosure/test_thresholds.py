"""Rules from a study: thresholds above their floors, and which groups are parts of which."""

from __future__ import annotations

import pytest

from kuule.core.problems import PublishingError
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules, disclosure_rules
from tests.dataset.small import study


def test_rules_of_a_study_have_its_thresholds_its_sensitive_questions_and_its_groups():
    north = frozenset({"FI", "SE"})
    groups = {"region": {"north": AnswerSet("residence", north), "else": AnswerSet("residence", north, rest=True)}}
    assert disclosure_rules(study(), {}) == DisclosureRules(30, 10, 3, 5, frozenset({"who"}), groups)


def test_rules_below_the_floors_are_refused_all_at_once():
    with pytest.raises(PublishingError) as refused:
        DisclosureRules(smallest_base=29, smallest_count=9, noise_variance=2, noise_bound=4)
    assert [problem.code for problem in refused.value.problems] == ["REPORT_020"] * 4


@pytest.mark.parametrize(
    ("known", "remedy"),
    [({"noise_variance": 11}, "set noise_variance to 10 or less"), ({"noise_bound": 10}, "lower than smallest_count")],
)
def test_rules_refuse_noise_that_cannot_be_or_that_tells(known, remedy):
    with pytest.raises(PublishingError, match=remedy):
        DisclosureRules(**known)


NORTH = AnswerSet("land", frozenset({"FI", "SE"}))


@pytest.mark.parametrize(
    ("one", "other", "within"),
    [
        (AnswerSet("land", frozenset({"FI"})), NORTH, True),
        (NORTH, AnswerSet("land", frozenset({"FI"})), False),
        (NORTH, NORTH, False),
        (AnswerSet("birth", frozenset({"FI"})), NORTH, False),
        (NORTH, AnswerSet("land", frozenset({"FR"}), rest=True), True),
        (NORTH, AnswerSet("land", frozenset({"FI"}), rest=True), False),
        (AnswerSet("land", frozenset({"FI", "SE"}), rest=True), AnswerSet("land", frozenset({"FI"}), rest=True), True),
        (AnswerSet("land", frozenset({"FI"}), rest=True), NORTH, False),
    ],
)
def test_values_within_others(one, other, within):
    assert one.is_proper_subset_of(other) is within
