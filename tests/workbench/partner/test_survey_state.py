"""What members see of the survey as it is now: its phase, in the words of the command line, and the last look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kuule.store.database import close_connections, configure
from kuule.store.rows.field_control import change_field_control
from kuule.study.settings.field_phase import FieldOrder, FieldPhase, StandingOrder
from kuule.verification.look_record import LookRecord, write_look_record
from kuule.verification.site_findings import SiteFinding, SiteState
from kuule.workbench.member_words.workbench_words import workbench_languages, workbench_words
from tests.workbench.conftest import collect
from tests.workbench.workbench_for_tests import Workbench, running_workbench

LOOKED = datetime(2026, 11, 27, 6, tzinfo=UTC)
WELL = SiteFinding("cookies", SiteState.OK, "none")
WRONG = SiteFinding("cookies", SiteState.WRONG, "a cookie is set: <b>a</b>")
DRAFTS = SiteFinding("readiness", SiteState.WARNING, "texts are drafts in sv")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Path]]:
    """A workbench of a survey that closed yesterday, and the file of looks at it."""
    collected = collect(tmp_path_factory.mktemp("closed"))
    configure(collected.database)
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    change_field_control(lambda _: StandingOrder(FieldOrder.CLOSE, yesterday, 20))
    close_connections()
    folder = tmp_path_factory.mktemp("looks")
    given = ("--database", collected.database, "--edition", str(collected.edition_folder))
    with running_workbench(
        collected.study, folder / "data", *given, "--verified", str(folder / "looks.json")
    ) as running:
        yield running, folder / "looks.json"


def seen(*findings: SiteFinding) -> LookRecord:
    return LookRecord("https://a.example", "", LOOKED, LOOKED, {one.check: one for one in findings})


def test_desk_and_command_line_have_one_word_for_each_phase() -> None:
    words = workbench_words("en").texts
    for phase in FieldPhase:
        said = str(words[f"workbench:home_phase_{phase.replace('-', '_')}"])
        assert said == f"{phase.words[:1].upper()}{phase.words[1:]}"


@pytest.mark.parametrize("tag", workbench_languages())
def test_phases_differ_in_every_language(tag: str) -> None:
    words = workbench_words(tag).texts
    said = {str(words[f"workbench:home_phase_{phase.replace('-', '_')}"]) for phase in FieldPhase}
    assert len(said) == len(FieldPhase)


@pytest.mark.slow
def test_phase_is_that_of_the_store(closed: tuple[Workbench, Path]) -> None:
    site, path = closed
    path.unlink(missing_ok=True)
    page = site.lead.get("/").text
    assert "The survey now" in page
    assert "Closed: those who have begun can still finish" in page
    assert "Seen from outside" not in page


@pytest.mark.slow
@pytest.mark.parametrize(
    ("record", "told"),
    [
        (seen(WELL), ["Seen from outside on 27 November 2026: all as promised."]),
        (seen(WELL, DRAFTS), ["nothing is wrong. To know:", "readiness: texts are drafts in sv"]),
        (seen(WRONG, DRAFTS), ["this was wrong:", "cookies: a cookie is set: <b>a</b>", "readiness: texts are drafts"]),
        (replace(seen(WELL), missed="lets nobody in (403)"), ["all as promised", "not mean that it is down", "(403)"]),
    ],
)
@pytest.mark.parametrize("role", ["lead", "partner"])
def test_last_look_is_shown_to_leads_and_partners(
    closed: tuple[Workbench, Path], record: LookRecord, told: list[str], role: str
) -> None:
    site, path = closed
    write_look_record(path, record)
    reply = (site.lead if role == "lead" else site.member("coordinator")).get("/")
    assert [one for one in told if one not in reply.text] == []
    assert b"<b>a</b>" not in reply.body


@pytest.mark.slow
def test_file_that_is_no_record_is_told_to_the_lead_and_stops_no_page(closed: tuple[Workbench, Path]) -> None:
    site, path = closed
    path.write_text("{}")
    page = site.lead.get("/")
    assert (page.status, "VERIFY_005" in page.text) == (200, True)
