"""The list of what was taken back, in an archive: complete, in order, and held against the manifest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import ArchiveError
from kuule.opening.archive_rows import OpenedRecord, WithdrawnRow
from kuule.sealing.archive import ArchiveReader, write_archive
from kuule.sealing.withdrawal_list import AlteredWithdrawalList, WithdrawalList
from tests.factories import open_rows
from tests.sealing.rows import FILES, KEY, MANIFEST, rows

GONE = WithdrawalList.from_row_ids([7, 2**63 - 1, 0], until=date(2027, 6, 30), closed=True)


def written(path: Path, withdrawn: WithdrawalList | None, count: int = 3) -> ArchiveReader:
    write_archive(path, manifest=MANIFEST, files=FILES, envelopes=rows(count), withdrawn=withdrawn)
    return ArchiveReader(path)


@pytest.mark.parametrize("withdrawn", [GONE, WithdrawalList.from_row_ids([], until=None, closed=False)])
def test_list_comes_back_as_it_was_written(tmp_path: Path, withdrawn: WithdrawalList) -> None:
    assert written(tmp_path / "a", withdrawn).withdrawn == withdrawn


def test_archive_without_a_list_is_of_version_1_as_before_and_claims_no_complete_list(tmp_path: Path) -> None:
    reader = written(tmp_path / "a", None)
    found = reader.withdrawn
    assert (reader.manifest["version"], found.row_ids, found.until, found.closed) == (1, frozenset(), None, False)


def test_same_rows_and_list_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        written(tmp_path / name, GONE)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_row_that_was_taken_back_is_not_opened(tmp_path: Path) -> None:
    gone = rows(3)[1].row_id
    reader = written(tmp_path / "a", WithdrawalList.from_row_ids([gone], until=None, closed=False))
    found = list(open_rows(reader, [KEY]))
    assert [type(one) for one in found] == [OpenedRecord, WithdrawnRow, OpenedRecord]


def test_newer_list_holds_for_an_older_archive(tmp_path: Path) -> None:
    older = written(tmp_path / "a", None)
    found = list(open_rows(older, [KEY], frozenset({rows(3)[0].row_id})))
    assert [type(one) for one in found] == [WithdrawnRow, OpenedRecord, OpenedRecord]


@pytest.mark.parametrize(
    ("entry", "content"),
    [
        ({}, GONE.to_bytes()),
        (GONE.to_json(), None),
        (GONE.to_json(), GONE.to_bytes()[:-1]),
        (GONE.to_json(), GONE.to_bytes()[8:]),
        ({**GONE.to_json(), "count": 2}, GONE.to_bytes()),
        ({**GONE.to_json(), "until": "soon"}, GONE.to_bytes()),
        ({**GONE.to_json(), "until": 5}, GONE.to_bytes()),
    ],
)
def test_anything_else_is_refused(entry: dict[str, object], content: bytes | None) -> None:
    with pytest.raises(AlteredWithdrawalList):
        WithdrawalList.read(entry, content)


@pytest.mark.parametrize("ids", [[7, 7], [9, 7], [2**63]])
def test_list_that_hashes_right_and_holds_nonsense_is_refused(ids: list[int]) -> None:
    content = b"".join(one.to_bytes(8, "big") for one in ids)

    class Forged(WithdrawalList):
        def to_bytes(self) -> bytes:
            return content

    entry = {**Forged().to_json(), "count": len(ids)}
    with pytest.raises(AlteredWithdrawalList):
        WithdrawalList.read(entry, content)


def test_altered_list_in_an_archive_is_said(tmp_path: Path) -> None:
    written(tmp_path / "a", GONE)
    content = (tmp_path / "a").read_bytes()
    at = content.index(GONE.to_bytes())
    (tmp_path / "a").write_bytes(content[:at] + b"\x01" + content[at + 1 :])
    with pytest.raises(ArchiveError) as raised:
        ArchiveReader(tmp_path / "a")
    assert [problem.code for problem in raised.value.problems] == ["OPEN_011"]
