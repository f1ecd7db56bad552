"""Walks through the sites that see every page on their way, each under a label that says how it was come by.

The state of a visit is in the form of its page, so that every button of a page is pressed without leaving the way.
"""

from __future__ import annotations

import http.client
import os
import signal
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from pathlib import Path
from urllib.parse import urldefrag, urlencode

import lxml.html

from tests.outside.browsing import Browser, Seen, codes_on
from tests.patience import PATIENCE, wait_until

Pages = dict[str, Seen]
CHOSEN = {"consent": "yes", "adult": "yes", "residence": "SE", "act_country": "FI"} | dict.fromkeys(
    ("online_any", "told", "helped", "reported"), "yes"
)
"""What is answered where a choice leads on; of everything else the first choices are taken."""
_LEADING_ON = {"organisation", "images"}
_ENDING = {"next", "send", "end"}
_TICKED = 2
_MOST_PAGES = 90
_AT_ONCE = 40
_FINE = 200
_FORM = "application/x-www-form-urlencoded"


def visit(port: int, tag: str, path: str) -> Pages:
    """A whole visit on a path, sent, sent again, and taken back; on the way every button of every page is pressed."""
    browser, pages = Browser(port, language=tag), Pages()
    pages["welcome"] = browser.get(f"/{tag}")
    here = pages["welcome and begun"] = browser.press("next")
    for number in range(_MOST_PAGES):
        label = f"{number:02}"
        pages[f"{label} empty"], pages[f"{label} unfit"] = tried(browser, here, {}), tried(browser, here, unfit(here))
        for go in dict.fromkeys(here.moves):
            if go not in _ENDING:
                pages[f"{label} {go}"] = tried(browser, here, answers_to(here, path), go)
        browser.seen.append(here)
        if "send" in here.moves and "next" not in here.moves:
            break
        onward = browser.press(onward_button(here), answers_to(here, path))
        pages[f"{label} next"], here = onward, onward
    else:
        raise AssertionError(f"no end after {_MOST_PAGES} pages: {here.text[:300]}")
    sent = pages["sent"] = browser.press("send")
    pages["sent again"] = tried(browser, here, {}, "send")
    pages["back after sending"] = tried(browser, here, {}, "back")
    for often in ("taken back", "taken back again"):
        if codes_on(sent):
            browser.get(f"/{tag}/withdraw")
            pages[often] = browser.press("withdraw", {"code": codes_on(sent)[-1]})
    return pages


def onward_button(page: Seen) -> str:
    """The button that goes on: Continue, or the first choice where the choices are buttons."""
    return next((go for go in page.moves if go.startswith("pick:")), "next")


def tried(browser: Browser, page: Seen, answers: Mapping[str, str | Sequence[str]], go: str = "next") -> Seen:
    """What a button leads to from a page, wherever the browser is."""
    browser.seen.append(page)
    return browser.press(go, answers)


def answers_to(page: Seen, path: str) -> dict[str, str | Sequence[str]]:
    """An answer to everything on a page."""
    answers: dict[str, str | Sequence[str]] = {}
    for element in page.document.xpath("//form[@method='post']//*[self::input or self::select or self::textarea]"):
        name, kind = element.get("name", ""), element.get("type", "text")
        item = name.rpartition("/")[2]
        value = element.get("value", "").rstrip()
        if element.tag == "select":
            answers[name] = CHOSEN.get(item, "SE")
        elif kind == "radio":
            wanted = {**CHOSEN, "path": path}.get(item) or ("go_on" if item.startswith("way_") else "")
            if value == wanted or name not in answers:
                answers[name] = value
        elif kind == "checkbox":
            taken = list(answers.get(name, []))
            answers[name] = [*taken, value] if len(taken) < _TICKED or value in _LEADING_ON else taken
        elif kind != "hidden" and element.get("tabindex") != "-1":
            answers[name] = "34" if element.get("inputmode") else "A <b>text</b> & “more”, نص"
    return answers


def unfit(page: Seen) -> dict[str, str]:
    """What cannot be an answer, wherever something is typed."""
    typed = page.document.xpath("//form[@method='post']//*[self::textarea or (self::input and @type='text')]")
    return {element.get("name", ""): "no number " * 300 for element in typed if element.get("tabindex") != "-1"}


def leave(port: int, tag: str) -> Pages:
    """A visit that takes a break, pauses, comes back by its code, is deleted; another that is ended; one too young."""
    browser, pages = Browser(port, language=tag), Pages()
    _begun(browser, tag)
    pages["break"] = browser.press("break")
    here = browser.page
    paused = pages["paused"] = browser.press("pause")
    pages["page of a paused visit"] = tried(browser, here, {}, "return")
    for number, code in enumerate(("12", "1234 5678 9012 3456 7890", *codes_on(paused), *codes_on(paused))):
        browser.get(f"/{tag}/resume")
        pages[f"resumed {number}"] = browser.press("open", {"code": code})
    browser = Browser(port, language=tag)
    _begun(browser, tag)
    browser.press("break")
    codes = codes_on(browser.press("pause"))
    browser.get(f"/{tag}/resume")
    pages["deleted"] = browser.press("delete", {"code": codes[0]})
    _begun(browser, tag)
    here = browser.press("break")
    pages["ended"] = browser.press("end")
    pages["after the end"] = tried(browser, here, {}, "return")
    for item in ("consent", "adult"):
        _begun(browser, tag, {item: "no"})
        pages[f"{item}: no"] = browser.page
    for name, value in (("token", "lost"), ("page", "lost.page"), ("token", "")):
        _begun(browser, tag)
        fields = [(key, value if key == name else was) for key, was in browser.page.fields({})]
        pages[f"{name} {value or 'none'}"] = browser.post(f"/{tag}", [*fields, ("go", "next")])
    return pages


def _begun(browser: Browser, tag: str, other: Mapping[str, str] | None = None) -> None:
    browser.get(f"/{tag}")
    browser.press("next")
    for _ in range(3):
        if "page" in dict(browser.page.fields({})):
            browser.press("next", {**CHOSEN, **(other or {})})
        if not browser.page.moves:
            return


def around(port: int, tags: Sequence[str]) -> Pages:
    """All that can be opened without a visit: what the first pages lead to, and what no page leads to."""
    browser, pages = Browser(port), Pages()
    starts = ["/", *(f"/{tag}{rest}" for tag in tags for rest in ("", "/help", "/privacy", "/resume", "/withdraw"))]
    found = crawl(browser, [*starts, "/k7", "/xx", "/nowhere", "/favicon.ico", "/sv/help/SE", "/ar/help/zz"], most=400)
    pages |= {f"GET {path}": seen for path, seen in found.items()}
    for method, path, body, headers in (
        ("PUT", "/en", b"", {}),
        ("HEAD", "/en", b"", {}),
        ("POST", "/ar", b"a=b", {"Content-Type": "text/plain"}),
        ("POST", "/sv", b"a=b", {"Content-Type": _FORM}),
        ("POST", "/sv", b"go=back", {"Content-Type": _FORM, "Origin": "http://elsewhere.example"}),
        ("POST", "/en", b"a=" + b"x" * 3_000_000, {"Content-Type": _FORM}),
        ("POST", "/en", b"a=%ff&go=next", {"Content-Type": f"{_FORM}; charset=nothing"}),
        ("POST", "/en/help", b"country=SE&y=1", {"Content-Type": _FORM}),
        ("POST", "/en/withdraw", b"code=1", {"Content-Type": _FORM}),
        ("POST", "/en/resume", b"code=%D9%A1&go=open", {"Content-Type": _FORM}),
    ):
        pages[f"{method} {path} {body[:20].decode()} {headers}"] = asked(port, method, path, body, headers)
    return pages


def asked(port: int, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Seen:
    """One request as it is, and its answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request(method, path, body, headers)
        answer = line.getresponse()
        head = tuple((name.lower(), value) for name, value in answer.getheaders())
        return Seen(path, answer.status, head, answer.read())
    finally:
        line.close()


def crawl(browser: Browser, starts: Sequence[str], most: int) -> Pages:
    """The pages that can be come to by links from these, at most so many."""
    found, waiting = Pages(), list(starts)
    while waiting and len(found) < most:
        path = waiting.pop(0)
        if path not in found:
            found[path] = browser.get(path)
            waiting += _links(found[path])
    return found


def _links(seen: Seen) -> Iterator[str]:
    if "html" not in dict(seen.head).get("content-type", "") or not seen.body:
        return
    document = lxml.html.document_fromstring(seen.body)
    for link in document.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):  # type: ignore[union-attr]
        if str(link).startswith("/") and not str(link).startswith("//"):
            yield urldefrag(str(link)).url


def held(port: int, tag: str, store: Path) -> Pages:
    """More people than places while nothing can be written, until one is told so: each page that comes, once."""
    browser = Browser(port, language=tag)
    _begun(browser, tag)
    if "finish" in browser.page.moves:
        browser.press("finish")
    body = urlencode([*browser.page.fields({}), ("go", "send")]).encode()
    with closing(sqlite3.connect(store, isolation_level=None)) as line, ThreadPoolExecutor(_AT_ONCE) as people:
        line.execute("BEGIN EXCLUSIVE")
        coming = [people.submit(asked, port, "POST", f"/{tag}", body, {"Content-Type": _FORM}) for _ in range(_AT_ONCE)]
        next(one for one in as_completed(coming) if "send" in one.result().moves)
        line.execute("ROLLBACK")
        seen = [each.result() for each in coming]
    unkept = [one for one in seen if one.status != _FINE or "send" in one.moves]
    return {f"{one.status} {one.document.xpath('string(//h1)').strip()}": one for one in unkept}


def closed(port: int, tags: Sequence[str], store: Path, worker: int) -> Pages:
    """The pages of a site whose store is away: the worker that finds it so is one that begins."""
    away = store.rename(store.with_suffix(".away"))
    os.kill(worker, signal.SIGKILL)

    def is_closed() -> bool:
        try:
            return asked(port, "GET", "/", b"", {}).status == 503
        except (OSError, http.client.HTTPException):
            return False

    wait_until(is_closed)
    addresses = ["/", *(f"/{tag}{rest}" for tag in tags for rest in ("", "/help", "/help/SE", "/privacy"))]
    pages = {f"GET {path}": asked(port, "GET", path, b"", {}) for path in addresses}
    typed = {"Content-Type": _FORM}
    pages |= {f"POST /{tag}": asked(port, "POST", f"/{tag}", b"a=typed&go=next", typed) for tag in tags}
    away.rename(store)
    return pages
