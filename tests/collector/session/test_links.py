"""A partner's link: a code of no meaning that is carried along, shows nobody's name, and never keeps anyone out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from kuule.core.problems import StudyError
from kuule.study.settings.study_toml import read_settings
from tests.collector.session.conftest import LINKS
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import SETTINGS, make_edition


@pytest.fixture
def site(linked: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(linked, tmp_path)
    connections.close_all()


def languages_of(site: TestSite, address: str) -> list[str]:
    return [str(href) for href in site.browser.get(address).page.xpath("//a[@hreflang]/@href")]


def test_code_goes_on_with_the_language(site: TestSite) -> None:
    assert sorted(languages_of(site, "/k7")) == ["/k7/ar", "/k7/en", "/k7/sv"]
    site.browser.get("/k7/sv")
    assert site.browser.hidden("link") == "k7"
    assert site.browser.form.get("action") == "/sv"


@pytest.mark.parametrize("aside", ["help", "privacy", "resume"])
def test_code_is_still_there_after_a_look_around_and_another_language(site: TestSite, aside: str) -> None:
    """From a poster to Swedish, to a page beside it, back, to another language, and only then "Begin"."""
    address = "/k7/sv"
    for path in (
        f"//a[contains(@href, '/{aside}')]/@href",
        "//a[contains(@class, 'back')]/@href",
        "//a[contains(@class, 'back')]/@href",
        "//a[@hreflang='en']/@href",
    ):
        address = str(site.browser.get(address).page.xpath(path)[0])
    assert address == "/k7/en"
    browser = site.browser
    browser.get(address)
    browser.press("next")
    browser.press("next", {field(browser, "consent"): "yes"})
    browser.press("next", {field(browser, "adult"): "yes"})
    browser.press("finish")
    browser.press("send")
    assert [record.link for record in site.kept()] == ["k7"]


def test_country_is_chosen_and_a_page_that_is_not_there_keeps_code_and_language(site: TestSite) -> None:
    shown = site.browser.get("/k7/sv/help?country=SE")
    assert shown.page.xpath("//form/@action") == ["/k7/sv/help"]
    absent = site.browser.get("/k7/ar/nothing")
    assert (absent.page.get("lang"), absent.page.xpath("//main//a/@href")) == ("ar", ["/k7"])


@pytest.mark.parametrize("code", ["z9", "0000", "k8"])
def test_code_that_is_not_known_keeps_nobody_out(site: TestSite, code: str) -> None:
    assert sorted(languages_of(site, f"/{code}")) == ["/ar", "/en", "/sv"]
    shown = site.browser.get(f"/{code}/en")
    assert (shown.status, shown.page.xpath("//input[@name='link']")) == (200, [])


@pytest.mark.parametrize("forged", ["z9", "Marker partner", "k7k7", "<b>", ""])
def test_code_that_was_made_up_is_no_link(site: TestSite, forged: str) -> None:
    browser = site.browser
    browser.post("/en", [("go", "next"), ("link", forged)])
    browser.press("next", {field(browser, "consent"): "yes"})
    browser.press("next", {field(browser, "adult"): "yes"})
    browser.press("finish")
    browser.press("send")
    assert [record.link for record in site.kept()] == [""]


def test_no_page_names_the_partner(site: TestSite) -> None:
    for address in ("/k7", "/k7/en", "/en", "/en/privacy", "/en/help"):
        assert b"Marker partner" not in site.browser.get(address).body


def test_links_can_be_switched_off(tmp_path: Path) -> None:
    make_edition(tmp_path, settings=SETTINGS + "[links]\non = false\n" + LINKS)
    site = start(tmp_path / "edition", tmp_path)
    assert sorted(languages_of(site, "/k7")) == ["/ar", "/en", "/sv"]
    connections.close_all()


@pytest.mark.parametrize("code", ["sv", "a", "abcde", "K7", "k7xyz", '"k 7"', '"ü1"', "kk"])
def test_code_that_could_be_a_word_or_a_language_is_refused(tmp_path: Path, code: str) -> None:
    (tmp_path / "study.toml").write_text(SETTINGS + f'[links.partners]\n{code} = "A partner"\n', "utf-8")
    with pytest.raises(StudyError) as refused:
        read_settings(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["STUDY_105"]


@pytest.mark.parametrize("code", ["k7", "4f2", "00", "a1b2"])
def test_code_of_no_meaning_is_taken(tmp_path: Path, code: str) -> None:
    (tmp_path / "study.toml").write_text(SETTINGS + f'[links.partners]\n"{code}" = "A partner"\n', "utf-8")
    assert read_settings(tmp_path).links.known_code(code) == code
