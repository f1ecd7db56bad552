"""Writing an archive and reading it as it was; what is told of one that is not."""

import copy
import dataclasses
import hashlib
import json
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kuule.core.problems import ArchiveError, Problem, StoreError
from kuule.sealing.archive import MANIFEST as MANIFEST_NAME
from kuule.sealing.archive import ArchiveReader, write_archive
from kuule.sealing.envelope import SealedResponse
from tests.sealing.rows import EDITION, FILES, KEY, MANIFEST, SIZE, STUDY, rows
from tests.special_files import SPECIAL_FILES


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "our-voice.kuule"
    write_archive(path, manifest=MANIFEST, files=FILES, envelopes=rows(1003))
    return path


def code_of(path: Path) -> str:
    with pytest.raises(ArchiveError) as raised:
        ArchiveReader(path)
    return raised.value.problems[0].code


def rewritten(archive: Path, to: Path, *, drop: str = "", change: dict[str, bytes] | None = None) -> Path:
    """A copy of an archive in which a member is missing, another, or more."""
    change = change or {}
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            if name != drop:
                new.writestr(name, change.get(name, old.read(name)))
        for name in set(change) - set(old.namelist()):
            new.writestr(name, change[name])
    return to


def test_archive_gives_back_rows_files_and_manifest(archive: Path) -> None:
    reader = ArchiveReader(archive)
    assert tuple(row for part in reader.parts() for row in part.rows()) == rows(1003)
    assert reader.files == FILES
    assert (reader.count, [part.intact for part in reader.parts()]) == (1003, [True, True])
    assert {name: reader.manifest[name] for name in ("study", "edition", "count", "keys", "format", "version")} == {
        "study": STUDY,
        "edition": EDITION,
        "count": 1003,
        "keys": [KEY.public.key_id.hex()],
        "format": "kuule-archive",
        "version": 1,
    }


def test_archive_part_is_as_the_reference_says(archive: Path) -> None:
    content = b"".join(row.row_id.to_bytes(8, "big") + row.envelope for row in rows(1003)[:1000])
    with zipfile.ZipFile(archive) as members:
        assert members.read("parts/000001") == content
        assert json.loads(members.read("manifest.json"))["parts"][0] == {
            "name": "parts/000001",
            "rows": 1000,
            "envelope_size": SIZE,
            "sha256": hashlib.sha256(content).hexdigest(),
        }


def test_archive_of_the_same_envelopes_is_the_same_file(archive: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    count = write_archive(again, manifest=dict(reversed(MANIFEST.items())), files=FILES, envelopes=iter(rows(1003)))
    assert (count, again.read_bytes()) == (1003, archive.read_bytes())


def test_archive_tells_nothing_of_where_and_when_it_was_made(archive: Path) -> None:
    with zipfile.ZipFile(archive) as members:
        seen = {
            (m.date_time, m.create_system, m.external_attr, m.comment, m.extra, m.compress_type)
            for m in members.infolist()
        }
        assert seen == {((1980, 1, 1, 0, 0, 0), 3, 0o600 << 16, b"", b"", zipfile.ZIP_STORED)}
        assert members.comment == b""


def test_archive_is_for_its_owner_only_and_leaves_no_draft(archive: Path) -> None:
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert list(archive.parent.iterdir()) == [archive]


def test_archive_without_rows_is_an_archive(tmp_path: Path) -> None:
    assert write_archive(tmp_path / "a", manifest=MANIFEST, files=FILES, envelopes=[]) == 0
    reader = ArchiveReader(tmp_path / "a")
    assert (reader.count, list(reader.parts()), reader.files) == (0, [], FILES)


def test_archive_keeps_damaged_rows_beside_the_others(tmp_path: Path) -> None:
    first, second, third = rows(3)
    damaged = dataclasses.replace(second, key_id=bytes(8), envelope=b"short")
    write_archive(tmp_path / "a", manifest=MANIFEST, files={}, envelopes=[first, damaged, third])
    reader = ArchiveReader(tmp_path / "a")
    assert [row for part in reader.parts() for row in part.rows()] == [first, damaged, third]


def test_write_that_breaks_off_leaves_the_old_archive_and_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_archive(path, manifest=MANIFEST, files=FILES, envelopes=rows(3))
    before = path.read_bytes()

    def breaks_off() -> Iterator[SealedResponse]:
        yield rows(3)[0]
        raise StoreError(Problem("STORE_003", "db", "locked", "wait"))

    with pytest.raises(StoreError):
        write_archive(path, manifest=MANIFEST, files=FILES, envelopes=breaks_off())
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_write_on_a_full_disk_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from kuule.core.problems import ArchiveError; from kuule.sealing.archive import write_archive\n"
        "from tests.sealing.rows import FILES, MANIFEST, rows\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))\n"
        "try: write_archive(Path(sys.argv[1]), manifest=MANIFEST, files=FILES, envelopes=rows(9))\n"
        "except ArchiveError as error: print(error.problems[0].code)"
    )
    root = str(Path(__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a")], cwd=root, capture_output=True, text=True, check=False
    )
    assert (run.stdout, run.stderr, list(tmp_path.iterdir())) == ("OPEN_008\n", "", [])


def test_write_into_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as raised:
        write_archive(tmp_path / "no" / "a", manifest=MANIFEST, files=FILES, envelopes=rows(3))
    assert [problem.code for problem in raised.value.problems] == ["OPEN_008"]


@pytest.mark.parametrize("manifest", [{"study": "s"}, {"edition": EDITION}, {**MANIFEST, "count": 9}])
def test_write_with_a_manifest_that_is_not_the_callers_is_refused(tmp_path: Path, manifest: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="manifest"):
        write_archive(tmp_path / "a", manifest=manifest, files=FILES, envelopes=rows(3))


@pytest.mark.parametrize("name", ["../x", "/x", "a//b", "a\\b", "a/../b"])
def test_write_with_a_file_that_would_leave_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no file named"):
        write_archive(tmp_path / "a", manifest=MANIFEST, files={name: b""}, envelopes=rows(3))


def test_read_what_is_not_there(tmp_path: Path) -> None:
    assert code_of(tmp_path / "no") == "OPEN_001"


def test_read_a_folder(tmp_path: Path) -> None:
    assert code_of(tmp_path) == "OPEN_001"


@pytest.mark.parametrize("kind", SPECIAL_FILES)
def test_read_what_is_no_file(tmp_path: Path, kind: str) -> None:
    """A pipe was waited for, and of a device everything was read. A large file is only no archive."""
    SPECIAL_FILES[kind][0](tmp_path / "a")
    assert code_of(tmp_path / "a") == ("OPEN_002" if kind == "too large" else "OPEN_001")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(100)])
def test_read_something_else(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    assert code_of(tmp_path / "a") == "OPEN_002"


def test_read_a_zip_of_something_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as other:
        other.writestr("letter.txt", "hello")
    assert code_of(tmp_path / "a") == "OPEN_002"


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.999])
def test_read_an_archive_whose_end_is_cut_off(archive: Path, tmp_path: Path, kept: float) -> None:
    content = archive.read_bytes()
    (tmp_path / "a").write_bytes(content[: int(len(content) * kept)])
    assert code_of(tmp_path / "a") == "OPEN_002"


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"format": "other"}, "OPEN_002"),
        ({"version": 3}, "OPEN_003"),
        ({"version": 2}, "OPEN_011"),
        ({"count": 1002}, "OPEN_004"),
        ({"parts": [{}]}, "OPEN_004"),
        ({"parts": None}, "OPEN_004"),
        ({"files": []}, "OPEN_004"),
        ({"edition": 5}, "OPEN_004"),
        ({"study": ""}, "OPEN_004"),
        ({"files": dict.fromkeys(FILES, "00")}, "OPEN_005"),
        ({"files": {"another": "00"}}, "OPEN_005"),
    ],
)
def test_read_an_archive_whose_manifest_says_something_else(
    archive: Path, tmp_path: Path, entries: dict[str, object], code: str
) -> None:
    manifest = json.dumps({**ArchiveReader(archive).manifest, **entries}).encode()
    assert code_of(rewritten(archive, tmp_path / "a", change={"manifest.json": manifest})) == code


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_read_an_archive_whose_manifest_is_no_manifest(archive: Path, tmp_path: Path, content: bytes) -> None:
    assert code_of(rewritten(archive, tmp_path / "a", change={"manifest.json": content})) in ("OPEN_002", "OPEN_004")


def test_read_an_archive_whose_manifest_has_one_bit_altered(archive: Path, tmp_path: Path) -> None:
    content = archive.read_bytes()
    at = content.rindex(b'"study": "our-voice"') + 11
    (tmp_path / "a").write_bytes(content[:at] + b"p" + content[at + 1 :])
    assert code_of(tmp_path / "a") == "OPEN_004"


@pytest.mark.parametrize("drop", ["manifest.json", "edition/edition.json"])
def test_read_an_archive_from_which_something_was_taken(archive: Path, tmp_path: Path, drop: str) -> None:
    expected = {"manifest.json": "OPEN_002", "edition/edition.json": "OPEN_005"}[drop]
    assert code_of(rewritten(archive, tmp_path / "a", drop=drop)) == expected


def test_read_an_archive_with_another_form_than_the_one_that_was_answered(archive: Path, tmp_path: Path) -> None:
    changed = rewritten(archive, tmp_path / "a", change={"edition/edition.json": b"{}"})
    assert code_of(changed) == "OPEN_005"


def test_read_an_archive_to_which_something_was_added(archive: Path, tmp_path: Path) -> None:
    assert code_of(rewritten(archive, tmp_path / "a", change={"parts/000009": b"more"})) == "OPEN_006"


def test_read_an_archive_with_a_member_twice(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(archive.read_bytes())
    with zipfile.ZipFile(path, "a") as members, pytest.warns(UserWarning, match="Duplicate"):
        members.writestr("parts/000002", b"")
    assert code_of(path) == "OPEN_006"


def test_read_an_archive_whose_parts_were_compressed(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(tmp_path / "a", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert code_of(tmp_path / "a") == "OPEN_006"


def test_read_an_archive_of_which_one_part_was_compressed(archive: Path, tmp_path: Path) -> None:
    """Rows are cut out of the part as it stands in the file: those of a compressed one would all be damaged."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(tmp_path / "a", "w") as new:
        for name in old.namelist():
            way = zipfile.ZIP_DEFLATED if name == "parts/000002" else zipfile.ZIP_STORED
            new.writestr(name, old.read(name), compress_type=way)
    assert code_of(tmp_path / "a") == "OPEN_006"


def changed_manifest(archive: Path, to: Path, **entries: object) -> Path:
    with zipfile.ZipFile(archive) as members:
        manifest = json.loads(members.read("manifest.json"))
    return rewritten(archive, to, change={"manifest.json": json.dumps(manifest | entries).encode()})


def test_manifest_that_counts_more_than_the_file_can_hold_is_refused(archive: Path, tmp_path: Path) -> None:
    """Each row that is counted and not there becomes a line of its own: a billion of them would fill a disk."""
    parts = [
        {"name": f"parts/{number:06d}", "rows": 1000, "envelope_size": 0, "sha256": "0" * 64}
        for number in range(1, 202)
    ]
    path = changed_manifest(archive, tmp_path / "a", parts=parts, count=201_000)
    assert code_of(path) == "OPEN_009"
    small = [part | {"rows": 10, "envelope_size": SIZE} for part in parts]
    assert ArchiveReader(changed_manifest(archive, tmp_path / "b", parts=small, count=2010)).count == 2010


def test_parts_of_millions_of_tiny_rows_are_refused_before_they_are_counted_out(archive: Path, tmp_path: Path) -> None:
    """One row of nothing, says the manifest; the part has two hundred thousand."""
    part = {"name": "parts/000001", "rows": 1, "envelope_size": 0, "sha256": "0" * 64}
    path = changed_manifest(archive, tmp_path / "tiny.kuule", parts=[part], count=1)
    few = rewritten(path, tmp_path / "few.kuule", change={"parts/000001": bytes(8)}, drop="parts/000002")
    assert ArchiveReader(few).count == 1
    many = rewritten(path, tmp_path / "many.kuule", change={"parts/000001": bytes(8 * 200_000)}, drop="parts/000002")
    assert code_of(many) == "OPEN_009"


def test_manifest_longer_than_any_is_refused_before_it_is_read(archive: Path, tmp_path: Path) -> None:
    assert code_of(rewritten(archive, tmp_path / "a", change={"manifest.json": b" " * (16 * 2**20 + 1)})) == "OPEN_009"


@pytest.mark.parametrize("offset", [2**62, 2**63 - 1, 2**63, 2**64 - 1])
def test_directory_that_counts_from_beyond_any_file_is_refused(tmp_path: Path, offset: int) -> None:
    name, wide = MANIFEST_NAME.encode(), struct.pack("<HHQ", 1, 8, offset)
    entry = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 3, 45, 0, 0, 0, 0, 33, 0, 9, 9, len(name), len(wide), 0, 0, 0, 0, 2**32 - 1
    )  # fmt: skip
    directory = entry + name + wide
    path = tmp_path / "made.kuule"
    path.write_bytes(
        bytes(100) + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), 100, 0)
    )
    assert code_of(path) == "OPEN_004"


@pytest.mark.parametrize("entry", ["study", "edition"])
def test_manifest_with_half_a_character_is_refused(archive: Path, tmp_path: Path, entry: str) -> None:
    assert code_of(changed_manifest(archive, tmp_path / "half.kuule", **{entry: "\ud800"})) == "OPEN_004"


def test_members_that_lie_over_each_other_are_refused(archive: Path, tmp_path: Path) -> None:
    content = bytearray(archive.read_bytes())
    entry = content.rindex(b"parts/000001") - 46
    content[entry + 20 : entry + 28] = (2**31).to_bytes(4, "little") * 2
    (tmp_path / "a").write_bytes(content)
    assert code_of(tmp_path / "a") == "OPEN_009"


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    """A small file could say a file of the edition a million times, and each time it would be read and hashed."""
    form = b"x" * 100_000
    path, shared = tmp_path / "a", tmp_path / "shared"
    write_archive(path, manifest=MANIFEST, files={"one": form, "other": form}, envelopes=rows(3))
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(shared, "w") as new:
        for name in old.namelist():
            if name != "edition/other":
                new.writestr(name, old.read(name))
        again = copy.copy(new.getinfo("edition/one"))
        again.filename = again.orig_filename = "edition/other"
        new.filelist.append(again)
    assert ArchiveReader(path).files == {"one": form, "other": form}
    assert code_of(shared) == "OPEN_009"


def test_manifest_that_names_one_part_many_times_is_refused(archive: Path, tmp_path: Path) -> None:
    """Each naming would be read, hashed and opened again: a small file would keep a machine busy for hours."""
    with zipfile.ZipFile(archive) as members:
        first = json.loads(members.read("manifest.json"))["parts"][0]
    made = changed_manifest(archive, tmp_path / "made", parts=[first | {"rows": 1}] * 100_000, count=100_000)
    path = rewritten(made, tmp_path / "a", drop="parts/000002")
    with pytest.raises(ArchiveError, match=r"OPEN_004 .*the manifest names 'parts/000001' more than once"):
        ArchiveReader(path)
