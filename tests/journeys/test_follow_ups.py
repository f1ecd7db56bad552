"""Follow-ups inside their choices in real browsers with script off: shown by the style sheet alone, asked once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import lxml.html
import pytest

from kuule.cli.child import collector
from tests.collector import every_control
from tests.conftest import browser_path
from tests.journeys.chromium import Chromium
from tests.journeys.firefox import Firefox
from tests.journeys.house import free_port

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
WINDOWS: dict[str, Callable[[], Chromium | Firefox]] = {
    "chromium": lambda: Chromium(browser_path("chromium")),
    "firefox": lambda: Firefox(browser_path("firefox"), free_port()),
}
CONTINUE = 'button[name="go"][value^="next"]:not(.first)'
PLACES = 'input[name="/data/answers/places"]'


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("every-control")
    every_control.make(folder)
    port = free_port()
    arguments = [str(folder / "edition"), "--database", f"sqlite:///{folder / 'kept.sqlite3'}", "--port", str(port)]
    with collector([*arguments, "--rehearsal", "--drafts"], port, folder / "collector.txt"):
        yield f"http://127.0.0.1:{port}"


def at_choices(window: Chromium | Firefox, url: str) -> None:
    window.open(f"{url}/en")
    window.follow("button.button")
    window.click('input[value~="yes"]')
    for _ in range(4):
        window.follow(CONTINUE)


def heading(window: Chromium | Firefox) -> str:
    return str(lxml.html.document_fromstring(window.source()).xpath("//h1")[0].text_content())


@pytest.mark.parametrize("browser", sorted(WINDOWS))
def test_follow_up_appears_with_its_choice_and_is_answered_at_once(url: str, browser: str) -> None:
    with WINDOWS[browser]() as window:
        at_choices(window, url)
        window.click(f'{PLACES}[value~="online"]')
        window.write('input[name="/data/answers/where_online"]', "A forum")
        window.follow(CONTINUE)
        assert heading(window) == "How often did you feel …"
        window.follow('button[name="go"][value~="finish"]')
        assert "A forum" in lxml.html.document_fromstring(window.source()).text_content()


@pytest.mark.parametrize("browser", sorted(WINDOWS))
def test_follow_up_that_was_shown_can_be_passed_over(url: str, browser: str) -> None:
    with WINDOWS[browser]() as window:
        at_choices(window, url)
        window.click(f'{PLACES}[value~="home"]')
        window.follow(CONTINUE)
        assert heading(window) == "How often did you feel …"
