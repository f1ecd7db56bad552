"""A service that does harm is hidden by an order: on every page on which it stood, for whoever is in the middle too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections

from kuule.collector.http.collector_site import close_site, run_site, running_site
from kuule.collector.served.closed_study import read_closed_study
from kuule.collector.served.serve_options import ServeOptions
from kuule.helplines.directory import Directory
from kuule.store.database import configure, prepare_store
from tests.collector.browser import Browser, Shown
from tests.collector.codes_on_pages import COMING_BACK, another, paused, resume, to_wish
from tests.collector.register_for_tests import make_following_edition
from tests.collector.site_for_tests import TestSite, field, start
from tests.collector.standing_orders import order_hidden
from tests.study.small_study import SETTINGS, make_edition

OFFENDERS = SETTINGS.replace('"survivors"', '"offenders"') + COMING_BACK
ROWS = """\
country,name,kind,audience,phone,url,languages,hours,source,source_date,checked_by,checked_on,note
SE,A line in Sweden,crisis,,0771 22 33 44,,sv,24/7,,,helper,2026-11-02,
SE,A line for children,child,,116111,,sv,,,,helper,2026-11-02,
JO,The only one there,crisis,,110,,,,,,helper,2026-11-02,
ZZ,Help anywhere,perpetrator_prevention,,0800 55 66,https://anywhere.example,,,,,helper,2026-11-02,
ZZ,Another anywhere,child,,,https://children.example,,,,,helper,2026-11-02,
"""


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It has these rows only; its first page and the last one name who helps anywhere."""
    folder = tmp_path_factory.mktemp("hidden")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kuule.study.folder.study_folder.built_in_directory", lambda: Directory(()))
        make_edition(folder, settings=OFFENDERS, support=ROWS)
    return folder / "edition"


@pytest.fixture
def site(edition: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield only_checked(start(edition, tmp_path))
    connections.close_all()


def only_checked(site: TestSite) -> TestSite:
    """The site as the public sees it: help that nobody has checked is not shown."""
    run_site(replace(running_site(), drafts=False))
    return site


def has(shown: Shown, number: str, name: str) -> bool:
    """Whether a page has a service, by its name or its number; never the one without the other."""
    found = {name in shown.words, number in shown.body.decode()}
    assert len(found) == 1
    return found.pop()


def has_anywhere(shown: Shown) -> bool:
    return has(shown, "tel:08005566", "Help anywhere")


def test_page_of_help_shows_it_no_more_and_again_when_that_is_ordered(site: TestSite) -> None:
    address = "/en/help/SE"
    before = site.browser.get(address)
    assert has(before, "tel:0771223344", "A line in Sweden")
    order_hidden("SE", "a LINE in Sweden")
    after = site.browser.get(address)
    assert not has(after, "tel:0771223344", "A line in Sweden")
    assert "A line for children" in after.words
    assert (after.size, after.status) == (before.size, 200), "who watches the line does not see it"
    order_hidden("SE", "A line in Sweden", hidden=False)
    assert site.browser.get(address).body == before.body


def test_first_page_and_the_last_show_it_no_more_though_they_are_drawn_once_a_day(site: TestSite) -> None:
    browser = site.answer({})
    assert has_anywhere(another(site).get("/en"))
    order_hidden("ZZ", "Help anywhere")
    assert not has_anywhere(another(site).get("/en"))
    assert not has_anywhere(browser.press("send"))
    assert "Thank you" in browser.shown.words
    order_hidden("ZZ", "Help anywhere", hidden=False)
    assert has_anywhere(another(site).get("/en"))


def test_it_is_hidden_from_who_is_in_the_middle_and_from_who_paused(site: TestSite, cheap_locks: None) -> None:
    code = paused(to_wish(site))
    middle = another(site)
    middle.get("/en")
    middle.press("next")
    assert has_anywhere(middle.press("help"))
    order_hidden("ZZ", "Help anywhere")
    assert not has_anywhere(middle.press("help"))
    assert not has(middle.press("help", {"country": "SE"}), "https://anywhere.example", "Help anywhere")
    back = resume(another(site), code)
    assert not has_anywhere(back.press("help"))
    assert "Another anywhere" in back.shown.words


def test_it_is_hidden_from_who_is_too_young(site: TestSite) -> None:
    def young() -> Shown:
        browser = another(site)
        browser.get("/en")
        browser.press("next")
        browser.press("next", {field(browser, "consent"): "yes"})
        return browser.press("next", {field(browser, "adult"): "no"})

    assert "Another anywhere" in young().words
    order_hidden("ZZ", "Another anywhere")
    assert "Another anywhere" not in young().words
    assert "116 111" in young().words, "the number of no one service"


def test_country_whose_last_service_is_hidden_cannot_be_chosen(site: TestSite) -> None:
    assert site.browser.get("/en/help/JO").page.xpath("//option[@selected]/@value") == ["JO"]
    order_hidden("JO", "The only one there")
    shown = site.browser.get("/en/help/JO")
    assert "JO" not in shown.page.xpath("//option/@value")
    assert "112" in shown.words


def test_country_of_the_union_keeps_its_page_and_says_that_nobody_is_known(site: TestSite) -> None:
    for name in ("A line in Sweden", "A line for children"):
        order_hidden("SE", name)
    shown = site.browser.get("/en/help/SE")
    assert shown.page.xpath("//option[@selected]/@value") == ["SE"]
    assert "112" in shown.words
    assert "116 111" not in shown.words


def test_short_number_that_was_its_own_goes_with_it_also_where_drafts_are_shown(site: TestSite) -> None:
    run_site(replace(running_site(), drafts=True))
    assert "116 111" in site.browser.get("/en/help/SE").words
    order_hidden("SE", "A line for children")
    shown = site.browser.get("/en/help/SE")
    assert ("116 111" in shown.words, "112" in shown.words) == (False, True)


def test_order_for_a_service_that_no_edition_has_changes_no_page(site: TestSite) -> None:
    addresses = ("/", "/en", "/en/help", "/en/help/SE", "/en/privacy")
    before = [site.browser.get(address).body for address in addresses]
    order_hidden("SE", "Hidden in the edition already")
    assert [site.browser.get(address).body for address in addresses] == before


def test_page_of_time_limits_has_its_number_no_more(tmp_path: Path) -> None:
    make_following_edition(tmp_path, ROWS.replace("SE,A line in Sweden,crisis", "SE,A line in Sweden,survivor"))
    site = only_checked(start(tmp_path / "edition", tmp_path))
    asked = [("country", "SE"), ("born", "1990"), ("first", "2000"), ("last", ""), ("kind", "other  ")]

    def numbers() -> set[str]:
        return {
            *map(str, site.browser.post("/en/until", asked).page.xpath("//main//a[starts-with(@href, 'tel:')]/@href"))
        }

    assert numbers() == {"tel:112", "tel:0771223344", "tel:116111"}
    order_hidden("SE", "A line in Sweden")
    assert numbers() == {"tel:112", "tel:116111"}
    connections.close_all()


def test_site_that_is_closed_for_now_shows_it_no_more(edition: Path, tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    configure(database)
    prepare_store(new=True)
    close_site(database, read_closed_study(ServeOptions((edition,), database, drafts=True)), drafts=True)
    browser = Browser(WSGIHandler())
    order_hidden("SE", "A line for children")
    shown = browser.get("/en/help/SE")
    assert not has(shown, "A line for children", "A line for children")
    assert has(shown, "tel:0771223344", "A line in Sweden")
    order_hidden("SE", "A line in Sweden")
    assert not has(browser.get("/en/help/SE"), "tel:0771223344", "A line in Sweden")
    connections.close_all()
