"""One preview for all tests of a file; each leaves the form as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.preview.preview_process import PreviewProcess, preview_process
from tests.study.small_study import make_study


@pytest.fixture(scope="module")
def running_preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewProcess]:
    with preview_process(make_study(tmp_path_factory.mktemp("preview") / "study")) as running:
        yield running


@pytest.fixture
def preview(running_preview: PreviewProcess) -> Iterator[PreviewProcess]:
    yield running_preview
    running_preview.again()
