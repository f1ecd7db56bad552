"""Practice editions for all tests of the collector; a database of its own for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections

from kuule.opening.private_key import PrivateKey
from tests.cheap_pauses import make_pauses_cheap
from tests.collector import every_control
from tests.collector.codes_on_pages import COMING_BACK
from tests.collector.site_for_tests import TestSite, start
from tests.frozen import our_voice_in
from tests.study.small_study import SETTINGS, make_edition


@pytest.fixture(scope="session")
def edition_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frozen")
    make_edition(folder)
    return folder / "edition"


@pytest.fixture(scope="session")
def real_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with a key that is not for practice."""
    folder = tmp_path_factory.mktemp("real")
    make_edition(folder, key=PrivateKey.generate(bytes(range(32, 64)), rehearsal=False))
    return folder / "edition"


@pytest.fixture(scope="session")
def every_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with every control that the pages know."""
    folder = tmp_path_factory.mktemp("every-control")
    every_control.make(folder)
    return folder / "edition"


@pytest.fixture
def cheap_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pause code becomes a lock in no time."""
    make_pauses_cheap(monkeypatch.setattr)


@pytest.fixture
def site(edition_folder: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(edition_folder, tmp_path)
    connections.close_all()


@pytest.fixture(scope="session")
def our_voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study that ships, in two languages."""
    folder = tmp_path_factory.mktemp("our-voice") / "edition"
    our_voice_in(folder, "sv")
    return folder


@pytest.fixture
def voice(our_voice: Path, tmp_path: Path) -> Iterator[TestSite]:
    yield start(our_voice, tmp_path)
    connections.close_all()


@pytest.fixture(scope="session")
def coming_back_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition whose visits can be paused and taken back."""
    made = tmp_path_factory.mktemp("coming-back")
    make_edition(made, settings=SETTINGS + COMING_BACK)
    return made / "edition"
