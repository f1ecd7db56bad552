"""`kuule publish` as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from tests.publishing.release_site.site_release import write_site_release


def test_publish_says_where_the_pages_are_and_what_the_heaviest_weighs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_site_release(tmp_path / "r", is_approved=False, rehearsal=True)
    words = ["publish", tmp_path / "r", "--to", tmp_path / "site", "--language", "en", "--no-pdf"]
    assert run([str(word) for word in words]) == Exit.DONE
    out, err = capsys.readouterr()
    assert out.strip() == str(tmp_path / "site")
    assert "1 language, " in err
    assert "bytes" in err
    assert (tmp_path / "site" / "index.html").is_file()


def test_refusal_is_told_with_its_cure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_site_release(tmp_path / "r", is_approved=False)
    assert run(["publish", str(tmp_path / "r"), "--to", str(tmp_path / "site")]) == Exit.PROBLEM
    err = capsys.readouterr().err
    assert "RELEASE_010" in err
    assert "kuule release approve" in err
    assert not (tmp_path / "site").exists()
