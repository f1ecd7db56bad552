"""The report's page: what it says of each number, what it never says, and that it stands alone."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from kuule.core.problems import PublishingError
from kuule.disclosure.release import release
from kuule.publishing.render.report_html import report_html
from kuule.publishing.template.template_reader import read_template
from kuule.publishing.view.report import report_view
from kuule.tables.wording import ItemWording
from tests.publishing.charts.plots import svg_texts
from tests.publishing.released import BY_SMALL, RULES, released_origin, result, tables, wording

RELEASE = released_origin().release
FIGURE = "# Told\n\n```figure\nquestion: told\nby: land\n```\n"


def rendered(
    text: str = FIGURE, *, by=None, tag: str = "en", question: str = "Had you told anyone?", **known: object
) -> str:
    made = tables(**known) if by is None else tables(by, **known)
    return report_html(report_view(read_template(text), made, wording(tag, question), released_origin(**known)))


class Page(HTMLParser):
    """Tags with their attributes, and the text outside style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if not self.tags or self.tags[-1][0] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def test_report_figure_says_heading_base_missing_reading_and_choice():
    text = Page(rendered()).text
    for sentence in (
        "Had you told anyone?",
        "By: Region",
        "Base: about 359 people; for each group, see the table. Of those who chose to answer, not of all people.",
        "Not in the base: about 41 skipped it; others: few or none. All numbers: table 1",
        "Figure 1 . Counted as told by land",
        "73% of the group “Nordic countries” said “Yes, someone”, and 33% of ",
    ):
        assert sentence in text


def test_report_fills_live_numbers_that_cannot_be_taken_for_markdown():
    html = rendered(
        "Of *about* {{ responses }}, {{ share told yes }} ({{ count told yes }} of {{ base told }}), "
        "{{ editions }}, {{ title }}."
    )
    assert "<p>Of <em>about</em> 400, 57% (203 of 359), one edition, Our Voice.</p>" in html


@pytest.mark.parametrize("title", ["1. Ours", "12) Ours", "- Ours", "+ Ours", "= Ours", "Ours\n\n- and *theirs*"])
def test_live_number_begins_no_list_and_no_other_paragraph(title):
    view = report_view(read_template("{{ title }}"), (), replace(wording(), title=title), released_origin())
    assert f"<p>{' '.join(title.split())}</p>" in report_html(view)


def test_report_says_once_what_holds_for_every_figure_before_the_first():
    figure = "```figure\nquestion: told\n```\n\n"
    html = rendered(f"# Told\n\nFirst.\n\n## Then\n\n{figure}## Last\n\n{figure}")
    for sentence in (
        "People chose to answer. The figures tell what they said",
        "“Fewer than 10” means few people gave the answer, or none",
        "by at most about 1 percentage point where the base is 1,000, by 5 where it is 200, by 20 where it is 50",
    ):
        assert html.count(sentence) == 1
    marks = ["First.", "In short</h2>", "How to read the figures</h2>", "Then</h2>", "<figure", "Last</h2>", "<table"]
    assert sorted(marks, key=html.index) == marks


def test_report_without_a_figure_has_no_reading_of_figures():
    assert "How to read the figures" not in rendered("# Told\n\nTold: {{ share told yes }}.")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"yes": 203, "no": 156}, "57% had told."),
        ({"yes": 352, "no": 7}, "Most or few had told."),
        ({"yes": 12, "no": 11}, "Most or few had told."),
    ],
)
def test_report_says_the_other_words_where_a_number_is_not_shown(counts, said):
    text = "{{ if shown told yes }}{{ share told yes }} had told.{{ else }}Most or few had told.{{ end }}"
    html = report_html(
        report_view(read_template(text), release([result("told", {"": counts})], RULES), wording(), released_origin())
    )
    assert f"<p>{said}</p>" in html


@pytest.mark.parametrize(("responses", "said"), [(400, "About 400 sent answers."), (None, "Some sent answers.")])
def test_report_asks_whether_the_number_of_responses_is_shown(responses, said):
    text = "{{ if shown responses }}About {{ responses }}{{ else }}Some{{ end }} sent answers."
    origin = replace(released_origin(), responses=responses)
    assert f"<p>{said}</p>" in report_html(report_view(read_template(text), (), wording(), origin))


def test_report_condition_on_several_numbers_needs_all_of_them():
    made = release([result("told", {"": {"yes": 203, "no": 156}}), result("age", {"": {"young": 9, "old": 9}})], RULES)
    text = "{{ if shown told yes and told }}A{{ end }}{{ if shown told yes and age old }}B{{ else }}C{{ end }}."
    assert "<p>AC.</p>" in report_html(report_view(read_template(text), made, wording(), released_origin()))


def test_report_tells_few_from_not_shown_in_table_and_chart():
    by = {"nordic": {"yes": 153, "no": 86}, "elsewhere": {"yes": 152, "no": 4}, "islands": {"yes": 3, "no": 155}}
    html = rendered(by=by)
    pictures = re.findall(r"<svg .*?</svg>", html, re.DOTALL)
    for said in ("Elsewhere not shown, and Islands fewer than 10", "Elsewhere fewer than 10, and Islands not shown"):
        assert [flowing(picture).count(said) for picture in pictures] == [1, 1]
    drawn = [[text for text in svg_texts(picture) if text in ("not shown", "fewer than 10")] for picture in pictures]
    assert drawn == [["not shown", "fewer than 10", "fewer than 10", "not shown"]] * 2
    cells = re.findall(r'<td[^>]* class="hidden">([^<]*)</td>', html)
    assert cells == ["not shown", "fewer than 10", "fewer than 10", "not shown"]


HIDDEN = ({"n": 3, "o": 7, "p": 4}, {"n": 7, "o": 0, "p": 7})


def test_page_is_the_same_whatever_stands_behind_fewer_than_ten():
    """Order, bars, alternatives and sentences come of what is shown."""
    pages = set()
    for hidden in HIDDEN:
        counts = {"yes": 40, "no": 60, **hidden}
        answers = {code: code.upper() for code in counts}
        made = release([result("told", {"": counts}), result("told", {"nordic": counts}, "land")], RULES)
        said = replace(wording(), items={"told": ItemWording("told", "Told?", answers)})
        text = read_template(f"{FIGURE}\n```figure\nquestion: told\n```\n")
        pages.add(report_html(report_view(text, made, said, released_origin())))
    assert len(pages) == 1


def flowing(picture: str) -> str:
    """The words of a picture and of its alternative, a wrapped line after the other."""
    return " ".join(re.sub(r"</text>.*?<text[^>]*>", " ", picture).split())


def test_report_says_which_groups_are_not_shown_and_has_none_of_their_numbers():
    page = Page(rendered(by=BY_SMALL))
    assert "Groups not shown: Islands." in page.text
    assert "Groups withheld: 1, in 1 of this report’s tables." in page.text
    of_answer_and_three_groups = 4
    assert page.all("th").count({"scope": "col", "role": "columnheader"}) == of_answer_and_three_groups


def test_report_table_that_is_all_withheld_says_so_in_words():
    few = release([result("told", {"": {"yes": 12, "no": 11}})], RULES)
    html = report_html(report_view(read_template("```figure\nquestion: told\n```"), few, wording(), released_origin()))
    assert "This figure is not shown: too few people answered (it takes 30 and a few more)" in Page(html).text
    assert Page(html).all("svg") == []
    assert Page(html).all("table") == []
    assert "All numbers" not in html


def test_report_live_number_of_a_withheld_table_is_not_shown():
    few = release([result("told", {"": {"yes": 12, "no": 11}})], RULES)
    html = report_html(
        report_view(read_template("Told: {{ share told yes }}, {{ base told }}."), few, wording(), released_origin())
    )
    assert "<p>Told: not shown, not shown.</p>" in html


def test_report_stands_alone():
    page = Page(rendered())
    assert page.all("script") == []
    assert page.all("link") == []
    assert {str(a["href"])[0] for a in page.all("a")} == {"#"}
    targets = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {str(a["href"])[1:] for a in page.all("a")} <= targets
    assert [attributes for _, attributes in page.tags if "style" in attributes or "src" in attributes] == []


def test_report_allows_its_own_style_and_nothing_else():
    html = rendered()
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    [policy] = [str(a["content"]) for a in Page(html).all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@pytest.mark.parametrize(("rehearsal", "banners"), [(True, 2), (False, 0)])
def test_report_of_practice_is_marked_in_title_page_figure_and_picture(rehearsal, banners):
    html = rendered(rehearsal=rehearsal)
    assert html.count("A computer made up these answers") == banners
    assert html.count('<p class="mark">') == banners // 2
    assert ("<title>Practice, not real answers: Told</title>" in html) == rehearsal
    pictures = re.findall(r"<svg .*?</svg>", html, re.DOTALL)
    assert ["PRACTICE" in picture for picture in pictures] == [rehearsal] * 2


def test_report_words_cannot_become_markup():
    page = Page(rendered(question="<script>alert(1)</script> & so on"))
    assert page.all("script") == []
    assert "<script>alert(1)</script> & so on" in page.text
    assert "No, <never>" in page.text


def test_report_from_right_to_left_says_where_our_own_words_are_english():
    page = Page(rendered(tag="he", question="סיפרת למישהו?"))
    assert page.all("html") == [{"lang": "he", "dir": "rtl"}]
    assert {attributes.get("direction") for attributes in page.all("svg")} == {"rtl"}
    assert ("section", {"class": "methods", "aria-labelledby": "methods", "lang": "en", "dir": "ltr"}) in page.tags


def test_report_methods_say_what_could_not_be_opened():
    assert "did not fit the questionnaire: 3." in Page(rendered(unopened=3)).text
    assert "Every sealed response could be opened and counted." in Page(rendered(unopened=0)).text


def test_report_keeps_the_order_of_a_scale_and_sorts_other_answers():
    scale = release(
        [result("age", {"": {"young": 100, "old": 200}}), result("told", {"": {"yes": 100, "no": 200}})], RULES
    )
    text = "```figure\nquestion: age\n```\n\n```figure\nquestion: told\n```"
    html = report_html(report_view(read_template(text), scale, wording(), released_origin()))
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', html) == [
        "Young",
        "Old",
        "Base",
        "No, &lt;never&gt;",
        "Yes, someone",
        "Base",
    ]


def test_report_puts_other_answers_last_whatever_their_size():
    made = release([result("why", {"": {"other": 200, "a": 50, "b": 100}})], RULES)
    words = replace(
        wording(), items={"why": ItemWording("why", "Why?", {"other": "Something else", "a": "Fear", "b": "Shame"})}
    )
    html = report_html(report_view(read_template("```figure\nquestion: why\n```"), made, words, released_origin()))
    assert re.findall(r'<th scope="row"[^>]*>([^<]+)</th>', html) == ["Shame", "Fear", "Something else", "Base"]


def test_report_that_asks_for_what_there_is_not_is_refused_with_every_line():
    with pytest.raises(PublishingError) as refused:
        rendered("{{ share told maybe }}\n\n```figure\nquestion: nothing\n```")
    assert [problem.code for problem in refused.value.problems] == ["REPORT_005", "REPORT_007"]


def test_report_methods_say_what_each_rule_of_cleaning_set_aside():
    aside = {"empty": 60, "hidden_field_filled": None, "contradiction:apart": 20}
    origin = replace(released_origin(), set_aside=aside)
    text = Page(report_html(report_view(read_template(FIGURE), tables(), wording("en"), origin))).text
    assert "About 400 responses came in." in text
    assert "Responses set aside by one of these rules are among those that came in, and in no figure." in text
    assert "consent and age (preferring not to say, or not knowing, is none here): 60." in text
    assert "a field was filled in that people don’t see: a number that is not shown." in text
    assert "answers that cannot all be true (apart): 20." in text


def test_report_methods_say_that_there_are_no_rules_of_cleaning():
    assert "the study has no rule of cleaning" in Page(rendered()).text


SCALE = {"age": ItemWording("age", "How old?", {"young": "Young", "grown": "Grown", "old": "Old"}, order_matters=True)}


def of_a_scale(text: str, *counts: tuple[int, int, int]) -> str:
    groups = [dict(zip(("young", "grown", "old"), each, strict=True)) for each in counts]
    made = [result("age", {"": groups[0]})]
    if groups[1:]:
        made.append(result("age", dict(zip(("nordic", "elsewhere"), groups[1:], strict=True)), "land"))
    words = replace(wording(), items=SCALE)
    return report_html(report_view(read_template(text), release(made, RULES), words, released_origin()))


def test_report_says_the_middle_answer_in_words_and_only_where_it_is_sure():
    text = "{{ if shown median age }}{{ median age }}.{{ else }}Not sure.{{ end }} {{ median age }}"
    assert "<p>Grown. Grown</p>" in of_a_scale(text, (60, 70, 80))
    assert "<p>Not sure. not shown</p>" in of_a_scale(text, (60, 5, 60))


def test_report_figure_of_a_scale_has_the_middle_answer_of_everyone_or_of_each_group():
    figure = "```figure\nquestion: age\n```\n"
    assert "Median: “Grown”." in of_a_scale(figure, (60, 70, 80))
    assert "Median" not in of_a_scale(figure, (60, 5, 60))
    by = figure.replace("age\n", "age\nby: land\n")
    said = "Everyone: Grown; Nordic countries: Young; Elsewhere: not shown."
    assert said in of_a_scale(by, (90, 70, 70), (70, 20, 20), (50, 3, 50))


def test_report_has_no_middle_answer_where_answers_have_no_order():
    assert "Median" not in rendered()


def test_report_figures_have_numbers_that_lead_to_their_tables_and_what_these_were_counted_as():
    figure = "```figure\nquestion: told\n{by}```\n"
    html = rendered(figure.format(by="") + figure.format(by="by: land\n") + figure.format(by=""))
    annex = html[html.index('<section class="annex"') :]
    rows = re.findall(r'<a href="#(figure-[0-9])">([^<]+)</a>. Counted as <code[^>]*>([^<]*)</code>', annex)
    assert rows == [
        ("figure-1", "Figure 1", "told"),
        ("figure-2", "Figure 2", "told by land"),
        ("figure-3", "Figure 3", "told"),
    ]
    assert re.findall(r'<figure id="([^"]+)">', html) == ["figure-1", "figure-2", "figure-3"]
    assert [html.count(f'href="#table-{n}"') for n in (1, 2, 3)] == [1, 1, 1]
    assert [annex.count(f'id="table-{n}"') for n in (1, 2, 3)] == [1, 1, 1]
    assert html.count("Counted from dataset 0123456789abcdef, release " + RELEASE) == 1


def test_report_methods_say_what_each_reason_for_no_answer_means():
    page = Page(rendered())
    for name in (
        "Not asked:",
        "Not in the edition:",
        "Not reached:",
        "Skipped:",
        "Preferred not to say:",
        "Did not know:",
    ):
        assert page.text.count(name) == 1


@pytest.mark.parametrize(
    ("months", "said"),
    [
        (("2026-02", "2026-05"), "The answers were sent from about February 2026 to about May 2026."),
        (("2026-02", "2026-02"), "The answers were sent in about February 2026."),
    ],
)
def test_report_methods_say_the_months_of_answering(months, said):
    origin = replace(released_origin(), months=months)
    assert said in Page(report_html(report_view(read_template(FIGURE), tables(), wording(), origin))).text


def test_report_methods_say_nothing_of_months_where_few_sent():
    assert "The answers were sent" not in Page(rendered()).text
