"""The pages of a network: who is in the directory, under which text each name is, what everyone must not see."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from icalendar import Calendar

from kuule.network.network_problems import NetworkError
from kuule.network.partner_pages.network_site import NETWORK_LIST_FILE
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.writing.part_files import write_part
from kuule.usecases.networking.publish_network import publish_study_network
from tests.network.small_network import EN, SV, make_network, sign, write_statement
from tests.register.made_registers import made_provision, made_settings
from tests.study.folder.test_partner_files import write_partner
from tests.study.media.files import png

TODAY = date(2026, 11, 28)


def publish(study: Path, to: Path, register: Path | None = None) -> dict[str, str]:
    """The pages by name, as text."""
    publish_study_network(study, to, register=register, today=TODAY)
    return {file.name: unescape(file.read_text("utf-8")) for file in to.glob("*.html")}


def text_of(page: str, tag: str) -> str:
    """What stands under the heading of a language."""
    return page.partition(f'id="text-{tag}"')[2].partition("</article>")[0]


def make_actions(folder: Path, **more: object) -> Path:
    """A register with one action of the study, and one that is about law alone."""
    known = {
        "kind": "campaign",
        "status": "confirmed",
        "starts": "2027-01-15",
        "says": "What it is",
        "changed_on": "2026-11-01",
    }
    parts = (
        made_settings(countries=["FI", "SE"], address="https://register.example"),
        made_provision("limitation-criminal"),
        PlannedAction.model_validate(
            {**known, "id": "week", "title": "A week", "studies": ["small-study"], "partners": ["childx"], **more}
        ),
        PlannedAction.model_validate({**known, "id": "vote", "title": "A vote on a law"}),
    )
    for part in parts:
        write_part(folder, part)
    return folder


def test_directory_has_each_partner_below_its_country(tmp_path):
    page = publish(make_network(tmp_path), tmp_path / "site")["index.html"]
    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", page)
    assert headings == ["Finland", "A radio station", "Sweden", "ChildX"]
    assert (
        "runs a helpline" in page,
        "survey@childx.example.org" in page,
        "translates it · speaks about it" in page,
    ) == (
        True,
        True,
        True,
    )
    assert '<a href="https://childx.example.org" rel="noreferrer">childx.example.org</a>' in page


def test_text_of_a_partner_is_never_markup(tmp_path):
    study = make_network(tmp_path)
    write_partner(study, "radio", 'name = "<script>alert(1)</script>"\nrole = "<img src=x onerror=alert(1)>"')
    publish_study_network(study, tmp_path / "site", register=None, today=TODAY)
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert ("<script" in page, "<img" in page, "&lt;script&gt;" in page) == (False, False, True)


def test_statement_without_a_signature_is_nowhere(tmp_path):
    pages = publish(make_network(tmp_path), tmp_path / "site")
    assert sorted(pages) == ["events.html", "index.html", "statements.html"]
    assert not any("Time limits" in page for page in pages.values())


def test_names_are_under_the_texts_that_were_signed(tmp_path):
    study = make_network(tmp_path)
    sign(study, "childx")
    page = publish(study, tmp_path / "site")["statement-time-limits.html"]
    assert ("ChildX" in text_of(page, "en"), "ChildX" in text_of(page, "sv"), "radio" in page) == (True, True, False)
    assert '<div lang="sv" dir="ltr">\n<h2>Preskription</h2>' in page


def test_translation_that_was_changed_says_that_nobody_signed_it(tmp_path):
    study = make_network(tmp_path)
    sign(study, "childx")
    (study / "statements/time-limits/sv.txt").write_text(SV.replace("en sak", "två saker"), "utf-8")
    page = publish(study, tmp_path / "site")["statement-time-limits.html"]
    assert ("ChildX" in text_of(page, "en"), "ChildX" in text_of(page, "sv")) == (True, False)
    assert "No organisation has signed these words" in text_of(page, "sv")


def test_statement_that_was_changed_goes_from_the_pages(tmp_path):
    study = make_network(tmp_path)
    sign(study, "childx")
    assert "statement-time-limits.html" in publish(study, tmp_path / "site")
    (study / "statements/time-limits/en.txt").write_text(EN.replace("one thing", "two things"), "utf-8")
    assert "statement-time-limits.html" not in publish(study, tmp_path / "site")


@pytest.mark.parametrize(("day", "there"), [("2026-11-29", False), ("2026-11-28", True)])
def test_statement_waits_for_its_day(tmp_path, day, there):
    study = make_network(tmp_path)
    write_statement(study, "time-limits", f'languages = ["en", "sv"]\npublish_on = {day}')
    sign(study, "childx")
    assert ("statement-time-limits.html" in publish(study, tmp_path / "site")) is there


def test_partner_that_left_is_named_nowhere(tmp_path):
    study = make_network(tmp_path)
    sign(study, "childx")
    sign(study, "radio")
    (study / "partners/childx.toml").unlink()
    pages = publish(study, tmp_path / "site")
    assert "A radio station" in pages["statement-time-limits.html"]
    assert not any("ChildX" in page for page in pages.values())


def test_dates_of_the_study_are_a_page_and_a_calendar_and_those_of_law_are_not(tmp_path):
    register = make_actions(tmp_path / "register")
    page = publish(make_network(tmp_path / "study"), tmp_path / "site", register)["events.html"]
    assert ("A week" in page, "15 January 2027" in page, "ChildX" in page, "A vote" in page) == (
        True,
        True,
        True,
        False,
    )
    calendar = Calendar.from_ical((tmp_path / "site/events.ics").read_bytes())
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["A week"]
    assert "https://register.example" in page


def test_launches_are_for_partners_alone(tmp_path):
    study = make_network(tmp_path)
    (study / "launches").mkdir()
    tasks = "".join(
        f'[[tasks]]\nkind = "{kind}"\nwhat = "Nothing before six"\n'
        for kind in ("embargo", "languages", "spokespeople", "help-lines")
    )
    (study / "launches/report.toml").write_text(f'title = "The secret launch"\n{tasks}', "utf-8")
    pages = publish(study, tmp_path / "site")
    assert not any("secret launch" in page or "before six" in page for page in pages.values())


def test_logo_that_is_taken_is_shown_and_another_is_left_out(tmp_path):
    study = make_network(tmp_path)
    (study / "identity").mkdir()
    (study / "identity/a.png").write_bytes(png(300, 100))
    (study / "identity/b.png").write_bytes(b"<svg onload=alert(1)>")
    write_partner(study, "childx", 'name = "ChildX"\nlogo = "a.png"')
    write_partner(study, "radio", 'name = "Radio"\nlogo = "b.png"')
    page = publish(study, tmp_path / "site")["index.html"]
    assert re.findall(r'<img src="([^"]*)"', page) == ["logos/childx.png"]
    assert [file.name for file in (tmp_path / "site/logos").iterdir()] == ["childx.png"]


def test_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("mine")
    (tmp_path / "site/.kuule-register-site.json").write_text('{"format": 1, "files": ["index.html"]}')
    with pytest.raises(RegisterError, match="REGISTER_032"):
        publish(make_network(tmp_path / "study"), tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "mine"


def test_pages_that_are_gone_are_removed_and_other_files_stay(tmp_path):
    study = make_network(tmp_path)
    sign(study, "childx")
    publish(study, tmp_path / "site")
    (tmp_path / "site/robots.txt").write_text("mine")
    (study / "statements/time-limits/signatures.json").unlink()
    publish(study, tmp_path / "site")
    found = sorted(file.name for file in (tmp_path / "site").iterdir() if file.is_file())
    assert found == [NETWORK_LIST_FILE, "events.html", "index.html", "robots.txt", "statements.html"]
    assert {file.name for file in (tmp_path / "site/sv").iterdir()} == {"events.html", "index.html", "statements.html"}


def test_what_does_not_fit_together_makes_no_pages(tmp_path):
    study = make_network(tmp_path)
    write_statement(study, "time-limits", 'languages = ["en", "sv"]\nasked = ["childy"]')
    with pytest.raises(NetworkError, match=r"NETWORK_010.*childx"):
        publish(study, tmp_path / "site")
    assert not (tmp_path / "site").exists()
