"""What is sent: the week of a record, where one year ends and the next begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.collector.site_for_tests import TestSite


@pytest.mark.parametrize(
    ("now", "week"),
    [
        (datetime(2027, 1, 1, 12, tzinfo=UTC), "2026-W53"),
        (datetime(2027, 1, 4, 0, tzinfo=UTC), "2027-W01"),
        (datetime(2025, 12, 28, 23, tzinfo=UTC), "2025-W52"),
        (datetime(2025, 12, 29, 0, tzinfo=UTC), "2026-W01"),
    ],
)
def test_week_of_what_is_sent_around_a_new_year(site: TestSite, now: datetime, week: str) -> None:
    """2027 has no week 53, and the last days of 2025 are in the first week of 2026 (ISO 8601)."""
    site.clock.now = now
    browser = site.answer({})
    browser.press("send")
    assert [record.week for record in site.kept()] == [week]
