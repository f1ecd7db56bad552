"""How far the study is and what is wrong with it, over HTTP, as a lead sees it who never opens a terminal."""

from __future__ import annotations

import re

from tests.workbench.study_desk.conftest import LeadDesk

BROKEN = "<b onclick=x>no id</b>"


def test_lead_sees_how_far_the_study_is_and_what_comes_next(desk: LeadDesk) -> None:
    page = desk.lead.get("/study/").text
    assert re.findall(r'<li id="(\w+)"', page) == [
        "write", "translate", "freeze", "collect", "close", "open", "publish",
    ]  # fmt: skip
    assert "It has no error." in page
    assert "No language can open yet." in page
    assert "isn't connected to the survey's database" not in page  # there is no edition for real answers yet
    assert "It begins with an edition that is sealed to a key for real answers." in page
    assert '<a href="/study/" aria-current="page">' in page


def test_problems_are_said_in_words_and_again_once_a_file_changed(desk: LeadDesk) -> None:
    page = desk.lead.get("/study/problems").text
    assert ("There is no error: the study can be frozen." in page, "STUDY_315" in page) == (True, True)
    assert "No service that a person has checked helps in any of them." in page
    assert "In languages (2): English, Swedish" in page
    settings = desk.site.study / "study.toml"
    settings.write_text(settings.read_text("utf-8").replace('id = "small-study"', f'id = "{BROKEN}"'), "utf-8")
    reply = desk.lead.get("/study/problems")
    assert reply.status == 200
    assert "With an error the study can't be frozen." in reply.text
    assert "To mend it:" in reply.text
    assert "<b onclick" not in reply.body.decode()
    assert str(desk.site.study) not in reply.text
    assert "Something in the study has to be mended" in desk.lead.get("/study/").text


def test_study_that_is_away_for_a_moment_is_missed_in_words(desk: LeadDesk) -> None:
    """As while another copy of it takes its place: the desk said that something broke on its side."""
    folder, away = desk.site.study, desk.site.study.with_name("away")
    folder.rename(away)
    try:
        pages = [desk.lead.get(f"/study/{page}") for page in ("", "problems", "editions", "texts")]
    finally:
        away.rename(folder)
    assert [(page.status, "STUDY_001" in page.text) for page in pages] == [(503, True)] * 4
    assert [page for page in pages if str(folder.parent) in page.text] == []  # nor what lies beside it
    assert "STUDY_001" not in desk.lead.get("/study/problems").text


def test_coordinator_sees_the_desk_and_is_offered_nothing_that_would_change_the_study(desk: LeadDesk) -> None:
    page = desk.coordinator.get("/study/questionnaire")
    assert (page.status, 'type="file"' in page.text) == (200, False)
    assert 'type="file"' not in desk.coordinator.get("/study/editions").text
    assert '<a href="/study/"' in desk.coordinator.get("/").text


def test_address_without_its_slash_leads_to_the_page(desk: LeadDesk) -> None:
    assert desk.lead.get("/study").to == "/study/"
