"""What was once released goes on being opened, and what must not open goes on being refused, for the same reason."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kuule.core.limits import MAX_PAGE_ENVELOPE
from kuule.core.problems import ArchiveError
from kuule.opening.archive_rows import OpenedRecord, UnopenedEntry
from kuule.opening.decryption import OpenError, open_envelope
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader
from kuule.sealing.envelope import OVERHEAD, SealedResponse
from kuule.sealing.keys import PublicKey
from tests.factories import open_rows

FOLDER = Path(__file__).parent
ENVELOPE = json.loads((FOLDER / "envelope-1.json").read_text("utf-8"))
NPM = json.loads((FOLDER / "envelope-1-npm.json").read_text("utf-8"))
ARCHIVE = json.loads((FOLDER / "archive-1.json").read_text("utf-8"))
BUSY = json.loads((FOLDER / "archive-3.json").read_text("utf-8"))["broken"]
KEY = PrivateKey.generate(bytes.fromhex(ENVELOPE["secret"]), rehearsal=ENVELOPE["rehearsal"])
GOOD = [vector for vector in ENVELOPE["vectors"] + NPM["vectors"] if "record" in vector]
BROKEN = [vector for vector in ENVELOPE["vectors"] if "reason" in vector]
RELEASED = {
    "backup-1.json": "cc5d5c97764a4507ebd0fe5685acaf35316329fb5a6fdb601e073926b29a5504",
    "archive-1.json": "1ab0f4cc0f8c7c813f8514f02934fb2f79be763d5cc45d1536e9ee52e139ed4d",
    "archive-2.json": "4fa01652b88e4e9fe7ffa6746a47c2e05f972710005d4d9fc7594f35cb108509",
    "archive-3.json": "fff1cd4e7ae5a24aee3e4e09ef4bea07d8cc5c2f5c89633f0a97ccb8135f9ec6",
    "edition-1.json": "739b680494640d7e17171fcecf5566ed7a85fbff1dba7c842154209bb1acf8b6",
    "draft-1.json": "b80404e76de01a8a8d53dd9ddadb5e7a409c7d2ec0b85dcd1d677e6c64f51eb7",
    "envelope-1-npm.json": "1bde2b36d5d45010141b8023836d65527bccd1100bf5ae0a8ef423e3a15d4ba4",
    "envelope-1.json": "c2135a4c516fcbddea1f6fd5466bf312e4f40acd10e75df4f56bc192a13342be",
}


def opened(vector: dict[str, Any]) -> bytes:
    row = SealedResponse(int(vector["row_id"]), bytes.fromhex(vector["key_id"]), bytes.fromhex(vector["envelope"]))
    return open_envelope(row, KEY, study_id=vector["study"], edition_id=vector["edition"])


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_released_vectors_are_not_edited(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == RELEASED[name]


def test_key_of_the_vectors_is_as_released() -> None:
    public = PublicKey(bytes.fromhex(ENVELOPE["public"]), ENVELOPE["rehearsal"])
    assert (KEY.public, NPM["public"], NPM["secret"]) == (public, ENVELOPE["public"], ENVELOPE["secret"])
    assert (public.key_id.hex(), public.fingerprint) == (ENVELOPE["key_id"], ENVELOPE["fingerprint"])
    assert (ENVELOPE["overhead"], ENVELOPE["largest_envelope"]) == (OVERHEAD, MAX_PAGE_ENVELOPE)


def test_key_texts_of_the_vectors_are_read_and_written_as_released() -> None:
    assert PublicKey.from_text(ENVELOPE["public_text"]) == KEY.public
    assert PrivateKey.from_text(ENVELOPE["secret_text"]).public == KEY.public
    assert (KEY.public.to_text(), KEY.to_text()) == (ENVELOPE["public_text"], ENVELOPE["secret_text"])


@pytest.mark.parametrize("vector", GOOD, ids=lambda vector: vector["name"])
def test_good_envelope_opens(vector: dict[str, Any]) -> None:
    assert opened(vector).hex() == vector["record"]


@pytest.mark.parametrize("vector", BROKEN, ids=lambda vector: vector["name"])
def test_broken_envelope_stays_closed_for_its_reason(vector: dict[str, Any]) -> None:
    with pytest.raises(OpenError) as raised:
        opened(vector)
    assert raised.value.reason == vector["reason"]


def archived(path: Path, case: dict[str, Any]) -> ArchiveReader:
    content = base64.b64decode(ARCHIVE["archive"])
    if "cut" in case:
        content = content[: case["cut"]]
    if "put" in case:
        put = bytes.fromhex(case["put"])
        content = content[: case["at"]] + put + content[case["at"] + len(put) :]
    path.write_bytes(content)
    return ArchiveReader(path)


def test_good_archive_opens_whole(tmp_path: Path) -> None:
    found = list(open_rows(archived(tmp_path / "a", {}), [KEY]))
    assert {type(one) for one in found} == {OpenedRecord}
    assert [one.record.decode() for one in found] == ARCHIVE["records"]


@pytest.mark.parametrize("case", [case for case in ARCHIVE["broken"] if "code" in case], ids=lambda case: case["name"])
def test_broken_archive_is_refused_for_its_reason(tmp_path: Path, case: dict[str, Any]) -> None:
    with pytest.raises(ArchiveError) as raised:
        archived(tmp_path / "a", case)
    assert [problem.code for problem in raised.value.problems] == [case["code"]]


@pytest.mark.parametrize(
    "case", [case for case in ARCHIVE["broken"] if "opened" in case], ids=lambda case: case["name"]
)
def test_archive_with_broken_rows_opens_the_others(tmp_path: Path, case: dict[str, Any]) -> None:
    found = list(open_rows(archived(tmp_path / "a", case), [KEY]))
    assert [each.reason for each in found if isinstance(each, UnopenedEntry)] == case["unopened"]
    assert len([each for each in found if isinstance(each, OpenedRecord)]) == case["opened"]


@pytest.mark.parametrize("case", BUSY, ids=lambda case: case["name"])
def test_archive_that_would_keep_a_machine_busy_is_refused_before_a_row_is_opened(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    (tmp_path / "a").write_bytes(base64.b64decode(case["archive"]))
    with pytest.raises(ArchiveError) as raised:
        ArchiveReader(tmp_path / "a")
    assert [problem.code for problem in raised.value.problems] == [case["code"]]
