"""The tour speaks the languages of the sites: it is asked for in one, and says what of it is English or a draft."""

from __future__ import annotations

import http.client
import re
from pathlib import Path

import pytest

from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import read_po, read_pot
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.languages.workflow.states import State
from kuule.usecases.demo.practice_folder import PracticeFolder
from kuule.usecases.demo.tour import Tour
from kuule.usecases.demo.tour_site import serve_tour
from kuule.usecases.demo.tour_words import TOUR_TEMPLATE, language_asked_for, tour_languages, tour_words
from tests.access import axe
from tests.access.windows import ChromiumWindow
from tests.languages.test_voice import not_said
from tests.patience import PATIENCE
from tests.sampling import matrix
from tests.web.reading_age import reading_age

SOURCES = read_pot(TOUR_TEMPLATE)
TRANSLATED = [tag for tag in tour_languages() if tag != "en"]
_ROOM = re.compile(r"At most (\d+) characters")


def ready_tour(practice: PracticeFolder, *languages: str) -> Tour:
    """One of a survey in these languages, of which everything is ready."""
    for file in (practice.study / "study.toml", practice.report / "index.pdf", practice.export / "p-codebook.html"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<p>{file.name}</p>")
    tour = Tour(practice, port=8000, report="http://127.0.0.1:8001/", people=2000, first=300)
    tour.tell(survey=True, languages=languages, reported=300, handed_over=True)
    return tour


@pytest.fixture
def practice(tmp_path: Path) -> PracticeFolder:
    return PracticeFolder(tmp_path / "practice")


def ask(port: int, path: str, wish: str = "") -> tuple[int, str, str]:
    """The status, where to go, and the body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path, headers={"Accept-Language": wish})
    response = connection.getresponse()
    found = response.status, response.headers.get("Location", ""), response.read().decode()
    connection.close()
    return found


def language_of(page: str) -> tuple[str, str]:
    found = re.search(r'<html lang="([^"]+)" dir="([^"]+)">', page)
    return (found[1], found[2]) if found else ("", "")


def test_tour_speaks_every_language_of_the_sites() -> None:
    assert set(tour_languages()) == set(shipped_languages())
    assert len(tour_languages()) == 30


def test_words_are_plain_and_kind_and_tell_their_translator_where_they_are_and_how_long_they_may_be() -> None:
    assert {one.key: found for one in SOURCES if (found := not_said(one.text))} == {}
    assert reading_age(" ".join(one.text for one in SOURCES if one.text.endswith("."))) <= 10
    room = {one.key: int(found[1]) for one in SOURCES if (found := _ROOM.search(one.note))}
    assert [one.key for one in SOURCES if len(one.text) > room.get(one.key, 0)] == []


@pytest.mark.parametrize("tag", matrix(TRANSLATED, 5))
def test_drafts_of_a_language_are_whole_without_a_fault_and_within_their_lengths(tag: str) -> None:
    catalogue = read_po(TOUR_TEMPLATE.parent / f"{tag}.po", SOURCES)
    assert [str(one) for one in catalogue_problems(catalogue, f"{tag}.po", CheckContext(tag))] == []
    words = tour_words(tag)
    assert (words.is_partly_english, words.state) == (False, State.DRAFT_ONE)
    room = {one.key: int(found[1]) for one in SOURCES if (found := _ROOM.search(one.note))}
    assert {key: len(text) for key, text in words.texts.items() if len(text) > room[key]} == {}


@pytest.mark.parametrize(
    ("header", "tag"),
    [
        ("fi-FI, en;q=0.5", "fi"), ("ja, ar;q=0.3", "ar"), ("no", "nb"), ("pt-BR", "pt-PT"), ("ja", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_page_is_in_the_language_that_the_browser_asks_for(header: str, tag: str) -> None:
    assert language_asked_for(header) == tag


def test_language_that_is_chosen_counts_for_more_than_what_the_browser_asks_for(practice: PracticeFolder) -> None:
    with serve_tour(ready_tour(practice, "en", "fi"), 0) as port:
        asked = {path: ask(port, path, "sv")[2] for path in ("/", "/fi", "/ar", "/fi/", "/tutorial", "/fi/tutorial")}
        assert ask(port, "/xx")[0] == ask(port, "/fi/codebook")[0] == ask(port, "/fi/fi")[0] == 404
    assert {path: language_of(page) for path, page in asked.items()} == {
        "/": ("sv", "ltr"), "/fi": ("fi", "ltr"), "/ar": ("ar", "rtl"), "/fi/": ("fi", "ltr"),
        "/tutorial": ("sv", "ltr"), "/fi/tutorial": ("fi", "ltr"),
    }  # fmt: skip
    assert '<div lang="en" dir="ltr">\n<h1>Your own survey</h1>' in asked["/fi/tutorial"]
    assert 'href="/fi/">Takaisin esittelyyn</a>' in asked["/fi/tutorial"]
    assert 'href="/fi/tutorial">' in asked["/fi"]


def test_every_language_is_one_press_away_and_the_present_one_is_marked(practice: PracticeFolder) -> None:
    page = ready_tour(practice, "en").page("ar", "/ar")
    chooser = page.partition("<details")[2].partition("</details>")[0]
    assert set(re.findall(r'href="/([^"]+)"', chooser)) == set(tour_languages())
    assert re.findall(r'hreflang="([^"]+)" aria-current="true"', chooser) == ["ar"]


def test_draft_says_so_in_its_own_language_and_the_source_does_not(practice: PracticeFolder) -> None:
    tour = ready_tour(practice, "en")
    assert "Kone on kääntänyt nämä tekstit" in tour.page("fi")
    assert "drafted by a machine" not in tour.page()
    assert "(englanniksi)" in tour.page("fi")
    assert "(in English)" not in tour.page()


def test_survey_and_report_open_in_the_language_of_the_page_where_they_are_in_it(practice: PracticeFolder) -> None:
    tour = ready_tour(practice, "en", "fi")
    assert 'href="http://127.0.0.1:8000/fi"' in tour.page("fi")
    assert 'href="/fi/report"' in tour.page("fi")
    assert 'href="/fi/report.pdf"' in tour.page("fi")
    for tag, survey in (("en", "http://127.0.0.1:8000/en"), ("sv", "http://127.0.0.1:8000/")):
        assert f'href="{survey}"' in tour.page(tag)
        assert 'href="http://127.0.0.1:8001/"' in tour.page(tag)
        assert 'href="http://127.0.0.1:8001/index.pdf"' in tour.page(tag)


def test_report_in_a_language_is_made_when_it_is_asked_for(practice: PracticeFolder) -> None:
    tour, made = ready_tour(practice, "en", "fi", "ar"), list[str]()

    def translate(tag: str) -> Path:
        made.append(tag)
        page = practice.report / f"index.{tag}.html"
        page.write_text(tag)
        page.with_suffix(".pdf").write_text(tag) if tag == "fi" else None
        return page

    with serve_tour(tour, 0) as port:
        assert ask(port, "/fi/report")[0] == 404
        tour.translate_report_by(translate)
        assert ask(port, "/fi/report")[:2] == (303, "http://127.0.0.1:8001/index.fi.html")
        assert ask(port, "/fi/report.pdf")[:2] == (303, "http://127.0.0.1:8001/index.fi.pdf")
        assert ask(port, "/ar/report.pdf")[:2] == (303, "http://127.0.0.1:8001/"), "it could not be made"
        assert ask(port, "/sv/report")[0] == 404
    assert made == ["fi", "fi", "ar"]


@pytest.mark.browser
@pytest.mark.slow
def test_axe_finds_nothing_in_any_language_and_no_page_is_moved_sideways(
    chromium: ChromiumWindow, practice: PracticeFolder
) -> None:
    chromium.page.set_viewport_size({"width": 320, "height": 800})
    found = {}
    with serve_tour(ready_tour(practice, *tour_languages()), 0) as port:
        for tag in tour_languages():
            chromium.open(f"http://127.0.0.1:{port}/{tag}")
            wide = chromium.ask("document.documentElement.scrollWidth > innerWidth")
            rules = axe.findings(chromium) if tag in ("fi", "ar") else []
            found[tag] = [*rules, *(["moved sideways"] if wide else [])]
    assert {tag: said for tag, said in found.items() if said} == {}
