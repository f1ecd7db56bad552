"""A link that is switched off: the survey stays open to who comes by it, and nothing says that they did."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.session.link_switches import FRESH_SECONDS, LinkSwitches, switches
from kuule.store.rows.switched_off_links import switch_link
from tests.collector.site_for_tests import TestSite, field, start


@pytest.fixture
def site(linked: Path, tmp_path: Path) -> Iterator[TestSite]:
    switches.expire()
    yield start(linked, tmp_path)
    switches.expire()
    connections.close_all()


def turn(code: str, *, on: bool) -> None:
    """As the workbench does; and half a minute passes."""
    switch_link(code, on=on)
    switches.expire()


def send(site: TestSite) -> None:
    browser = site.browser
    browser.press("next", {field(browser, "consent"): "yes"})
    browser.press("next", {field(browser, "adult"): "yes"})
    browser.press("finish")
    browser.press("send")


def test_who_comes_by_a_link_that_is_off_answers_as_anyone_does(site: TestSite) -> None:
    turn("k7", on=False)
    shown = site.browser.get("/k7/sv")
    assert (shown.status, shown.page.xpath("//input[@name='link']")) == (200, [])
    site.browser.press("next")
    send(site)
    assert [record.link for record in site.kept()] == [""]


def test_visit_that_was_under_way_is_sent_without_the_link(site: TestSite) -> None:
    site.browser.get("/k7/en")
    assert site.browser.hidden("link") == "k7"
    site.browser.press("next")
    turn("k7", on=False)
    send(site)
    assert [record.link for record in site.kept()] == [""]


def test_other_links_stay_and_one_that_is_on_again_counts_again(site: TestSite) -> None:
    turn("k7", on=False)
    for code, on in (("m3", False), ("k7", True)):
        if on:
            turn(code, on=True)
        site.browser.get(f"/{code}/en")
        site.browser.press("next")
        send(site)
    assert sorted(record.link for record in site.kept()) == ["k7", "m3"]


class Store:
    """A store that can be looked at, and its clock."""

    def __init__(self) -> None:
        self.off: frozenset[str] | None = frozenset({"k7"})
        self.now = 0.0
        self.looks = 0

    def look(self) -> frozenset[str] | None:
        self.looks += 1
        return self.off


@pytest.mark.usefixtures("site")
def test_store_is_asked_twice_a_minute_at_most_and_what_was_known_holds_while_it_is_silent() -> None:
    store = Store()
    known = LinkSwitches(store.look, lambda: store.now)
    assert [known.is_on("k7"), known.is_on("m3"), store.looks] == [False, True, 1]
    store.now += FRESH_SECONDS
    store.off = None
    assert [known.is_on("k7"), store.looks] == [False, 2]
    store.now += FRESH_SECONDS
    store.off = frozenset()
    assert [known.is_on("k7"), store.looks] == [True, 3]
