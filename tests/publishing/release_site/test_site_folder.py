"""A site takes its place at once, and what others have put there stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.publishing.release_site.site_folder import check_site_place, foreign_files, replaced_site
from kuule.publishing.release_site.site_manifest import MANIFEST_FILE, SiteManifest


def put(to: Path, *names: str) -> None:
    with replaced_site(to) as draft:
        for name in names:
            (draft / name).parent.mkdir(exist_ok=True)
            (draft / name).write_text("ours", "utf-8")
        (draft / MANIFEST_FILE).write_bytes(SiteManifest("s", "1", "c", dict.fromkeys(names, "h")).to_json())


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_new_site_replaces_the_old_one_and_keeps_what_others_put_there(tmp_path: Path) -> None:
    to = tmp_path / "site"
    put(to, "index.html", "fi/index.html", "old.html")
    (to / ".htaccess").write_text("theirs", "utf-8")
    (to / "fi" / "note.txt").write_text("theirs", "utf-8")
    (to / "gone").symlink_to("nowhere")
    put(to, "index.html", "new.html")
    assert files(to) == [".htaccess", "fi/note.txt", "index.html", "new.html", MANIFEST_FILE]
    assert (to / ".htaccess").read_text("utf-8") == "theirs"
    assert (to / "gone").is_symlink()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_file_of_somebody_else_is_never_replaced(tmp_path: Path) -> None:
    to = tmp_path / "site"
    to.mkdir()
    (to / "index.html").write_text("theirs", "utf-8")
    (to / "data").write_text("theirs", "utf-8")
    with pytest.raises(PublishingError) as error:
        put(to, "index.html", "data/told.csv")
    assert [problem.code for problem in error.value.problems] == ["PUBLISH_003", "PUBLISH_003"]
    assert [problem.place for problem in error.value.problems] == [str(to / "data"), str(to / "index.html")]
    assert files(to) == ["data", "index.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_site_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    to = tmp_path / "site"
    put(to, "index.html")
    with pytest.raises(FileNotFoundError):
        put(to, "half.html", "no/folder/of/it.html")
    assert files(to) == ["index.html", MANIFEST_FILE]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/passwd", "a/../../outside.txt"])
def test_list_that_names_files_elsewhere_deletes_none_of_them(tmp_path: Path, name: str) -> None:
    to, outside = tmp_path / "site", tmp_path / "outside.txt"
    outside.write_text("theirs", "utf-8")
    to.mkdir()
    (to / MANIFEST_FILE).write_bytes(SiteManifest("s", "1", "c", {name: "h"}).to_json())
    put(to, "index.html")
    assert outside.read_text("utf-8") == "theirs"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 2, "files": {"a": "h"}}', b"\xff"])
def test_list_that_cannot_be_read_lists_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / MANIFEST_FILE).write_bytes(content)
    (tmp_path / "a").write_text("theirs", "utf-8")
    assert [path.name for path in foreign_files(tmp_path)] == ["a", MANIFEST_FILE]


@pytest.mark.parametrize("place", ["release", "release/pages", ".", "file", "link"])
def test_place_is_a_folder_of_its_own(tmp_path: Path, place: str) -> None:
    (tmp_path / "release").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(PublishingError) as error:
        check_site_place(tmp_path / place, tmp_path / "release")
    assert [problem.code for problem in error.value.problems] == ["PUBLISH_006"]
    check_site_place(tmp_path / "site", tmp_path / "release")
