"""A test that waits goes on as soon as what it waits for is so, and says what is wrong where it never is."""

from __future__ import annotations

import pytest

from tests import patience
from tests.patience import wait_until


def test_what_comes_late_is_waited_for() -> None:
    looks = iter([False, False, True])
    wait_until(lambda: next(looks))
    assert list(looks) == []


def test_what_never_comes_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0)
    with pytest.raises(AssertionError, match="what the server said"):
        wait_until(lambda: False, lambda: "what the server said")
