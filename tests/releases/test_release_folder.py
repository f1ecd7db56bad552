"""A release is read back as it was written, and whatever somebody did to its folder is said."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.publishing.view.release_view import release_report_view
from kuule.releases.release_folder import (
    RELEASE_FILES,
    read_release,
    release_content_hash,
    tables_hash,
    write_release,
)
from tests.releases.small_release import reading_problems, small_release, written


def test_release_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    made, found = written(tmp_path / "r"), read_release(tmp_path / "r")
    entry = tables_hash((tmp_path / "r" / "tables.json").read_bytes())
    assert found.release == replace(small_release(), ledger_entry=entry)
    assert (found.content, found.path) == (made.content, tmp_path / "r")


def test_texts_of_briefs_are_part_of_what_is_approved(tmp_path: Path) -> None:
    without = written(tmp_path / "r")
    assert b"briefs" not in (tmp_path / "r" / "texts.json").read_bytes()
    briefs = {"limitation.en.md": "# Time\n", "limitation.FI.sv.md": "# Tid\n"}
    made = written(tmp_path / "with", briefs=briefs)
    assert read_release(tmp_path / "with").release.briefs == briefs
    other = written(tmp_path / "other", briefs={**briefs, "limitation.en.md": "# Time!\n"})
    assert len({without.content, made.content, other.content}) == 3


@pytest.mark.parametrize("name", ["limitation.fr.md", "../limitation.en.md", "limitation.md", "Limitation.en.md"])
def test_text_of_a_brief_with_another_name_is_said(name: str, tmp_path: Path) -> None:
    written(tmp_path / "r", briefs={name: "# Time\n"})
    cause = f"{name!r} is no name of a brief's text in one of the languages"
    [said] = reading_problems(tmp_path / "r")
    assert said.startswith(f"RELEASE_004 texts.json, briefs: {cause}; ")


def test_report_of_a_release_says_its_numbers_in_each_language(tmp_path: Path) -> None:
    written(tmp_path / "r")
    release = read_release(tmp_path / "r").release
    swedish = ("sv", "57\N{NO-BREAK SPACE}% hade berättat.", "draft_machine")  # Kuule's own words are a draft there
    for tag, said, draft in (("en", "57% had told.", ""), swedish):
        view = release_report_view(release, tag)
        assert [section.text for section in view.sections if section.kind == "prose"] == [said]
        assert [section.figure.request for section in view.sections if section.figure] == ["told by land"]
        assert view.draft == draft


def test_hash_is_of_what_a_release_says_and_not_of_how_its_files_are_written(tmp_path: Path) -> None:
    content = written(tmp_path / "r").content
    for name in ("tables.json", "texts.json"):
        file = tmp_path / "r" / name
        file.write_bytes(json.dumps(json.loads(file.read_bytes()), indent=2).encode())
    toml = tmp_path / "r" / "release.toml"
    toml.write_text("# a remark\n" + toml.read_text("utf-8").replace("[changes]", "\n[changes]"), "utf-8")
    assert read_release(tmp_path / "r").content == content
    toml.write_text(toml.read_text("utf-8").replace("CC BY 4.0", "CC0"), "utf-8")
    assert read_release(tmp_path / "r").content != content


@pytest.mark.parametrize("name", ["tables.json", "texts.json"])
def test_hash_is_another_one_when_a_number_or_a_word_is(tmp_path: Path, name: str) -> None:
    release = written(tmp_path / "r").release
    change = {"tables.json": ("[203,57]", "[204,57]"), "texts.json": ("had told", "had not told")}[name]
    file = tmp_path / "r" / name
    assert change[0] in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(*change), "utf-8")
    assert read_release(tmp_path / "r").content != release_content_hash(release)


def test_release_is_never_written_over_another(tmp_path: Path) -> None:
    written(tmp_path / "r")
    before = {name: (tmp_path / "r" / name).read_bytes() for name in RELEASE_FILES}
    with pytest.raises(PublishingError, match="RELEASE_007"):
        write_release(small_release(text=""), tmp_path / "r")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(PublishingError, match="RELEASE_007"):
        write_release(small_release(), tmp_path / "link")
    assert before == {name: (tmp_path / "r" / name).read_bytes() for name in RELEASE_FILES}


@pytest.mark.parametrize("there", [False, True])
def test_folder_without_a_release_is_said(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "r").mkdir()
    remedy = "give the folder that kuule release new wrote"
    assert reading_problems(tmp_path / "r") == [f"RELEASE_001 r: there is no release in it; {remedy}"]


@pytest.mark.parametrize("name", RELEASE_FILES)
def test_half_written_folder_is_said(tmp_path: Path, name: str) -> None:
    written(tmp_path / "r")
    (tmp_path / "r" / name).unlink()
    cause = "it is missing: the folder is not whole"
    remedy = "bring it back from a copy, or make the release again with kuule release new"
    assert reading_problems(tmp_path / "r") == [f"RELEASE_002 {name}: {cause}; {remedy}"]


@pytest.mark.parametrize("name", RELEASE_FILES)
@pytest.mark.parametrize("instead", ["link", "link to nowhere", "folder", "pipe"])
def test_what_is_no_plain_file_is_not_followed(tmp_path: Path, name: str, instead: str) -> None:
    written(tmp_path / "r")
    file = tmp_path / "r" / name
    (tmp_path / "elsewhere").write_bytes(file.read_bytes())
    file.unlink()
    match instead:
        case "link":
            file.symlink_to(tmp_path / "elsewhere")
        case "link to nowhere":
            file.symlink_to(tmp_path / "nowhere")
        case "folder":
            file.mkdir()
        case _:
            os.mkfifo(file)
    [problem] = reading_problems(tmp_path / "r")
    assert problem.startswith(f"RELEASE_002 {name}: it cannot be read (")
    assert problem.endswith("; put a plain file there, not a link, that can be read")


def test_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    written(tmp_path / "r")
    os.truncate(tmp_path / "r" / "tables.json", 64 * 1024 * 1024 + 1)
    [problem] = reading_problems(tmp_path / "r")
    assert problem.startswith("RELEASE_002 tables.json: it has more than 67,108,864 bytes; ")


def test_hash_that_people_approved_stays_the_same_in_later_versions() -> None:
    """If this one changes, every approval lapses: raise the format of the file that changed, and read the old one."""
    assert release_content_hash(small_release()) == ("f59cf7227292b057c05933919f7e145819d78ab3dd39ef76e041a71b27ba1d92")
