"""The report of a study without a text for it: the questionnaire's own parts and order, and it says what it is."""

from __future__ import annotations

from dataclasses import replace

from kuule.disclosure.release import release
from kuule.languages.workflow.content_keys import content_key
from kuule.publishing.render.report_html import report_html
from kuule.publishing.template.default_template import report_template
from kuule.publishing.template.template_parts import TemplateFigure, TemplateHeading
from kuule.publishing.view.report import report_view
from kuule.tables.request import TableRequest
from tests.publishing.released import RULES, TOLD, released_origin, result, wording

SECTIONS = (("", ("age",)), ("Telling {{ title }} *it*", ("told",)), ("", ("why",)))


def test_text_that_is_written_is_taken_as_it_is():
    made = report_template("# Told\n", replace(wording(), sections=SECTIONS))
    assert (made.parts, made.is_default) == (
        (TemplateHeading(1, "Told", 1, content_key("report.md", "Told", "heading")),),
        False,
    )


def test_template_that_is_made_follows_the_questionnaire():
    made = report_template(" \n", replace(wording(), sections=SECTIONS))
    assert made.parts == (
        TemplateHeading(1, "{{ title }}", 0),
        TemplateFigure(TableRequest("age"), "", 0),
        TemplateHeading(2, r"Telling \{\{ title \}\} \*it\*", 0),
        TemplateFigure(TableRequest("told"), "", 0),
        TemplateHeading(2, "More questions", 0),
        TemplateFigure(TableRequest("why"), "", 0),
    )
    assert made.requests == (TableRequest("age"), TableRequest("told"), TableRequest("why"))


def test_template_of_a_dataset_that_knows_no_parts_has_every_question():
    assert report_template("", wording()).requests == (TableRequest("told"), TableRequest("age"))


def test_report_that_was_made_says_so_once_and_headings_are_the_forms_own():
    words = replace(wording(), sections=SECTIONS[1:2])
    template = report_template("", words)
    tables = release([result("told", {"": TOLD})], RULES)
    html = report_html(report_view(template, tables, words, released_origin()))
    assert html.count("This report was made from the questionnaire.") == 1
    assert ">Telling {{ title }} *it*</h2>" in html
    assert "<h1>Our Voice</h1>" in html
