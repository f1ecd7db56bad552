"""The register's desk in real browsers: script off, no style sheets, the keyboard alone, hostile words, axe."""

from __future__ import annotations

import pytest

from tests.access.axe import findings
from tests.access.keyboard import Keyboard
from tests.access.measuring import source
from tests.journeys.firefox import Firefox
from tests.sampling import matrix, matrix_parts, part_of, taken
from tests.workbench.register_desk.coders import AGE, FILLED, LIMITATION, REPORTING, values_of
from tests.workbench.register_desk.test_pages import ARABIC, filled

pytestmark = pytest.mark.browser
CELL, ROUND = f"FI/{LIMITATION}", "first-round"
UNIT = f"rounds/{ROUND}/FI/{AGE}"
HOSTILE = (
    '<script>top.hurt = 1</script><img src=x onerror="top.hurt = 1"></textarea><a href="javascript:top.hurt=1">x</a>'
)
LONG = "Strafverfolgungsverj\u00e4hrungsfrist" * 8


@pytest.fixture
def busy(desk):
    """A register with a bit of everything: a proposal in Arabic, a disagreement, a decision, an open round and a
    closed one."""
    desk.first.does(CELL, "propose", **filled(says=ARABIC, notes=LONG, source_title=LONG))
    desk.second.does(CELL, "disagree", value="v2", why=ARABIC)
    desk.coordinator.does("rounds", "", id="done", provision=REPORTING, country="FI")
    for one, choice in ((desk.first, "all"), (desk.second, "none")):
        unit = {"status": "in-force", "offences": "all", "address": "https://example.org/act", "answer_choice": choice}
        one.does(f"rounds/done/FI/{REPORTING}", "code", notes=ARABIC, **unit)
    desk.coordinator.does("rounds/done", "")
    desk.coordinator.does("rounds", "", id=ROUND, provision=AGE, country="FI")
    swedish = {"verdict-v1": "keep", "verdict-v2": "reject", "why": "The statute says so."}
    desk.coordinator.does(f"SE/{LIMITATION}", "decide", **swedish)
    return desk


def at(desk, chromium, who, address):
    url = desk.site.url
    chromium.page.context.add_cookies(
        [{"name": name, "value": text, "url": url} for name, text in who.visitor.cookies.items()]
    )
    chromium.open(f"{url}{address}")


CODERS = (
    "/",
    "/register/",
    "/register/FI",
    f"/register/{CELL}",
    f"/register/{CELL}?change=v2",
    f"/register/SE/{LIMITATION}",
)
BLIND = (
    "/register/rounds",
    f"/register/rounds/{ROUND}",
    "/register/rounds/done",
    f"/register/{UNIT}",
    f"/register/FI/{AGE}",
)
RUNNING = ("/register/", f"/register/{CELL}", "/register/rounds", f"/register/rounds/{ROUND}", "/people")


@matrix_parts
def test_pages_keep_the_rules_that_a_program_can_check_in_light_and_dark(busy, chromium, part):
    for who, addresses in ((busy.first, (*CODERS, *BLIND)), (busy.coordinator, RUNNING)):
        for place, address in part_of(enumerate(addresses), part, one_in=3):
            at(busy, chromium, who, address)
            for scheme in taken(("light", "dark"), place):
                chromium.as_if(prefers_color_scheme=scheme)
                assert findings(chromium) == [], (address, scheme)
        chromium.again()


@matrix_parts
def test_no_page_is_wider_than_its_window(busy, chromium, part):
    for who, addresses in ((busy.first, (*CODERS, *BLIND)), (busy.coordinator, RUNNING)):
        for address in part_of(addresses, part, one_in=3):
            at(busy, chromium, who, address)
            for width in (1280, 768, 320):
                chromium.page.set_viewport_size({"width": width, "height": 800})
                seen = chromium.ask("[innerWidth, document.documentElement.scrollWidth <= innerWidth]")
                assert seen == [width, True], address
            assert chromium.ask("measures.swallowed()", source()) == [], address
        chromium.again()


def fill(chromium):
    for name, text in filled().items():
        field = chromium.page.locator(f"#{name}")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


@pytest.mark.parametrize("styled", matrix([True, False], [False]))
def test_a_value_is_proposed_without_script_and_without_a_style_sheet(desk, chromium, styled):
    missed: list[str] = []
    if not styled:
        chromium.page.route("**/*.css", lambda route: (missed.append(route.request.url), route.abort()))
    at(desk, chromium, desk.first, f"/register/{CELL}")
    assert styled or missed != []
    if not chromium.page.locator("#says").is_visible():
        chromium.page.locator("details.write > summary").click()
    fill(chromium)
    chromium.page.locator("#source_address").fill("finlex")
    chromium.follow('button[value="propose"]')
    chromium.moved()
    chromium.page.locator('[role="alert"]:focus').wait_for()  # a browser focuses when it next draws
    assert not styled or findings(chromium) == []
    assert chromium.page.locator("#says").input_value() == FILLED["says"]
    assert chromium.page.locator("#source_address-wrong").inner_text().startswith("An address begins with")
    chromium.page.locator("#source_address").fill("https://finlex.example.org/a")
    chromium.follow('button[value="propose"]')
    assert "Your value is saved" in chromium.page.locator("main").inner_text()
    assert [one.coded_by for one in values_of(desk.folder).values] == ["draft", "coder-1"]


def test_two_windows_at_one_cell_in_chromium_and_firefox_lose_nothing(desk, chromium, firefox: Firefox):
    at(desk, chromium, desk.first, f"/register/FI/{AGE}")
    firefox.open(f"{desk.site.url}/sign-in")
    for name, text in desk.second.visitor.cookies.items():
        firefox.command("WebDriver:AddCookie", {"cookie": {"name": name, "value": text}})
    firefox.open(f"{desk.site.url}/register/FI/{AGE}")
    texts = {name: filled()[name] for name in ("says", "source_address", "source_seen", "source_dated")}
    for browser, age in ((chromium, "16"), (firefox, "18")):
        for name, text in {**texts, "answer_age": age}.items():
            browser.write(f"#{name}", text)
        for name, option in (("source_kind", "statute"), ("confidence", "A")):
            browser.choose(f"#{name}", option)
    chromium.follow('button[value="propose"]')
    firefox.follow('button[value="propose"]')
    told = firefox.source()
    assert "Somebody else changed this while you were writing" in told
    firefox.follow('button[value="propose"]')
    found = [(one.coded_by, one.answer.age) for one in values_of(desk.folder, "FI", AGE).values]
    assert found == [("coder-1", 16), ("coder-2", 18)]
    firefox.open(f"{desk.site.url}/sign-in")
    firefox.command("WebDriver:DeleteAllCookies", {})


def test_a_value_is_confirmed_with_the_keyboard_alone(desk, chromium):
    at(desk, chromium, desk.first, "/")
    keyboard = Keyboard(chromium)
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith("/register/FI?show=mine"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "a" and focus["href"].endswith(f"/register/{CELL}"))
    keyboard.leave("Enter")
    keyboard.to(lambda focus: focus["tag"] == "button" and focus["value"] == "confirm")
    keyboard.leave("Enter")
    assert values_of(desk.folder).values[0].confirmed_by == "coder-1"
    assert keyboard.unseen == []


def test_hostile_coder_runs_nothing_and_leads_nobody_away(desk, chromium):
    typed = filled(says=HOSTILE, notes=HOSTILE, source_title=HOSTILE, source_article=HOSTILE, source_seen=HOSTILE[:300])
    assert desk.first.does(CELL, "propose", **typed).status == 302
    desk.second.does(CELL, "disagree", value="v2", why=HOSTILE)
    with chromium.new_context() as context:
        page = context.new_page()
        for who in (desk.second, desk.coordinator):
            cookies = who.visitor.cookies.items()
            context.add_cookies([{"name": name, "value": text, "url": desk.site.url} for name, text in cookies])
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(f"{desk.site.url}/register/{CELL}")
            assert page.evaluate("window.hurt") is None
            assert page.locator("script").count() == 0
            assert [url for url in asked if not url.startswith(desk.site.url)] == []
            links = page.locator("main a").evaluate_all("all => all.map(one => one.href)")
            assert [one for one in links if not one.startswith(("http://", "https://"))] == []
