"""Help as somebody in need meets it: a country that is not listed, no voice, no number, hours that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connections

from kuule.collector.pages.help_services import HelpView, help_for_audience
from kuule.helplines.directory import Directory
from kuule.helplines.service import GenderServed, Service, ServiceAudience, ServiceKind
from kuule.helplines.short_numbers import NumberMeaning
from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.gettext.shipped_words import shipped_sources, word_name
from kuule.study.settings.study_toml import Audience
from tests.collector.browser import Shown
from tests.collector.site_for_tests import NOON, TestSite, start
from tests.study.small_study import make_edition

CHECKED = date(2026, 11, 2)
ROWS = """\
country,name,kind,audience,phone,url,languages,hours,source,source_date,checked_by,checked_on,note
JO,A line with everything,survivor,women,+962 6 500 0000; SMS 1313,https://line.example,ar en,24/7,,,helper,2026-11-02,
JO,A line without hours,crisis,,110,,,,,,helper,2026-11-02,
JO,A chat for the deaf,crisis,people who are deaf,,https://chat.example,,,,,helper,2026-11-02,
JO,A line for children,child,,0800 22 22 33,,,,,,helper,2026-11-02,
ZZ,Anywhere,survivor,,,https://anywhere.example,,,,,helper,2026-11-02,
ZZ,Anywhere for children,child,,,https://children.example,,,,,helper,2026-11-02,
"""


@pytest.fixture(scope="module")
def helping(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition has these rows only, as if a person had checked no other."""
    folder = tmp_path_factory.mktemp("helping")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kuule.study.folder.study_folder.built_in_directory", lambda: Directory(()))
        make_edition(folder, support=ROWS)
    return folder / "edition"


@pytest.fixture(scope="module")
def site(helping: Path) -> Iterator[TestSite]:
    yield start(helping, helping.parent)
    connections.close_all()


def services(shown: Shown) -> dict[str, str]:
    """Name and all words of each service of the page."""
    return {
        item.xpath("./h4")[0].text_content(): " ".join(item.text_content().split())
        for item in shown.page.xpath("//ul[@class='services']/li")
    }


def links(shown: Shown, scheme: str) -> list[str]:
    return [str(href) for href in shown.page.xpath(f"//main//a[starts-with(@href, '{scheme}')]/@href")]


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_number_is_pressed_to_call_or_to_write_and_stands_from_left_to_right(site: TestSite, tag: str) -> None:
    shown = site.browser.get(f"/{tag}/help/JO")
    assert links(shown, "tel:") == ["tel:+96265000000", "tel:+96265000000", "tel:110", "tel:0800222233"]
    assert links(shown, "sms:") == ["sms:1313"]
    inner = shown.page.xpath("//a[starts-with(@href, 'tel:') or starts-with(@href, 'sms:')]/*[1]")
    assert [(one.tag, one.get("dir")) for one in inner] == [("bdi", "ltr")] * 5


def test_hours_that_are_not_known_are_said_so_and_a_website_has_none(site: TestSite) -> None:
    found = services(site.browser.get("/en/help/JO"))
    assert "We don’t know when it’s open." in found["A line without hours"]
    assert "Open: day and night" in found["A line with everything"]
    assert "open" not in found["A chat for the deaf"].lower()


def test_it_is_said_for_whom_a_service_is(site: TestSite) -> None:
    found = services(site.browser.get("/en/help/JO"))
    assert "For: women" in found["A line with everything"]
    assert "For: people who are deaf" in found["A chat for the deaf"]


@pytest.mark.parametrize("tag", ["en", "sv", "ar"])
def test_day_of_the_oldest_check_is_said_once_above_the_list_as_the_language_writes_days(
    site: TestSite, tag: str
) -> None:
    shown = site.browser.get(f"/{tag}/help/JO")
    assert shown.words.count(format_day(CHECKED.isoformat(), tag)) == 1
    assert {format_day(CHECKED.isoformat(), tag) in words for words in services(shown).values()} == {False}


@pytest.mark.parametrize("address", ["/en/help", "/en/help/XX", "/en/help?country=GB"])
def test_country_that_is_not_listed_leads_to_help_in_any_country(site: TestSite, address: str) -> None:
    shown = site.browser.get(address)
    assert "If your country isn’t in the list, we know of no service there yet. Try the services under" in shown.words
    assert list(services(shown)) == ["Anywhere", "Anywhere for children"]


def numbers(shown: Shown) -> list[tuple[str, str]]:
    """What can be pressed above the services, with its words."""
    rows = shown.page.xpath("//ul[@class='numbers']/li/a")
    return [(str(row.get("href")), " ".join(row.text_content().split())) for row in rows]


def test_112_can_be_pressed_before_and_after_a_country_is_chosen(site: TestSite) -> None:
    before = numbers(site.browser.get("/en/help"))
    assert before == [("tel:112", "112 If you’re in danger In all of the EU and many other countries")]
    dutch = site.browser.get("/en/help?country=NL")
    assert numbers(dutch) == [("tel:112", "112 If you’re in danger")], "nobody has seen 116 006 at work there"
    assert "We know of no service in Netherlands yet. Try the services under" in dutch.words
    swedish = numbers(site.browser.get("/en/help?country=SE"))
    assert ("tel:116016", "116 016 If someone hurts you For: women") in swedish


def test_country_without_a_number_that_we_know_has_the_sentence_on_danger(site: TestSite) -> None:
    shown = site.browser.get("/en/help/JO")
    assert [link for link, _ in numbers(shown)] == ["tel:+96265000000"]
    assert "call the emergency number where you are. In many countries it’s 112." in shown.words
    assert "These numbers work inside Jordan; many don’t from abroad." in shown.words


def survivors(*rows: tuple[str, str, GenderServed, tuple[ServiceAudience, ...]]) -> Directory:
    """Services of Finland, where 112 works, for survivors: name, phone, gender and audience of each."""
    made = [Service("FI", name, ServiceKind.SURVIVOR, to, phone, gender=gender) for name, phone, gender, to in rows]
    return Directory(tuple(replace(one, checked_by="helper", checked_on=CHECKED) for one in made))


def pressed_first(directory: Directory, audience: Audience = Audience.SURVIVORS) -> list[str]:
    """The numbers that can be pressed before any service is read."""
    shown = help_for_audience(directory, audience, "en", "FI", drafts=False, today=NOON.date())
    return [line.number for line in shown.numbers]


ANY, WOMEN, MEN = GenderServed.ANY, GenderServed.WOMEN, GenderServed.MEN
ANYONE, LONG_AGO = (ServiceAudience.ANYONE,), (ServiceAudience.HARMED_AS_CHILDREN,)


def test_first_service_for_survivors_can_be_pressed_after_the_number_for_danger() -> None:
    both = survivors(("For all", "0800 1", ANY, ANYONE), ("For some", "0800 2", ANY, LONG_AGO))
    assert pressed_first(both) == ["112", "0800 2"]


@pytest.mark.parametrize(
    ("rows", "own"),
    [
        ([("W", "1", WOMEN, ()), ("M", "2", MEN, ()), ("Another for men", "3", MEN, ())], ["1", "2"]),
        ([("W", "1", WOMEN, ()), ("All", "2", ANY, ())], ["2"]),
        ([("Not said", "1", GenderServed.NOT_SAID, ()), ("No more", "2", GenderServed.NOT_SAID, ())], ["1"]),
        ([("Soon", "1", ANY, (ServiceAudience.SOON_AFTER,)), ("Later", "2", WOMEN, ())], ["2"]),
        ([("Sent away", "1", ANY, (ServiceAudience.HURT_AS_ADULTS,))], []),
        ([("Written to", "SMS 1313", ANY, ()), ("Two at once", "1 or 2", ANY, ())], []),
    ],
)
def test_service_that_is_pressed_first_takes_everybody_or_there_is_one_for_each_gender(
    rows: list[tuple[str, str, GenderServed, tuple[ServiceAudience, ...]]], own: list[str]
) -> None:
    assert pressed_first(survivors(*rows)) == ["112", *own]


def test_number_that_is_there_already_is_not_there_twice() -> None:
    assert pressed_first(survivors(("A line", "112", ANY, ANYONE))) == ["112"]


def test_study_of_people_who_offend_shows_no_service_for_survivors() -> None:
    assert pressed_first(survivors(("For all", "0800 1", ANY, ANYONE)), Audience.OFFENDERS) == ["112"]


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "Monday–Thursday 07:30–15:30 · Friday 07:30–12:00"),
        ("sv", "måndag–torsdag 07:30–15:30 · fredag 07:30–12:00"),
        ("fa", "دوشنبه–پنجشنبه ۰۷:۳۰–۱۵:۳۰ · جمعه ۰۷:۳۰–۱۲:۰۰"),
    ],
)
def test_hours_are_said_in_the_language_of_the_page(tag: str, said: str) -> None:
    service = Service("FI", "A line", ServiceKind.CRISIS, hours="Mon-Thu 07:30-15:30, Fri 07:30-12:00")
    shown = help_for_audience(Directory(()), Audience.PUBLIC, tag, "", drafts=False, today=NOON.date())
    assert shown.hours_of(service) == said
    assert shown.hours_of(replace(service, hours="by arrangement")) == ""


def test_other_ways_than_speaking_are_said_and_what_a_call_leaves_behind(site: TestSite) -> None:
    words = site.browser.get("/en/help/JO").words
    assert "some services answer text messages" in words
    assert "can show on the phone you use" in words


@pytest.mark.parametrize("address", ["/en/help", "/en/help/JO"])
def test_before_the_first_service_it_is_said_that_one_may_ask_what_it_has_to_report(
    site: TestSite, address: str
) -> None:
    page = site.browser.get(address).page
    (said,) = page.xpath("//main//p[contains(., 'have to report certain things')]")
    assert "Before you say more, you can ask what those are." in said.text_content()
    assert said.xpath("following::ul[@class='services']") == page.xpath("//ul[@class='services']") != []


def test_adults_see_for_whom_lines_for_children_are(site: TestSite) -> None:
    assert ("tel:116111", "116 111 If you’re under 18") in numbers(site.browser.get("/en/help/FI"))
    headings = [one.text_content().strip() for one in site.browser.get("/en/help/JO").page.xpath("//h3")]
    assert "If you’re under 18" in headings


def test_websites_open_beside_a_visit_and_in_its_place_outside(site: TestSite) -> None:
    browser = site.pass_gates()
    browser.press("help")
    browser.press("help", {"country": "JO"})
    inside = browser.shown.page.xpath("//main//a[starts-with(@href, 'https:')]")
    assert {(one.get("target"), one.get("rel")) for one in inside} == {("_blank", "noopener noreferrer nofollow")}
    outside = site.browser.get("/en/help/JO").page.xpath("//main//a[starts-with(@href, 'https:')]")
    assert {(one.get("target"), one.get("rel")) for one in outside} == {(None, "noreferrer nofollow")}


def test_who_is_too_young_meets_lines_for_children_first_and_words_for_them_on_both_pages(site: TestSite) -> None:
    browser = site.begin()
    browser.press("next", dict.fromkeys(browser.asked, "yes"))
    young = browser.press("next", dict.fromkeys(browser.asked, "no"))
    assert list(services(young)) == ["Anywhere for children"]
    assert [link for link, _ in numbers(young)] == ["tel:116111", "tel:112"]
    assert young.words.index("116 111") < young.words.index("Choose your country")
    chosen = browser.post("/en/help", [("country", "JO"), ("y", "1")])
    assert list(services(chosen))[:2] == ["A line for children", "A line without hours"]
    assert chosen.heading == "People who listen to you"
    for shown in (young, chosen):
        assert "it’s not your fault" in shown.words
        assert "Whatever worries you, even about yourself, you deserve help." in shown.words
        assert "survivor" not in shown.words
        assert "For: " not in shown.words, "a word of what has happened to others is nothing for a child"


def test_check_that_grows_old_takes_its_row_away_while_the_site_runs(site: TestSite) -> None:
    site.clock.now = NOON.replace(year=2028)
    assert services(site.browser.get("/en/help/JO")) == {}
    site.clock.now = NOON


ONE = Service("JO", "One", ServiceKind.SURVIVOR, phone="1", checked_on=CHECKED)
UNCHECKED = replace(ONE, name="Two", checked_on=None)
NAMED = replace(ONE, name="Three", audience=(ServiceAudience.HARMED_AS_CHILDREN, ServiceAudience.ANYONE))


def seen(*found: Service) -> HelpView:
    directory = Directory(found)
    return help_for_audience(directory, Audience.SURVIVORS, "en", "JO", drafts=True, today=NOON.date())


@pytest.mark.parametrize(
    ("found", "trust", "oldest"),
    [
        ((), "", None),
        ((UNCHECKED,), "none", None),
        ((ONE, UNCHECKED), "some", CHECKED),
        ((ONE, replace(NAMED, checked_on=date(2026, 10, 3))), "all", date(2026, 10, 3)),
    ],
)
def test_how_far_a_list_can_be_trusted_is_one_word_for_all_of_it(
    found: tuple[Service, ...], trust: str, oldest: date | None
) -> None:
    view = seen(*found)
    assert (view.trust, view.oldest_check) == (trust, oldest)


def test_who_names_adults_that_were_hurt_as_children_comes_first() -> None:
    [group] = seen(ONE, UNCHECKED, NAMED).here
    assert [one.name for one in group.services] == ["Three", "One", "Two"]


def test_each_meaning_of_a_number_and_each_word_of_an_audience_has_a_text() -> None:
    names = {word_name(one.key) for one in shipped_sources()}
    shown = [one for one in NumberMeaning if one is not NumberMeaning.MISSING_CHILDREN]
    wanted = [*(f"number_{one}" for one in shown), *(f"audience_{one}" for one in ServiceAudience)]
    assert [name for name in [*wanted, *(f"kind_{one}" for one in ServiceKind)] if name not in names] == []


def test_countries_with_help_that_is_seen_at_work_have_it_on_the_page_in_each_language(site: TestSite) -> None:
    finland = [link for link, _ in numbers(site.browser.get("/ar/help/FI"))]
    assert finland == ["tel:112", "tel:116006", "tel:116016", "tel:116111"]
