"""The flags: a field that people never meet and a pace at which nobody reads. Nobody is refused for either."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from kuule.collector.session.quality_flags import HONEYPOT_FIELD, minute_number, quality_flags_of
from kuule.collector.session.session_state import SessionState
from kuule.forms.navigation.visit import Visit
from kuule.forms.record import FASTER_THAN_READING, HIDDEN_FIELD_FILLED
from kuule.rehearsal.html_form import read_form
from kuule.sealing.return_codes import new_code
from tests.collector.site_for_tests import NOON, TestSite


def visit_state(answers: int, begun: int) -> SessionState:
    visit = Visit("", 1, {f"/data/q{number}": "1" for number in range(answers)})
    return replace(SessionState("e" * 64, "en", "", new_code(), visit), start_minute=begun)


@pytest.mark.parametrize(
    ("answers", "seconds", "flags"),
    [
        (60, 0, ()),
        (61, 0, (FASTER_THAN_READING,)),
        (61, 59, (FASTER_THAN_READING,)),
        (61, 60, ()),
        (121, 60, (FASTER_THAN_READING,)),
        (121, 120, ()),
        (0, 0, ()),
    ],
)
def test_pace_is_judged_by_whole_minutes_in_favour_of_the_person(
    answers: int, seconds: int, flags: tuple[str, ...]
) -> None:
    assert quality_flags_of(visit_state(answers, minute_number(NOON)), {}, NOON + timedelta(seconds=seconds)) == flags


@pytest.mark.parametrize("begun", [0, minute_number(NOON) + 5])
def test_beginning_that_is_not_known_is_no_pace(begun: int) -> None:
    assert quality_flags_of(visit_state(500, begun), {}, NOON) == ()


@pytest.mark.parametrize(("typed", "flags"), [([""], ()), ([], ()), (["http://x"], (HIDDEN_FIELD_FILLED,))])
def test_field_that_people_do_not_meet(typed: list[str], flags: tuple[str, ...]) -> None:
    assert quality_flags_of(visit_state(1, 0), {HONEYPOT_FIELD: typed}, NOON) == flags


def test_who_fills_the_hidden_field_is_thanked_and_flagged(site: TestSite) -> None:
    browser = site.answer({"wish": "Words."})
    assert browser.press("send", {HONEYPOT_FIELD: "https://spam.example"}).heading == "Thank you"
    (record,) = site.kept()
    assert record.flags == (HIDDEN_FIELD_FILLED,)
    assert "spam" not in str(record)


def test_who_does_not_is_not_flagged(site: TestSite) -> None:
    site.answer({"wish": "Words."}).press("send")
    (record,) = site.kept()
    assert record.flags == ()


def test_beginning_is_in_no_page_and_in_no_record(site: TestSite) -> None:
    browser = site.answer({"wish": "Words."})
    assert str(minute_number(NOON)).encode() not in browser.shown.body
    browser.press("send")
    (record,) = site.kept()
    assert str(minute_number(NOON)) not in record.to_bytes().decode()


def test_field_is_hidden_from_every_way_of_meeting_it(site: TestSite) -> None:
    """No layout, no focus, no name in the tree that screen readers and voice control read, nothing to fill in."""
    page = site.answer({"wish": "Words."}).shown.page
    (element,) = page.xpath(f"//input[@name='{HONEYPOT_FIELD}']")
    assert (element.get("tabindex"), element.get("autocomplete"), element.get("value")) == ("-1", "off", "")
    assert element.xpath("ancestor::div[@hidden][@aria-hidden='true']")
    (label,) = page.xpath(f"//label[@for='{HONEYPOT_FIELD}']")
    assert label.text_content() == "Please leave this empty"


def test_rehearsed_people_do_not_fill_it(site: TestSite) -> None:
    form = read_form(site.answer({"wish": "Words."}).shown.page, "/en")
    assert form is not None
    assert HONEYPOT_FIELD not in {control.name for control in form.controls}
