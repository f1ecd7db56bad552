"""What a browser that showed the desk leaves on its disk: no word."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import browser_path
from tests.desk.conftest import AUNT, MARKER

pytestmark = pytest.mark.browser


def test_browser_keeps_no_word_on_its_disk(desk, ids, tmp_path, chromium):
    """A whole browser with a profile on the disk, closed as people close it; every file of it is looked through."""
    desk.open_text(ids[AUNT])
    profile = tmp_path / "profile"
    context = chromium.page.context.browser.browser_type.launch_persistent_context(
        str(profile), executable_path=browser_path("chromium", shell=False), args=["--no-sandbox", "--disable-gpu"]
    )
    page = context.new_page()
    page.goto(f"{desk.address}text/{ids[AUNT]}/redact")
    assert MARKER in page.content()
    page.fill("#words", MARKER)
    page.goto(f"{desk.address}texts")
    page.fill("#query", MARKER)
    with page.expect_navigation():
        page.click("text=Show these")
    page.go_back()
    context.close()
    files = [one for one in Path(profile).rglob("*") if one.is_file() and not one.is_symlink()]
    assert len(files) > 10
    holding = [one.relative_to(profile).as_posix() for one in files if _holds(one.read_bytes())]
    assert holding == []


def _holds(content: bytes) -> bool:
    return MARKER.encode() in content or MARKER.encode("utf-16-le") in content
