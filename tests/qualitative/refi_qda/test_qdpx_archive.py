"""Archives that somebody made to do harm, or that are damaged, are told in words; nothing is unpacked."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile

import pytest

from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.refi_qda import qdpx_archive
from kuule.qualitative.refi_qda.qdpx_archive import QdpxArchive, pack_qdpx
from tests.qualitative.refi_qda.small_exchange import members_of, zip_of

QDE = b"<Project/>"


def problem_of(content: bytes) -> str:
    with pytest.raises(ProjectError) as told:
        QdpxArchive(content, "voices.qdpx").xml()
    (problem,) = told.value.problems
    assert problem.remedy
    return f"{problem.code} {problem.place}: {problem.cause}"


def test_an_archive_has_the_same_bytes_and_a_flat_folder() -> None:
    sources = {"b.txt": "ليلى".encode(), "a.txt": b""}
    content = pack_qdpx(QDE, sources)
    assert content == pack_qdpx(QDE, dict(reversed(sources.items())))
    assert list(members_of(content)) == ["project.qde", "sources/a.txt", "sources/b.txt"]
    archive = QdpxArchive(content, "voices.qdpx")
    assert (archive.xml(), archive.source("internal://b.txt")) == (QDE, "ليلى".encode())
    assert archive.source("internal://c.txt") is None
    assert archive.source("absolute:///etc/passwd") is None
    assert archive.source("internal://../project.qde") is None


@pytest.mark.parametrize("folder", ["sources/", "Sources/", "SOURCES/", "Sources\\"])
def test_the_folder_is_found_however_it_is_spelt(folder: str) -> None:
    content = zip_of({"My project.qde": QDE, folder + "A1.txt": b"words"})
    archive = QdpxArchive(content, "voices.qdpx")
    assert (archive.xml(), archive.source("internal://a1.TXT")) == (QDE, b"words")


@pytest.mark.parametrize(
    "name",
    [
        "../project.txt",
        "/etc/passwd",
        "sources/../../x.txt",
        "sources\\..\\x.txt",
        "C:/x.txt",
        "a//b.txt",
        "./x",
        "x" * 501,
    ],
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert problem_of(zip_of({"project.qde": QDE, name: b""})).startswith(
        "PROJECT_055 voices.qdpx: a file in it has the name"
    )


def test_a_name_with_a_nul_is_no_way_in() -> None:
    content = zip_of({"project.qde": QDE, "sources/aXb.txt": b""}).replace(b"aXb.txt", b"a\0b.txt")
    archive = QdpxArchive(content, "voices.qdpx")
    assert (archive.xml(), archive.source("internal://a\0b.txt")) == (QDE, None)


def test_two_files_of_one_name_are_refused() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("project.qde", QDE)
            archive.writestr("sources/a.txt", b"one")
            archive.writestr("Sources/A.txt", b"another")
    assert "two files in it are called" in problem_of(stream.getvalue())


@pytest.mark.parametrize("members", [{}, {"a.qde": QDE, "b.qde": QDE}, {"sources/a.qde": QDE}])
def test_there_is_one_project(members: dict[str, bytes]) -> None:
    assert problem_of(zip_of(members)).startswith("PROJECT_055")


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all", b"PK\x03\x04" + b"\0" * 60])
def test_something_else_is_no_archive(content: bytes) -> None:
    assert problem_of(content).startswith("PROJECT_053 voices.qdpx: it is no project exchange file, or it is damaged")


def test_a_damaged_archive_is_told() -> None:
    content = bytearray(zip_of({"project.qde": b"<Project>" + bytes(range(256)) * 20}))
    content[60] ^= 0xFF
    assert problem_of(bytes(content)).startswith("PROJECT_053")


def test_an_encrypted_archive_is_told() -> None:
    content = zip_of({"project.qde": QDE})
    place = content.index(b"PK\x01\x02")
    flagged = bytearray(content)
    flagged[6] |= 1
    flagged[place + 8] |= 1
    assert "encrypted" in problem_of(bytes(flagged))


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qdpx_archive, "LARGEST_XML", 1 << 20)
    content = zip_of({"project.qde": b"\0" * (20 << 20)})
    assert len(content) < 1 << 15
    told = problem_of(content)
    assert told == "PROJECT_054 voices.qdpx: 'project.qde' in it is larger than 1,048,576 bytes"


def test_an_archive_that_lies_about_its_sizes_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sizes in its directory say 10 bytes; what is unpacked is what counts."""
    monkeypatch.setattr(qdpx_archive, "LARGEST_XML", 1 << 20)
    content = bytearray(zip_of({"project.qde": b"\0" * (2 << 20)}))
    place = content.index(b"PK\x01\x02")
    struct.pack_into("<L", content, place + 24, 10)
    assert problem_of(bytes(content)).startswith(("PROJECT_053", "PROJECT_054"))


def test_many_small_bombs_have_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qdpx_archive, "MOST_READ", 1000)
    archive = QdpxArchive(zip_of({"project.qde": QDE, "sources/a.txt": b"a" * 600, "sources/b.txt": b"b" * 600}), "x")
    archive.source("internal://a.txt")
    with pytest.raises(ProjectError, match="PROJECT_054"):
        archive.source("internal://b.txt")


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qdpx_archive, "MOST_ENTRIES", 3)
    assert "it has 4 files" in problem_of(zip_of({"project.qde": QDE, "a": b"", "b": b"", "c": b""}))


def test_a_directory_of_millions_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_given: object) -> None:
        raise AssertionError("the directory was read, and each of its entries takes memory")

    content = zip_of({"project.qde": QDE, **{str(number): b"" for number in range(9)}})
    monkeypatch.setattr(qdpx_archive, "MOST_ENTRIES", 3)
    monkeypatch.setattr(zipfile, "ZipFile", read)
    assert "it has about 10 files" in problem_of(content)
