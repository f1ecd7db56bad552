"""What a misspelt name was meant to be."""

from __future__ import annotations

from kuule.core.suggestions import did_you_mean, meant_one_of, near_names

KNOWN = ("gender", "agenda", "gander", "age")


def test_nearest_name_comes_first_and_no_more_than_are_asked_for() -> None:
    assert near_names("gendr", KNOWN) == ["gender"]
    assert near_names("gendr", iter(KNOWN), count=2) == ["gender", "gander"]
    assert near_names("gendr", KNOWN, cutoff=0.95) == []


def test_remedy_asks_for_the_nearest_name_or_says_the_other_thing() -> None:
    assert did_you_mean("gendr", KNOWN, "see the form") == "did you mean 'gender'?"
    assert did_you_mean("gendr", KNOWN, "see the form", written="${{{}}}") == "did you mean ${gender}?"
    assert did_you_mean("xyz", KNOWN, "see the form") == "see the form"


def test_remedy_names_up_to_three() -> None:
    assert meant_one_of("gendr", KNOWN, "see the form") == "did you mean 'gender' or 'gander' or 'agenda'?"
    assert meant_one_of("xyz", KNOWN, "see the form") == "see the form"
