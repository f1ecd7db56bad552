"""The page after sending: first what was done and what comes next, last what is safe, and nothing that is not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from kuule.opening.private_key import PrivateKey
from tests.collector.browser import Shown
from tests.collector.codes_on_pages import COMING_BACK
from tests.collector.site_for_tests import TestSite, start
from tests.study.small_study import SETTINGS, make_edition

AFTER = '[after]\nresults_by = 2028-06-30\nresults_at = "https://example.org/our-voice"\n'


def real_site(folder: Path, after: str) -> TestSite:
    key = PrivateKey.generate(bytes(range(32, 64)), rehearsal=False)
    make_edition(folder, key=key, settings=f"{SETTINGS}{COMING_BACK}\n{after}")
    return start(folder / "edition", folder, rehearsal=False)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[TestSite]:
    yield real_site(tmp_path, AFTER)
    connections.close_all()


def sent(site: TestSite, tag: str = "en") -> Shown:
    return site.answer({"wish": "Less waiting."}, tag).press("send")


def headings(shown: Shown) -> list[str]:
    return [
        " ".join(one.text_content().split()) for one in shown.page.xpath("//main//h1 | //main//h2 | //main//summary")
    ]


def test_thanks_go_from_what_was_done_to_what_is_kept(real: TestSite) -> None:
    assert headings(sent(real)) == [
        "Thank you",
        "What happens next",
        "The next ten minutes",
        "If you’d like to talk to someone",
        "Where the results will be",
        "When you’re ready to leave",
        "If you may want to withdraw your answers",
        "How your answers are kept",
    ]


def test_results_are_promised_as_the_study_says(real: TestSite) -> None:
    shown = sent(real)
    assert "The results will be out by 30 June 2028." in shown.words
    assert shown.page.xpath("//p[@class='address']/bdi[@dir='ltr']/text()") == ["https://example.org/our-voice"]
    assert "https://example.org/our-voice" not in shown.page.xpath("//@href")


def test_day_that_is_over_is_not_promised(real: TestSite) -> None:
    real.clock.now = datetime(2028, 7, 1, 12, 0, tzinfo=UTC)
    shown = sent(real)
    assert "out by" not in shown.words
    assert "https://example.org/our-voice" in shown.words


def test_study_that_says_nothing_of_results_promises_none(tmp_path: Path) -> None:
    shown = sent(real_site(tmp_path, ""))
    connections.close_all()
    assert "results" not in shown.words.lower()
    assert shown.page.find_class("address") == []


def test_practice_says_so_first_and_promises_no_results(tmp_path: Path) -> None:
    make_edition(tmp_path, settings=f"{SETTINGS}\n{AFTER}")
    shown = sent(start(tmp_path / "edition", tmp_path))
    connections.close_all()
    assert shown.page.find_class("lead")[0].text_content().startswith("This was practice.")
    assert "results" not in shown.words.lower()
    assert "How your answers are kept" not in shown.words
