"""The page beside a text: every text of a whole study on the page where it stands, drawn as the collector draws it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import lxml.html
import pytest

from kuule.collector.http.collector_site import configure_django
from kuule.collector.http.upload_limits import UploadLimits
from kuule.languages.markup.markdown import block_html
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.workbench.translation_desk.current_study import read_current_language, read_current_study
from kuule.workbench.translation_desk.text_locations import (
    KUULE_WORDS_SECTION,
    REPORT_HEADINGS_SECTION,
    REPORT_TEXT_SECTION,
)
from kuule.workbench.translation_desk.text_preview import is_on_page, preview_text
from tests.conftest import ROOT
from tests.study.small_study import FORM
from tests.translation.partner import study_in
from tests.workbench.translation_desk.partners import AGE, FIRST, REVIEWER, SECOND, TITLE, YES, does, language_member

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OURS = ROOT / "studies" / "our-voice"
HOSTILE = "[här](https://example.org/x) <script>alert(1)</script> <img src=x onerror=alert(1)> \u202eokänd **fet**"


@pytest.fixture(autouse=True)
def _collector_s_templates(tmp_path):
    configure_django(f"sqlite:///{tmp_path}/none.db", UploadLimits())


def page(study, key, who=REVIEWER):
    now = read_current_study(study)
    return preview_text(now, read_current_language(now, who.tag), who, now.locations[key], NOON)


def words(html):
    read = lxml.html.fromstring(html.replace("<", " <"))
    return " ".join(read.xpath("string()").split())


@pytest.mark.parametrize("tag", [pytest.param("sv", marks=pytest.mark.whole), "ar"])
def test_every_text_of_a_study_stands_on_the_page_beside_it(tag):
    now = read_current_study(OURS)
    spoken = read_current_language(now, tag)
    who = language_member(tag=tag)
    seen = 0
    for key, place in now.locations.items():
        preview = preview_text(now, spoken, who, place, NOON)
        assert (preview is None) is (
            place.section in {KUULE_WORDS_SECTION, REPORT_HEADINGS_SECTION, REPORT_TEXT_SECTION}
        ), key
        text = spoken.entries[key].text
        if preview is not None and "${" not in text and key != "study:discreet_title":
            wanted = words(f"<div>{block_html(text)}</div>")
            assert re.sub(r"\s", "", wanted) in re.sub(r"\s", "", words(preview.html)), key
            seen += 1
    assert seen > 470


def test_page_is_in_the_language_and_direction_of_the_text():
    page_in_arabic = page(OURS, "study:title", language_member(tag="ar"))
    root = lxml.html.fromstring(page_in_arabic.html)
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")


def test_page_says_what_is_saved(tmp_path):
    study = study_in(tmp_path)
    assert "sv: How old are you?" in words(page(study, AGE).html)
    does(study, FIRST, AGE, WorkflowStep.DRAFT, "Hur gammal är du?")
    assert "Hur gammal är du?" in words(page(study, AGE).html)


def test_question_of_the_text_is_marked(tmp_path):
    marked = lxml.html.fromstring(page(study_in(tmp_path), AGE).html).xpath("//*[@data-here]")
    assert [
        one.getparent().getparent().getparent().getparent().xpath(".//legend")[0].xpath("string()").strip()
        for one in marked
    ]
    assert len(marked) == 1


def test_page_of_a_skipped_section_and_of_what_stands_inside_a_choice_is_shown(tmp_path):
    study = study_in(tmp_path)
    where = "form:/data/happened/page_where"
    assert "sv: Where did it happen?" in words(page(study, f"{where}/place:label").html)
    inside = lxml.html.fromstring(page(study, f"{where}/how_often:label").html)
    assert "sv: How often did it happen?" in inside.xpath("string()")
    chosen = inside.xpath("//input[@checked]/@value")
    assert [value.strip() for value in chosen if value.strip()] == ["home"]


def test_words_for_an_answer_that_does_not_fit_are_shown_where_they_are_said(tmp_path):
    form = FORM.replace(
        "| | type | name | label | hint | relevant | required | appearance |",
        "| | type | name | label | hint | relevant | required | appearance | constraint | constraint_message |",
    ).replace(
        "| integer | years | For how many years have you lived there? | | | | |",
        "| integer | years | For how many years have you lived there? | | | | | . < 120 | Please write less. |",
    )
    study = study_in(tmp_path, form=form)
    key = "form:/data/about/page_years/years:constraint_message"
    assert "sv: Please write less." in words(page(study, key).html)
    assert "sv: Please write less." not in words(page(study, key.replace("constraint_message", "label")).html)


def test_repeat_has_one_instance_to_be_looked_at(tmp_path):
    form = FORM.replace(
        "| | begin_group | page_years | | | | | field-list |",
        "| | begin_repeat | person | A person | | | | |\n| | text | job | What do they do? | | | | |\n"
        "| | end_repeat | | | | | | |\n"
        "| | begin_group | page_years | | | | | field-list |",
    )
    study = study_in(tmp_path, form=form)
    assert "sv: What do they do?" in words(page(study, "form:/data/about/person/job:label").html)
    assert "sv: A person" in words(page(study, "form:/data/about/person:label").html)


def test_second_translator_s_page_does_not_show_the_first_translation(tmp_path):
    study = study_in(tmp_path)
    does(study, FIRST, AGE, WorkflowStep.DRAFT, "Hur gammal är du?")
    assert "Hur gammal är du?" not in page(study, AGE, SECOND).html
    assert "How old are you?" in words(page(study, AGE, SECOND).html)
    does(study, SECOND, AGE, WorkflowStep.SECOND_DRAFT, "Vilken ålder har du?")
    assert "Vilken ålder har du?" in words(page(study, AGE, SECOND).html)
    assert "Vilken ålder har du?" not in page(study, AGE, FIRST).html


@pytest.mark.parametrize("key", [YES, AGE, TITLE])
def test_hostile_translation_is_words_and_a_link_that_tells_nobody(tmp_path, key):
    study = study_in(tmp_path)
    does(study, FIRST, key, WorkflowStep.DRAFT, HOSTILE)
    read = lxml.html.fromstring(page(study, key).html)
    assert read.xpath("//script") == read.xpath("//img") == read.xpath("//@onerror") == []
    assert "<script>alert(1)</script>" in read.xpath("string()")
    for link in read.xpath("//main//a[contains(@href, 'example.org')]"):
        assert (link.get("rel"), link.get("target")) == ("noopener noreferrer", "_blank")


def test_own_words_around_a_question_are_those_of_the_study(tmp_path):
    study = study_in(tmp_path)
    assert "Vidare härifrån" not in page(study, AGE).html
    does(study, FIRST, "interface:continue", WorkflowStep.DRAFT, "Vidare härifrån")
    assert "Vidare härifrån" in page(study, AGE).html
    assert "Vidare härifrån" not in page(study, AGE, SECOND).html, "the second translator has not seen the first's"


def test_draft_of_a_word_that_no_page_could_fill_in_breaks_no_preview(tmp_path):
    study = study_in(tmp_path)
    does(study, FIRST, "interface:welcome_asks", WorkflowStep.DRAFT, "{oops} frågar")
    assert "oops" not in page(study, TITLE).html


def test_only_what_is_in_the_report_or_kuule_s_own_stands_on_no_page():
    now = read_current_study(OURS)
    assert {place.section for place in now.locations.values() if not is_on_page(place)} == {
        KUULE_WORDS_SECTION,
        REPORT_HEADINGS_SECTION,
        REPORT_TEXT_SECTION,
    }
