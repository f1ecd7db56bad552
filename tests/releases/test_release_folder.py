"""A release is read back as it was written, and whatever somebody did to its folder is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kuule.publishing.view.release_view import release_report_view
from kuule.releases.release_folder import read_release, tables_hash
from tests.releases.small_release import small_release, written


def test_release_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    made, found = written(tmp_path / "r"), read_release(tmp_path / "r")
    entry = tables_hash((tmp_path / "r" / "tables.json").read_bytes())
    assert found.release == replace(small_release(), ledger_entry=entry)
    assert (found.content, found.path) == (made.content, tmp_path / "r")


def test_report_of_a_release_says_its_numbers_in_each_language(tmp_path: Path) -> None:
    written(tmp_path / "r")
    release = read_release(tmp_path / "r").release
    swedish = ("sv", "57\N{NO-BREAK SPACE}% hade berättat.", "draft_machine")  # Kuule's own words are a draft there
    for tag, said, draft in (("en", "57% had told.", ""), swedish):
        view = release_report_view(release, tag)
        assert [section.text for section in view.sections if section.kind == "prose"] == [said]
        assert [section.figure.request for section in view.sections if section.figure] == ["told by land"]
        assert view.draft == draft
