"""Vectors of coming back: the archive of version 2, and what a code on paper leads to."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kuule.collector.session.draft_sealing import derive_draft_key, open_draft
from kuule.core.problems import ArchiveError
from kuule.opening.archive_rows import OpenedRecord, WithdrawnRow
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.return_codes import ReturnCode, legacy_row_id
from kuule.sealing.withdrawal_list import WithdrawalList
from tests.factories import open_rows

FOLDER = Path(__file__).parent
ARCHIVE = json.loads((FOLDER / "archive-2.json").read_text("utf-8"))
DRAFT = json.loads((FOLDER / "draft-1.json").read_text("utf-8"))
KEY = PrivateKey.generate(bytes.fromhex(ARCHIVE["secret"]), rehearsal=ARCHIVE["rehearsal"])


def archived(path: Path, at: int = 0, put: str = "") -> ArchiveReader:
    content = base64.b64decode(ARCHIVE["archive"])
    new = bytes.fromhex(put)
    path.write_bytes(content[:at] + new + content[at + len(new) :])
    return ArchiveReader(path)


def test_archive_opens_without_what_was_taken_back(tmp_path: Path) -> None:
    reader = archived(tmp_path / "a")
    found = list(open_rows(reader, [KEY]))
    assert [one.record.decode() for one in found if isinstance(one, OpenedRecord)] == ARCHIVE["records"]
    assert [type(one) for one in found].count(WithdrawnRow) == 1
    ids, until = frozenset(ARCHIVE["withdrawn"]), date.fromisoformat(ARCHIVE["until"])
    assert reader.withdrawn == WithdrawalList(ids, until, ARCHIVE["closed"])


@pytest.mark.parametrize("case", ARCHIVE["broken"], ids=lambda case: case["name"])
def test_broken_list_is_refused(tmp_path: Path, case: dict[str, Any]) -> None:
    with pytest.raises(ArchiveError) as raised:
        archived(tmp_path / "a", case["at"], case["put"])
    assert [problem.code for problem in raised.value.problems] == [case["code"]]


def test_code_leads_to_its_draft_and_its_row() -> None:
    code = ReturnCode(DRAFT["code"])
    lock = derive_draft_key(DRAFT["study"], code)
    assert (lock.draft_id, legacy_row_id(DRAFT["study"], code)) == (DRAFT["draft_id"], DRAFT["row_id"])
    assert open_draft(base64.b64decode(DRAFT["draft"]), lock).decode() == DRAFT["content"]
