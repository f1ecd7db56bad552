"""A page that was published keeps its look: what it was made with is never edited, and is found by the page's hash."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import kuule.publishing.render
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_looks import FIRST_LOOK, LOOKS, NEWEST_LOOK
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import ReportView, report_view
from kuule.usecases.reporting.report_files import render_report, render_reports
from tests.publishing.released import released_origin, tables, wording

TEMPLATES = Path(kuule.publishing.render.__file__).parent / "templates"
QUOTING = 'You chose "…". How far has this come?'
KEPT = {
    "look-1/figure.html": "569ba14d8ecb239ca0b0a003b15cc41a9e60969c3786cbfa0299283d3e6451e7",
    "look-1/report.css": "38dc20cd16246c06879ed6affb738ad9db2a46cc0cddb865fd1b4dc6053ee26c",
    "look-1/report.html": "4f397bc33df6e82c46988d30e52098d6c8cab65175aa22f6bc9cde3bdf25789c",
    "look-2/figure.html": "fe834518c1bfda6d5dad9baceb450547707e1a7fad5fa9b970a2d56e74d77135",
    "look-2/report.css": "ce4be40d5c6f7199c9470fae756f66493cc2555679e84ed80ef84b7d7774fe23",
    "look-2/report.html": "f8b12c77df28ad384c1a1635d2fc19b1e925a1e07c231716e3b3a9c76f2c8f58",
}
"""The SHA-256 of each file of a look in which reports were published."""

PAGES = {
    1: "4dc324b3ee6bca86d7493a48029dff06dce6ff6fb5d6447ebd6bae34bcbecf35",
    2: "7676484c900f1b9df731aa4691045b57cf174188413c4a39adaf53d3920db213",
}
"""The SHA-256 of the page of `view` in each of these looks, as it was when the look was the newest: its charts too."""


def view(question: str = "Had you told anyone?") -> ReportView:
    text = "# Told\n\n```figure\nquestion: told\nby: land\n```\n"
    return report_view(read_template(text), tables(), wording(question=question), released_origin())


def test_look_in_which_reports_were_published_is_not_edited():
    files = [file for look in LOOKS[:-1] for file in (TEMPLATES / look.folder).iterdir()]
    assert {str(f.relative_to(TEMPLATES)): sha256(f.read_bytes()).hexdigest() for f in files} == KEPT


def test_page_in_a_look_in_which_reports_were_published_is_the_same_to_the_byte():
    made = {look.number: sha256(report_html(view(), look).encode()).hexdigest() for look in LOOKS[:-1]}
    assert made == PAGES


def test_new_report_has_the_newest_look():
    assert render_report(view(), pdf=False).html == report_html(view(), NEWEST_LOOK).encode()


def test_report_that_was_published_keeps_its_look():
    pages = {look.number: report_html(view(), look).encode() for look in LOOKS}
    known = {number: sha256(page).hexdigest() for number, page in pages.items()}
    assert len(set(known.values())) == len(LOOKS)
    assert {number: render_report(view(), known[number], pdf=False).html for number in pages} == pages
    made = render_reports([view(), view()], [known[1], ""], pdf=False)
    assert [each.html for each in made] == [pages[1], pages[NEWEST_LOOK.number]]


def test_report_that_no_look_makes_again_has_the_newest():
    assert render_report(view(), "0" * 64, pdf=False).html == report_html(view()).encode()


def test_first_look_has_the_question_as_it_was_shown_then():
    """Its heading had a hole, and is the same to the byte when it is rebuilt."""
    hole = "<h3>You chose &#34;…&#34;. How far has this come?</h3>"
    headings = {look.number: hole in report_html(view(QUOTING), look) for look in LOOKS}
    assert headings == {look.number: look == FIRST_LOOK for look in LOOKS}
    assert "<h3>How far has this come?</h3>" in report_html(view(QUOTING))
