"""Before "Send" nothing is kept, after it only what is sealed; no log knows who was there or what was typed."""

from __future__ import annotations

import base64
import io
import logging
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connections
from django.http import HttpRequest

from kuule.collector.http import survey_views, urls
from kuule.store.database import prepare_store
from kuule.web.redacted_logging import RedactingFormatter
from tests.collector.site_for_tests import TestSite, field

MARKER = "zebra-7f3a-umbrella"
ADDRESS = "127.0.0.77"
ENCODED = [MARKER.encode(), MARKER.encode("utf-16-le"), base64.b64encode(MARKER.encode())[:-2], quote(MARKER).encode()]


def found_in(folder: Path, marks: list[bytes]) -> list[tuple[str, bytes]]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [(path.name, mark) for path in files for mark in marks if mark in path.read_bytes()]


def test_markers_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"".join([*ENCODED, ADDRESS.encode()]))
    assert len(found_in(tmp_path, [*ENCODED, ADDRESS.encode()])) == len(ENCODED) + 1


def test_nothing_readable_is_kept_of_what_was_sent(site: TestSite) -> None:
    browser = site.answer({"wish": MARKER})
    browser.press("send")
    assert [MARKER in record.answers.values() for record in site.kept()] == [True]
    assert found_in(site.folder, [*ENCODED, ADDRESS.encode(), b"2026-W48"]) == []


def test_nothing_at_all_is_kept_before_sending(site: TestSite) -> None:
    before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    site.answer({"wish": MARKER})
    assert {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()} == before


def test_fault_of_ours_is_answered_in_words_and_logs_no_one(site: TestSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest, tag: str) -> None:
        raise RuntimeError(f"about {request.POST['x']}")

    pattern = next(one for one in urls.urlpatterns if one.callback is survey_views.welcome_or_step)
    monkeypatch.setattr(pattern, "callback", broken)
    written = io.StringIO()
    for handler in logging.getLogger("django.request").handlers:
        if isinstance(handler.formatter, RedactingFormatter):  # the others are those of the test runner
            monkeypatch.setattr(handler, "stream", written)
    shown = site.browser.post("/en", [("x", MARKER)])
    assert (shown.status, shown.heading) == (500, "Something broke on our side")
    printed = written.getvalue()
    assert MARKER.encode() not in shown.body
    assert "RuntimeError" in printed
    assert [mark for mark in (MARKER, ADDRESS, "/en") if mark in printed] == []


def test_full_disk_keeps_the_page_and_says_that_nothing_was_sent(site: TestSite) -> None:
    browser = site.answer({"wish": MARKER})
    (site.folder / "kept.sqlite3").unlink()
    (site.folder / "kept.sqlite3").mkdir()
    connections.close_all()
    at_the_end = browser.press("send")
    browser.press("review")
    reading = browser.press("send")
    for shown in (at_the_end, reading):
        assert shown.status == 503
        assert shown.page.get_element_by_id("trouble").text_content() == "Not sent yet"
    assert MARKER in reading.words
    (site.folder / "kept.sqlite3").rmdir()
    prepare_store(new=True)
    assert browser.press("send").heading == "Thank you"
    assert [MARKER in record.answers.values() for record in site.kept()] == [True]


def test_worker_writes_nothing_beside_the_database(site: TestSite) -> None:
    """A page that does not fit and an altered token leave no trace either."""
    browser = site.pass_gates()
    browser.press("next")
    browser.press("next", {field(browser, "years"): MARKER})
    browser.post("/en", [("token", MARKER), ("page", MARKER), ("go", MARKER), (MARKER, MARKER)])
    assert found_in(site.folder, ENCODED) == []


def test_no_module_of_the_site_opens_what_was_sent() -> None:
    code = (
        "import sys, kuule.collector.http.collector_site, kuule.collector.http.urls, kuule.collector.server.wsgi;"
        "print([name for name in sys.modules if name.startswith(('kuule.opening', 'kuule.dataset', 'kuule.analysis'))])"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KUULE")}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert ran.stdout.strip() == "[]"
