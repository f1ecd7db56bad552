"""Coming back on sites that do not keep their word: each is an error in words."""

from __future__ import annotations

import pytest

from kuule.rehearsal.browser import RehearsalError
from kuule.rehearsal.pause_and_withdraw import pause_and_return, withdraw_response
from tests.rehearsal.test_visitor import form, site

CODE = '<p class="code twenty"><bdi dir="ltr">1234 5678</bdi></p>'
ASKED = '<input type="text" name="code" inputmode="numeric">'


def button(go: str) -> str:
    return f'<button name="go" value="{go}">press</button>'


ASKS_CODE = form(ASKED + button("open") + button("withdraw"))


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ({"break": "<h1>rest</h1>"}, "there is nothing to press on it"),
        ({"break": form(button("other"))}, "it has no button 'return'"),
        ({"break": form(button("pause")), "pause": form("")}, "it gives no code"),
        (
            {"break": form(button("pause")), "pause": form(CODE), "open": form("", "1.elsewhere")},
            "the code does not lead to where the visit was paused",
        ),
    ],
)
def test_pause_that_does_not_lead_back_is_said(pages: dict[str, str], said: str) -> None:
    with site(lambda posted: (200, pages[posted["go"]]), ASKS_CODE) as browser:
        seen = browser.get("/en")
        with pytest.raises(RehearsalError, match=f"DEMO_005.*{said}"):
            pause_and_return(browser, seen, [("go", "break")], "/en")


def test_rest_without_a_pause_leads_back_as_well() -> None:
    pages = {"break": form(button("return")), "return": form(ASKED)}
    with site(lambda posted: (200, pages[posted["go"]]), ASKS_CODE) as browser:
        seen = browser.get("/en")
        assert pause_and_return(browser, seen, [("go", "break")], "/en").document.xpath("//input[@name='code']") != []


def test_code_that_takes_nothing_back_is_said() -> None:
    with (
        site(lambda posted: (200, ASKS_CODE), ASKS_CODE) as browser,
        pytest.raises(RehearsalError, match=r"DEMO_005.*does not take anything back"),
    ):
        withdraw_response(browser, "1234 5678", "/en")
