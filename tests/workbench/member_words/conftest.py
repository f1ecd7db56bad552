"""Words in Finnish and Arabic, for tests in this process, and a workbench that speaks them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.workbench.member_words import workbench_words
from tests.study.small_study import make_study
from tests.workbench.member_words.made_words import make_words
from tests.workbench.workbench_for_tests import Workbench, running_workbench


@pytest.fixture(scope="session")
def words_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_words(tmp_path_factory.mktemp("words") / "workbench")


@pytest.fixture
def spoken_words(words_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Within a test, this process speaks them."""
    monkeypatch.setattr(workbench_words, "WORKBENCH_TEMPLATE", words_folder / "interface.pot")
    cached = (workbench_words.workbench_words, workbench_words.workbench_languages)
    for one in cached:
        one.cache_clear()
    yield
    for one in cached:
        one.cache_clear()


@pytest.fixture(scope="session")
def spoken_site(words_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    place = tmp_path_factory.mktemp("spoken")
    with running_workbench(make_study(place / "study"), place / "data", words=words_folder) as site:
        yield site
