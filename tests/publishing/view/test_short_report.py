"""A report on few people is short: what can be shown of each question, of all together, and why the rest is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kuule.disclosure.release import release
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_pdf import report_pdf
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import ReportView, report_view
from kuule.publishing.view.short_report import SHORT_BELOW, is_short
from kuule.tables.released import WithheldReason
from tests.publishing.released import RULES, released_origin, result, wording

TEXT = """# On {{ title }}

{{ share told yes }} had told.

## Then

```figure
question: age
```

```figure
question: told
by: land
note: Only some were asked.
```

```figure
question: told
```
"""


def report(responses: int | None, text: str = TEXT) -> ReportView:
    told = {"yes": 40, "no": 30, "!passed_over": 12}
    by = {"nordic": {"yes": 40, "no": 0}, "elsewhere": {"yes": 0, "no": 30}}
    tables = release(
        [result("age", {"": {"young": 9, "old": 12}}), result("told", {"": told}), result("told", by, "land")], RULES
    )
    why = WithheldReason.FEW if responses is None else None
    return report_view(
        read_template(text), tables, wording(), replace(released_origin(), responses=responses, withheld_reason=why)
    )


def shown(view: ReportView) -> list[tuple[str, str, str]]:
    return [(section.kind, section.text, section.figure.request if section.figure else "") for section in view.sections]


@pytest.mark.parametrize("responses", [None, 82, SHORT_BELOW - 1])
def test_report_on_few_has_each_question_once_and_first_what_can_be_shown(responses):
    view = report(responses)
    assert (view.short, view.title) == (True, "On Our Voice")
    (prose, said, _), *rest = shown(view)
    assert prose == "prose"
    assert said.startswith("Fewer than about 150 people are in this report, so it is short: it shows")
    assert rest == [("key", "", ""), ("figure", "", "told"), ("figure", "", "age")]
    told, age = view.figures
    assert [(row.label, row.cells[0].share, row.cells[0].count) for row in told.rows] == [
        ("Yes, someone", "57%", "40"),
        ("No, <never>", "43%", "30"),
    ]
    assert (told.facts, told.answers, told.reading) == (("Base: about 70 people.",), (), "")
    assert age.instead == "This figure is not shown: too few people answered (it takes 30 and a few more)."


def test_report_on_more_is_the_text_that_was_written():
    view = report(SHORT_BELOW)
    assert not view.short
    assert [figure.request for figure in view.figures] == ["age", "told by land", "told"]


def test_report_on_few_does_not_say_that_below_a_figure_stands_who_is_not_in_its_base():
    below = "Below it you can read who is not in the base"
    assert [any(below in said for said in report(responses).key) for responses in (82, 200)] == [False, True]


def test_report_on_few_without_a_figure_is_the_text_that_was_written():
    assert not report(82, "# Told\n\n{{ share told yes }} had told.").short


@pytest.mark.parametrize("why", [WithheldReason.JOINED, WithheldReason.NEAR])
def test_report_of_which_it_is_not_shown_how_many_it_is_about_is_not_short(why):
    """That few joined, or are elsewhere, does not tell that there are few."""
    assert not is_short(read_template(TEXT), replace(released_origin(), responses=None, withheld_reason=why))


def test_report_on_few_counts_no_groups_that_it_does_not_show():
    assert "Groups withheld: 1, in 1 of this report’s tables." in report(82).methods.sentences
    assert "Groups withheld: 2, in 2 of this report’s tables." in report(SHORT_BELOW).methods.sentences


def test_report_on_few_has_no_charts_contents_and_sources():
    page = report_html(report(82))
    assert [page.count(mark) for mark in ("<svg", "<nav", 'id="sources"', "<figure")] == [0, 0, 0, 2]
    assert report_pdf(report(82)).startswith(b"%PDF")
