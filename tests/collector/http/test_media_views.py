"""Pictures and sounds on the pages of a running collector, and at their addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from django.db import connections

from kuule.web.headers import CONTENT_SECURITY_POLICY
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.media.study import FILES, FORM, make_media_edition

SOUND = FILES["door.mp3"]


@pytest.fixture(scope="module")
def media_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frozen")
    make_media_edition(folder)
    return folder / "edition"


@pytest.fixture
def media_site(media_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(media_folder, tmp_path)
    connections.close_all()


def door_page(site: TestSite, tag: str = "en") -> Browser:
    browser = site.pass_gates(tag)
    browser.press("next")
    assert "door" in [name.rsplit("/", 1)[-1] for name in browser.asked]
    return browser


def attributes(browser: Browser, path: str) -> list[Mapping[str, str]]:
    return [dict(element.attrib) for element in browser.shown.page.xpath(path)]


def addresses(browser: Browser) -> dict[str, str]:
    """Each address on the page, by what is there."""
    found = {one["src"] for one in attributes(browser, "//img | //audio")}
    by_content = {content: name for name, content in FILES.items()}
    return {by_content[browser.get(address).body]: address for address in found}


def test_page_shows_pictures_with_their_size_and_what_they_show(media_site: TestSite) -> None:
    browser = door_page(media_site)
    pictures = [(one["width"], one["height"], one["alt"], one["loading"]) for one in attributes(browser, "//main//img")]
    assert pictures == [
        ("320", "200", "A green door that stands open", "lazy"),
        ("80", "120", "A green door", "lazy"),
        ("80", "120", "A door the colour of sand", "lazy"),
        ("640", "400", "", "lazy"),
    ]


def test_sound_waits_for_a_press_and_goes_to_no_other_device(media_site: TestSite) -> None:
    sounds = attributes(door_page(media_site), "//main//audio")
    assert [one["aria-label"] for one in sounds] == [
        "Listen: Two doors.",
        "Listen: Which door is yours?",
        "Listen: The green one",
    ]
    assert {(one["controls"], one["preload"], one["disableremoteplayback"]) for one in sounds} == {("", "none", "")}
    assert [one for one in sounds if {"autoplay", "loop"} & set(one)] == []


def test_page_with_sounds_says_that_others_may_hear_them(media_site: TestSite) -> None:
    said = "others near you may hear it"
    browser = media_site.pass_gates()
    assert said not in browser.shown.words
    browser.press("next")
    assert said in browser.shown.words


def test_words_stand_there_also_without_pictures_and_sounds(media_site: TestSite) -> None:
    words = door_page(media_site).shown.words
    for text in ("Two doors.", "Which door is yours?", "The green one", "The sand-coloured one"):
        assert text in words


def test_picture_of_a_choice_is_pressed_like_its_label_and_its_sound_is_not(media_site: TestSite) -> None:
    page = door_page(media_site).shown.page
    assert len(page.xpath("//label[@class='choice']//img")) == 2
    assert page.xpath("//label//audio") == []


def test_heads_of_a_grid_have_pictures_that_are_said_once(media_site: TestSite) -> None:
    browser = door_page(media_site)
    browser.press("next")
    heads = attributes(browser, "//div[@class='heads']//img")
    assert [(one["width"], one["alt"]) for one in heads] == [("48", ""), ("48", "")]
    assert len(attributes(browser, "//div[contains(@class, 'row')]//img")) == 4


@pytest.mark.parametrize(("tag", "file"), [("en", "door.mp3"), ("sv", "sv/door.mp3"), ("ar", "door.mp3")])
def test_language_hears_its_own_sound_where_it_has_one(media_site: TestSite, tag: str, file: str) -> None:
    browser = door_page(media_site, tag)
    [address] = {one["src"] for one in attributes(browser, "//div[@class='note']//audio")}
    assert browser.get(address).body == FILES[file]


@pytest.mark.parametrize(
    ("file", "kind"), [("door.png", "image/png"), ("house.jpg", "image/jpeg"), ("door.mp3", "audio/mpeg")]
)
def test_file_comes_whole_as_what_it_is_and_is_not_kept(media_site: TestSite, file: str, kind: str) -> None:
    browser = door_page(media_site)
    shown = browser.get(addresses(browser)[file])
    assert (shown.status, shown.body) == (200, FILES[file])
    expected = {
        "content-type": kind,
        "content-length": str(len(FILES[file])),
        "accept-ranges": "bytes",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "content-security-policy": CONTENT_SECURITY_POLICY,
    }
    assert {name: shown.headers[name] for name in expected} == {name: (value,) for name, value in expected.items()}
    assert not {"etag", "last-modified", "set-cookie"} & set(shown.headers)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=10-", 10, len(SOUND) - 1),
        ("bytes=-7", len(SOUND) - 7, len(SOUND) - 1),
        ("bytes=5-99999999", 5, len(SOUND) - 1),
        ("bytes=-99999999", 0, len(SOUND) - 1),
        (f"bytes={len(SOUND) - 1}-{len(SOUND) - 1}", len(SOUND) - 1, len(SOUND) - 1),
    ],
)
def test_part_of_a_sound_is_sent_where_it_is_asked_for(media_site: TestSite, asked: str, first: int, last: int) -> None:
    browser = door_page(media_site)
    shown = browser.get(addresses(browser)["door.mp3"], HTTP_RANGE=asked)
    assert (shown.status, shown.body) == (206, SOUND[first : last + 1])
    assert shown.headers["content-range"] == (f"bytes {first}-{last}/{len(SOUND)}",)
    assert shown.headers["content-length"] == (str(last + 1 - first),)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_RANGE": "bytes=0-1,5-6"},
        {"HTTP_RANGE": "bytes=5-2"},
        {"HTTP_RANGE": "bytes=-"},
        {"HTTP_RANGE": "lines=0-1"},
        {"HTTP_RANGE": "bytes=0-" + "9" * 400},
        {"HTTP_RANGE": "bytes=0-1", "HTTP_IF_RANGE": '"other"'},
    ],
)
def test_whole_sound_is_sent_where_a_part_is_not_understood(media_site: TestSite, headers: dict[str, str]) -> None:
    browser = door_page(media_site)
    shown = browser.get(addresses(browser)["door.mp3"], **headers)
    assert (shown.status, shown.body) == (200, SOUND)


@pytest.mark.parametrize("asked", [f"bytes={len(SOUND)}-", "bytes=-0"])
def test_part_that_is_not_there_is_said(media_site: TestSite, asked: str) -> None:
    browser = door_page(media_site)
    shown = browser.get(addresses(browser)["door.mp3"], HTTP_RANGE=asked)
    assert (shown.status, shown.body) == (416, b"")
    assert shown.headers["content-range"] == (f"bytes */{len(SOUND)}",)


def test_policy_lets_a_page_load_the_kinds_that_it_shows_and_no_page_else(media_site: TestSite) -> None:
    browser = media_site.pass_gates()
    policies = [browser.shown.headers["content-security-policy"][0]]
    for _ in range(3):
        browser.press("next")
        policies.append(browser.shown.headers["content-security-policy"][0])
    strict, both, images = (
        CONTENT_SECURITY_POLICY,
        f"{CONTENT_SECURITY_POLICY}; img-src 'self'; media-src 'self'",
        f"{CONTENT_SECURITY_POLICY}; img-src 'self'",
    )
    assert policies == [strict, both, images, strict]
    assert "default-src 'none'" in strict


@pytest.mark.parametrize(
    "address",
    ["/media/" + "0" * 24 + ".mp3", "/media/" + "0" * 24 + "-4x3.png", "/media/../edition.json", "/media/", "/media"],
)
def test_address_of_nothing_says_so_in_words(media_site: TestSite, address: str) -> None:
    shown = media_site.browser.get(address)
    assert (shown.status, shown.headers["content-type"]) == (404, ("text/html; charset=utf-8",))


def test_file_that_was_changed_after_the_start_is_not_sent(tmp_path: Path) -> None:
    make_media_edition(tmp_path)
    site = start(tmp_path / "edition", tmp_path)
    browser = door_page(site)
    address = addresses(browser)["door.png"]
    (tmp_path / "edition" / address[1:]).write_bytes(FILES["sand.png"])
    assert browser.get(address).status == 404
    (tmp_path / "edition" / address[1:]).unlink()
    assert browser.get(address).status == 404
    connections.close_all()


def test_answers_to_questions_with_pictures_are_kept_like_all_others(media_site: TestSite) -> None:
    browser = media_site.answer({"door": "green", "house": "small", "calm": "yes"})
    browser.press("send")
    [record] = media_site.kept()
    kept = {path.rsplit("/", 1)[-1]: value for path, value in record.answers.items()}
    assert {name: kept[name] for name in ("door", "house", "calm")} == {
        "door": "green",
        "house": "small",
        "calm": "yes",
    }


@pytest.mark.parametrize("appearance", ["minimal", "autocomplete", "likert", "columns-2"])
def test_choices_with_pictures_and_sounds_are_never_a_list_of_words(tmp_path: Path, appearance: str) -> None:
    row = "| | select_one door | door | Which door is yours? | | | |"
    form = FORM.replace(f"{row} |", f"{row} {appearance} |")
    assert form != FORM
    make_media_edition(tmp_path, form=form)
    site = start(tmp_path / "edition", tmp_path)
    browser = door_page(site)
    name = field(browser, "door")
    page = browser.shown.page
    assert len(page.xpath(f"//input[@name='{name}'][@type='radio'][string-length(normalize-space(@value)) > 0]")) == 2
    assert [box.get("class") for box in page.xpath(f"//div[.//input[@name='{name}']]")][-1] == "choices"
    connections.close_all()
