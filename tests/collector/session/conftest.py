"""An edition with partners' links, for the tests of links."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.study.small_study import SETTINGS, make_edition

LINKS = '[links.partners]\nk7 = "Marker partner"\nm3 = "Another"\n'


@pytest.fixture(scope="session")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linked")
    make_edition(folder, settings=SETTINGS + LINKS)
    return folder / "edition"
