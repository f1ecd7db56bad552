"""The gallery, gathered once, and two windows to look at it."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Callable, Iterator

import pytest

from tests.access import gallery
from tests.access.gallery import Gallery
from tests.access.windows import ChromiumWindow, resting_chromium
from tests.collector.server.servers import small_site
from tests.conftest import browser_path
from tests.kept import Kept


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """Each kind of page and each control once, the languages in turn."""
    return gathered_once("gallery", lambda: gallery.sample(tmp_path_factory.mktemp("gallery")))


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    """All pages in every language: minutes, for which its tests have an hour each."""
    return gathered_once("gallery-whole", lambda: gallery.whole(tmp_path_factory.mktemp("gallery-whole")))


def gathered_once(name: str, gather: Callable[[], Gallery]) -> Gallery:
    """Gathered by one process of the session, for all of them."""
    assert Kept.folder is not None
    gathered = Kept.folder / name
    with gathered.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not gathered.exists():
            gathered.write_bytes(pickle.dumps(gather()))
    found: Gallery = pickle.loads(gathered.read_bytes())
    return found


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a collector with the small study."""
    with small_site(tmp_path_factory.mktemp("small")) as address:
        yield address


@pytest.fixture(scope="session")
def _whole_chromium() -> Iterator[ChromiumWindow]:
    with resting_chromium(browser_path("chromium", shell=False)) as window:
        yield window


@pytest.fixture
def whole_chromium(_whole_chromium: ChromiumWindow) -> Iterator[ChromiumWindow]:
    """The browser that people have, with a fresh profile."""
    with _whole_chromium.awake():
        _whole_chromium.anew()
        yield _whole_chromium
