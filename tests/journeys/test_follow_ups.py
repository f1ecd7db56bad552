"""Follow-ups inside their choices in real browsers with script off: shown by the style sheet alone, asked once."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
import pytest

from tests.journeys.chromium import Chromium
from tests.journeys.controls import CONTINUE, at_choices, every_control_served
from tests.journeys.firefox import Firefox
from tests.sampling import matrix

pytestmark = pytest.mark.browser
PLACES = 'input[name="/data/answers/places"]'


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with every_control_served(tmp_path_factory.mktemp("every-control")) as address:
        yield address


def heading(window: Chromium | Firefox) -> str:
    return str(lxml.html.document_fromstring(window.source()).xpath("//h1")[0].xpath("string()"))


@pytest.mark.parametrize("window", matrix(["chromium", "firefox"], ["chromium"]), indirect=True)
def test_follow_up_appears_with_its_choice_and_is_answered_at_once_or_passed_over(
    url: str, window: Chromium | Firefox
) -> None:
    at_choices(window, url)
    window.click(f'{PLACES}[value~="home"]')
    window.follow(CONTINUE)
    assert heading(window) == "How often did you feel …", "it was shown, and passed over"
    window.follow('button[name="go"][value~="back"]:not(.first)')
    window.click(f'{PLACES}[value~="online"]')
    window.write('input[name="/data/answers/where_online"]', "A forum")
    window.follow(CONTINUE)
    assert heading(window) == "How often did you feel …"
    window.follow('button[name="go"][value~="finish"]')
    window.follow('button[name="go"][value~="review"]')
    assert "A forum" in lxml.html.document_fromstring(window.source()).xpath("string()")
