"""`kuule verify`: what a person is told of a running site, what a program is told, and the page for partners."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.ports import free_port
from tests.verification.watched_site import WatchedSite, watch_site

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def one_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WatchedSite]:
    with watch_site(tmp_path_factory.mktemp("watched")) as site:
        yield site


@pytest.fixture
def site(one_site: WatchedSite) -> WatchedSite:
    one_site.proxy.lie = lambda answer: answer
    return one_site


def test_site_that_is_well_is_told_in_words(site: WatchedSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", site.proxy.url, "--edition", str(site.edition)]) == Exit.DONE
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert {line.split()[0] for line in lines} == {"ok", "warning"}
    assert f"ok       key: {site.agreed.fingerprint} in every language, as agreed" in lines
    assert said.err == "0 things wrong and 2 warnings, after 11 requests\n"


def test_program_is_told_the_same_by_name(site: WatchedSite, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", site.proxy.url, "--json"]) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    result = told["result"]
    assert (result["edition"], result["fingerprint"]) == (site.agreed.id[:8], site.agreed.fingerprint)
    assert (result["open"], result["wrong"], result["languages"]) == (True, 0, ["ar", "en", "sv"])
    assert {one["bytes"] for one in result["pages"] if one["status"] == 200} == {result["pages"][0]["bytes"]}
    assert "--edition compares them" in told["notes"][1]


def test_site_that_is_wrong_ends_with_3_and_its_page_says_so(
    site: WatchedSite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.proxy.lie = lambda answer: answer.with_header("Set-Cookie", "a=b")
    page = tmp_path / "verified.html"
    for _ in range(2):  # each day anew
        assert run(["verify", site.proxy.url, "--page", str(page)]) == Exit.CHECK_FOUND_ERRORS
    assert "wrong    cookies: a cookie is set: a at /" in capsys.readouterr().out
    assert "a cookie is set: a at /" in page.read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["verified.html"]


def test_site_that_cannot_be_reached_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "verified.html"
    assert run(["verify", f"http://127.0.0.1:{free_port()}", "--page", str(page)]) == Exit.PROBLEM
    assert ("VERIFY_002" in capsys.readouterr().err, page.exists()) == (True, False)


def test_other_edition_than_agreed_ends_with_3(
    site: WatchedSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(site.agreed, id="0" * 64)
    monkeypatch.setattr("kuule.verification.agreed_edition.read_agreed_edition", lambda path: other)
    assert run(["verify", site.proxy.url, "--edition", str(site.edition)]) == Exit.CHECK_FOUND_ERRORS
    assert "agreed was 00000000" in capsys.readouterr().out
