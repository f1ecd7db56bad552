"""Files that share what takes long to start are found by what they ask for; any other file is by itself."""

from __future__ import annotations

import pytest

from tests.scheduling import SHARED, shared_by


@pytest.mark.parametrize(
    ("file", "shared"),
    [
        ("tests/journeys/test_media.py", "a Firefox"),
        ("tests/access/test_axe.py", "a Firefox"),
        ("tests/journeys/test_leaving.py", "a Chromium"),
        ("tests/publishing/render/test_report_layout.py", "a Chromium"),
        ("tests/store/rows/test_responses.py", "a PostgreSQL"),
        ("tests/studies/test_our_voice.py", "the study that ships"),
        ("tests/core/test_files.py", "tests/core/test_files.py"),
        ("tests/collector/server/test_raw_http.py", "tests/collector/server/test_raw_http.py"),
        ("tests/nowhere.py", "tests/nowhere.py"),
    ],
)
def test_files_that_share_something_are_one_scope(file: str, shared: str) -> None:
    assert shared_by(file) == shared
    assert shared in {*SHARED, file}
