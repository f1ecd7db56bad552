"""Chromium with script off, driven by Playwright."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.patience import PATIENCE

_ALWAYS = ("--no-sandbox", "--disable-gpu")
_CHEAPER = (
    # what no test is about and every page would pay for: a process that does nothing but draw, one for each site in
    # a page, and compiling once more, and better, a script that runs for a fifth of a second
    "--in-process-gpu",
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
    "--js-flags=--no-opt --no-maglev",
)


class Chromium:
    """One window, with a fresh profile. `options` are for its command line. Not `cheaper`: it has all the processes
    and compilers that it comes with, for who measures how long it takes.

    Its driver has an event loop in this thread, beside which Django refuses to work. A browser that is for many tests
    is there for each while it is `awake`.
    """

    def __init__(self, binary: str, options: Sequence[str] = (), *, cheaper: bool = True) -> None:
        self._playwright = sync_playwright().start()
        self._loop = asyncio.get_running_loop()
        expect.set_options(timeout=PATIENCE * 1000)
        flags = [*_ALWAYS, *(_CHEAPER if cheaper else ()), *options]
        self.browser = self._playwright.chromium.launch(executable_path=binary, args=flags, timeout=PATIENCE * 1000)
        self.page = self._new_page()
        """The window as Playwright has it, for what is asked too seldom to be a method here."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._resume()
        self.browser.close()
        self._playwright.stop()

    @contextmanager
    def awake(self) -> Iterator[Self]:
        """Used while the block runs; after it this thread has no event loop, and the browser rests."""
        self._resume()
        try:
            yield self
        finally:
            asyncio._set_running_loop(None)

    def _resume(self) -> None:
        asyncio._set_running_loop(self._loop)

    def anew(self) -> None:
        """A fresh profile in place of this one; the browser runs on."""
        self.page.context.close()
        self.page = self._new_page()

    def _new_page(self) -> Page:
        return self.new_context(java_script_enabled=False).new_page()

    def new_context(self, **wanted: Any) -> BrowserContext:
        """A profile of its own in this browser, as Playwright has it, where everything is waited for."""
        context = self.browser.new_context(**wanted)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    def open(self, url: str) -> None:
        self.page.goto(url)

    def source(self) -> str:
        """The page as it stands now, as HTML."""
        return self.page.content()

    def click(self, selector: str) -> None:
        """Click the last element that fits and can be seen."""
        self.page.locator(selector).last.click()

    def follow(self, selector: str) -> None:
        """Click what leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.click(selector)

    def write(self, selector: str, text: str) -> None:
        self.page.locator(selector).last.fill(text)

    def picture(self, selector: str) -> bytes:
        """The first element that fits, as it is seen: a PNG."""
        return self.page.locator(selector).first.screenshot()

    def press_at_start(self, selector: str, distance: int) -> None:
        """Press into the first element that fits, so many pixels from its left side, half way down."""
        element = self.page.locator(selector).first
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + distance, box["y"] + box["height"] / 2)

    def key(self, selector: str, name: str) -> None:
        """Press a key in an element that stays where it is."""
        self.page.locator(selector).last.press(name)

    def key_on(self, selector: str, name: str) -> None:
        """Press a key that leads to another page, and wait for that page."""
        with self.page.expect_navigation():
            self.key(selector, name)

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a select."""
        listed = self.page.locator(selector).last
        listed.select_option(listed.locator(f'option[value~="{value}"]').get_attribute("value"))
