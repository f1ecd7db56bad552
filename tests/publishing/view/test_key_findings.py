"""Key findings on the first page: whole, or left out; the same numbers as the figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.disclosure.release import release
from kuule.publishing.render.report_html import report_html
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import ReportView, report_view
from kuule.tables.wording import AskedIn, ItemWording
from tests.publishing.released import RULES, released_origin, result, wording

ONE = """```finding
title: {title}
figure: {{{{ share {item} {answers} }}}}
reading: Of those who answered.{{{{ if shown {item} last }}}} {{{{ share {item} last }}}}
  gave the last answer.{{{{ end }}}}
topic: {item}
```

"""
AGES = {"first": 80, "second": 70, "third": 60, "last": 90}
FEW = {"first": 200, "second": 90, "third": 4, "last": 3}
TEXT = (
    "# Told\n\nA word first.\n\n"
    + ONE.format(title="Gave the first", item="told", answers="first")
    + ONE.format(title="Gave the first or the second", item="told", answers="first second")
    + ONE.format(title="Gave the third", item="told", answers="third")
    + "## Telling\n\n```figure\nquestion: told\nfinding: {{ share told third }} gave the third\n```\n"
)


def view(counts: dict[str, int], text: str = TEXT, *, multiple: bool = False) -> ReportView:
    item = ItemWording("told", "Told?", {code: code.title() for code in counts}, multiple=multiple)
    made = release([result("told", {"": counts})], RULES)
    return report_view(read_template(text), made, replace(wording(), items={"told": item}), released_origin())


def test_findings_have_the_numbers_of_the_figure_and_point_at_it() -> None:
    made = view(AGES)
    shares = {row.label: row.cells[0].share for row in made.figures[0].rows}
    assert [(each.figure, each.topic) for each in made.findings] == [
        (shares["First"], 1),
        ("50%", 1),
        (shares["Third"], 1),
    ]
    assert int(shares["First"][:-1]) + int(shares["Second"][:-1]) == 50
    assert made.findings[0].reading == f"Of those who answered. {shares['Last']} gave the last answer."


def test_finding_of_which_a_number_is_not_shown_is_left_out_as_a_whole() -> None:
    made = view(FEW)
    assert [each.title for each in made.findings] == ["Gave the first", "Gave the first or the second"]
    assert [each.reading for each in made.findings] == ["Of those who answered."] * 2


def test_figure_falls_back_to_its_question_where_a_number_is_not_shown() -> None:
    shown, hidden = (report_html(view(counts)) for counts in (AGES, FEW))
    assert '<h3>20% gave the third</h3>\n<p class="asked">Told?</p>' in shown
    assert "<h3>Told?</h3>" in hidden
    assert "gave the third" not in hidden
    assert "Gave the third" not in hidden


def test_first_page_says_what_was_found_before_anything_else_and_after_the_authors_first_words() -> None:
    html = report_html(view(AGES))
    marks = ["A word first.", "In short</h2>", "Gave the first</span>", "About 400 responses", "In this report</h2>"]
    assert sorted(marks, key=html.index) == marks
    assert html.count("A word first.") == 1
    assert [entry.section.text for entry in view(AGES).contents] == ["", "Telling"]
    assert [len(entry.figures) for entry in view(AGES).contents] == [0, 1]


def test_report_on_few_people_has_no_findings() -> None:
    item = replace(wording().items["told"], answers={code: code for code in AGES})
    few = released_origin(responses=120)
    made = release([result("told", {"": AGES}, responses=120)], RULES)
    short = report_view(read_template(TEXT), made, replace(wording(), items={"told": item}), few)
    assert (short.short, short.findings, short.basis) == (True, (), ())
    assert "In short" not in report_html(short)


@pytest.mark.parametrize("answers", ["first second third last"])
def test_all_answers_together_are_not_said_to_be_all(answers: str) -> None:
    text = TEXT.replace("share told first second", f"share told {answers}")
    assert view(AGES, text).findings[1].figure == "over 99%"


def test_finding_of_a_question_that_not_all_editions_asked_says_so_below_the_findings() -> None:
    asked = AskedIn((2, 3), 3, reworded=True)
    item = ItemWording("told", "Told?", {code: code.title() for code in AGES}, asked_in=asked)
    made = release([result("told", {"": AGES})], RULES)
    view = report_view(read_template(TEXT), made, replace(wording(), items={"told": item}), released_origin())
    said = "Asked in these words in edition 2 and 3 of 3 only. Answers to other words are counted separately."
    assert [each for each in view.basis if "edition" in each] == [f"{each.title}: {said}" for each in view.findings]
