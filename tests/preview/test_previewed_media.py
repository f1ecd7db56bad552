"""Pictures and sounds in a preview: shown from the folder, and a new one as soon as it is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.preview.preview_process import preview_process
from tests.study.media.study import make_media_study

pytestmark = pytest.mark.slow


def test_pictures_and_sounds_are_there_whole_and_in_part(tmp_path: Path) -> None:
    study = make_media_study(tmp_path)
    with preview_process(study) as preview:
        [key] = {one for one in re.findall(r"page=([^\"&]+)", preview.get("/preview")) if one.endswith("page_door")}
        page = preview.get(f"/preview/page/en?key={key}")
        found = sorted(set(re.findall(r'src="(/media/[^"]+)"', page)))
        assert found != []
        for address in found:
            whole = preview.ask("GET", address, Accept_Encoding="identity")
            assert (whole.status, whole.headers["accept-ranges"]) == (200, "bytes")
            assert preview.ask("GET", address, Range="bytes=0-0").status == 206
        assert preview.ask("GET", "/media/nothing.png").status == 404
