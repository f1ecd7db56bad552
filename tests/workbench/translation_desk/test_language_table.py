"""The first page: one table of languages, the one furthest from opening first, one number for one thing, and what comes
next for each role. And pages that lead nowhere, which say where to go."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from tests.study.small_study import HELP, checked_help
from tests.workbench.translation_desk.partners import AGE, HINT, YES, entry, plain
from tests.workbench.workbench_for_tests import Reply

_ROW = re.compile(r'<tr role="row">\n<th role="rowheader".*?</tr>', re.DOTALL)


def rows(page: Reply) -> list[str]:
    """What each row of the table says."""
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in _ROW.findall(page.text)]


def test_languages_have_one_table_on_one_page(desk) -> None:
    for member in (desk.lead, desk.first, desk.reviewer, desk.viewer):
        page = member.visitor.get("/")
        assert (page.status, page.text.count("<table"), len(rows(page))) == (200, 1, 3 if member is desk.lead else 2)
    old = desk.lead.visitor.get("/translate/")
    assert (old.status, old.to) == (302, "/#languages")


def test_language_that_is_furthest_from_opening_is_first(desk) -> None:
    assert [row.split()[0] for row in rows(desk.viewer.visitor.get("/"))] == ["svenska", "العربية"]
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    desk.reviewer.does(AGE, "review", "Hur gammal är du?")
    assert [row.split()[0] for row in rows(desk.viewer.visitor.get("/"))] == ["العربية", "svenska"]
    (desk.study / "languages" / "sv.po").write_text('msgid "broken', "utf-8")
    found = rows(desk.viewer.visitor.get("/"))
    assert found[0].startswith("svenska Swedish It can't be read right now.")
    assert "LANG_" not in found[0], "what is wrong may quote a text"
    assert "LANG_" in rows(desk.lead.visitor.get("/"))[0]


def test_row_and_list_count_the_same_texts_and_the_report_apart(desk) -> None:
    [swedish] = [row for row in rows(desk.viewer.visitor.get("/")) if row.startswith("svenska")]
    drafts = re.search(r"(\d+) first draft; all by a machine", swedish)
    lacks = re.search(r"(\d+) not reviewed yet", swedish)
    assert drafts is not None
    assert lacks is not None
    listed = plain(desk.viewer.visitor.get("/translate/sv"))
    assert (drafts[1], f"{drafts[1]} first draft of {drafts[1]}" in listed) == (lacks[1], True)
    assert "Texts of the report, at the end of the list, are not among these: 1." in listed


def test_each_role_has_its_next_act_as_one_button(desk) -> None:
    def button(member) -> str:
        found = re.search(r'<p class="go next"><a class="button" href="([^"]*)"><span>(.*?)</span></a>',
                          member.visitor.get("/").text)  # fmt: skip
        return "" if found is None else re.sub(r"<[^>]+>", "", found[2])

    assert button(desk.first) == "Translate the next text: svenska"
    assert button(desk.viewer) == button(desk.reviewer) == button(desk.lead) == ""
    assert "Waits for its translators" in rows(desk.reviewer.visitor.get("/"))[0]
    desk.first.does(HINT, "draft", "Välj ett svar.")
    desk.second.does(HINT, "second-draft", "Välj ett.")
    assert button(desk.reviewer) == "Review the next text: svenska"
    page = desk.reviewer.visitor.get("/")
    address = re.search(r'class="go next"><a class="button" href="([^"]*)"', page.text)
    assert address is not None
    opened = desk.reviewer.visitor.get(address[1])
    assert (opened.status, "Välj ett." in opened.text) == (200, True)
    desk.reviewer.does(HINT, "review", "Välj ett svar.")
    assert entry(desk.study, HINT).text == "Välj ett svar."
    assert button(desk.lead) == "Adjudicate the next text: svenska"


def test_names_of_people_are_for_those_who_lead(desk) -> None:
    lead, viewer = desk.lead.visitor.get("/").text, desk.viewer.visitor.get("/").text
    assert "<bdi>translator-" in lead
    assert "translator-" not in viewer
    assert re.search(r"Translators:</span> [23]</span>", viewer)


def test_text_is_known_by_its_words_in_the_tab_and_the_heading(desk) -> None:
    page = desk.viewer.opens(AGE).text
    assert "<title>How old are you? (question, Swedish) · workbench</title>" in page
    assert '<h1><span lang="en" dir="ltr">How old are you?</span>' in page
    assert "<title>Yes (answer, Swedish) · workbench</title>" in desk.viewer.opens(YES).text


@pytest.mark.parametrize(
    ("path", "first", "others"),
    [
        ("/nowhere", '<a class="button" href="/">To your part</a>', ['href="/account"']),
        ("/translate/ar/text?key=gone", 'href="/translate/ar">To the texts in Arabic</a>', ['href="/">To your part']),
        ("/translate/sv/text?key=gone", '<a class="button" href="/">To your part</a>', []),
        ("/translate/xx", '<a class="button" href="/">To your part</a>', []),
    ],
)
def test_page_that_is_not_there_leads_on(desk, path: str, first: str, others: list[str]) -> None:
    reply = desk.arabic.visitor.get(path)
    ways = reply.text.partition('<ul class="onward">')[2].partition("</ul>")[0]
    assert reply.status in (403, 404)
    assert first in ways.splitlines()[1]
    assert all(other in ways for other in others)
    assert "/people" not in ways
    assert "Swedish" not in ways
    assert 'href="/people"' in desk.lead.visitor.get("/nowhere").text.partition('<ul class="onward">')[2]


def test_help_that_all_languages_wait_for_is_said_once(desk) -> None:
    page = plain(desk.viewer.visitor.get("/"))
    assert page.count("names no country, so that nobody can tell") == 1
    assert "None of them can open yet: services that help have not been checked" in page
    last = rows(desk.lead.visitor.get("/"))[-1]
    assert last.endswith("reviewed only what they all wait for Waits for checked services")
    settings, support = desk.study / "study.toml", desk.study / "support.csv"
    settings.write_text(settings.read_text("utf-8") + HELP, "utf-8")
    support.write_text(checked_help(datetime.now(UTC).date()), "utf-8")
    try:
        assert "None of them can open" not in plain(desk.viewer.visitor.get("/"))
        assert rows(desk.lead.visitor.get("/"))[-1].endswith("reviewed may open Ready")
    finally:
        support.unlink()


def test_invitation_that_a_row_leads_to_knows_role_and_language(desk) -> None:
    page = desk.lead.visitor.get("/people?role=translator&language=sv").text
    assert '<input type="radio" name="role" value="translator" checked>' in page
    assert '<input type="checkbox" name="language" value="sv" checked>' in page
    assert '<input type="checkbox" name="language" value="ar">' in page
    assert page.count(" checked>") == 2
