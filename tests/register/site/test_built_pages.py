"""A folder of pages that is built again: what is gone goes, what is not ours stays, what is no site is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kuule.register.reading.register_folder import read_register
from kuule.register.reading.yaml_documents import RegisterError
from kuule.register.site.built_pages import LIST_FILE, BuiltPages
from kuule.register.site.site_building import build_site
from tests.register.site.built import TODAY
from tests.register.small_register import REGISTER, write_small_register

GONE = "virtual-material"


def build(folder: Path, changes: dict[str, str | None] | None = None) -> BuiltPages:
    register = write_small_register(folder / f"register-{len(list(folder.iterdir()))}", changes)
    return build_site(read_register(register), folder / "pages", today=TODAY)


def without_a_provision() -> dict[str, str | None]:
    """The small register without one question, and so without its page."""
    gone: dict[str, str | None] = {f"countries/{code}/{GONE}.yaml": None for code in ("FI", "SE", "EE", "GB")}
    return gone | {f"provisions/{GONE}.yaml": None}


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {LIST_FILE}


def refusal(folder: Path) -> tuple[str, str]:
    with pytest.raises(RegisterError) as raised:
        build(folder)
    [problem] = raised.value.problems
    return problem.code, problem.cause


def test_pages_that_are_gone_are_removed(tmp_path: Path) -> None:
    build(tmp_path)
    again = build(tmp_path, without_a_provision())

    assert again.removed == (tmp_path / "pages" / f"{GONE}.html",)
    assert names(tmp_path / "pages") == {path.relative_to(tmp_path / "pages").as_posix() for path in again.written}


def test_folder_of_a_language_that_is_gone_goes_if_nothing_else_is_in_it(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    build(tmp_path)
    listed = json.loads((pages / LIST_FILE).read_text("utf-8"))
    for name in ("fi/FI.html", "sv/SE.html", "sv/mine.html"):
        (pages / name).parent.mkdir(exist_ok=True)
        (pages / name).write_text("a page of an earlier build", "utf-8")
    listed["files"] += ["fi/FI.html", "sv/SE.html"]
    (pages / LIST_FILE).write_text(json.dumps(listed), "utf-8")
    build(tmp_path)

    assert not (pages / "fi").exists()
    assert names(pages / "sv") == {"mine.html"}


def test_file_of_somebody_else_stays_as_it_is(tmp_path: Path) -> None:
    build(tmp_path)
    mine = tmp_path / "pages" / "robots.txt"
    mine.write_text("mine", "utf-8")
    build(tmp_path)

    assert mine.read_text("utf-8") == "mine"


def test_folder_that_is_no_site_is_refused_and_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "pages" / "thesis.txt"
    mine.parent.mkdir()
    mine.write_text("mine", "utf-8")

    assert refusal(tmp_path) == (
        "REGISTER_032",
        f"has files in it, and no {LIST_FILE} that would say which are pages",
    )
    assert names(tmp_path / "pages") == {"thesis.txt"}


def test_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("mine", "utf-8")

    assert refusal(tmp_path) == ("REGISTER_032", "is no folder")


def test_file_of_somebody_else_with_the_name_of_a_page_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    build(tmp_path, without_a_provision())
    mine = tmp_path / "pages" / f"{GONE}.html"
    mine.write_text("mine", "utf-8")
    before = (tmp_path / "pages" / "index.html").read_bytes()

    assert refusal(tmp_path)[0] == "REGISTER_033"
    assert mine.read_text("utf-8") == "mine"
    assert (tmp_path / "pages" / "index.html").read_bytes() == before


@pytest.mark.parametrize(
    "listed",
    ["", "[]", '{"format": 2, "files": []}', '{"format": 1}', '{"format": 1, "files": ["../a"]}'],
)
def test_list_that_kuule_did_not_write_is_refused(tmp_path: Path, listed: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / LIST_FILE).write_text(listed, "utf-8")
    (tmp_path / "a").write_text("outside", "utf-8")

    assert refusal(tmp_path) == ("REGISTER_032", f"has a {LIST_FILE} that Kuule did not write so")
    assert (tmp_path / "a").is_file()


def test_nothing_is_removed_through_a_link_out_of_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept.html").write_text("outside", "utf-8")
    build(tmp_path)
    pages = tmp_path / "pages"
    (pages / "fi").symlink_to(outside, target_is_directory=True)
    listed = json.loads((pages / LIST_FILE).read_text("utf-8"))
    (pages / LIST_FILE).write_text(json.dumps(listed | {"files": [*listed["files"], "fi/kept.html"]}), "utf-8")
    build(tmp_path)

    assert (outside / "kept.html").is_file()


def test_register_without_words_leaves_the_pages_that_are_there(tmp_path: Path) -> None:
    build(tmp_path)
    before = names(tmp_path / "pages")
    with pytest.raises(RegisterError):
        build(tmp_path, {"register.yaml": REGISTER.replace("[en]", "[en, cy]")})

    assert names(tmp_path / "pages") == before
    assert [path.name for path in tmp_path.iterdir() if "unfinished" in path.name] == []
