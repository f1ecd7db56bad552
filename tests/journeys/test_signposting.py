"""Somebody whom a study of offenders asks, in a real browser with script off: help first, what is taken out is said
before it is sent, help last, and no address tells where they looked for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.journeys.chromium import Chromium
from tests.journeys.house import House, open_house
from tests.journeys.person import Person
from tests.ports import free_port
from tests.study.small_study import SETTINGS, SUPPORT_HEADER, make_edition

pytestmark = pytest.mark.browser
SETTINGS_OF_OFFENDERS = SETTINGS.replace('"survivors"', '"offenders"') + "[counts]\nhelp_opened = true\n"
SELF_HELP = "A self-help program"
ANSWERS = {
    "consent": "yes",
    "adult": "yes",
    "way": "pass",
    "wish": "Someone sent https://example.com/a and I looked.",
}
TAKEN_OUT = {"en": "We take that out before anything is kept.", "ar": "نحذف ذلك قبل حفظ أي شيء."}
COUNTED = {"en": "how often the help page is opened", "ar": "كم مرة تُفتح صفحة المساعدة"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("signposting")
    row = f"ZZ,{SELF_HELP},perpetrator_prevention,0800 11 22,en ar,any,coordinator,{datetime.now(UTC).date()}\n"
    edition = make_edition(folder, settings=SETTINGS_OF_OFFENDERS, support=SUPPORT_HEADER + row)
    with open_house(House(folder, edition, free_port())) as running:
        yield running


@pytest.mark.parametrize("tag", ["en", pytest.param("ar", marks=pytest.mark.whole)])
def test_help_is_first_and_last_and_what_is_taken_out_is_said_between(
    house: House, chromium: Chromium, tag: str
) -> None:
    person = Person(chromium, ANSWERS)
    chromium.open(f"{house.url}/{tag}")
    assert SELF_HELP in person.text()
    chromium.follow("footer a")
    assert COUNTED[tag] in person.text()
    person.begin(house.url, tag)
    person.answer_all()
    assert TAKEN_OUT[tag] in person.text()
    assert "example.com" not in chromium.source()
    person.press("send")
    assert person.form() is None
    assert SELF_HELP in person.text()
    chromium.choose("#country", "SE")
    chromium.follow(".country button")
    assert chromium.page.url == f"{house.url}/{tag}/help"
    assert SELF_HELP in person.text()
