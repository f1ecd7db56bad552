"""The texts of the source language at the lead's desk: one is changed, two leads lose nothing."""

from __future__ import annotations

import html
import re

from kuule.languages.gettext.catalogue import read_po
from kuule.workbench.member_words.saying import say_plain, speak_in
from kuule.workbench.translation_desk.current_study import read_current_study
from tests.workbench.study_desk.conftest import LeadDesk

AGE = "form:/data/about/page_about/age_band:label"
ADDRESS = f"/study/text?key={AGE}"


def test_text_is_changed_in_the_questionnaire_and_its_translation_becomes_stale(desk: LeadDesk) -> None:
    page = desk.lead.get("/study/texts?find=HOW+OLD")
    [link] = re.findall(r'<li><a href="(/study/text[^"]+)"', page.text)
    assert "How old are you?" in desk.lead.get(link).text
    reply = desk.lead.follow(desk.lead.post(link, {"text": "What is your age?", "seen": "How old are you?"}))
    assert (reply.status, "It is in the questionnaire now." in reply.text) == (200, True)
    study = read_current_study(desk.site.study)
    assert study.form.text(AGE) == "What is your age?"
    entries = read_po(desk.site.study / "languages" / "sv.po", study.sources).entries
    assert [key for key, entry in entries.items() if entry.stale] == [AGE]
    assert desk.trail[0] == "changed a text"
    assert "/study/questionnaire/earlier/" in desk.lead.get("/study/questionnaire").text


def test_kinds_and_sections_of_texts_are_said_in_the_language_of_the_page(desk: LeadDesk) -> None:
    with speak_in("fi"):
        kind, section = say_plain("kind_question"), say_plain("section_study")
    desk.lead.languages = "fi"
    try:
        listed, one = desk.lead.get("/study/texts").text, desk.lead.get(ADDRESS).text
    finally:
        desk.lead.languages = ""
    assert f'<span class="small">{kind}</span>' in listed
    assert f"<h2><bdi>{section}</bdi></h2>" in listed
    assert f" · {kind} · " in one
    assert ">question<" not in listed


def test_what_two_leads_write_at_once_is_shown_side_by_side(desk: LeadDesk) -> None:
    before = desk.form.read_bytes()
    desk.lead.get(ADDRESS)
    reply = desk.lead.post(ADDRESS, {"text": "<script>mine</script>", "seen": "How old were you?"})
    assert (reply.status, desk.form.read_bytes()) == (409, before)
    assert "<script>mine</script>" in html.unescape(reply.text)
    assert "<script>mine" not in reply.body.decode()
    assert "Somebody else changed the questionnaire while you were writing." in reply.text


def test_text_that_does_not_fit_is_refused_and_stays_in_its_field(desk: LeadDesk) -> None:
    before = desk.form.read_bytes()
    desk.lead.get(ADDRESS)
    for text, said in (
        ("", "A text can't be empty."),
        ("x" * 10_001, "It is longer than 10,000 characters."),
        ("How old is ${nobody}?", "The text was not changed."),
        ("How old\x0b are you?", "It has the control character U+000B"),
    ):
        reply = desk.lead.post(ADDRESS, {"text": text, "seen": "How old are you?"})
        assert (reply.status, said in reply.text, text in reply.text) == (400, True, True)
    assert desk.form.read_bytes() == before


def test_coordinator_reads_texts_and_changes_none(desk: LeadDesk) -> None:
    page = desk.coordinator.get(ADDRESS)
    assert ("How old are you?" in page.text, "<textarea" in page.text) == (True, False)
    assert desk.coordinator.post(ADDRESS, {"text": "x", "seen": "How old are you?"}).status == 403


def test_page_of_a_text_is_the_respondents_and_has_no_script(desk: LeadDesk) -> None:
    reply = desk.lead.get(f"/study/page?key={AGE}")
    assert (reply.status, "How old are you?" in reply.text, "data-here" in reply.text) == (200, True, True)
    assert "sandbox allow-same-origin" in reply.headers["content-security-policy"]
    assert "What happened" not in desk.lead.get("/study/page?key=study:title").text
    assert desk.lead.get("/study/page?key=study:groups/none:title").status == 404
    assert desk.lead.get("/study/text?key=none").status == 404
