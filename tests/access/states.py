"""How one comes to every kind of page that is no page of questions, in every state that it can have.

Each way is a small visit to a site in process. `tests/access/test_gallery.py` holds that no template is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext

from django.db import connection
from django.test import RequestFactory

from kuule.collector.http import refused_requests
from kuule.collector.http.collector_site import close_site, current_conversation
from kuule.sealing.return_codes import new_code
from tests.access.field_states import as_file, closing, not_open_yet, over, over_with_words
from tests.collector.browser import Browser, Shown
from tests.collector.site_for_tests import NOON, TestSite, field

Way = Callable[[TestSite, str], Shown]
Answers = Mapping[str, str | Sequence[str]]
SHORT: Answers = {"path": "short", "way_happened": "go_on", "kinds": ["in_person", "online"], "told": "yes"}
"""Answers of a short visit to our-voice; what is not named is passed over."""
_MOST_PAGES = 120


def on(browser: Browser, answers: Answers, until: str) -> Browser:
    """Go on until the page asks the question `until`, or until its button `until` is there."""
    for _ in range(_MOST_PAGES):
        asked = {name.rsplit("/", 1)[-1]: name for name in browser.asked}
        if until in asked or until in browser.buttons:
            return browser
        browser.press("next", {asked[name]: value for name, value in answers.items() if name in asked})
    raise AssertionError(f"{until} does not come")


def inside(site: TestSite, tag: str) -> Browser:
    """The first page after consent and age."""
    return site.pass_gates(tag)


def written(site: TestSite, tag: str) -> Browser:
    """The page of a short visit on which all that was written is read through."""
    browser = on(inside(site, tag), SHORT, "send")
    browser.press("review")
    return browser


def paused(site: TestSite, tag: str) -> tuple[Browser, str]:
    """Paused, and the digits of the code."""
    browser = on(inside(site, tag), SHORT, "way_happened")
    browser.press("break")
    browser.press("pause")
    return browser, str(browser.shown.page.xpath("//p[contains(@class, 'twenty')]/bdi/text()")[0])


def asked_code(site: TestSite, tag: str, page: str, go: str, code: str) -> Shown:
    """A code typed at one of the two pages that ask for one."""
    site.browser.get(f"/{tag}/{page}")
    return site.browser.press(go, {"code": code})


def asked_until(site: TestSite, tag: str, *, within: bool, country: str = "SE", born: str = "1990") -> Shown:
    """The page about time limits, with an answer or with what does not fit."""
    asked = {"country": country, "born": born, "first": "2000"}
    if not within:
        return site.browser.post(f"/{tag}/until", [*asked.items()])
    browser = inside(site, tag)
    browser.press("help")
    browser.press("until")
    return browser.press("until", asked)


@contextmanager
def store_away() -> Iterator[None]:
    """The tables of the store are not where they should be, as if the disk were."""
    tables = ("store_response", "store_draft", "store_withdrawal")
    present = [table for table in tables if table in connection.introspection.table_names()]
    _rename(present, "", "_away")
    try:
        yield
    finally:
        _rename(present, "_away", "")


def _rename(tables: Sequence[str], old: str, new: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table}{old} RENAME TO {table}{new}")


def gate(site: TestSite, tag: str, question: str, answer: str) -> Shown:
    """An answer at a gate, or "" for none."""
    browser = site.begin(tag)
    if question != "consent":
        browser.press("next", {field(browser, "consent"): "yes"})
    return browser.press("next", {field(browser, question): answer} if answer else {})


def after_a_day(site: TestSite, tag: str, *, words: bool) -> Shown:
    """A page that is posted when what it carried cannot be opened any more, with words of one's own or without."""
    browser = on(inside(site, tag), SHORT, "wish" if words else "way_happened")
    site.clock.wait(days=2)
    typed = {field(browser, "wish"): "Words that took long to write.\nA second line."} if words else {}
    return browser.press("next", typed)


def another_edition(site: TestSite, tag: str) -> Shown:
    """A page whose edition is served no more: what was typed is shown to be copied."""
    browser = on(inside(site, tag), SHORT, "wish")
    typed = browser.fields({field(browser, "wish"): "Words that took long to write."})
    posted = [(name, "00000000." + value.partition(".")[2] if name == "page" else value) for name, value in typed]
    return browser.post(f"/{tag}", [*posted, ("go", "next")])


def reviewed(site: TestSite, tag: str, *, nothing: bool = False, away: bool = False) -> Shown:
    """The page to read through: with answers, with none, and where it could not be sent."""
    browser = written(site, tag) if not nothing else inside(site, tag)
    if nothing:
        browser.press("finish")
        return browser.press("review")
    with store_away() if away else nullcontext():
        return browser.press("send") if away else browser.shown


def at_the_end(site: TestSite, tag: str, *, early: bool = False, away: bool = False) -> Shown:
    """The page after the last question: reached, reached early, and where it could not be sent."""
    browser = inside(site, tag)
    if early:
        return browser.press("finish")
    on(browser, SHORT, "send")
    with store_away() if away else nullcontext():
        return browser.press("send") if away else browser.shown


def sent(site: TestSite, tag: str, *, again: bool = False) -> Shown:
    browser = written(site, tag)
    fields = browser.fields()
    shown = browser.press("send")
    return browser.post(f"/{tag}", [*fields, ("go", "send")]) if again else shown


def taken_back(site: TestSite, tag: str, *, late: bool = False) -> Shown:
    shown = sent(site, tag)
    code = str(shown.page.xpath("//p[contains(@class, 'twenty')]/bdi/text()")[0])
    site.browser.get(f"/{tag}/withdraw")
    if late:
        site.clock.wait(days=800)
    return site.browser.press("withdraw", {"code": code})


def ended(site: TestSite, tag: str, *, before: bool = False, unsure: bool = False) -> Shown:
    """Deleted and left: now, before now (somebody turns back), and where the store did not answer."""
    browser, _ = paused(site, tag)
    browser.press("return")
    browser.press("break")
    fields = browser.fields()
    with store_away() if unsure else nullcontext():
        shown = browser.press("end")
    return browser.post(f"/{tag}", [*fields, ("go", "return")]) if before else shown


def rested(site: TestSite, tag: str, *, away: bool = False) -> Shown:
    browser = on(inside(site, tag), SHORT, "way_happened")
    browser.press("break")
    if not away:
        return browser.shown
    with store_away():
        return browser.press("pause")


def beside(site: TestSite, tag: str, kind: str, country: str = "") -> Shown:
    """Help or the promise, opened from within a visit."""
    browser = inside(site, tag)
    shown = browser.press(kind)
    return browser.press(kind, {"country": country}) if country else shown


def resumed_deleted(site: TestSite, tag: str) -> Shown:
    _, code = paused(site, tag)
    return asked_code(site, tag, "resume", "delete", code)


def broken(site: TestSite, tag: str) -> Shown:
    """What Django shows where our own code stops with an error."""
    response = refused_requests.server_error_page(RequestFactory().get(f"/{tag}"))
    like = site.browser.get(f"/{tag}/nothing")
    return Shown(response.status_code, like.headers, response.content)


def shut(site: TestSite, tag: str) -> Shown:
    """What who comes for a language that may not open is shown, in one that their browser asks for."""
    offer = current_conversation().editions.current
    response = refused_requests.language_closed_page(
        RequestFactory().get("/tlh/help", HTTP_ACCEPT_LANGUAGE=tag), offer, ""
    )
    like = site.browser.get(f"/{tag}/nothing")
    return Shown(response.status_code, like.headers, response.content)


def full(site: TestSite, tag: str, *, typed: bool) -> Shown:
    """No place is free: for somebody who comes, and for somebody with a form."""
    if not typed:
        return site.browser.get(f"/{tag}", **{refused_requests.BUSY_KEY: "1"})
    browser = inside(site, tag)
    return browser.post(f"/{tag}", [*browser.fields(), ("go", "next")], **{refused_requests.BUSY_KEY: "1"})


def closed(site: TestSite, tag: str, *, typed: bool) -> Shown:
    """The site cannot take answers safely. It says so in every language at once."""
    browser = inside(site, tag)
    fields = [*browser.fields(), ("go", "next")]
    close_site(f"sqlite:///{site.folder / 'kept.sqlite3'}")
    return browser.post(f"/{tag}", fields) if typed else browser.get(f"/{tag}")


WRONG = "1234 5678 9012 3456 7890"
WAYS: Mapping[str, Way] = {
    "start": lambda site, tag: site.browser.get("/", HTTP_ACCEPT_LANGUAGE=tag),
    "welcome": lambda site, tag: site.browser.get(f"/{tag}"),
    "help": lambda site, tag: site.browser.get(f"/{tag}/help"),
    "help/SE": lambda site, tag: site.browser.get(f"/{tag}/help/SE"),
    "help/JO": lambda site, tag: site.browser.get(f"/{tag}/help/JO"),
    "until": lambda site, tag: site.browser.get(f"/{tag}/until"),
    "until, answered": lambda site, tag: asked_until(site, tag, within=False),
    "until, nothing read": lambda site, tag: asked_until(site, tag, within=False, country="CY"),
    "until, does not fit": lambda site, tag: asked_until(site, tag, within=True, born="90"),
    "until, inside": lambda site, tag: asked_until(site, tag, within=True, country="FI"),
    "privacy": lambda site, tag: site.browser.get(f"/{tag}/privacy"),
    "resume": lambda site, tag: site.browser.get(f"/{tag}/resume"),
    "resume, short": lambda site, tag: asked_code(site, tag, "resume", "open", "123"),
    "resume, slip": lambda site, tag: asked_code(site, tag, "resume", "open", WRONG),
    "resume, nothing": lambda site, tag: asked_code(site, tag, "resume", "open", new_code().groups),
    "resume, deleted": resumed_deleted,
    "withdraw": lambda site, tag: site.browser.get(f"/{tag}/withdraw"),
    "withdraw, slip": lambda site, tag: asked_code(site, tag, "withdraw", "withdraw", WRONG),
    "withdraw, nothing": lambda site, tag: asked_code(site, tag, "withdraw", "withdraw", new_code().groups),
    "withdraw, done": taken_back,
    "withdraw, closed": lambda site, tag: taken_back(site, tag, late=True),
    "consent, none": lambda site, tag: gate(site, tag, "consent", ""),
    "stopped": lambda site, tag: gate(site, tag, "consent", "no"),
    "young": lambda site, tag: gate(site, tag, "adult", "no"),
    "lost": lambda site, tag: after_a_day(site, tag, words=False),
    "lost, with words": lambda site, tag: after_a_day(site, tag, words=True),
    "lost, words to copy": another_edition,
    "help, inside": lambda site, tag: beside(site, tag, "help"),
    "help/FI, inside": lambda site, tag: beside(site, tag, "help", "FI"),
    "privacy, inside": lambda site, tag: beside(site, tag, "privacy"),
    "break": rested,
    "break, not paused": lambda site, tag: rested(site, tag, away=True),
    "paused": lambda site, tag: paused(site, tag)[0].shown,
    "ended": ended,
    "ended before": lambda site, tag: ended(site, tag, before=True),
    "ended, unsure": lambda site, tag: ended(site, tag, unsure=True),
    "end": at_the_end,
    "end, early": lambda site, tag: at_the_end(site, tag, early=True),
    "end, not sent": lambda site, tag: at_the_end(site, tag, away=True),
    "review": reviewed,
    "review, nothing": lambda site, tag: reviewed(site, tag, nothing=True),
    "review, not sent": lambda site, tag: reviewed(site, tag, away=True),
    "sent": sent,
    "sent before": lambda site, tag: sent(site, tag, again=True),
    "not open yet": not_open_yet,
    "over": over,
    "over, with words": lambda site, tag: over_with_words(on(inside(site, tag), SHORT, "wish"), site),
    "closing, inside": lambda site, tag: closing(on(inside(site, tag), SHORT, "way_happened")),
    "over, a file": lambda site, tag: as_file(site, tag, ""),
    "over, help as a file": lambda site, tag: as_file(site, tag, "/help"),
    "absent": lambda site, tag: site.browser.get(f"/{tag}/nothing"),
    "shut": shut,
    "unreadable": lambda site, tag: site.browser.post_bytes(f"/{tag}", b"", "multipart/form-data; boundary=x"),
    "elsewhere": lambda site, tag: site.browser.post(f"/{tag}", [], HTTP_SEC_FETCH_SITE="cross-site"),
    "too big": lambda site, tag: site.browser.post_bytes(f"/{tag}", b"a=" + b"b" * 4_000_000),
    "broken": broken,
    "busy": lambda site, tag: full(site, tag, typed=False),
    "busy, with a form": lambda site, tag: full(site, tag, typed=True),
    "closed": lambda site, tag: closed(site, tag, typed=False),
    "closed, with a form": lambda site, tag: closed(site, tag, typed=True),
}
"""Ways to every page, in whatever order; but none leads on from one of CLOSING."""
ENGLISH = frozenset({"until", "until, answered", "until, nothing read", "until, does not fit", "until, inside"})
"""Ways to pages that only English has the words of."""
CLOSING = frozenset({"closed", "closed, with a form"})
"""Ways that close the site: it does not open again."""
ALIKE = frozenset({
    "help/JO", "resume, short", "withdraw, slip", "withdraw, nothing", "lost", "help, inside",
    "sent before", "ended before", "unreadable", "elsewhere", "too big", "not open yet", "closing, inside",
    "over, a file",
})  # fmt: skip
"""Ways to a page that is put together as another one is, with other words. A sample leaves them out."""


def shown_at(name: str, site: TestSite, tag: str) -> Shown:
    """Go one of the ways, at noon of the day of the tests."""
    site.clock.now = NOON
    return WAYS[name](site, tag)
