"""A visit to check a site leaves nothing there, and finds help where the site is closed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from kuule.collector.http.collector_site import close_site
from kuule.collector.served.closed_study import read_closed_study
from kuule.collector.served.serve_options import ServeOptions
from kuule.study.settings.field_phase import FieldOrder, StandingOrder
from kuule.verification.agreed_edition import read_agreed_edition
from kuule.verification.site_findings import SiteState
from kuule.verification.site_verification import Verification, verify_site
from tests.collector.codes_on_pages import COMING_BACK
from tests.collector.session.test_partner_counts import COUNTED_HELP, tally_of_the_site
from tests.collector.site_for_tests import NOON as SITE_NOON
from tests.collector.site_for_tests import start
from tests.collector.standing_orders import give_order
from tests.study.small_study import SETTINGS, make_edition
from tests.verification.watched_site import NOON, in_state


class _Quiet(WSGIRequestHandler):
    def log_message(self, *said: object) -> None:
        return


@contextmanager
def answered_here() -> Iterator[str]:
    """The address of this process's own collector."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def helped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("helped")
    make_edition(folder, settings=SETTINGS + COUNTED_HELP + COMING_BACK)
    return folder / "edition"


@pytest.fixture(scope="module")
def soft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("soft")
    make_edition(folder, settings=SETTINGS + '\n[field_period.soft_launch]\nlanguages = ["en"]\n')
    return folder / "edition"


def test_visit_moves_no_counter_and_keeps_nothing(helped: Path, tmp_path: Path) -> None:
    start(helped, tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with answered_here() as url:
        seen = verify_site(url, now=NOON)
    assert in_state(seen, SiteState.WRONG) == {}
    assert (tally_of_the_site().to_text(), seen.requests) == ("", 11)
    connections.close_all()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_counter_would_be_seen_to_move(helped: Path, tmp_path: Path) -> None:
    site = start(helped, tmp_path)
    site.browser.get("/sv/help")
    assert tally_of_the_site().to_text() != ""
    connections.close_all()


def test_closed_site_says_so_and_has_help_in_each_language(helped: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    close_site(database, read_closed_study(ServeOptions((helped,), database, drafts=True)), drafts=True)
    with answered_here() as url:
        seen = verify_site(url, now=NOON)
    assert in_state(seen, SiteState.WRONG) == {}
    assert in_state(seen, SiteState.WARNING)["open"].startswith("closed for now, and says so")
    assert in_state(seen, SiteState.OK)["help"] == "there in 3 languages"
    assert (seen.open, seen.edition, seen.languages) == (False, "", ("ar", "en", "sv"))


def seen_in(helped: Path, folder: Path, order: StandingOrder) -> Verification:
    """What is seen of a survey of which this was ordered."""
    site = start(helped, folder)
    give_order(order)
    with answered_here() as url:
        seen = verify_site(url, now=site.clock(), agreed=read_agreed_edition(helped))
    give_order(StandingOrder())
    connections.close_all()
    return seen


@pytest.mark.parametrize(("closed_on", "resumed"), [(SITE_NOON.date(), True), (date(2026, 1, 1), False)])
def test_survey_that_has_ended_is_seen_as_such_and_nothing_is_wrong(
    helped: Path, tmp_path: Path, closed_on: date, resumed: bool
) -> None:
    seen = seen_in(helped, tmp_path, StandingOrder(FieldOrder.CLOSE, closed_on, 2))
    assert in_state(seen, SiteState.WRONG) == {}
    warned = in_state(seen, SiteState.WARNING)
    assert warned["open"].startswith("no visit can begin (not open yet, open for some alone, or ended); each language ")
    assert warned["open"].endswith("; whoever paused can go on") is resumed
    assert warned["edition"] == "cannot be seen, since no visit can begin"
    said = in_state(seen, SiteState.OK)
    assert (said["taking back"], said["help"]) == (
        "the page leads to where answers are taken back",
        "there in 3 languages",
    )
    assert said["key"].endswith("in every language, as agreed")
    assert (seen.open, seen.edition, len(seen.languages)) == (False, "", 3)


def test_soft_launch_is_seen_in_the_languages_that_it_has(soft: Path, tmp_path: Path) -> None:
    seen = seen_in(soft, tmp_path, StandingOrder())
    assert in_state(seen, SiteState.WRONG) == {}
    assert (seen.open, seen.languages, seen.edition) == (True, ("en",), read_agreed_edition(soft).id[:8])
