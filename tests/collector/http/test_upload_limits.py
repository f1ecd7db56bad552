"""What may be posted at most comes from the form, and every page that there is stays within it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connections

from kuule.collector.http.upload_limits import UploadLimits
from kuule.collector.pages.date_time_fields import MAX_PIECES
from tests.collector import every_control
from tests.collector.browser import Browser
from tests.collector.site_for_tests import TestSite, field, start
from tests.study.small_study import make_edition


def most_of(browser: Browser, longest_text: int) -> tuple[int, int]:
    """Fields and bytes of the page's form with everything in it filled in as far as it goes."""
    longest = "\U0001f600" * longest_text
    fields = []
    for element in browser.form.iter("input", "select", "textarea", "button"):
        text = element.tag == "textarea" or element.get("type") == "text"
        fields.append((element.get("name") or "", longest if text else element.get("value") or ""))
    return len(fields), len(urlencode(fields))


def every_page(site: TestSite) -> list[Browser]:
    """Copies of the browser at each page of a visit, its side ways, and the pages that ask for a code."""
    browser = site.pass_gates()
    seen = []
    while "send" not in browser.buttons:
        seen.append(Browser(browser.application, browser.shown))
        for aside in ("help", "privacy", "break"):
            beside = Browser(browser.application, browser.shown)
            if aside in beside.buttons:
                beside.press(aside)
                seen.append(beside)
        answers = {name: "go_on" for name in browser.asked if name.endswith("/way")}
        browser.press("next", answers)
    seen.append(Browser(browser.application, browser.shown))
    for address in ("/en/resume", "/en/withdraw"):
        asking = Browser(browser.application)
        if any(form.get("method") == "post" for form in asking.get(address).page.forms):
            seen.append(asking)
    return seen


def test_every_page_filled_to_the_brim_may_be_posted(site: TestSite) -> None:
    longest = site.edition.study.answers.longest_text
    found = [most_of(browser, longest) for browser in every_page(site)]
    assert len(found) > 10
    assert max(fields for fields, _ in found) <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    assert max(size for _, size in found) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_what_nobody_types_is_not_read(site: TestSite) -> None:
    browser = site.pass_gates()
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS < 100
    shown = browser.post("/en", [*browser.fields({field(browser, "age_band"): "18_to_34"}), *[("x", "1")] * 100])
    assert shown.status == 413


def test_closed_site_takes_back_what_a_page_of_any_form_had() -> None:
    assert (UploadLimits().max_fields, UploadLimits().max_bytes) == (1_000, 1024 * 1024)


NESTED = """\
| survey | | | | | |
|---|---|---|---|---|---|
| | type | name | label | appearance | required | parameters |
| | begin_group | page_consent | | field-list | | |
| | select_one yes_no | consent | Do you want to take part? | | yes | |
| | end_group | | | | | |
| | begin_group | home | Your home | field-list | | |
| | begin_repeat | person | Someone | | | most=3 |
| | begin_repeat | visit | A visit | | | most=2 |
| | date | day | When was it? | | | |
| | end_repeat | | | | | |
| | end_repeat | | | | | |
| | end_group | | | | | |

| choices | | | |
|---|---|---|---|
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
"""


def test_repeats_on_a_page_count_as_often_as_they_can_be_there(tmp_path: Path) -> None:
    settings_of = every_control.SETTINGS.partition("open_text")[0]
    make_edition(tmp_path, form=NESTED, settings=settings_of, report="# {{ title }}\n", rehearsal="pass_over = 0.1\n")
    browser = start(tmp_path / "edition", tmp_path).begin()
    browser.press("next", {field(browser, "consent"): "yes"})
    for button in ("person", "person", "person[1]/visit", "person[2]/visit", "person[3]/visit"):
        browser.press(f"add:/data/home/{button}")
    days = [name for name in browser.asked if "/day" in name]
    assert len(days) == 3 * 2 * 3
    fields, size = most_of(browser, 0)
    assert fields <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS == 16 + 3 * 2 * (MAX_PIECES + 1)
    assert size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert browser.press("next", dict.fromkeys(days, "1")).status == 200
    connections.close_all()
