"""What a session takes of a matrix."""

from __future__ import annotations

import pytest

from tests import sampling
from tests.sampling import taken


def test_sample_takes_one_choice_at_each_place_and_each_in_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "is_sampled", lambda: True)
    assert [taken(("light", "dark"), place) for place in range(3)] == [["light"], ["dark"], ["light"]]


def test_whole_takes_all_choices_at_each_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "is_sampled", lambda: False)
    assert [taken(("light", "dark"), place) for place in range(2)] == [("light", "dark")] * 2
