"""Archives without a terminal: what is told, and what is never written over."""

from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.usecases.collecting.archive_answers import archive_answers
from tests.cli.conftest import Kit
from tests.heard import Heard


def test_archive_is_written_over_only_where_that_is_asked_for(kit: Kit) -> None:
    kit.answer(["18_to_24", "25_to_34"])
    edition, out, heard = kit.folder / "edition", kit.folder / "answers.archive", Heard()
    assert archive_answers(edition, kit.database, out, progress=heard) == 2
    before = out.read_bytes()
    with pytest.raises(KuuleError, match="CLI_001"):
        archive_answers(edition, kit.database, out, progress=heard)
    assert out.read_bytes() == before
    kit_more = kit.folder / "other.archive"
    out.rename(kit_more)
    out.write_bytes(b"an older archive")
    assert archive_answers(edition, kit.database, out, replace=True, progress=heard) == 2
    assert out.stat().st_size == kit_more.stat().st_size
    assert heard.sentences == []
