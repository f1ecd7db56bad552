"""The desk over HTTP: who sees and does what, what is held back, what becomes of what was typed, and hostile texts."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.check import check_folder
from kuule.study.edition.language_readiness import folder_readiness
from kuule.study.folder.interface_words import read_interface_words
from kuule.study.folder.study_folder import read_study_folder
from tests.study.small_study import FORM
from tests.workbench.translation_desk.partners import AGE, HINT, YES, catalogue, entry, field, plain

HOSTILE = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)> [x](javascript:alert(1)) \u202eabc'


def test_translator_reaches_no_other_language(desk):
    before = (desk.study / "languages" / "sv.po").read_bytes()
    visitor = desk.arabic.visitor
    page = visitor.get("/translate/ar/text?key=study:title")
    for address in ("/translate/sv", "/translate/sv/text?key=study:title", "/translate/sv/page?key=study:title"):
        assert visitor.get(address).status == 403, address
    desk.arabic.tag = "sv"
    try:
        assert desk.arabic.posts("study:title", page, "draft", "Stulen").status == 403
        assert desk.arabic.posts("study:title", page, "comment", comment="x").status == 403
    finally:
        desk.arabic.tag = "ar"
    assert (desk.study / "languages" / "sv.po").read_bytes() == before
    assert "svenska" not in plain(visitor.get("/"))
    assert "العربية" in plain(visitor.get("/"))


def test_viewer_reads_and_writes_nothing(desk):
    before = (desk.study / "languages" / "sv.po").read_bytes()
    page = desk.viewer.opens(YES)
    assert "sv: Yes" in plain(page)
    assert "<textarea" not in page.body.decode()
    assert 'name="go"' not in page.body.decode()
    for go in ("draft", "second-draft", "review", "adjudicate", "pretest", "confirm", "comment"):
        assert desk.viewer.posts(YES, page, go, "Nej", "x").status == 403, go
    assert (desk.study / "languages" / "sv.po").read_bytes() == before


def test_language_and_text_that_are_not_there_are_no_page(desk):
    for address in ("/translate/xx", "/translate/sv/text?key=nothing", "/translate/sv/text", "/translate/sv/page"):
        assert desk.lead.visitor.get(address).status == 404, address
    assert desk.lead.does(YES, "no-such-step").status == 404


def test_draft_is_saved_and_the_next_text_comes(desk):
    reply = desk.first.does(AGE, "draft", "Hur gammal är du?")
    assert (reply.status, reply.to) == (302, desk.first.address(HINT))
    assert "Saved." in plain(desk.first.visitor.get(reply.to))
    now = entry(desk.study, AGE)
    assert (now.text, now.state, now.origin, now.by) == (
        "Hur gammal är du?",
        State.DRAFT_ONE,
        TextOrigin.PERSON,
        "translator",
    )


def test_first_button_that_enter_presses_saves(desk):
    page = desk.first.opens(AGE).body.decode()
    first = page[page.index('<form class="desk-form"') :]
    assert first[first.index("<button") :].startswith('<button class="first" name="go" value="draft"')


def test_filter_goes_along_from_text_to_text_and_ends_in_the_list(desk):
    reply = desk.first.does(AGE, "draft", "Hur gammal är du?", show="mine", find="How old are you?")
    assert reply.to == "/translate/sv?show=mine&find=How+old+are+you%3F"
    assert "That was the last of these texts." in plain(desk.first.visitor.get(reply.to))


def test_machine_s_text_is_shown_and_stands_in_nobody_s_field(desk):
    page = desk.first.opens(AGE)
    assert field(page) == ""
    assert "sv: How old are you?" in plain(page)


def test_second_translator_sees_nothing_of_the_first_translation_anywhere(desk):
    secret, note = "Zebrans ålder på www.example.org", "Zebrans tanke"
    desk.first.does(AGE, "draft", secret, note)
    page = desk.second.opens(AGE)
    pages = [
        page,
        desk.second.visitor.get("/translate/sv"),
        desk.second.visitor.get("/translate/sv?find=zebra"),
        desk.second.visitor.get("/translate/sv?show=findings"),
        desk.second.sees(AGE),
    ]
    assert [one.status for one in pages] == [200] * len(pages)
    for one in pages:
        # what was looked for stands in the field of the search
        assert "ebrans" not in one.text.replace('value="zebra"', "").replace("find=zebra", "")
        assert "example.org" not in one.text
    assert field(page) == ""
    assert desk.second.posts(AGE, page, "take,0").text.count("ebrans") == 0
    assert desk.second.posts(AGE, page, "second-draft", "Vilken ålder har du?").status == 302
    again = desk.second.opens(AGE)
    assert (field(again), "ebrans" in again.text) == ("Vilken ålder har du?", False)
    assert "Vilken ålder" not in desk.first.opens(AGE).text
    assert [draft.text for draft in entry(desk.study, AGE).drafts] == [secret, "Vilken ålder har du?"]


def test_reviewer_sees_both_translations_takes_one_and_is_the_third(desk):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    page = desk.reviewer.opens(AGE)
    assert (field(page), "Vilken ålder har du?" in plain(page)) == ("Hur gammal är du?", True)
    taken = desk.reviewer.posts(AGE, page, "take,1", "Hur gammal är du?", "Shorter")
    assert (taken.status, field(taken)) == (200, "Vilken ålder har du?")
    assert 'value="Shorter"' in taken.text
    assert desk.reviewer.posts(AGE, taken, "review", "Vilken ålder har du?", "Shorter").status == 302
    now = entry(desk.study, AGE)
    assert (now.text, now.state, now.by) == ("Vilken ålder har du?", State.REVIEWED, "reviewer")
    assert now.note.startswith("review (reviewer, ")
    page = desk.viewer.opens(AGE)
    assert all(words in plain(page) for words in ("Shorter", "History (3)", "second translator: second draft"))


def test_conflict_shows_both_and_the_page_saves_what_is_decided(desk):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    older = desk.reviewer.opens(AGE)
    desk.lead.does(AGE, "review", "Hur gammal är du nu?")
    conflict = desk.reviewer.posts(AGE, older, "review", "Hur gammal är du då?", "Mine")
    assert (conflict.status, field(conflict)) == (409, "Hur gammal är du då?")
    assert "Somebody else changed this text" in plain(conflict)
    assert "Hur gammal är du nu?" in plain(conflict)
    assert 'value="Mine"' in conflict.text
    assert entry(desk.study, AGE).text == "Hur gammal är du nu?"
    assert "Hur gammal är du då?" in (desk.study / "languages" / "apart" / "sv.po").read_text("utf-8")
    assert desk.reviewer.posts(AGE, conflict, "review", "Hur gammal är du då?", "Mine").status == 302
    assert entry(desk.study, AGE).text == "Hur gammal är du då?"
    assert "Hur gammal är du nu?" in (desk.study / "languages" / "apart" / "sv.po").read_text("utf-8")


def test_wording_that_a_check_refuses_stays_in_the_field_with_its_reason(desk):
    desk.first.does(HINT, "draft", "Välj ett.")
    desk.second.does(HINT, "second-draft", "Välj en.")
    refused = desk.reviewer.does(HINT, "review", "Välj på www.example.org.")
    assert (refused.status, field(refused)) == (422, "Välj på www.example.org.")
    assert "LANG_012" in plain(refused)
    assert entry(desk.study, HINT).state is State.DRAFT_TWO


def test_draft_that_a_check_speaks_of_is_saved_and_comes_again(desk):
    reply = desk.first.does(HINT, "draft", "Välj på www.example.org.")
    assert reply.to == desk.first.address(HINT)
    again = desk.first.visitor.get(reply.to)
    assert "Refused: " in plain(again)
    assert field(again) == "Välj på www.example.org."


def test_comment_alone_leaves_what_was_typed_in_the_field(desk):
    reply = desk.first.does(AGE, "comment", "Halvfärd", "Is it formal?")
    assert (reply.status, field(reply)) == (200, "Halvfärd")
    assert "The comment is saved." in plain(reply)
    now = entry(desk.study, AGE)
    assert (now.text, now.note.partition(": ")[2]) == ("sv: How old are you?", "Is it formal?")


@pytest.mark.parametrize(("text", "comment"), [("å" * 10_001, ""), ("Ja", "å" * 1_001)])
def test_what_is_too_long_is_not_saved_and_stays(desk, text, comment):
    reply = desk.first.does(AGE, "draft", text, comment)
    assert (reply.status, field(reply)) == (422, text)
    assert entry(desk.study, AGE).origin is TextOrigin.MACHINE


def test_study_that_cannot_be_read_just_now_says_so_with_what_was_typed(desk):
    page = desk.first.opens(AGE)
    try:
        (desk.study / "form.md").write_text(FORM[: len(FORM) // 2], "utf-8")
        reply = desk.first.posts(AGE, page, "draft", "Hur gammal är du?", "En fråga")
    finally:
        (desk.study / "form.md").write_text(FORM, "utf-8")
    assert reply.status == 503
    assert all(words in plain(reply) for words in ("Hur gammal är du?", "En fråga", "cannot be read just now"))
    assert desk.first.posts(AGE, page, "draft", "Hur gammal är du?").status == 302


def test_text_whose_question_was_renamed_meanwhile_is_gone_with_its_words_kept(desk):
    page = desk.first.opens(AGE)
    (desk.study / "form.md").write_text(FORM.replace("age_band | How old", "age_now | How old"), "utf-8")
    reply = desk.first.posts(AGE, page, "draft", "Hur gammal är du?")
    assert reply.status == 410
    assert "Hur gammal är du?" in plain(reply)
    assert "Hur gammal är du?" in (desk.study / "languages" / "apart" / "sv.po").read_text("utf-8")


def test_what_has_no_room_beside_the_file_is_said_and_stays_on_the_page(desk):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    page = desk.second.opens(AGE)
    for number in range(6):
        refused = desk.second.posts(AGE, page, "draft", f"Hur gammal {number}?")
    assert (refused.status, field(refused)) == (409, "Hur gammal 5?")
    assert "Copy what you typed before you leave this page" in plain(refused)
    assert "is kept in languages/apart" not in plain(refused)
    assert "Hur gammal 5?" not in (desk.study / "languages" / "apart" / "sv.po").read_text("utf-8")
    (desk.study / "form.md").write_text(FORM.replace("age_band | How old", "age_now | How old"), "utf-8")
    gone = desk.second.posts(AGE, page, "draft", "Hur gammal 6?")
    assert (gone.status, "Hur gammal 6?" in plain(gone)) == (410, True)
    assert "Copy what you typed before you leave this page" in plain(gone)


def test_stale_text_shows_the_old_source_and_what_changed(desk):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    (desk.study / "form.md").write_text(FORM.replace("How old are you?", "How old were you then?"), "utf-8")
    page = desk.first.opens(AGE)
    assert "The source has changed since it was translated." in plain(page)
    assert "<del>are</del><ins>were</ins>" in page.text
    assert "source has changed (1)" in plain(desk.first.visitor.get("/translate/sv"))


def test_agreed_terms_of_the_source_stand_beside_it_and_others_do_not(desk):
    glossary = desk.study / "glossary.csv"
    rows = "language,source,agreed,avoid,note\nsv,survey,enkät,undersökning,\nsv,home,hemma,,\n"
    try:
        glossary.write_text(rows, "utf-8")
        page = plain(desk.first.opens("form:/data/start/page_consent/about_survey:label"))
    finally:
        glossary.unlink()
    assert "survey enkät not undersökning" in page
    assert "hemma" not in page


def test_hostile_text_is_words_on_every_page(desk):
    desk.first.does(AGE, "draft", HOSTILE, HOSTILE)
    pages = [desk.reviewer.opens(AGE), desk.reviewer.visitor.get("/translate/sv"), desk.reviewer.sees(AGE)]
    for page in pages:
        html = page.body.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert 'href="javascript' not in html
        assert page.status == 200
    own = desk.first.opens(AGE)
    assert field(own) == HOSTILE
    assert own.body.decode().count("\u202e") == 1, "in the field alone, where it can be taken out"
    assert [page.body.decode().count("\u202e") for page in pages[:2]] == [0, 0]


def test_page_of_a_respondent_stands_in_a_frame_of_ours_alone_and_does_nothing(desk):
    frame = desk.first.sees(AGE)
    policy = frame.headers["content-security-policy"]
    assert "sandbox allow-same-origin" in policy
    assert all(rule in policy for rule in ("default-src 'none'", "form-action 'none'", "frame-ancestors 'self'"))
    assert "script-src" not in policy
    assert frame.headers["x-frame-options"] == "SAMEORIGIN"
    assert 'name="token" value=""' in frame.text
    around = desk.first.opens(AGE)
    assert 'sandbox="allow-same-origin"' in around.text
    assert "frame-src 'self'" in around.headers["content-security-policy"]


def test_text_of_the_report_says_that_no_page_has_it(desk):
    assert "No respondent sees this text" in plain(desk.first.opens("study:groups/region:title"))
    assert "<iframe" not in desk.first.opens("study:groups/region:title").text
    assert desk.first.sees("study:groups/region:title").status == 200


def test_record_that_somebody_wrote_by_hand_breaks_no_page(desk):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    po = desk.study / "languages" / "sv.po"
    po.write_text(re.sub(r" on=[0-9-]+", " on=soon", po.read_text("utf-8")), "utf-8")
    history = desk.study / "languages" / "history" / "sv.jsonl"
    history.write_bytes(history.read_bytes() + b'{"key":"' + AGE.encode() + b'","by":"<b>"}\nno line\n')
    page = desk.reviewer.opens(AGE)
    assert (page.status, "translator, soon" in plain(page), "<b>" in page.body.decode()) == (200, True, False)
    assert desk.reviewer.posts(AGE, page, "review", "Hur gammal är du?").status == 302
    assert history.read_bytes().count(b"no line\n") == 1


def test_wording_that_was_changed_in_an_editor_is_told_in_the_history_and_is_a_draft_again(desk):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    po = desk.study / "languages" / "sv.po"
    po.write_text(po.read_text("utf-8").replace('msgstr "Hur gammal är du?"', 'msgstr "Din ålder?"'), "utf-8")
    page = plain(desk.reviewer.opens(AGE))
    assert "The wording was changed later in another program." in page
    assert "Din ålder?" in page


def test_each_text_stands_in_its_own_language_and_direction(desk):
    desk.first.tag = "ar"
    try:
        page = desk.first.opens(AGE).body.decode()
    finally:
        desk.first.tag = "sv"
    assert '<html lang="en" dir="ltr">' in page
    assert '<textarea id="wording" name="text" lang="ar" dir="rtl"' in page
    assert 'lang="en" dir="ltr">How old are you?</div>' in page


def test_trail_names_the_text_and_never_its_words(desk):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    trail = plain(desk.lead.visitor.get("/audit"))
    assert f"wrote a draft sv {AGE}" in trail
    assert "Hur gammal" not in trail


def test_no_page_asks_for_a_style_in_a_tag(desk):
    for page in (desk.first.visitor.get("/"), desk.first.visitor.get("/translate/sv"), desk.first.opens(AGE)):
        assert " style=" not in page.body.decode()
        assert "<style" not in page.body.decode()


def test_language_that_cannot_be_read_is_told_beside_the_others(desk):
    (desk.study / "languages" / "sv.po").write_text('msgid "broken', "utf-8")
    page = desk.lead.visitor.get("/")
    assert page.status == 200
    assert all(words in plain(page) for words in ("svenska", "can't be read right now", "LANG_", "العربية"))
    assert "Translate the next text: العربية" in plain(desk.arabic.visitor.get("/"))
    assert desk.lead.visitor.get("/translate/sv").status == 503


def test_disk_that_takes_nothing_leaves_what_was_typed_on_the_page(desk):
    before = (desk.study / "languages" / "sv.po").read_bytes()
    page, blocked = desk.first.opens(AGE), desk.study / "languages" / ".new"
    blocked.write_text("where the new files would be made")
    reply = desk.first.posts(AGE, page, "draft", "Hur gammal är du?", "En fråga")
    assert reply.status == 503
    assert all(words in plain(reply) for words in ("Hur gammal är du?", "En fråga", "WORKBENCH_010"))
    assert (desk.study / "languages" / "sv.po").read_bytes() == before
    blocked.unlink()
    assert desk.first.posts(AGE, page, "draft", "Hur gammal är du?").status == 302


def test_older_source_that_somebody_made_up_is_a_text_and_no_more(desk):
    visitor, page = desk.first.visitor, desk.first.opens(AGE)
    hidden = {"mark": re.search(r'name="mark" value="(\w+)"', page.text)[1], "source": "Made\x00 up\x1b\r\n"}
    assert visitor.post(desk.first.address(AGE), {**hidden, "go": "draft", "text": "Ålder"}).status == 302
    now = entry(desk.study, AGE)
    assert (now.previous, now.stale, now.text) == ("Made up\n", True, "Ålder")


def test_own_words_of_kuule_go_through_two_drafts_and_a_review_into_the_study(desk):
    key = "interface:continue"
    assert "Kuule's own words" in desk.first.visitor.get("/translate/sv?show=words").text
    desk.first.does(key, "draft", "Vidare")
    assert "Vidare" not in desk.second.opens(key).text
    desk.second.does(key, "second-draft", "Gå vidare")
    desk.reviewer.does(key, "review", "Vidare")
    words = read_interface_words(desk.study, "sv").entries[key]
    assert (words.text, words.effective_state, words.origin) == ("Vidare", State.REVIEWED, TextOrigin.PERSON)
    written = (desk.study / "languages" / "kuule" / "sv.po").read_text("utf-8")
    assert written.count("msgctxt") == 1, "a study's file has what its people did"
    history = plain(desk.reviewer.opens(key))
    assert ("second draft" in history, "reviewed" in history) == (True, True)
    assert not any(entry.key.startswith("interface:") for entry in catalogue(desk.study).entries.values())


def test_list_says_what_the_one_answer_counts(desk):
    gathered = read_study_folder(desk.study)
    today = datetime.now(UTC).date()
    answers = {one.tag: one for one in folder_readiness(gathered, check_folder(gathered), today)}
    for tag in ("sv", "ar"):
        lacks = answers[tag].lacks
        assert lacks is not None
        counted = f"It can't open yet: {'; '.join(lacks.parts(gathered.settings.opening_state))}"
        assert counted in plain(desk.viewer.visitor.get(f"/translate/{tag}"))


def test_word_of_kuule_says_where_it_stands(desk):
    page = plain(desk.viewer.opens("interface:promise_never_text"))
    assert "used around the questions of every study" in page
    assert "what we keep" in plain(desk.viewer.opens("interface:promise_title"))
    assert desk.viewer.sees("interface:continue").status == 200
