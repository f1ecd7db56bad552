"""Opening an archive: what went in comes out, opened or with a reason; nothing is dropped in silence."""

import dataclasses
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuule.core.problems import ArchiveError
from kuule.opening.archive_rows import OpenedRecord, UnopenedEntry
from kuule.opening.private_key import PrivateKey
from kuule.sealing.archive import ArchiveReader, write_archive
from kuule.sealing.envelope import SealedResponse
from tests.factories import open_rows
from tests.sampling import examples
from tests.sealing.rows import FILES, KEY, MANIFEST, SIZE, rows, sealed

OTHER_KEY = PrivateKey.generate(bytes(range(1, 33)), rehearsal=True)
STRIDE = 8 + SIZE


def written(path: Path, envelopes: tuple[SealedResponse, ...]) -> Path:
    write_archive(path, manifest=MANIFEST, files=FILES, envelopes=envelopes)
    return path


def with_part(archive: Path, number: int, content: bytes | None) -> Path:
    """A copy whose part has another content, or None for no such part."""
    name = f"parts/{number:06d}"
    changed = archive.with_name("changed")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
            elif content is not None:
                new.writestr(member, content)
    return changed


def part_of(archive: Path, number: int) -> bytes:
    with zipfile.ZipFile(archive) as members:
        return members.read(f"parts/{number:06d}")


def opened(archive: Path, *keys: PrivateKey) -> tuple[Counter[bytes], list[UnopenedEntry]]:
    found = list(open_rows(ArchiveReader(archive), keys or (KEY,)))
    records = Counter(each.record for each in found if isinstance(each, OpenedRecord))
    return records, [each for each in found if isinstance(each, UnopenedEntry)]


def people(*numbers: int) -> Counter[bytes]:
    return Counter(f"person {number}".encode() for number in numbers)


def test_open_gives_every_record_once(tmp_path: Path) -> None:
    assert opened(written(tmp_path / "a", rows(1003))) == (people(*range(1003)), [])


def test_open_with_several_keys_takes_each_rows_own(tmp_path: Path) -> None:
    assert opened(written(tmp_path / "a", rows(5)), OTHER_KEY, KEY) == (people(*range(5)), [])


def test_open_with_another_key_names_every_row(tmp_path: Path) -> None:
    records, closed = opened(written(tmp_path / "a", rows(3)), OTHER_KEY)
    assert records == Counter()
    assert closed == [UnopenedEntry(f"part 1, row {number}", "other_key") for number in (1, 2, 3)]


def test_open_without_a_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one key"):
        list(open_rows(ArchiveReader(written(tmp_path / "a", rows(3))), []))


def test_open_with_a_row_altered_opens_the_others(tmp_path: Path) -> None:
    archive = written(tmp_path / "a", rows(5))
    content = bytearray(part_of(archive, 1))
    content[2 * STRIDE + 8 + 300] ^= 1
    records, closed = opened(with_part(archive, 1, bytes(content)))
    assert closed == [UnopenedEntry("part 1, row 3", "not_authentic")]
    assert sum(records.values()) == 4


def test_open_with_two_envelopes_swapped_opens_neither(tmp_path: Path) -> None:
    first, second, third = rows(3)
    swapped = (
        dataclasses.replace(first, envelope=second.envelope),
        dataclasses.replace(second, envelope=first.envelope),
        third,
    )
    _, closed = opened(written(tmp_path / "a", swapped))
    assert closed == [UnopenedEntry("part 1, row 1", "not_authentic"), UnopenedEntry("part 1, row 2", "not_authentic")]


def test_open_with_a_row_in_the_place_of_another_reports_the_repeat_and_the_part(tmp_path: Path) -> None:
    archive = written(tmp_path / "a", rows(3))
    content = part_of(archive, 1)
    records, closed = opened(with_part(archive, 1, content[:STRIDE] * 2 + content[2 * STRIDE :]))
    assert closed == [UnopenedEntry("part 1, row 2", "repeated_row")]
    assert sum(records.values()) == 2


def test_open_with_a_row_replaced_by_an_authentic_one_reports_the_part(tmp_path: Path) -> None:
    archive = written(tmp_path / "a", rows(3))
    other = sealed(77, rows(3)[1].row_id)
    content = part_of(archive, 1)
    changed = content[: STRIDE + 8] + other.envelope + content[2 * STRIDE :]
    records, closed = opened(with_part(archive, 1, changed))
    assert closed == [UnopenedEntry("part 1", "part_altered")]
    assert records[b"person 77"] == 1


def test_open_with_a_part_missing_names_each_of_its_rows(tmp_path: Path) -> None:
    archive = written(tmp_path / "a", rows(1003))
    records, closed = opened(with_part(archive, 2, None))
    assert closed == [UnopenedEntry(f"part 2, row {number} of 3", "part_missing") for number in (1, 2, 3)]
    assert sum(records.values()) == 1000


@pytest.mark.parametrize(("kept", "whole"), [(0, 0), (STRIDE - 1, 0), (STRIDE, 1), (2 * STRIDE + 9, 2)])
def test_open_with_a_part_cut_short_names_each_row_that_is_gone(tmp_path: Path, kept: int, whole: int) -> None:
    archive = written(tmp_path / "a", rows(3))
    records, closed = opened(with_part(archive, 1, part_of(archive, 1)[:kept]))
    assert closed == [UnopenedEntry(f"part 1, row {number} of 3", "part_cut_short") for number in range(whole + 1, 4)]
    assert sum(records.values()) == whole


def test_open_with_a_row_added_opens_it_and_says_so(tmp_path: Path) -> None:
    archive = written(tmp_path / "a", rows(3))
    more = sealed(77, 5)
    content = part_of(archive, 1) + (5).to_bytes(8, "big") + more.envelope
    records, closed = opened(with_part(archive, 1, content))
    assert closed == [UnopenedEntry("part 1", "part_too_long")]
    assert records == people(0, 1, 2, 77)


def test_open_with_a_damaged_row_of_another_size_opens_the_others(tmp_path: Path) -> None:
    first, second, third = rows(3)
    damaged = dataclasses.replace(second, envelope=second.envelope[:600])
    records, closed = opened(written(tmp_path / "a", (first, damaged, third)))
    assert closed == [UnopenedEntry("part 2, row 1", "cut_short")]
    assert sum(records.values()) == 2


def test_open_with_the_edition_in_the_manifest_changed_opens_nothing(tmp_path: Path) -> None:
    write_archive(tmp_path / "a", manifest={**MANIFEST, "edition": "f0" * 32}, files=FILES, envelopes=rows(2))
    assert opened(tmp_path / "a") == (
        Counter(),
        [UnopenedEntry("part 1, row 1", "other_edition"), UnopenedEntry("part 1, row 2", "other_edition")],
    )


def test_open_with_the_study_in_the_manifest_changed_opens_nothing(tmp_path: Path) -> None:
    write_archive(tmp_path / "a", manifest={**MANIFEST, "study": "other"}, files=FILES, envelopes=rows(2))
    assert [each.reason for each in opened(tmp_path / "a")[1]] == ["not_authentic"] * 2


@settings(max_examples=examples(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_open_with_any_byte_of_the_file_altered_loses_nothing_in_silence(tmp_path: Path, data: st.DataObject) -> None:
    archive = tmp_path / "a"
    if not archive.exists():
        written(archive, rows(3))
    content = bytearray(archive.read_bytes())
    at = data.draw(st.integers(3 * STRIDE, len(content) - 1) | st.integers(0, len(content) - 1))
    content[at] ^= data.draw(st.integers(1, 255))
    changed = tmp_path / "changed"
    changed.write_bytes(content)
    try:
        records, closed = opened(changed)
    except ArchiveError:
        return
    assert sum(records.values()) + len([each for each in closed if "row" in each.place]) >= 3
    assert records <= people(0, 1, 2)
    assert closed or records == people(0, 1, 2)


def test_open_a_manifest_that_counts_fewer_rows_than_are_there_says_so(tmp_path: Path) -> None:
    archive = written(tmp_path / "a", rows(3))
    with zipfile.ZipFile(archive) as members:
        manifest = json.loads(members.read("manifest.json"))
    manifest["parts"][0]["rows"] = manifest["count"] = 2
    changed = tmp_path / "b"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, json.dumps(manifest) if name == "manifest.json" else old.read(name))
    assert opened(changed) == (people(0, 1, 2), [UnopenedEntry("part 1", "part_too_long")])


def test_open_gives_each_row_the_record_key_of_its_id(tmp_path):
    reader = ArchiveReader(written(tmp_path / "a.kuule-archive", rows(3)))
    first, again = ([one.record_key for one in open_rows(reader, [KEY])] for _ in range(2))
    ids = [one.row_id for one in open_rows(reader, [KEY])]
    assert first == again == [KEY.record_key(row_id) for row_id in ids]
    assert len(set(first)) == 3
