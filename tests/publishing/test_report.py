"""The report's page: what it says of each number, what it never says, and that it stands alone."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from kuule.disclosure.door import release
from kuule.errors import PublishingError
from kuule.publishing.report import render_report
from kuule.publishing.template import read_template
from tests.publishing.released import BY_SMALL, RULES, released_origin, result, tables, wording

FIGURE = "# Told\n\n```figure\nquestion: told\nby: land\n```\n"


def rendered(
    text: str = FIGURE, *, by=None, tag: str = "en", question: str = "Had you told anyone?", **known: object
) -> str:
    made = tables(**known) if by is None else tables(by, **known)
    return render_report(read_template(text), made, wording(tag, question), released_origin(**known))


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
        "Base: about 360 people who answered this question; each group has its own base, in the last row.",
        "Not in the base: about 40 passed over it; for other reasons: fewer than can be shown, or none.",
        "“Yes, someone” was the answer of 71% of those in the group “Nordic countries”, and of 33% of those in ",
        "People chose themselves to answer.",
        "Counted as told by land",
    ):
        assert sentence in text


def test_report_fills_live_numbers_that_cannot_be_taken_for_markdown():
    html = rendered(
        "Of *about* {{ responses }}, {{ share told yes }} ({{ count told yes }} of {{ base told }}), "
        "{{ editions }}, {{ title }}."
    )
    assert "<p>Of <em>about</em> 400, 56% (200 of 360), one edition, Our Voice.</p>" in html


def test_report_says_which_groups_are_not_shown_and_has_none_of_their_numbers():
    page = Page(rendered(by=BY_SMALL))
    assert (
        "Groups that are not shown, because they are small or would give a small one away: Elsewhere, Islands."
        in page.text
    )
    assert "Groups withheld: 2, in 1 of the tables of this report." in page.text
    assert [attributes for attributes in page.all("th") if attributes.get("scope") == "col"] == [{"scope": "col"}] * 3


def test_report_table_that_is_all_withheld_says_so_in_words():
    few = release([result("told", {"": {"yes": 12, "no": 11}})], RULES)
    html = render_report(read_template("```figure\nquestion: told\n```"), few, wording(), released_origin())
    assert "This figure is not shown: fewer than 30 people answered" in Page(html).text
    assert Page(html).all("svg") == []
    assert Page(html).all("table") == []


def test_report_live_number_of_a_withheld_table_is_not_shown():
    few = release([result("told", {"": {"yes": 12, "no": 11}})], RULES)
    html = render_report(
        read_template("Told: {{ share told yes }}, {{ base told }}."), few, wording(), released_origin()
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
    page = Page(rendered(tag="ar", question="هل أخبرت أحدا؟"))
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]
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
    html = render_report(read_template(text), scale, wording(), released_origin())
    assert re.findall(r'<th scope="row">([^<]+)</th>', html) == [
        "Young",
        "Old",
        "Base",
        "No, &lt;never&gt;",
        "Yes, someone",
        "Base",
    ]


def test_report_that_asks_for_what_there_is_not_is_refused_with_every_line():
    with pytest.raises(PublishingError) as refused:
        rendered("{{ share told maybe }}\n\n```figure\nquestion: nothing\n```")
    assert [problem.code for problem in refused.value.problems] == ["REPORT_005", "REPORT_007"]
