"""The pages of a release as readers have them: help before numbers, everything that is released and nothing else, and
what is not shown in its place."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.core.palette import DARK, LIGHT, REPORT_CHART, REPORT_CHART_DARK
from kuule.core.problems import PublishingError
from kuule.disclosure.release import release
from kuule.publishing.release_site import language_pages
from kuule.publishing.release_site.figure_pictures import svg_pictures
from kuule.publishing.release_site.internal_links import check_links, page_links
from kuule.publishing.release_site.site_drawing import site_style
from kuule.tables.released import ReleasedTable
from tests.publishing.release_site.site_release import (
    AGE,
    TEXT,
    data_files,
    drawn,
    html_of,
    in_language,
    site_release,
    words_in_english_alone,
    words_of,
)
from tests.publishing.released import RULES, result

BOTH = pytest.mark.parametrize("tag", ["en", "fi"])


def words_on(page: str) -> str:
    return words_of(html_of(page).xpath("//main")[0])


@BOTH
def test_pages_have_no_script_and_nothing_from_elsewhere(tag: str) -> None:
    for name, page in drawn(tag).items():
        root = html_of(page)
        assert root.xpath("//script | //iframe | //img | //form | //object | //link[@rel='stylesheet']") == [], name
        assert root.xpath("//@style | //@onclick") == [], name
        assert "default-src 'none'; style-src 'sha256-" in page


def test_help_is_before_any_number_on_every_page() -> None:
    """Only the first page says more than the link; nowhere is a figure, a finding or a table above it."""
    for name, page in drawn().items():
        if name == "help.html":
            continue
        main = html_of(page).xpath("//main")[0]
        [first, *_] = main.xpath(".//a[starts-with(@href, 'help.html')]")
        before = first.xpath("preceding::figure | preceding::table | preceding::ul[@class='tiles']")
        assert before == [], name


def test_first_page_says_first_what_was_found_and_links_to_its_figure() -> None:
    root = html_of(drawn()["index.html"])
    tiles = [(words_of(tile), tile.xpath(".//a/@href")) for tile in root.xpath("//ul[@class='tiles']/li")]
    assert tiles == [
        ("57% Had told someone Of those who answered.", ["telling-someone.html#told"]),
        ("43% Had told nobody Of those who answered.", ["telling-someone.html#told"]),
        ("57% Had told, once more Of those who answered.", ["telling-someone.html#told"]),
    ]
    topics = root.xpath("//ul[@class='topics']//a/@href")
    assert topics[:3] == ["telling-someone.html", "telling-someone.html#told", "telling-someone.html#told-by-land"]


def test_key_findings_are_one_press_and_few_words_away() -> None:
    """An aide who looks for a number does not read the word to survivors, which is before it, to find it. At 240 words
    a minute, 120 are half a minute."""
    pages = drawn()
    first = {name: html_of(page).xpath("//nav//a/@href")[0] for name, page in pages.items()}
    assert first == {**dict.fromkeys(pages, "index.html"), "index.html": "#findings"}
    section = html_of(pages["index.html"]).xpath("//section[h2[@id='findings']]")[0]
    assert len(words_of(section).partition("Had told nobody")[0].split()) < 120
    assert (
        html_of(drawn(made=site_release(text="## Who\n\n```figure\nquestion: told\n```\n"))["index.html"]).xpath(
            "//nav//a/@href"
        )[0]
        == "index.html"
    )


def test_figure_has_its_finding_its_question_its_base_and_how_to_cite_it() -> None:
    [figure] = html_of(drawn()["telling-someone.html"]).xpath("//figure[@id='told']")
    said = words_of(figure)
    for words in (
        "57% had told",
        "The question: Had you told anyone?",
        "Base: about 359 people.",
        "Of those who chose to answer, not of all people.",
        "about 41 skipped it",
        "https://example.org/voice/telling-someone.html#told",
    ):
        assert words in said
    files = ["data/told.csv", "data/told.csv-metadata.json", "data/told.json", "figures/told.svg"]
    assert figure.xpath(".//details//a/@href") == files


def test_bar_is_as_wide_as_its_share_and_the_number_is_beside_it() -> None:
    page = drawn()["telling-someone.html"]
    [figure] = html_of(page).xpath("//figure[@id='told']")
    cells = [(cell.get("class"), words_of(cell)) for cell in figure.xpath(".//tbody//td[1]")]
    assert cells == [("bar w57", "57%"), ("bar w43", "43%")]
    assert ".w57{--share:57}" in page


def test_figure_by_groups_is_a_table_for_each_answer_and_withheld_groups_keep_their_place() -> None:
    [figure] = html_of(drawn()["telling-someone.html"]).xpath("//figure[@id='told-by-land']")
    tables = [[words_of(row) for row in table.xpath(".//tbody/tr")] for table in figure.xpath(".//table")]
    assert [words_of(caption) for caption in figure.xpath(".//caption")] == ["Yes, someone", "No, <never>"]
    assert tables[0] == ["Everyone57%203", "Nordic countries64%153", "Elsewhere50%50"]
    bases = [(words_of(one[0]), words_of(one[1])) for one in figure.xpath(".//dl[@class='bases']/div")]
    assert bases == [("Everyone", "359"), ("Nordic countries", "239"), ("Elsewhere", "100"), ("Islands", "not shown")]


def test_country_has_a_page_only_if_it_is_shown_and_keeps_its_place_in_the_list() -> None:
    pages = drawn()
    assert [name for name in pages if name.startswith("country-")] == ["country-FI.html", "country-SE.html"]
    said = words_on(pages["countries.html"])
    assert "Too few people answered to show numbers safely, or nobody did; we never say which. Malta" in said
    finland = words_on(pages["country-FI.html"])
    assert "112 (emergency)" in finland
    assert "Finland67%120 Everyone57%203" in finland


def test_question_that_is_not_shown_of_a_country_says_so() -> None:
    made = site_release()
    told = next(one for one in made.tables if str(one.request) == "told by residence")
    assert isinstance(told, ReleasedTable)
    page = drawn(made=replace(made, by_country=("told", "age")))["country-FI.html"]
    assert "Had you told anyone?" in words_on(page)
    columns = tuple(
        replace(one, cells=tuple(replace(c, count=None, share=None) for c in one.cells)) for one in told.columns
    )
    hidden = [replace(one, columns=columns) if one is told else one for one in made.tables]
    page = drawn(made=replace(made, tables=tuple(hidden)))["country-FI.html"]
    assert "Not shown: too few people here answered this question" in words_on(page)


@BOTH
def test_every_link_of_every_page_leads_somewhere(tag: str) -> None:
    pages = {other: drawn(other) for other in ("en", "fi")}
    folder = {"en": "", "fi": "fi/"}
    links = {
        f"{folder[other]}{name}": page_links(page) for other, known in pages.items() for name, page in known.items()
    }
    pictures = {other: svg_pictures(in_language(other)) for other in pages}
    files = [
        f"{folder[other]}{name}" for other in pages for name in (*data_files(other), *pictures[other], "report.html")
    ]
    check_links(links, files)
    assert f"{folder[tag]}index.html" in links


@BOTH
def test_no_number_is_on_a_page_that_the_release_does_not_have(tag: str) -> None:
    """An outsider has the pages: every number of people in a table of theirs is one of the released ones."""
    made = site_release()
    known = {cell.count for table in made.tables for column in table.columns for cell in column.cells}
    known |= {column.base for table in made.tables for column in table.columns}
    found = set()
    for page in drawn(tag, made).values():
        cells = html_of(page).xpath("//main//tbody//td[2] | //main//dl[@class='bases']//dd")
        found |= {int(text) for cell in cells if (text := re.sub(r"\D", "", words_of(cell)))}
    assert found
    assert found <= known


def test_index_of_words_has_every_question_and_every_answer_with_its_figures() -> None:
    root = html_of(drawn()["topics.html"])
    entries = root.xpath("//h2/following-sibling::ul[@class='list']/li")
    found = {words_of(one.xpath("./a")[0] if one.xpath("./a") else one): one.xpath(".//a/@href") for one in entries}
    both = ["telling-someone.html#told", "telling-someone.html#told-by-land"]
    twice = "Had you told anyone? Had you told anyone? – By: Region"
    assert found == {
        f"Had you told anyone? {twice}": both,
        f"No, <never> {twice}": both,
        f"Yes, someone {twice}": both,
        "How old are you?": ["who-answered.html#age"],
        "Old": ["who-answered.html#age"],
        "Young": ["who-answered.html#age"],
    }


def test_practice_is_on_every_page() -> None:
    for name, page in drawn(made=site_release(rehearsal=True)).items():
        assert "Practice, not real answers." in words_of(html_of(page).xpath("//body/aside")[0]), name


def test_words_that_nobody_translated_are_marked_and_said_at_the_top(tmp_path: Path) -> None:
    with words_in_english_alone(tmp_path):
        pages = drawn("fi")
    page = html_of(pages["index.html"])
    asides = [words_of(aside) for aside in page.xpath("//body/aside")]
    assert any("englanti" in said for said in asides)
    [skip] = page.xpath("//a[@class='skip']/span")
    assert (skip.get("lang"), skip.get("dir")) == ("en", "ltr")
    for name in ("topics", "about", "countries", "languages", "methods", "data", "release", "help"):
        [heading] = html_of(pages[f"{name}.html"]).xpath("//h1/span")
        assert heading.get("lang") == "en", name


def test_data_page_describes_the_dataset_for_catalogues() -> None:
    root = html_of(drawn()["data.html"])
    [dataset] = root.xpath("//*[@itemtype='https://schema.org/Dataset']")
    properties = {one.get("itemprop"): one.get("content") for one in dataset.xpath("./meta")}
    assert properties["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (properties["version"], properties["datePublished"]) == ("1", "2027-03-01")
    assert 50 <= len(properties["description"]) <= 5000
    linked = json.loads(data_files()["data/dataset.jsonld"])
    assert linked["@type"] == "Dataset"
    assert linked["distribution"][0]["contentUrl"] == "https://example.org/voice/data/told.csv"


def test_page_that_is_too_heavy_is_refused_with_the_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_pages, "HEAVIEST_PAGE", 10_000)
    with pytest.raises(PublishingError) as error:
        drawn()
    assert {problem.code for problem in error.value.problems} == {"PUBLISH_004"}
    assert "##" in error.value.problems[0].remedy


def test_text_that_asks_for_a_table_that_is_gone_makes_no_page() -> None:
    made = site_release()
    without = tuple(table for table in made.tables if str(table.request) != "told by land")
    with pytest.raises(PublishingError) as error:
        in_language(made=replace(made, tables=without))
    assert [problem.code for problem in error.value.problems] == ["RELEASE_023"]
    assert "told by land" in error.value.problems[0].cause


def test_finding_whose_number_is_not_shown_is_left_out_as_a_whole() -> None:
    made = site_release(text=TEXT.replace("share told yes", "share told no"))
    assert len(html_of(drawn(made=made)["index.html"]).xpath("//ul[@class='tiles']/li")) == 3
    told = next(one for one in made.tables if str(one.request) == "told")
    hidden = replace(told.columns[0].cells[1], count=None, share=None)
    column = replace(told.columns[0], cells=(told.columns[0].cells[0], hidden))
    tables = tuple(replace(one, columns=(column,)) if one is told else one for one in made.tables)
    page = html_of(drawn(made=replace(made, tables=tables))["index.html"])
    assert page.xpath("//ul[@class='tiles']/li") == []


def test_style_has_the_palette() -> None:
    style = site_style()
    for scheme, chart in ((LIGHT, REPORT_CHART), (DARK, REPORT_CHART_DARK)):
        assert f"--deep: {scheme['deep']};" in style
        assert [name for name in chart if name.startswith("ordered") and f"--{name}: {chart[name]};" not in style] == []
        assert f"--all: {chart['series-everyone']};" in style


def test_first_page_says_what_the_numbers_are_of_before_them() -> None:
    said = words_on(drawn()["index.html"])
    chosen = "People chose to answer. The figures tell what they said, not how common anything is among all people."
    assert said.count(chosen) == 1
    assert said.index("Key findings") < said.index(chosen) < said.index("57%")


def test_page_of_help_is_a_link_where_the_author_names_it() -> None:
    text = TEXT.replace("What people told us.", "The page *Find help* lists services. *Others* do not.")
    lead = html_of(drawn(made=site_release(text=text))["index.html"]).xpath("//div[@class='lead']//em")
    assert [(words_of(one), one.xpath("a/@href")) for one in lead] == [("Find help", ["help.html"]), ("Others", [])]


def test_figure_says_who_was_asked_before_its_base() -> None:
    text = TEXT.replace("question: told\nfinding", "question: told\nasked: We asked only people in the north.\nfinding")
    [figure] = html_of(drawn(made=site_release(text=text))["telling-someone.html"]).xpath("//figure[@id='told']")
    assert "We asked only people in the north. Base: about 359 people." in words_of(figure)


def test_figure_of_a_question_by_country_links_to_the_comparison() -> None:
    links = html_of(drawn()["telling-someone.html"]).xpath("//p[preceding-sibling::figure]/a/@href")
    assert links[:2] == ["told-by-residence.html", "told-by-residence.html"]
    assert "told-by-residence.html" not in drawn()["who-answered.html"]


def test_page_of_a_country_lists_its_questions() -> None:
    made = site_release(by_country=("told", "age"))
    assert html_of(drawn(made=made)["country-FI.html"]).xpath("//nav[@aria-labelledby='on_this_page']") == []
    [table] = release([result("age", {"FI": AGE, "SE": AGE}, "residence")], RULES)
    assert isinstance(table, ReleasedTable)
    more = replace(made, tables=(*made.tables, replace(table, origin=made.origin)))
    links = html_of(drawn(made=more)["country-FI.html"]).xpath("//nav[@aria-labelledby='on_this_page']//a/@href")
    assert links == ["#told", "#age"]
