"""Chromium with script off, driven by Playwright."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from playwright.sync_api import sync_playwright


class Chromium:
    """One window, with a fresh profile."""

    def __init__(self, binary: str) -> None:
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        self._page = self._browser.new_context(java_script_enabled=False).new_page()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._browser.close()
        self._playwright.stop()

    def open(self, url: str) -> None:
        self._page.goto(url)

    def source(self) -> str:
        """The page as it stands now, as HTML."""
        return self._page.content()

    def click(self, selector: str) -> None:
        """Click the last element that fits and can be seen."""
        self._page.locator(selector).last.click()

    def follow(self, selector: str) -> None:
        """Click what leads to another page, and wait for that page."""
        with self._page.expect_navigation():
            self.click(selector)

    def write(self, selector: str, text: str) -> None:
        self._page.locator(selector).last.fill(text)

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a select."""
        self._page.locator(selector).last.select_option(value)
