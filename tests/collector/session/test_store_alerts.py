"""What an operator hears of a store that does not keep: why, once in a while, and nothing of anyone."""

from __future__ import annotations

import pytest
from django.db import connections

from kuule.collector.session import store_alerts
from tests.collector.site_for_tests import TestSite

MARKER = "zebra-7f3a-umbrella"


def test_operator_is_told_why_answers_are_not_kept_once_and_nothing_of_them(
    site: TestSite, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store_alerts.LastAlert, "told", float("-inf"))
    browser = site.review({"wish": MARKER})
    (site.folder / "kept.sqlite3").unlink()
    (site.folder / "kept.sqlite3").mkdir()
    connections.close_all()
    assert [browser.press("send").status for _ in range(3)] == [503] * 3
    said = capfd.readouterr().err
    assert said.count("answers are not kept: STORE_0") == 1
    assert str(site.folder / "kept.sqlite3") in said
    assert MARKER in browser.shown.words
    assert MARKER not in said
