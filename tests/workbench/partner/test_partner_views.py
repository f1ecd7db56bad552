"""The partner's page: counts as "at least" tens, how far translations are, a link that can be switched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.store.database import close_connections, configure
from kuule.store.rows.switched_off_links import read_switched_off_links
from tests.workbench.accounts_file import asked
from tests.workbench.conftest import Collected, collect
from tests.workbench.workbench_for_tests import Workbench, running_workbench


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Collected]]:
    """A workbench and a collector's database of this module's own: links are switched."""
    collected = collect(tmp_path_factory.mktemp("switched"))
    data = tmp_path_factory.mktemp("own") / "data"
    with running_workbench(collected.study, data, "--database", collected.database) as running:
        yield running, collected


def off(collected: Collected) -> frozenset[str]:
    """What a collector would find in its store."""
    configure(collected.database)
    try:
        return read_switched_off_links()
    finally:
        close_connections()


def test_counts_are_at_least_and_in_tens(site: Workbench) -> None:
    page = site.lead.get("/").text
    assert "at least <strong>120</strong> came by it" in page
    assert "at least <strong>340</strong> answered in it" in page
    assert "at least <strong>1,210</strong> answered in it" in page
    assert page.count("Nothing to show yet") == 1  # the link that nobody came by


def test_help_that_was_opened_is_shown_where_the_study_counts_it_and_there_only(site: Workbench) -> None:
    settings = site.study / "study.toml"
    kept = settings.read_text("utf-8")
    assert "help page was opened" not in site.lead.get("/").text
    try:
        settings.write_text(f"{kept}\n[counts]\non = false\nhelp_opened = true\n", "utf-8")
        page = site.lead.get("/").text
        said = "opened at least <strong>1,510</strong> times", "came by it</p>", "counts nothing for partners"
        assert [one in page for one in said] == [True, False, False]
    finally:
        settings.write_text(kept, "utf-8")


def test_translations_are_as_far_as_their_files(site: Workbench, tmp_path: Path) -> None:
    assert "not reviewed yet" in site.lead.get("/").text
    po = site.study / "languages" / "sv.po"
    kept = po.read_bytes()
    head, _, first = po.read_text("utf-8").partition('msgctxt "study:title"')
    before, _, rest = first.partition("msgstr ")
    po.write_text(f'{head}msgctxt "study:title"{before}msgstr ""\n{rest.partition(chr(10))[2]}', "utf-8")
    try:
        assert "1 not translated" in site.lead.get("/").text
    finally:
        po.write_bytes(kept)
    assert "1 not translated" not in site.lead.get("/").text


def test_link_is_switched_off_and_on_in_the_store_of_the_collector(own: tuple[Workbench, Collected]) -> None:
    site, collected = own
    assert off(collected) == frozenset()
    coordinator = site.member("coordinator")
    coordinator.get("/")
    page = coordinator.follow(coordinator.post("/link/k7", {"on": "no"})).text
    assert ("The link k7 is off." in page, "Switch on" in page) == (True, True)
    assert off(collected) == {"k7"}
    coordinator.follow(coordinator.post("/link/k7", {"on": "no"}))
    assert off(collected) == {"k7"}
    assert "The link k7 is on." in coordinator.follow(coordinator.post("/link/k7", {"on": "yes"})).text
    assert off(collected) == frozenset()
    lines = asked(site, "SELECT who, what, \"on\" FROM workbench_entry WHERE what LIKE 'switched%' ORDER BY id")
    assert [line[1:] for line in lines] == [
        ("switched a link off", "k7"), ("switched a link off", "k7"), ("switched a link on", "k7"),
    ]  # fmt: skip


def test_link_that_the_study_does_not_have_is_not_switched(own: tuple[Workbench, Collected]) -> None:
    site, collected = own
    site.lead.get("/")
    assert site.lead.post("/link/z9", {"on": "no"}).status == 404
    assert "z9" not in off(collected)


def test_database_that_is_gone_is_said_and_nothing_else_breaks(tmp_path: Path) -> None:
    collected = collect(tmp_path / "collected")
    shutil.copytree(collected.study, tmp_path / "study")
    arguments = ["--database", f"sqlite:///{tmp_path / 'not-there.sqlite3'}"]
    with running_workbench(tmp_path / "study", tmp_path / "data", *arguments) as site:
        page = site.lead.get("/")
        assert (page.status, "The survey's database isn't answering right now" in page.text) == (200, True)
        assert ("at least <strong>" in page.text, "svenska" in page.text) == (False, True)
        said = site.lead.follow(site.lead.post("/link/k7", {"on": "no"})).text
        assert "Nothing was changed:" in said
    assert not (tmp_path / "not-there.sqlite3").exists()


def test_workbench_without_a_database_shows_translations_only(own: tuple[Workbench, Collected], tmp_path: Path) -> None:
    _, collected = own
    (tmp_path / "data").mkdir(mode=0o700)
    (tmp_path / "data" / "archive-00.partial").write_bytes(b"an archive that was half made when the power went")
    with running_workbench(collected.study, tmp_path / "data") as site:
        page = site.lead.get("/").text
        assert ("at least <strong>" in page, "it shows no counts" in page, "svenska" in page) == (False, True, True)
        assert site.lead.post("/link/k7", {"on": "no"}).status == 404
        assert "isn't connected to the survey's database" in site.lead.get("/archive").text
    assert list((tmp_path / "data").glob("archive-*")) == []
