"""What is counted for partners: tens at midnight, never crossed, never too many, and a process that dies only loses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from kuule.collector.http.collector_site import running_site
from kuule.collector.session.partner_counts import Tally, store_daily, store_whole_steps
from kuule.store.rows.counters import HELP_OPENED, CounterKind, PartnerCounter, counter_totals
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import SETTINGS, make_edition

SV, K7 = PartnerCounter(CounterKind.LANGUAGE, "sv"), PartnerCounter(CounterKind.LINK, "k7")
LINKS = '[links.partners]\nk7 = "ChildX"\n"4f2" = "Another partner"\n'


def none() -> int:
    return 0


@given(st.lists(st.sampled_from(["sv", "ar"]), max_size=60), st.integers(0, 9), st.sets(st.integers(0, 60)))
def test_what_is_taken_is_whole_tens_and_never_more_than_came(came: list[str], unknown: int, looks: set[int]) -> None:
    tally, taken = Tally(lambda: unknown), 0
    for number, tag in enumerate(came):
        tally.add_response(tag, "")
        if number in looks:
            taken += sum(tally.take_whole_steps().values())
    taken += sum(tally.take_whole_steps().values())
    assert 10 * taken <= len(came)
    assert taken == sum(max(0, came.count(tag) - unknown) // 10 for tag in ("sv", "ar"))


def test_steps_that_were_not_added_wait() -> None:
    tally = Tally(none)
    for _ in range(13):
        tally.add_response("sv", "k7")
    taken = tally.take_whole_steps()
    assert (taken, tally.take_whole_steps()) == ({SV: 1, K7: 1}, {})
    tally.return_steps(taken)
    for _ in range(7):
        tally.add_response("sv", "")
    assert tally.take_whole_steps() == {SV: 2, K7: 1}


def test_beginning_is_unknown_and_differs() -> None:
    found = set()
    for _ in range(200):
        tally = Tally()
        needed = next(
            number for number in range(1, 20) if not tally.add_response("sv", "") and tally.take_whole_steps()
        )
        found.add(needed)
    assert found == set(range(10, 20))


def test_tally_shows_nothing_of_what_it_holds() -> None:
    tally = Tally(none)
    tally.add_response("sv", "k7")
    assert repr(tally) == "<Tally>"


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linked")
    make_edition(folder, settings=SETTINGS + LINKS)
    return folder / "edition"


@pytest.fixture
def site(linked: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(linked, tmp_path)
    connections.close_all()


def tally_of_the_site() -> Tally:
    conversation = running_site().conversation
    assert conversation is not None
    return conversation.tally


def send(site: TestSite, address: str) -> None:
    browser = site.browser
    browser.get(address)
    browser.press("next")
    browser.press("next", {field(browser, "consent"): "yes"})
    browser.press("next", {field(browser, "adult"): "yes"})
    browser.press("finish")
    fields = [*browser.fields(), ("go", "send")]
    browser.post("/sv", fields)
    browser.post("/sv", fields)


def test_twenty_who_sent_are_two_steps_a_resend_is_none_and_the_two_are_never_crossed(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally_of_the_site(), "_unknown", none)
    for number in range(20):
        send(site, "/k7/sv" if number % 2 else "/sv")
    assert counter_totals() == {}
    store_whole_steps(tally_of_the_site())
    assert counter_totals() == {SV: 20, K7: 10}
    assert len(site.kept()) == 20


def test_link_goes_into_the_envelope_and_nowhere_else(site: TestSite) -> None:
    send(site, "/k7/sv")
    assert [record.link for record in site.kept()] == ["k7"]
    written = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    # Not the two letters by themselves: sealed bytes have them by chance. What is no sealed bytes is text of a cell.
    assert [path.name for path, content in written.items() if b"ChildX" in content or b"/k7/sv" in content] == []
    assert [text for text in texts_in(site.folder / "kept.sqlite3") if "k7" in text] == []


def test_text_of_a_cell_is_found(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "some.sqlite3")) as raw, raw:
        raw.execute("CREATE TABLE visits (link TEXT, envelope BLOB)")
        raw.execute("INSERT INTO visits VALUES ('from /k7', x'6b37')")
    assert texts_in(tmp_path / "some.sqlite3") == ["from /k7"]


def texts_in(database: Path) -> list[str]:
    """The text of every cell of every table."""
    with closing(sqlite3.connect(database)) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [row for name in names for row in raw.execute(f'SELECT * FROM "{name}"')]
    return [cell for row in rows for cell in row if isinstance(cell, str)]


def test_nothing_is_counted_where_a_study_says_so(tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS + LINKS + "[counts]\non = false\n")
    site = start(tmp_path / "edition", tmp_path)
    send(site, "/k7/sv")
    assert len(site.kept()) == 1
    assert tally_of_the_site()._counts == {}
    connections.close_all()


class Days:
    """A clock that waits at once, and stops after so many waits."""

    def __init__(self, waits: int) -> None:
        self.now = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
        self.left = waits
        self.woke: list[datetime] = []

    def clock(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += timedelta(seconds=seconds)
        self.woke.append(self.now)
        self.left -= 1
        return self.left < 0


def test_added_at_midnight_and_only_then(site: TestSite) -> None:
    days = Days(3)
    store_daily(Tally(), clock=days.clock, wait=days.wait)
    assert days.woke == [datetime(2026, 11, day, tzinfo=UTC) for day in (25, 26, 27, 28)]


def test_store_that_takes_nothing_costs_nothing(site: TestSite) -> None:
    tally = Tally(none)
    for _ in range(10):
        tally.add_response("sv", "")
    kept = site.folder / "kept.sqlite3"
    kept.rename(site.folder / "away")
    connections.close_all()
    store_whole_steps(tally)
    (site.folder / "away").rename(kept)
    store_whole_steps(tally)
    assert counter_totals() == {SV: 10}


COUNTED_HELP = LINKS + "[counts]\nhelp_opened = true\n"


@pytest.fixture(scope="module")
def helped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("helped")
    make_edition(folder, settings=SETTINGS + COUNTED_HELP)
    return folder / "edition"


@pytest.fixture
def helping(helped: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(helped, tmp_path)
    connections.close_all()


def counted_after(monkeypatch: pytest.MonkeyPatch, visit: Callable[[], object]) -> str:
    """All that this process has counted after a visit, as it would hand it over."""
    monkeypatch.setattr(tally_of_the_site(), "_unknown", none)
    visit()
    return tally_of_the_site().to_text()


def see_each(site: TestSite, *addresses: str) -> None:
    assert {site.browser.get(address).status for address in addresses} == {200}


OPENED = ("/sv/help", "/ar/help", "/k7/sv/help")
"""The last by a partner's link."""
ONCE = '[["help", "opened", 1]]'


def test_help_that_was_opened_is_not_counted_unless_the_study_says_so(
    site: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def visit() -> None:
        see_each(site, *OPENED)
        site.begin("sv").press("help")

    assert counted_after(monkeypatch, visit) == ""


def test_help_that_was_opened_is_one_number_with_no_language_no_link_and_no_country(
    helping: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = (*OPENED, "/sv/help?country=SE", "/sv/help/SE", "/sv", "/sv/privacy")
    assert counted_after(monkeypatch, lambda: see_each(helping, *addresses)) == '[["help", "opened", 3]]'


def test_help_opened_in_a_visit_counts_once_whatever_country_is_chosen_on_it(
    helping: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def visit() -> None:
        browser = helping.pass_gates("sv")
        for answer in (None, {"country": "SE"}, {"country": "FI"}):
            browser.press("help", answer)
        browser.press("return")

    assert counted_after(monkeypatch, visit) == ONCE


def test_help_opened_on_the_last_page_counts_and_no_address_has_the_country(
    helping: TestSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def visit() -> None:
        browser = helping.answer({}, "en")
        browser.press("send")
        (form,) = [form for form in browser.shown.page.forms if form.get("action") == "/en/help"]
        assert form.get("method") == "post"
        assert "Sweden" in browser.post("/en/help", [("country", "SE")]).words

    assert counted_after(monkeypatch, visit) == '[["help", "opened", 1], ["language", "en", 1]]'


def test_nothing_is_counted_of_who_said_that_they_are_young(helping: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def visit() -> None:
        browser = helping.begin("en")
        browser.press("next", {field(browser, "consent"): "yes"})
        browser.press("next", {field(browser, "adult"): "no"})
        assert "it’s not your fault" in browser.shown.words
        browser.post("/en/help", [("country", "SE"), ("y", "1")])

    assert counted_after(monkeypatch, visit) == ""


def test_help_moves_in_tens_like_every_counter() -> None:
    tally = Tally(none)
    for _ in range(9):
        tally.add_help_opened()
    assert tally.take_whole_steps() == {}
    tally.add_help_opened()
    assert tally.take_whole_steps() == {HELP_OPENED: 1}


@given(st.integers(0, 9), st.booleans())
def test_who_opens_help_alone_every_day_learns_in_time_whether_anybody_else_did(unknown: int, somebody: bool) -> None:
    """What docs/explanation/floods.md says that a count in tens can tell. It tells nothing of who it was."""
    tally, days = Tally(lambda: unknown), 0
    while not tally.take_whole_steps():
        tally.add_help_opened()
        days += 1
    assert 10 <= days <= 19
    for _ in range(9):
        tally.add_help_opened()
    if somebody:
        tally.add_help_opened()
    assert bool(tally.take_whole_steps()) == somebody
