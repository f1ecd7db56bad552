"""The list of what was not taken."""

from __future__ import annotations

from kuule.study_import.not_taken import REASONS, NotTakenNotes, Reason, not_taken_text


def test_every_reason_says_why_and_what_to_do():
    assert set(REASONS) == set(Reason)
    assert all(why and remedy for why, remedy in REASONS.values())


def test_list_groups_what_was_left_out_by_its_cause_and_has_each_once():
    notes = NotTakenNotes()
    notes.add("Q1", "a `picture`", Reason.UPLOAD)
    notes.add("Q2", "<b>where</b>", Reason.POSITION)
    notes.add("Q3", "a file", Reason.UPLOAD)
    notes.add("Q3", "a file", Reason.UPLOAD)
    text = not_taken_text(notes.entries(), file="a.qsf", program="a survey of Qualtrics")
    assert text.splitlines()[5:] == [
        "## No files are ever taken from people", "", "Ask in words or by choices.", "",
        "- `Q1`: `a ’picture’`", "- `Q3`: `a file`", "",
        "## A position can find a person", "", "Ask for the country, or for a kind of place, by choices.", "",
        "- `Q2`: `<b>where</b>`",
    ]  # fmt: skip


def test_list_says_that_everything_was_taken():
    assert "Everything was taken." in not_taken_text((), file="a.md", program="an XLSForm")
