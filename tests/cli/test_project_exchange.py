"""`kuule project export` and `import`: out to another program and back, as somebody types it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from kuule.qualitative.project.project_files import opened_project
from tests.cli.test_project import MARKER, Kuule, dataset, kuule, path, text_ids, with_lines
from tests.qualitative.small_project import PASSPHRASE

__all__ = ["dataset", "kuule", "path"]
pytestmark = pytest.mark.slow


def test_texts_go_out_redacted_and_codings_come_back(kuule: Kuule, path: Path, tmp_path: Path) -> None:
    (uncle,) = text_ids(kuule, path, "--search", "zebulon")
    out = tmp_path / "out" / "voices.qdpx"
    out.parent.mkdir()
    kuule("project", "export", path, "--as", "coder-1", "--to", out, told="PROJECT_050")
    for reader in ("reader-1", "reader-2"):
        kuule("answers", "redact", path, uncle, "--as", reader, "--mark", "9-16:relative", "--done")
    kuule("answers", "define", path, "Stopped", "--as", "lead", "--definition", "somebody acted")
    kuule("answers", "code", path, uncle, "--as", "coder-1", "--code", "Stopped:17-31")
    assert kuule("project", "export", path, "--as", "coder-1", "--to", out) == f"{out}\n"
    kuule("project", "export", path, "--as", "coder-1", "--to", out, told="PROJECT_051")
    with zipfile.ZipFile(out) as archive:
        (text,) = [name for name in archive.namelist() if name.endswith(".txt")]
        assert archive.read(text).decode() == "My uncle [a relative's name] should have been stopped."
    assert [one for one in tmp_path.rglob("*") if one.is_file() and MARKER.encode() in one.read_bytes()] == []
    assert kuule("project", "import", path, out, "--as", "coder-1") == f"{path}\n"
    with opened_project(path, PASSPHRASE) as project:
        acts = len(project.log)
    kuule("project", "import", path, out, "--as", "coder-2", "--user", "coder-1", told="PROJECT_062")
    kuule("project", "import", path, out, "--as", "coder-1", "--done")
    seen = kuule("answers", "codings", path, uncle, "--as", "coder-1").splitlines()
    assert seen == ["coder-1\tStopped\t17-31\t"]
    with opened_project(path, PASSPHRASE) as project:
        assert len(project.log) == acts + 1


def test_a_codebook_goes_out_and_what_is_not_taken_is_told(
    kuule: Kuule, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kuule("answers", "define", path, "Help", "--as", "lead")
    book = tmp_path / "book.qdc"
    kuule("project", "export", path, "--as", "lead", "--to", book)
    book.write_text(book.read_text("utf-8").replace('"Help"', '"Hilfe"').replace("</CodeBook>", SETS), "utf-8")

    assert with_lines(["project", "import", str(path), str(book), "--as", "lead"], PASSPHRASE.text) == 0
    assert capsys.readouterr().err.splitlines()[-3:] == [
        "0 new codes and 0 new memos; the codes of 0 texts are others now",
        "not taken in: 1 sets",
        "the file says otherwise of 1 code (name); the codebook stays as it is",
    ]


SETS = '<Sets><Set guid="11111111-2222-4333-8444-555555555555" name="Family"/></Sets></CodeBook>'
