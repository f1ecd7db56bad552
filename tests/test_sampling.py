"""What a session takes of a matrix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import sampling
from tests.sampling import MATRIX, SAMPLED, matrix, part_of, spread, taken

ROOT = Path(__file__).resolve().parent.parent


def test_sample_takes_one_choice_at_each_place_and_each_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "is_sampled", lambda: True)
    assert [taken(("light", "dark"), place) for place in range(3)] == [["light"], ["dark"], ["light"]]


def test_whole_takes_all_choices_at_each_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "is_sampled", lambda: False)
    assert [taken(("light", "dark"), place) for place in range(2)] == [("light", "dark")] * 2


def test_parameters_outside_of_the_sample_are_marked_and_keep_their_place() -> None:
    marked = [pytest.param("fi", marks=pytest.mark.matrix), "ar", pytest.param("sv", marks=pytest.mark.matrix)]
    assert matrix(["fi", "ar", "sv"], ["ar"]) == marked


def test_parameters_of_several_are_marked_as_one() -> None:
    assert matrix([(320, "en"), (360, "ar")], [(320, "en")]) == [
        (320, "en"),
        pytest.param(360, "ar", marks=pytest.mark.matrix),
    ]


@pytest.mark.parametrize("sample", [[], ["de"]])
def test_sample_of_nothing_is_refused(sample: list[str]) -> None:
    with pytest.raises(ValueError, match="a sample of nothing"):
        matrix(["fi", "ar"], sample)


@pytest.mark.parametrize(("count", "sample"), [(1, "a"), (2, "ag"), (3, "adg"), (7, "abcdefg"), (9, "abcdefg")])
def test_sample_is_spread_from_the_first_to_the_last(count: int, sample: str) -> None:
    assert spread("abcdefg", count) == list(sample)


def test_sample_of_a_number_is_spread() -> None:
    assert [one for one in matrix("abcdefg", 3) if isinstance(one, str)] == ["a", "d", "g"]


def test_two_parts_are_all_choices_each_once() -> None:
    assert (part_of("abcdefg", "sample", one_in=3), part_of("abcdefg", "rest", one_in=3)) == (
        ["a", "d", "g"],
        ["b", "c", "e", "f"],
    )


def test_continuous_integration_runs_all_that_is_not_whole_once() -> None:
    steps = re.findall(r"^make (\S+)$", (ROOT / ".ci/run").read_text("utf-8"), re.MULTILINE)
    assert steps == ["check", "test", "test-matrix"]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    asked = dict(re.findall(r'^(test[a-z-]*): .*\n.*\n.* -m "(.+)"', makefile, re.MULTILINE))
    assert asked == {"test": "not whole and not matrix", "test-matrix": MATRIX}
    assert set(asked.values()) <= SAMPLED
