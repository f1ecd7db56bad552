"""The desk in real browsers: two translators at once, the keyboard alone, a hostile translator, axe-core."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Page

from kuule.languages.workflow.states import State, TextOrigin
from tests.access.axe import findings
from tests.access.keyboard import Focus, Keyboard
from tests.access.windows import ChromiumWindow
from tests.journeys.firefox import Firefox
from tests.sampling import taken
from tests.workbench.translation_desk.partners import AGE, HINT, YES, AtDesk, catalogue, entry

pytestmark = pytest.mark.browser
TEXTS = 3
MOST_TRIES = 6
SAVE = "button.button[name=go]"
HOSTILE = (
    '<script>top.hurt = 1</script><img src=x onerror="top.hurt = 1"> [press](https://example.org/away) '
    '[run](javascript:top.hurt=1) </textarea></iframe><iframe srcdoc="<script>top.hurt=1</script>"></iframe>'
)
IN_A_FRAME = "undecided: frame-tested"
"""axe is not let into the frame, which holds a page of the collector: those are held to its rules in tests/access."""


def cookies(who: AtDesk, url: str) -> list[dict[str, str]]:
    return [{"name": name, "value": text, "url": url} for name, text in who.visitor.cookies.items()]


@pytest.fixture
def chromium(chromium: ChromiumWindow) -> ChromiumWindow:
    """High enough for a text with its translation: what has the focus is looked for in what is seen."""
    chromium.page.set_viewport_size({"width": 1280, "height": 900})
    return chromium


def at(desk, chromium: ChromiumWindow, who: AtDesk, address: str) -> None:
    chromium.page.context.add_cookies(cookies(who, desk.site.url))
    chromium.open(f"{desk.site.url}{address}")


def test_two_translators_edit_one_language_at_once_in_two_browsers_and_nothing_is_lost(desk, one_chromium):
    """Both take the same texts, in the same order, and press at the same moment, each with a profile of their own.
    Whoever is quicker makes the first translation; the other's, made without having seen it, becomes the second."""
    typed: dict[str, list[str]] = {}
    with one_chromium.awake(), ExitStack() as stack:
        both = (desk.first, desk.second)
        pages = [stack.enter_context(beginning_with_the_first(desk, one_chromium, who)) for who in both]
        for number in range(TEXTS):
            (key,) = {key_on(page) for page in pages}
            saved_at_once(pages, [f"{word} {number}" for word in ("one", "two")])
            typed[key] = [f"{word} {number}" for word in ("one", "two")]
    now = catalogue(desk.study).entries
    assert len(typed) == TEXTS
    for key, texts in typed.items():
        there = [draft.text for draft in now[key].drafts] or [now[key].text]
        assert sorted(there) == sorted(texts), key
        assert now[key].origin is TextOrigin.PERSON
    untouched = [one for key, one in now.items() if key not in typed]
    assert all(one.text == f"sv: {one.source}" for one in untouched)


@contextmanager
def beginning_with_the_first(desk, chromium: ChromiumWindow, who: AtDesk) -> Iterator[Page]:
    """A profile with script off, on the first text that waits for them."""
    with chromium.new_context(java_script_enabled=False) as profile:
        profile.add_cookies(cookies(who, desk.site.url))
        page = profile.new_page()
        page.goto(f"{desk.site.url}/translate/sv?show=mine")
        with page.expect_navigation():
            page.locator(".desk-rows .kind a").first.click()
        yield page


def key_on(page: Page) -> str:
    """The text that the page is of; "" where it is of none."""
    return parse_qs(urlsplit(page.url).query).get("key", [""])[0]


def saved_at_once(pages: Sequence[Page], texts: Sequence[str]) -> None:
    """All press before anybody has an answer. Where somebody was quicker, or a check says something, the page comes
    again and the button is pressed once more."""
    before = [key_on(page) for page in pages]
    waiting = list(zip(pages, texts, strict=True))
    for _ in range(MOST_TRIES):
        for page, text in waiting:
            assert page.locator("#wording").count() == 1, page.locator("body").inner_text()
            page.locator("#wording").fill(text)
        with ExitStack() as answers:
            for page, _text in waiting:
                answers.enter_context(page.expect_navigation())
            for page, _text in waiting:
                page.locator(SAVE).click(no_wait_after=True)
        waiting = [(page, text) for page, text in waiting if key_on(page) in before]
        if not waiting:
            return
    raise AssertionError(f"never saved: {[text for _, text in waiting]}")


def test_two_at_one_text_in_chromium_and_firefox_make_the_first_and_the_second_translation(desk, chromium, one_firefox):
    """Both have the text open before either saves. The slower one is told, has seen nothing, and saves once more."""
    at(desk, chromium, desk.first, desk.first.address(AGE))
    with signed_in(one_firefox, desk.second, desk.site.url) as other:
        other.open(desk.site.url + desk.second.address(AGE))
        chromium.write("#wording", "Hur gammal är du?")
        other.write("#wording", "Vilken ålder har du?")
        chromium.follow('button[value="draft,stay"]')
        other.follow('button.button[value="draft"]')
        told = other.source()
        assert "Somebody else has translated this text in the meantime" in told
        assert "Hur gammal" not in told
        other.follow('button.button[value="second-draft"]')
        other.open(desk.site.url + desk.second.address(AGE))
        (frame,) = other.elements("#seen")
        other.command("WebDriver:SwitchToFrame", {"element": frame})
        assert "Vilken ålder har du?" in other.source()
    assert [draft.text for draft in entry(desk.study, AGE).drafts] == ["Hur gammal är du?", "Vilken ålder har du?"]


@contextmanager
def signed_in(firefox: Firefox, who: AtDesk, url: str) -> Iterator[Firefox]:
    """Somebody at the Firefox of all tests, which knows nothing of them afterwards."""
    firefox.anew()
    firefox.open(f"{url}/sign-in")
    for cookie in cookies(who, url):
        firefox.command("WebDriver:AddCookie", {"cookie": {"name": cookie["name"], "value": cookie["value"]}})
    try:
        yield firefox
    finally:
        firefox.open(f"{url}/sign-in")
        firefox.command("WebDriver:DeleteAllCookies", {})


def test_page_beside_a_text_shows_it_as_soon_as_it_is_saved(desk, chromium):
    at(desk, chromium, desk.first, desk.first.address(AGE))
    seen = chromium.page.frame_locator("#seen")
    assert "sv: How old are you?" in seen.locator("main").inner_text()
    chromium.write("#wording", "Hur gammal är du?")
    chromium.follow('button[value="draft,stay"]')
    assert "Hur gammal är du?" in chromium.page.frame_locator("#seen").locator("main").inner_text()


def test_desk_is_used_with_the_keyboard_alone(desk, chromium):
    """From the languages to a text, two drafts one after the other, back by a key, a comment, the frame, and out."""
    at(desk, chromium, desk.first, "/translate/")
    keyboard = Keyboard(chromium)
    keyboard.to(link_to("/translate/sv"))
    keyboard.leave("Enter")
    first = keyboard.press("Tab")
    assert first is not None
    assert first["name"].endswith("To the content")
    keyboard.to(link_to("#texts"))
    chromium.page.keyboard.press("Enter")
    keyboard.to(lambda focus: "How old are you?" in focus["name"])
    keyboard.leave("Enter")
    assert focused(keyboard)["field"] == "text", "the field has the focus as the page comes"
    chromium.page.keyboard.type("Hur gammal är du?")
    keyboard.to(pressing("draft"))
    keyboard.leave("Enter")
    assert entry(desk.study, AGE).text == "Hur gammal är du?"
    assert focused(keyboard)["field"] == "text"
    chromium.page.keyboard.type("Välj ett svar.")
    by_its_letter(keyboard, "s")
    assert (entry(desk.study, HINT).text, entry(desk.study, HINT).by) == ("Välj ett svar.", "translator")
    by_its_letter(keyboard, "p")
    assert chromium.page.locator("#wording").input_value() == "Välj ett svar."
    keyboard.to(lambda focus: focus["field"] == "comment")
    chromium.page.keyboard.type("Ask the reviewer")
    keyboard.to(pressing("comment"))
    keyboard.leave("Enter")
    assert entry(desk.study, HINT).note.endswith("Ask the reviewer")
    keyboard.to(lambda focus: "The page alone" in focus["name"])
    keyboard.leave("Enter")
    assert chromium.page.locator("main").inner_text().count("Välj ett svar.") == 1
    # Within the frame a respondent's page shows its own ring, which tests/access looks at.
    assert [place for place in keyboard.unseen if not place.startswith("<iframe")] == []


def by_its_letter(keyboard: Keyboard, letter: str) -> None:
    """Alt and the letter of a button or a link (accesskey), as Chromium gets it from a keyboard."""
    key = {"modifiers": 1, "key": letter, "code": f"Key{letter.upper()}", "windowsVirtualKeyCode": ord(letter.upper())}
    with keyboard.window.page.expect_navigation():
        keyboard.window.tools.send("Input.dispatchKeyEvent", {"type": "keyDown", "unmodifiedText": letter, **key})
        keyboard.window.tools.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})
    keyboard.window.moved()


def link_to(end: str):
    return lambda focus: focus["tag"] == "a" and focus["href"].endswith(end)


def pressing(go: str):
    return lambda focus: focus["tag"] == "button" and focus["value"] == go


def focused(keyboard: Keyboard) -> Focus:
    found = keyboard.look()
    assert found is not None
    return found


@pytest.fixture
def scripted(one_chromium: ChromiumWindow) -> Iterator[Page]:
    """Chromium as it comes, with script on."""
    with one_chromium.awake(), one_chromium.new_context() as context:
        yield context.new_page()


def test_hostile_translator_runs_nothing_and_leads_nobody_away(desk, scripted):
    desk.first.does(YES, "draft", HOSTILE, HOSTILE)
    desk.second.does(YES, "second-draft", HOSTILE)
    scripted.context.add_cookies(cookies(desk.reviewer, desk.site.url))
    asked: list[str] = []
    scripted.context.on("request", lambda request: asked.append(request.url))
    address = desk.site.url + desk.reviewer.address(YES)
    for page in (f"{desk.site.url}/translate/sv", address):
        scripted.goto(page)
        assert scripted.evaluate("window.hurt") is None
    frame = scripted.frame_locator("#seen")
    link = frame.get_by_role("link", name="press").first
    link.click()
    frame.locator("a.leave").click()
    scripted.wait_for_timeout(500)
    assert (scripted.url, len(scripted.context.pages)) == (address, 1)
    assert scripted.evaluate("window.hurt") is None
    assert [url for url in asked if not url.startswith(desk.site.url)] == []
    assert scripted.locator("iframe").count() == 1


def test_pages_of_the_desk_keep_the_rules_that_a_program_can_check_in_light_and_dark(desk, chromium):
    desk.first.does(AGE, "draft", "Hur gammal är du?", "A comment")
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    desk.first.does(HINT, "draft", "Välj på www.example.org.")
    queries = [
        ("/", ""),
        ("/nowhere", ""),
        ("sv", ""),
        ("ar", ""),
        ("sv/text", AGE),
        ("sv/text", HINT),
        ("ar/text", AGE),
    ]
    for place, (path, key) in enumerate(queries):
        query = f"?{urlencode({'key': key})}" if key else ""
        address = path if path.startswith("/") else f"/translate/{path}{query}"
        at(desk, chromium, desk.reviewer, address)
        for scheme in taken(("light", "dark"), place):
            chromium.as_if(prefers_color_scheme=scheme)
            found = [line for line in findings(chromium) if not line.startswith(IN_A_FRAME)]
            assert found == [], (address, scheme)


def test_page_of_a_conflict_has_the_focus_on_what_it_says_and_keeps_the_rules(desk, chromium):
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    at(desk, chromium, desk.reviewer, desk.reviewer.address(AGE))
    chromium.write("#wording", "Hur gammal är du då?")
    desk.lead.does(AGE, "review", "Hur gammal är du nu?")
    chromium.follow('button.button[value="review"]')
    chromium.moved()
    chromium.page.locator('[role="alert"]:focus').wait_for()  # a browser focuses when it next draws
    assert [line for line in findings(chromium) if not line.startswith(IN_A_FRAME)] == []
    assert chromium.page.locator("#wording").input_value() == "Hur gammal är du då?"


def test_no_page_is_wider_than_its_window(desk, chromium):
    desk.first.does(AGE, "draft", "Hur gammal är du? " + "långtord" * 30)
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    for address in ("/", "/nowhere", "/translate/sv", "/translate/ar", desk.reviewer.address(AGE)):
        at(desk, chromium, desk.reviewer, address)
        for width in (1280, 768, 320):
            chromium.page.set_viewport_size({"width": width, "height": 800})
            seen = chromium.ask("[innerWidth, document.documentElement.scrollWidth <= innerWidth]")
            assert seen == [width, True], address


def test_states_stand_as_the_browsers_left_them(desk, chromium):
    """What a reviewer presses in a browser is what `kuule translate status` counts."""
    desk.first.does(AGE, "draft", "Hur gammal är du?")
    desk.second.does(AGE, "second-draft", "Vilken ålder har du?")
    at(desk, chromium, desk.reviewer, desk.reviewer.address(AGE))
    chromium.follow('button[value="take,1"]')
    chromium.follow('button.button[value="review"]')
    now = entry(desk.study, AGE)
    assert (now.text, now.state, now.origin) == ("Vilken ålder har du?", State.REVIEWED, TextOrigin.PERSON)
