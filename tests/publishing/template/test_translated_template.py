"""A report in another language than its source: what is translated, what is borrowed, what cannot be added."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.render.report_html import report_html
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.template.translated_template import translate_template, translation_states
from kuule.publishing.view.report import report_view
from kuule.study.folder.report_text import report_sources
from kuule.study.folder.report_translations import ReportText
from tests.publishing.released import released_origin, tables, wording

TEXT = """# Told

{{ if shown told yes }}{{ share told yes }} had told.{{ end }} *Thank you.*

## Who

Nobody was asked for a name.

```figure
question: told
by: land
note: Ages are in bands.
```
"""
TOLD, SAID, WHO, NAME, NOTE = (source.key for source in report_sources(TEXT))
ARABIC = {
    TOLD: "قيل",
    SAID: "*شكرًا.* {{ if shown told yes }}أخبر {{ share told yes }}.{{ end }}",
    WHO: "من أجاب",
    NAME: "لم يُسأل أحد عن اسمه.",
    NOTE: "الأعمار في فئات.",
}


def made(
    texts: dict[str, str], state: State = State.REVIEWED, origin: TextOrigin = TextOrigin.PERSON
) -> dict[str, ReportText]:
    return {key: ReportText(text, state, origin) for key, text in texts.items()}


def page(texts: dict[str, str], draft: str = "") -> str:
    template = translate_template(read_template(TEXT), made(texts), "en")
    return report_html(report_view(template, tables(), wording("ar"), released_origin(), draft=draft))


def test_report_says_every_text_in_its_language_with_its_numbers() -> None:
    html = page(ARABIC)
    assert '<html lang="ar" dir="rtl">' in html
    for said in (
        "<h1>قيل</h1>",
        "<p><em>شكرًا.</em> أخبر 57%.</p>",
        ">من أجاب</h2>",
        "لم يُسأل أحد عن اسمه.",
        "الأعمار في فئات.",
    ):
        assert said in html
    assert "Nobody was asked" not in html


def test_text_without_translation_is_the_sources_and_marked_as_such() -> None:
    html = page({key: text for key, text in ARABIC.items() if key not in (NAME, WHO, TOLD, NOTE)})
    assert '<h1 lang="en" dir="ltr">Told</h1>' in html
    assert '<div lang="en" dir="ltr"><p>Nobody was asked for a name.</p>\n</div>' in html
    assert re.search(r'<h2 id="part-\d" lang="en" dir="ltr">Who</h2>', html)
    assert '<p class="note" lang="en" dir="ltr">Ages are in bands.</p>' in html
    assert 'class="draft"' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "[اقرأ](https://example.org)",
        "لم يُسأل {{ count told no }}",
        "# لم يُسأل أحد",
        "لم يُسأل\n\n```figure\nquestion: who\n```",
        "- لم يُسأل أحد",
        "{{ if shown told yes }}لم يُسأل أحد",
        "اتصل 0123456789",
        "\u202eلم يُسأل أحد",
    ],
)
def test_translation_that_adds_anything_is_none(hostile: str) -> None:
    template = translate_template(read_template(TEXT), made({**ARABIC, NAME: hostile}), "en")
    [part] = [part for part in template.parts if part.language]
    assert (part.key, part.language) == (NAME, "en")
    assert template.requests == read_template(TEXT).requests


def test_makers_are_those_of_texts_that_are_shown() -> None:
    texts = made({NAME: ARABIC[NAME]}) | made({WHO: "{{ responses }}"}, State.DRAFT_ONE, TextOrigin.MACHINE)
    template = translate_template(read_template(TEXT), texts, "en")
    assert list(translation_states(template, texts)) == [(State.REVIEWED, TextOrigin.PERSON)]


def test_banner_says_that_the_report_is_a_draft() -> None:
    assert 'class="draft"' not in page(ARABIC)
    view = report_view(read_template(TEXT), tables(), wording("en"), released_origin(), draft="draft_machine")
    assert "A machine translated some or all of this report, and no person has checked it yet" in report_html(view)
    assert "not yet reviewed" in report_html(replace(view, draft="draft_person"))


FOUND = """```finding
title: Had told
figure: {{ share told yes }}
reading: Of those who answered.
topic: told
```

"""
FOUND_IN_FIGURE = "```figure\nquestion: told\nfinding: {{ share told yes }} had told\n```\n"
FINDINGS = {
    "Had told": "أخبروا",
    "Of those who answered.": "من الذين أجابوا.",
    "{{ share told yes }} had told": "أخبر {{ share told yes }}",
}


def found_in_arabic(*left_out: str) -> str:
    text = f"# Told\n\n{FOUND * 3}{FOUND_IN_FIGURE}"
    texts = {one.key: FINDINGS[one.text] for one in report_sources(text) if one.text in FINDINGS}
    texts = {key: said for key, said in texts.items() if said not in left_out}
    template = translate_template(read_template(text), made(texts), "en")
    return report_html(report_view(template, tables(), wording("ar"), released_origin()))


def test_finding_is_said_in_the_language_of_the_report() -> None:
    html = found_in_arabic()
    assert '<li>\n<h3><span class="value">57%</span> <span class="title">أخبروا</span></h3>' in html
    assert "<p>من الذين أجابوا.</p>" in html
    assert "<h3>أخبر 57%</h3>" in html


@pytest.mark.parametrize("missing", ["أخبروا", "من الذين أجابوا."])
def test_finding_is_translated_as_a_whole_or_not_at_all(missing: str) -> None:
    html = found_in_arabic(missing)
    assert (
        '<li lang="en" dir="ltr">\n<h3><span class="value">57%</span> <span class="title">Had told</span></h3>' in html
    )
    assert "Of those who answered." in html
    assert "<h3>أخبر 57%</h3>" in html
    assert 'class="draft"' in html


def test_what_a_figure_found_is_marked_where_it_is_in_another_language() -> None:
    assert '<h3 lang="en" dir="ltr">57% had told</h3>' in found_in_arabic("أخبر {{ share told yes }}")


def test_who_was_asked_is_translated_or_marked_as_the_sources():
    text = "# Told\n\n```figure\nquestion: told\nasked: We asked only people in the north.\n```\n"
    [asked] = [one.key for one in report_sources(text) if one.key.endswith(":asked")]
    template = read_template(text)
    known = {asked: ReportText("سألنا أهل الشمال فقط.", State.REVIEWED, TextOrigin.PERSON)}
    [done], [left] = (translate_template(template, texts, "en").figures for texts in (known, {}))
    assert (done.asked, done.asked_language) == ("سألنا أهل الشمال فقط.", "")
    assert (left.asked, left.asked_language) == ("We asked only people in the north.", "en")
    assert list(translation_states(translate_template(template, known, "en"), known)) == [
        (State.REVIEWED, TextOrigin.PERSON)
    ]
