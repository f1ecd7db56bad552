"""The way to the open question of the small study, in Chromium."""

from __future__ import annotations

from playwright.sync_api import Page


def to_open_question(page: Page, words: str) -> None:
    """From the welcome page to the page of the open question, with the words typed and not yet posted."""
    for choice in ("", "[value~=yes]", "[value~=yes]", "", "", "[value~=pass]"):
        if choice:
            page.locator(f"input{choice}").click()
        press(page, "next")
    page.locator("textarea").fill(words)


def press(page: Page, go: str) -> None:
    with page.expect_navigation():
        page.locator(f'button[name="go"][value~="{go}"]:not(.first)').last.click()
