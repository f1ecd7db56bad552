"""The list: every text once and in the order of the survey, filters, words looked for, pages, what comes next."""

from __future__ import annotations

import pytest

from kuule.languages.gettext.shipped_words import shipped_sources
from kuule.languages.workflow.states import State
from kuule.languages.workflow.workflow_steps import WorkflowStep
from kuule.workbench.translation_desk import text_rows
from kuule.workbench.translation_desk.current_study import read_current_language, read_current_study
from kuule.workbench.translation_desk.text_locations import (
    KUULE_WORDS_SECTION,
    REPORT_HEADINGS_SECTION,
    REPORT_TEXT_SECTION,
    STUDY_SECTION,
)
from kuule.workbench.translation_desk.text_rows import ListFilter, filter_rows, split_into_pages, text_rows_for
from tests.conftest import ROOT
from tests.study.small_study import SETTINGS, make_study
from tests.translation.partner import study_in
from tests.workbench.translation_desk.partners import AGE, FIRST, HINT, REVIEWER, SECOND, TITLE, YES, does, reviewed


def rows(study, who=REVIEWER):
    now = read_current_study(study)
    language = read_current_language(now, who.tag)
    return text_rows_for(language.entries, now.locations, language.findings, who)


def all_keys(now):
    """Of the study's texts and of Kuule's own words."""
    return sorted(source.key for source in (*now.sources, *shipped_sources()))


def keys(found):
    return [row.key for row in found]


@pytest.fixture
def study(tmp_path):
    return study_in(tmp_path)


def test_every_text_stands_once_in_the_order_of_the_survey(study):
    found = rows(study)
    assert sorted(keys(found)) == all_keys(read_current_study(study))
    assert [row.place.section for row in found][:1] == [STUDY_SECTION]
    assert [row.place.section for row in found][-1:] == [REPORT_TEXT_SECTION]
    about = [row for row in found if row.place.section == "About you"]
    assert [(row.place.kind, row.entry.source) for row in about[:5]] == [
        ("heading of a section", "About you"),
        ("question", "How old are you?"),
        ("hint", "Choose one."),
        ("answer", "18 to 34"),
        ("answer", "35 or older"),
    ]


def test_whole_study_has_a_place_for_every_text_and_no_text_elsewhere():
    now = read_current_study(ROOT / "studies" / "our-voice")
    assert sorted(now.locations) == all_keys(now)
    assert {place.section for place in now.locations.values()} >= {
        STUDY_SECTION,
        REPORT_HEADINGS_SECTION,
        "About you",
        "Justice and change",
    }
    assert all(
        place.page_key
        for place in now.locations.values()
        if place.section not in {STUDY_SECTION, KUULE_WORDS_SECTION, REPORT_HEADINGS_SECTION, REPORT_TEXT_SECTION}
    )


def test_filters_let_through_what_they_say(study):
    reviewed(study, YES)
    does(study, FIRST, HINT, WorkflowStep.DRAFT, "Välj på www.example.org")
    does(study, REVIEWER, AGE, None, comment="Which word?")
    form = study / "form.md"
    form.write_text(form.read_text("utf-8").replace("What should change?", "What has to change?"), "utf-8")
    wish = "form:/data/end/page_wish/wish:label"
    found = rows(study)
    everything = keys(found)

    def let(show):
        return keys(filter_rows(found, ListFilter(show)))

    assert let("all") == let("no such filter") == everything
    assert let("stale") == [wish]
    assert {row.key for row in filter_rows(found, ListFilter("findings")) if row.refused} == {HINT}
    assert let("comments") == [AGE]
    assert let("untranslated") == []
    assert let("unreviewed") == [key for key in everything if key != YES]
    assert let("machine") == [key for key in everything if key not in {YES, HINT}]
    assert let("mine") == []
    assert keys(filter_rows(rows(study, FIRST), ListFilter("mine"))) == [
        key for key in everything if key not in {YES, HINT}
    ]


def test_words_are_looked_for_in_source_translation_and_key_in_any_case(study):
    does(study, FIRST, HINT, WorkflowStep.DRAFT, "Välj ett svar")
    found = rows(study)
    for words in ("choose ONE", "VÄLJ svar", "age_band:hint"):
        assert keys(filter_rows(found, ListFilter("survey", find=words))) == [HINT], words
    for words in ("choose nothing at all", "band"):
        assert filter_rows(found, ListFilter(find=words)) == [], words


def test_what_is_held_back_is_neither_shown_nor_found_nor_told_by_a_check(study):
    does(study, FIRST, HINT, WorkflowStep.DRAFT, "Hemligt på www.example.org", comment="Hemlig anteckning")
    row = next(row for row in rows(study, SECOND) if row.key == HINT)
    assert (row.text, row.blind, row.findings) == ("", True, ())
    found = rows(study, SECOND)
    assert filter_rows(found, ListFilter(find="hemligt")) == []
    assert HINT not in keys(filter_rows(found, ListFilter("findings")))
    assert filter_rows(found, ListFilter("comments")) == []
    assert keys(filter_rows(rows(study, REVIEWER), ListFilter(find="hemligt"))) == [HINT]


def test_pages_hold_every_text_once_and_break_no_page_of_the_survey_but_long_ones():
    now = read_current_study(ROOT / "studies" / "our-voice")
    language = read_current_language(now, "sv")
    found = text_rows_for(language.entries, now.locations, language.findings, REVIEWER)
    pages = split_into_pages(found)
    assert [row for page in pages for row in page] == found
    assert max(map(len, pages)) <= 2 * text_rows.TEXTS_PER_PAGE
    where = {}
    for number, page in enumerate(pages):
        for row in page:
            where.setdefault((row.place.section, row.place.page_key), set()).add(number)
    assert all(len(numbers) == 1 for key, numbers in where.items() if key[1])
    assert split_into_pages([]) == [[]]


def test_jumps_lead_to_the_page_where_a_section_begins(study):
    reviewed(study, YES)
    pages = split_into_pages(rows(study))
    jumps = text_rows.section_jumps(pages)
    assert [jump.title for jump in jumps][:3] == [STUDY_SECTION, "Before you begin", "About you"]
    assert sum(jump.texts for jump in jumps) == len(rows(study))
    assert {jump.title: jump.reviewed for jump in jumps if jump.reviewed} == {"Before you begin": 1}


def test_next_text_is_found_from_one_that_is_not_wanted_any_more(study):
    found = rows(study)
    places = read_current_study(study).locations
    before, after = text_rows.neighbours(found, places, AGE)
    assert after.key == HINT
    assert text_rows.neighbours([before, after], places, AGE) == (before, after)
    assert text_rows.neighbours(found, places, TITLE)[0] is None
    assert text_rows.neighbours([], places, AGE) == (None, None)


def test_progress_counts_each_text_once(study):
    reviewed(study, YES)
    found = rows(study)
    assert dict(text_rows.count_states(found)) == {State.REVIEWED: 1, State.DRAFT_ONE: len(found) - 1}


def test_file_is_read_once_for_as_long_as_it_stays_what_it_is(study):
    now = read_current_study(study)
    language = read_current_language(now, "sv")
    assert read_current_study(study) is now
    assert read_current_language(now, "sv") is language
    does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja")
    assert read_current_language(now, "sv").catalogue.entries[YES].text == "Ja"
    assert read_current_language(now, "ar") is read_current_language(read_current_study(study), "ar")


def test_language_that_cannot_be_read_keeps_nobody_from_another(study):
    (study / "languages" / "ar.po").write_text("no PO", "utf-8")
    assert sorted(keys(rows(study))) == all_keys(read_current_study(study))
    assert does(study, FIRST, YES, WorkflowStep.DRAFT, "Ja").is_kept


def test_own_words_stand_between_the_survey_and_the_report_and_have_a_filter(study):
    found = rows(study)
    sections = list(dict.fromkeys(row.place.section for row in found))
    assert sections[sections.index(KUULE_WORDS_SECTION) + 1 :] == [REPORT_HEADINGS_SECTION, REPORT_TEXT_SECTION]
    own = filter_rows(found, ListFilter("words"))
    assert keys(own) == [source.key for source in shipped_sources()]
    assert [row for row in filter_rows(found, ListFilter("survey")) if row.of_kuule] == []


def test_source_language_that_is_not_english_has_kuule_s_words_to_translate(tmp_path):
    settings = SETTINGS.replace('source_language = "en"', 'source_language = "sv"').replace(
        "[languages]\nen =", "[languages]\nsv_later =", 1
    )
    lines = settings.splitlines()
    swedish = next(line for line in lines if line.startswith("sv ="))
    english = next(line for line in lines if line.startswith("sv_later ="))
    lines.remove(swedish)
    lines[lines.index(english)] = f"{swedish}\n{english.replace('sv_later', 'en')}"
    study = make_study(
        tmp_path, settings="\n".join(lines) + "\n", languages={"en": State.REVIEWED, "ar": State.REVIEWED}
    )
    now = read_current_study(study)
    assert now.tags == ("sv", "en", "ar")
    assert [*read_current_language(now, "sv").entries] == [source.key for source in shipped_sources()]
    assert not any(key.startswith("interface:") for key in read_current_language(now, "en").entries)
