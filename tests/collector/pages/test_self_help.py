"""Self-help for those whom a study of offenders asks: on the first page and the last, and a press from every other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections

from kuule.helplines.directory import Directory
from tests.collector.browser import Shown
from tests.collector.site_for_tests import TestSite, start
from tests.study.small_study import SETTINGS, make_edition

OFFENDERS = SETTINGS.replace('"survivors"', '"offenders"')
CHECKED = ["A program in English", "A program in Arabic", "A program that does not say"]
ROWS = """\
country,name,kind,audience,phone,url,languages,hours,source,source_date,checked_by,checked_on,note
ZZ,A program in English,perpetrator_prevention,,,https://english.example,en,,,,helper,2026-11-02,
ZZ,A program in Arabic,perpetrator_prevention,,0800 11 22,https://arabic.example,ar en,,,,helper,2026-11-02,
ZZ,A program that does not say,perpetrator_prevention,,,https://silent.example,,,,,helper,2026-11-02,
ZZ,A program that nobody checked,perpetrator_prevention,,,https://unchecked.example,,,,,,,
ZZ,A program checked long ago,perpetrator_prevention,,,https://old.example,,,,,helper,2024-11-02,
SE,A clinic in one country,perpetrator_prevention,,0800 33 44,,sv,,,,helper,2026-11-02,
ZZ,A line for anyone in distress,crisis,,,https://distress.example,,,,,helper,2026-11-02,
"""


def made(tmp_path_factory: pytest.TempPathFactory, settings: str) -> Path:
    """An edition that has these rows only."""
    folder = tmp_path_factory.mktemp("self-help")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kuule.study.folder.study_folder.built_in_directory", lambda: Directory(()))
        make_edition(folder, settings=settings, support=ROWS)
    return folder / "edition"


@pytest.fixture(scope="module")
def of_offenders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory, OFFENDERS)


@pytest.fixture
def site(of_offenders: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(of_offenders, tmp_path)
    connections.close_all()


def listed(shown: Shown) -> list[str]:
    """The services of a page, on whatever level their names are."""
    return [str(one.text_content()) for one in shown.page.xpath("//ul[@class='services']/li/*[1]")]


def test_first_page_has_what_a_person_has_checked_in_its_language_first(site: TestSite) -> None:
    english, swedish, arabic = (site.browser.get(f"/{tag}") for tag in ("en", "sv", "ar"))
    assert listed(english) == CHECKED
    assert listed(swedish) == CHECKED
    assert listed(arabic) == ["A program in Arabic", "A program in English", "A program that does not say"]
    assert [str(one) for one in arabic.page.xpath("//ul[@class='services']//a/@href")] == [
        "https://arabic.example",
        "tel:08001122",
        "https://english.example",
        "https://silent.example",
    ]
    assert "Languages: English" in english.words


def test_last_page_has_the_same(site: TestSite) -> None:
    shown = site.answer({}).press("send")
    assert (shown.heading, listed(shown)) == ("Thank you", CHECKED)
    assert "If you’re worried about your own thoughts or actions" in shown.words


def test_service_is_gone_on_the_day_after_its_check_is_over(site: TestSite) -> None:
    """Both pages are made once a day, and what they list depends on the day."""
    pages = []
    for day in (datetime(2027, 11, 2, 12, tzinfo=UTC), datetime(2027, 11, 3, 12, tzinfo=UTC)):
        site.clock.now = day
        pages.append((listed(site.browser.get("/en")), listed(site.answer({}).press("send"))))
    assert pages == [(CHECKED, CHECKED), ([], [])]


def test_every_page_of_a_visit_has_the_button_to_all_of_it(site: TestSite) -> None:
    browser, pages = site.begin(), 0
    while "send" not in browser.buttons:
        assert "help" in browser.buttons
        answers = {name: "yes" for name in browser.asked if name.rsplit("/", 1)[-1] in ("consent", "adult")}
        browser.press("next", answers)
        pages += 1
    assert "help" in browser.buttons
    assert pages > 5
    assert {*CHECKED, "A line for anyone in distress"} <= set(listed(browser.press("help")))


@pytest.mark.parametrize("audience", ["survivors", "public"])
def test_other_audiences_are_shown_nothing_of_it_there(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, audience: str
) -> None:
    site = start(made(tmp_path_factory, SETTINGS.replace('"survivors"', f'"{audience}"')), tmp_path)
    assert listed(site.browser.get("/en")) == []
    assert listed(site.answer({}).press("send")) == []
    connections.close_all()


@pytest.mark.parametrize("accepted", ["", "gzip"])
def test_pages_with_it_have_the_size_of_all_others(site: TestSite, accepted: str) -> None:
    site.browser.accepts = accepted
    sizes = {site.browser.get(f"/ar{page}").size for page in ("", "/help", "/privacy")}
    assert {site.answer({}, "ar").press("send").size} == sizes
