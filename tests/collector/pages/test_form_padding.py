"""What is posted has one of few lengths, whatever is chosen: what whoever watches a closed line could tell from it.

Lengths are those of the body that a browser sends with the form as it stands on the page; the rest of a request is the
same each time. `tests/journeys/test_equal_lengths.py` asks real browsers.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuule.forms.model.controls import Control
from kuule.web.length_hiding.form_padding import FORM_STEP, PADDING_FIELD
from tests.collector import every_control
from tests.collector.browser import Browser
from tests.collector.pages.test_page_sizes import answers
from tests.collector.site_for_tests import TestSite, start
from tests.sampling import examples
from tests.study.small_study import REPORT, make_edition

MOST_PAGES = 120
MOST_PEOPLE = 40
MEET_MUCH = (11, 0, 18, 23, 37)
"""Those of them who between them come to every choice; in their order all but two would have to answer."""
SINGLE = ".//input[@type='radio'] | .//select"


def encoded(text: str) -> str:
    """As browsers write it (URL standard); `quote_plus` differs in two signs."""
    return quote_plus(text, safe="*").replace("~", "%7E")


def length(browser: Browser, given: Mapping[str, str | list[str]] | None = None, go: str = "next") -> int:
    """Bytes of the body that the page's form sends after the token, whose steps are tested in test_token."""
    answers = dict(given or {})
    for name in browser.picks.keys() & answers.keys():
        picked = answers.pop(name)
        go = f"pick:{picked}" if picked else go
    fields = [*browser.fields(answers), ("go", browser.offered("go", go))]
    assert fields[0][0] == "token"
    return sum(len(f"&{encoded(name)}={encoded(value)}") for name, value in fields[1:])


def offered(browser: Browser) -> dict[str, list[str]]:
    """For each single choice of the page what can be chosen, nothing included where it can be left."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in browser.form.xpath(SINGLE):
        values = element.xpath("./option/@value") if element.tag == "select" else [element.get("value")]
        found[element.get("name")] += [value.rstrip(" ") for value in values]
    return found | {name: ["", *values] for name, values in browser.picks.items()}


def told(browser: Browser) -> dict[str, dict[str, int]]:
    """Each question of the page whose choices are not all equally long, with their lengths."""
    found = {
        name: {value: length(browser, {name: value}) for value in values} for name, values in offered(browser).items()
    }
    return {name: lengths for name, lengths in found.items() if len(set(lengths.values())) > 1}


def pages(site: TestSite, tag: str, chance: random.Random) -> Iterator[Browser]:
    """The pages of somebody who answers by chance."""
    browser = site.begin(tag)
    for _ in range(MOST_PAGES):
        yield browser
        if "send" in browser.buttons:
            return
        browser.press("next", answers(browser, chance))
    raise AssertionError("no end after so many pages")


def test_no_single_choice_of_our_voice_is_told_by_the_length_of_the_form(voice: TestSite) -> None:
    single = {item.path for item in voice.edition.form.items if item.control is Control.SELECT_ONE}
    met: set[str] = set()
    for seed in (*MEET_MUCH, *range(MOST_PEOPLE)):
        if met >= single:
            break
        for browser in pages(voice, "en", random.Random(seed)):
            if not browser.asked or not {*offered(browser)} - met:
                continue
            assert told(browser) == {}
            met |= {*offered(browser)}
    assert met >= single
    assert len(single) == 40


def test_pages_of_our_voice_send_one_length_before_anything_is_ticked_or_typed(voice: TestSite) -> None:
    """Which page somebody is on tells what they answered before: that is not told either."""
    lengths = {}
    for seed in range(6):
        for browser in pages(voice, "en", random.Random(seed)):
            page = browser.hidden("page").partition(".")[2]
            gate = {name: "yes" for name in browser.asked if name.endswith(("/consent", "/adult"))}
            ticked = browser.form.xpath(".//input[@type='checkbox'][@checked] | .//textarea[string-length(.) > 1]")
            if not ticked:
                lengths[page] = length(browser, gate, "send" if "send" in browser.buttons else "next")
    assert len(lengths) > 20
    assert set(lengths.values()) == {FORM_STEP}


@pytest.mark.parametrize("go", ["help", "privacy", "break"])
def test_buttons_of_a_page_and_of_those_beside_it_send_one_length(voice: TestSite, go: str) -> None:
    browser = voice.pass_gates()
    for _ in range(3):
        browser.press("next")
    buttons = {name: length(browser, go=name) for name in browser.buttons}
    assert set(buttons.values()) == {FORM_STEP}
    browser.press(go)
    assert {length(browser, go=name) for name in browser.buttons} == {FORM_STEP}


def test_answers_to_change_are_not_told_apart(voice: TestSite) -> None:
    *_, browser = pages(voice, "en", random.Random(1))
    browser.press("review")
    changes = [name for name in browser.buttons if name.startswith("page:")]
    assert len(changes) > 10
    assert len({length(browser, go=name) for name in changes}) == 1


def test_sending_is_as_long_as_reading_through_and_as_leaving_the_end(voice: TestSite) -> None:
    *_, browser = pages(voice, "en", random.Random(1))
    assert browser.hidden("page").endswith(".~end")
    assert {"send", "review", "back", "help", "break"} <= set(browser.buttons)
    assert len({length(browser, go=name) for name in browser.buttons}) == 1


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_control_with_choices_hides_them(every: TestSite, tag: str) -> None:
    met: set[str] = set()
    for seed in range(3):
        for browser in pages(every, tag, random.Random(seed)):
            assert told(browser) == {}
            met |= {name.rpartition("/")[2] for name in offered(browser)}
    scales, lists = {"short", "upright", "halves", "picked", "agree"}, {"plain", "listed", "told", "first"}
    assert met >= scales | lists | {"calm", "how_home"}


def test_ranking_has_one_length_whatever_is_put_where(every: TestSite) -> None:
    browser = next(one for one in pages(every, "en", random.Random(0)) if "/data/ordering/first" in one.asked)
    orders = (["money", "time", "someone"], ["someone", "", ""], ["", "", ""])
    assert len({length(browser, {"/data/ordering/first": order}) for order in orders}) == 1


def test_follow_up_in_a_choice_is_not_told_by_being_answered(every: TestSite) -> None:
    browser = next(one for one in pages(every, "en", random.Random(0)) if "/data/answers/how_home" in one.asked)
    ticked: dict[str, str | list[str]] = {"/data/answers/places": ["home"]}
    answered = {**ticked, "/data/answers/how_home": "sometimes"}
    assert length(browser, answered) == length(browser, ticked)


def test_ticks_are_told_by_their_number_only(every: TestSite) -> None:
    """What is left, as the threat model says."""
    browser = next(one for one in pages(every, "en", random.Random(0)) if "/data/answers/places" in one.asked)
    name = "/data/answers/places"
    one = {length(browser, {name: [place]}) for place in ("home", "school", "online", "elsewhere")}
    two = {length(browser, {name: places}) for places in (["home", "elsewhere"], ["school", "online"])}
    assert (len(one), len(two)) == (1, 1)
    assert min(two) > max(one) > length(browser)


OWN = re.sub(r"open_text = .*", 'open_text = ["wish"]', every_control.SETTINGS)
NAMES = st.lists(st.text("abcå._-7", min_size=1, max_size=24), min_size=2, max_size=16, unique=True)


@settings(max_examples=examples(8), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists=st.lists(NAMES, min_size=1, max_size=4), listed=st.booleans())
def test_names_of_any_length_are_hidden(
    tmp_path_factory: pytest.TempPathFactory, lists: list[list[str]], listed: bool
) -> None:
    folder = tmp_path_factory.mktemp("random-lists")
    report = REPORT.partition("```")[0]
    make_edition(folder, form=form_of(lists, listed), settings=OWN, report=report, rehearsal="pass_over = 0.1\n")
    browser = start(folder / "edition", folder).begin()
    browser.press("next", {"/data/start/page_consent/consent": "yes"})
    assert len(offered(browser)) == len(lists)
    assert told(browser) == {}
    assert length(browser) % FORM_STEP == 0
    browser.press("next", {f"/data/more/q{place}": names[-1] for place, names in enumerate(lists)})
    browser.press("back")
    assert [value for name, value in browser.stands if name.startswith("/data/more/")] == [names[-1] for names in lists]
    connections.close_all()


def form_of(lists: list[list[str]], listed: bool) -> str:
    """Consent, and one page that asks a question of each list."""
    asked = "".join(
        f"| | select_one list{place} | q{place} | Question {place} | | {'minimal' if listed else ''} |\n"
        for place, _ in enumerate(lists)
    )
    named = "".join(
        f"| | list{place} | {name} | Choice {number} |\n"
        for place, names in enumerate(lists)
        for number, name in enumerate(names)
    )
    return f"""\
| survey | | | | | |
|---|---|---|---|---|---|
| | type | name | label | required | appearance |
| | begin_group | start | Before you begin | | |
| | begin_group | page_consent | | | field-list |
| | select_one yes_no | consent | Do you want to take part? | yes | |
| | end_group | | | | |
| | end_group | | | | |
| | begin_group | more | More | | field-list |
{asked}| | end_group | | | | |
| | text | wish | What should change? | | multiline |

| choices | | | |
|---|---|---|---|
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
{named}"""


def test_filling_is_no_answer_and_never_in_a_record(every: TestSite) -> None:
    browser = every.begin()
    browser.press("next", {"/data/start/page_consent/consent": "yes"})
    browser.press("finish", {PADDING_FIELD: "Q" * 40})
    browser.press("send")
    (record,) = every.kept()
    assert "QQQQ" not in str(record)
