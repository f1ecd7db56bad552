"""The gallery, gathered once, and two windows to look at it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access import gallery
from tests.access.gallery import Gallery
from tests.access.windows import ChromiumWindow, FirefoxWindow
from tests.conftest import browser_path


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """Each kind of page and each control once, the languages in turn."""
    return gallery.sample(tmp_path_factory.mktemp("gallery"))


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """All pages in every language."""
    return gallery.whole(tmp_path_factory.mktemp("gallery-whole"))


@pytest.fixture(scope="module")
def _chromium() -> Iterator[ChromiumWindow]:
    with ChromiumWindow(browser_path("chromium")) as window:
        yield window


@pytest.fixture
def chromium(_chromium: ChromiumWindow) -> ChromiumWindow:
    """As it is when it is opened."""
    _chromium.as_if()
    _chromium.page.set_viewport_size({"width": 1280, "height": 720})
    return _chromium


@pytest.fixture
def firefox(one_firefox: FirefoxWindow) -> FirefoxWindow:
    one_firefox.anew()
    return one_firefox
