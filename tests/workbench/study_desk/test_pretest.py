"""Notes of people who try the questionnaire: kept beside the visit, read by the lead beside the question."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.workbench.accounts_file import asked
from tests.workbench.study_desk.conftest import LeadDesk
from tests.workbench.workbench_for_tests import Reply, Visitor

KEPT = "It is kept. Whoever leads the study sees it beside the question."


@pytest.fixture(autouse=True)
def no_notes_yet(desk: LeadDesk) -> None:
    asked(desk.site, "DELETE FROM workbench_pretestnote")


def items(visitor: Visitor) -> dict[str, str]:
    """The questions that can be noted, by the beginning of their text."""
    page = visitor.get("/study/pretest").text
    return {text: key for key, text in re.findall(r'<option value="(form:[^"]+)"[^>]*>([^<]*)</option>', page)}


def note(visitor: Visitor, key: str, words: str, **more: str) -> Reply:
    visitor.get("/study/pretest")
    fields = {"item": key, "kind": "unclear", "language": "en", "words": words, **more}
    return visitor.post("/study/pretest/note", fields)


def rows(desk: LeadDesk) -> list[dict[str, str]]:
    reply = desk.lead.get("/study/notes.csv")
    return list(csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig"))))


def test_note_of_a_panel_member_reaches_the_lead_beside_the_question(desk: LeadDesk) -> None:
    tester = desk.site.member("viewer", ["sv"], "The panel")
    text, key = next(iter(items(tester).items()))
    reply = note(tester, key, "Which home: the one then, or now?", language="sv")
    assert (reply.status, KEPT in reply.text) == (200, True)
    notes = desk.lead.get("/study/notes").text
    assert "Open notes: 1" in notes
    assert "Which home: the one then, or now?" in notes
    assert text.split("…")[0] in notes
    assert "Which home" in desk.lead.get(f"/study/text?key={key}").text
    [row] = rows(desk)
    assert (row["item"], row["language"], row["about"], row["on paper"]) == (key, "sv", "unclear", "")
    assert row["note"] == "Which home: the one then, or now?"
    trail = asked(desk.site, 'SELECT what, "on" FROM workbench_entry ORDER BY id DESC LIMIT 5')
    assert ("noted a question", key) in trail


def test_tester_has_the_visit_in_the_own_languages_and_no_desk(desk: LeadDesk) -> None:
    tester = desk.site.member("viewer", ["sv"], "The panel")
    page = tester.get("/study/pretest").text
    assert re.findall(r'<option value="(\w\w)"', page) == ["en", "sv"]
    assert 'src="/study/visit/pages/en"' in page
    assert [tester.get(path).status for path in ("/study/notes", "/study/", "/study/days", "/study/notes.csv")] == [
        403
    ] * 4
    assert tester.get("/study/visit/pages/sv").status == 200
    assert '<a href="/study/pretest"' in tester.get("/").text
    asked(desk.site, "UPDATE workbench_person SET languages = '[]' WHERE role = 'viewer'")
    assert (tester.get("/study/visit/pages/sv").status, tester.get("/study/visit/pages/en/help").status) == (403, 200)


def test_translator_neither_sees_the_visit_nor_notes(desk: LeadDesk) -> None:
    translator = desk.site.member("translator", ["sv"])
    addresses = ("/study/pretest", "/study/pretest/note", "/study/visit/pages/sv")
    assert [translator.get(path).status for path in addresses] == [403] * 3


def test_page_around_the_visit_lets_its_frames_lead_to_the_visit_and_what_was_kept_alone(desk: LeadDesk) -> None:
    reply = desk.lead.get("/study/pretest")
    policy = dict(part.strip().partition(" ")[::2] for part in reply.headers["content-security-policy"].split(";"))
    assert policy["frame-src"] == f"{desk.site.url}/study/visit/pages/ {desk.site.url}/study/pretest/note"
    assert "<form" not in desk.lead.get("/study/pretest/note").text, "a questionnaire that leads there can send nothing"
    assert 'target="kept"' in reply.text


def test_notes_are_settled_and_opened_again(desk: LeadDesk) -> None:
    key = next(iter(items(desk.coordinator).values()))
    note(desk.coordinator, key, "From the third interview.", paper="yes", kind="hard")
    [row] = rows(desk)
    assert (row["on paper"], row["settled by"]) == ("yes", "")
    number = re.findall(r'name="note" value="(\d+)"', desk.lead.get("/study/notes").text)[0]
    assert desk.lead.post("/study/notes", {"note": number, "go": "settle"}).to == "/study/notes"
    page = desk.lead.get("/study/notes").text
    assert ("Open notes: 0" in page, "Settled notes" in page) == (True, True)
    assert "third interview" not in desk.lead.get(f"/study/text?key={key}").text
    assert rows(desk)[0]["settled by"] == "lead-one"
    desk.lead.get("/study/notes")
    desk.lead.post("/study/notes", {"note": number, "go": "reopen"})
    assert "Open notes: 1" in desk.lead.get("/study/notes").text
    for wrong in ("0", "x", "9" * 30, ""):
        desk.lead.post("/study/notes", {"note": wrong, "go": "settle"})
    assert "Open notes: 1" in desk.lead.get("/study/notes").text


def test_same_note_twice_is_one_and_what_does_not_fit_is_kept_out_and_said(desk: LeadDesk) -> None:
    key = next(iter(items(desk.lead).values()))
    for _ in range(2):
        assert KEPT in note(desk.lead, key, "Too long a question.").text
    for fields in (
        {"item": "form:/data/none:label"},
        {"kind": "x"},
        {"language": "xx"},
        {"words": " "},
        {"words": "x" * 2001},
    ):
        reply = note(
            desk.lead, **{"key": key, "words": "fits", **{("key" if n == "item" else n): v for n, v in fields.items()}}
        )
        assert (reply.status, "Please choose a question" in reply.text) == (400, True)
    assert len(rows(desk)) == 1


def test_note_is_words_and_in_the_table_no_formula(desk: LeadDesk) -> None:
    key = next(iter(items(desk.lead).values()))
    note(desk.lead, key, "<b>=1+1</b>")
    note(desk.lead, key, '=HYPERLINK("https://example.org")')
    for page in ("/study/notes", "/study/pretest/note", f"/study/text?key={key}"):
        shown = desk.lead.get(page)
        assert (b"<b>=1" in shown.body, b"&lt;b&gt;=1+1&lt;/b&gt;" in shown.body) == (False, True)
    assert [row["note"][:2] for row in rows(desk)] == ["<b", "'="]


def test_note_of_a_question_that_is_gone_keeps_its_wording(desk: LeadDesk) -> None:
    text, key = next(iter(items(desk.lead).items()))
    note(desk.lead, key, "Is this needed?")
    sql = "UPDATE workbench_pretestnote SET item = 'form:/data/gone:label'"
    asked(desk.site, sql)
    page = desk.lead.get("/study/notes").text
    assert "This question is no longer in the questionnaire." in page
    assert text.split("…")[0] in page


def test_notes_lie_beside_the_accounts_and_in_no_file_of_the_study(desk: LeadDesk) -> None:
    key = next(iter(items(desk.lead).values()))
    note(desk.lead, key, "A word that is nowhere else: sphinx.")
    found = [path.name for path in desk.site.study.rglob("*") if path.is_file() and b"sphinx" in path.read_bytes()]
    assert found == []
