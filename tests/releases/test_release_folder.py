"""A release is read back as it was written, and whatever somebody did to its folder is said."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import PublishingError
from kuule.publishing.view.release_view import release_report_view
from kuule.releases.release_folder import (
    RELEASE_FILES,
    read_release,
    release_content_hash,
    tables_hash,
    write_release,
)
from kuule.releases.strict_json import compact_json
from tests.releases.small_release import small_release, written
from tests.sampling import examples


def problems(folder: Path) -> list[str]:
    with pytest.raises(PublishingError) as refused:
        read_release(folder)
    return [str(problem).replace(f"{folder}", "r") for problem in refused.value.problems]


def edit(file: Path, change: Callable[[Any], None]) -> None:
    """Change a file as somebody does by hand."""
    content = json.loads(file.read_bytes())
    change(content)
    file.write_bytes(compact_json(content))


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
    assert problems(tmp_path / "r") == [f"RELEASE_001 r: there is no release in it; {remedy}"]


@pytest.mark.parametrize("name", RELEASE_FILES)
def test_half_written_folder_is_said(tmp_path: Path, name: str) -> None:
    written(tmp_path / "r")
    (tmp_path / "r" / name).unlink()
    cause = "it is missing: the folder is not whole"
    remedy = "bring it back from a copy, or make the release again with kuule release new"
    assert problems(tmp_path / "r") == [f"RELEASE_002 {name}: {cause}; {remedy}"]


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
    [problem] = problems(tmp_path / "r")
    assert problem.startswith(f"RELEASE_002 {name}: it cannot be read (")
    assert problem.endswith("; put a plain file there, not a link, that can be read")


def test_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    written(tmp_path / "r")
    os.truncate(tmp_path / "r" / "tables.json", 64 * 1024 * 1024 + 1)
    [problem] = problems(tmp_path / "r")
    assert problem.startswith("RELEASE_002 tables.json: it has more than 67,108,864 bytes; ")


def column(content: Any, table: int = 0, number: int = 0) -> Any:
    return content["tables"][table]["columns"][number]


TABLES: list[tuple[str, Callable[[Any], None], str]] = [
    ("unknown field", lambda c: c.update(exact=1), "RELEASE_004 tables.json, exact: this field is not known; "),
    (
        "unknown field of a column",
        lambda c: column(c).update(bases=3),
        "RELEASE_004 tables.json, tables[0].columns[0].bases: this field is not known; did you mean base?",
    ),
    ("another format", lambda c: c.update(format=2), "RELEASE_004 tables.json, format: it is another one than 1; "),
    (
        "number as a text",
        lambda c: column(c).update(base="359"),
        "RELEASE_004 tables.json, tables[0].columns[0].base: it is not a whole number from 0; ",
    ),
    (
        "true for a number",
        lambda c: column(c).update(base=True),
        "RELEASE_004 tables.json, tables[0].columns[0].base: it is not a whole number from 0; ",
    ),
    (
        "fraction",
        lambda c: column(c).update(base=359.5),
        "RELEASE_004 tables.json: 359.5 is not a whole number; ",
    ),
    (
        "cell missing",
        lambda c: column(c)["cells"].pop(),
        "RELEASE_004 tables.json, tables[0].columns[0].cells: there are 1 cells and 2 rows; ",
    ),
    (
        "table twice",
        lambda c: c["tables"].append(c["tables"][0]),
        "RELEASE_004 tables.json, tables: told is there twice; ",
    ),
    (
        "table within a group",
        lambda c: c["tables"][0].update(request="told within land=nordic"),
        "RELEASE_004 tables.json, tables[0].request: 'told within land=nordic' is no table of a release; ",
    ),
    (
        "group twice",
        lambda c: column(c, 1, 1).update(code="nordic"),
        "RELEASE_004 tables.json, tables[1].columns: a group is there twice; ",
    ),
    (
        "no groups",
        lambda c: c["tables"][1].update(request="told"),
        "RELEASE_004 tables.json, tables[1].columns: a table without groups has one column, and each group has a name",
    ),
    (
        "unknown reason",
        lambda c: column(c, 1, 2).update(withheld="secret"),
        "RELEASE_004 tables.json, tables[1].columns[2].withheld: 'secret' is none of few, near, joined, alike; ",
    ),
    (
        "half of a surrogate pair",
        lambda c: column(c, 1, 1).update(code="\ud800"),
        "RELEASE_004 tables.json",
    ),
    (
        "base under the threshold",
        lambda c: column(c, 1).update(base=34),
        "RELEASE_005 tables.json, tables[1].columns[0].base: 34 is under 35, and would have been withheld; ",
    ),
    (
        "count under the threshold",
        lambda c: column(c, 1)["cells"].__setitem__(0, [9, 4]),
        "RELEASE_005 tables.json, tables[1].columns[0].cells[0]: 9 is under 10, and would have been withheld; ",
    ),
    (
        "share of another count",
        lambda c: column(c)["cells"].__setitem__(0, [203, 75]),
        "RELEASE_005 tables.json, tables[0].columns[0].cells[0]: 75 is not the share of 203 in 359; ",
    ),
    (
        "count above its base",
        lambda c: column(c)["cells"].__setitem__(0, [900, 100]),
        "RELEASE_005 tables.json, tables[0].columns[0].cells[0]: 900 is more than its base of 359; ",
    ),
    (
        "missing answers under the threshold",
        lambda c: column(c)["missing"].update(not_reached=3),
        "RELEASE_005 tables.json, tables[0].columns[0].missing.not_reached: 3 is under 10, and would have been ",
    ),
    (
        "floor",
        lambda c: c["origin"].update(smallest_count=3),
        "RELEASE_005 tables.json, origin.smallest_count: 3 is below the floor of 10; ",
    ),
    (
        "no noise",
        lambda c: c["origin"].update(noise_variance=0),
        "RELEASE_005 tables.json, origin.noise_variance: 0 is below the floor of 3; ",
    ),
    (
        "few responses",
        lambda c: c["origin"].update(responses=12),
        "RELEASE_005 tables.json, origin.responses: 12 is under 35, and would have been withheld; ",
    ),
    (
        "withheld for no reason",
        lambda c: c["origin"].update(responses=None),
        "RELEASE_005 tables.json, origin: there is either a number or a reason why there is none; ",
    ),
]


@pytest.mark.parametrize(("change", "problem"), [one[1:] for one in TABLES], ids=[one[0] for one in TABLES])
def test_tables_that_somebody_edited_are_refused(tmp_path: Path, change: Callable[[Any], None], problem: str) -> None:
    written(tmp_path / "r")
    content = json.loads((tmp_path / "r" / "tables.json").read_bytes())
    change(content)
    (tmp_path / "r" / "tables.json").write_text(json.dumps(content), "utf-8")
    [said] = problems(tmp_path / "r")
    assert said.startswith(problem), said


TEXTS: list[tuple[str, Callable[[Any], None], str]] = [
    ("unknown field", lambda c: c.update(script="x"), "RELEASE_004 texts.json, script: this field is not known; "),
    (
        "no language",
        lambda c: c.update(languages=[]),
        "RELEASE_004 texts.json, languages: there is none; ",
    ),
    (
        "language that is none",
        lambda c: c["languages"][1].update(tag="../sv"),
        "RELEASE_004 texts.json, languages[1].tag: '../sv' is no language, or is there twice; ",
    ),
    (
        "language twice",
        lambda c: c["languages"][1].update(tag="en"),
        "RELEASE_004 texts.json, languages[1].tag: 'en' is no language, or is there twice; ",
    ),
    (
        "question without words",
        lambda c: c["languages"][1]["wording"]["items"].pop("told"),
        "RELEASE_004 texts.json, languages: sv has no words for 'told'; ",
    ),
    (
        "group without words",
        lambda c: c["languages"][0]["wording"]["cuts"].pop("land"),
        "RELEASE_004 texts.json, languages: en has no words for 'land'; ",
    ),
    (
        "country table that is not there",
        lambda c: c.update(country="residence", by_country=["told"]),
        "RELEASE_004 texts.json, by_country: the table told by residence is not in the release; ",
    ),
    (
        "colour that is a style sheet",
        lambda c: c["identity"].update(colour="red;}</style><script>"),
        "RELEASE_004 texts.json, identity: 'red;}</style><script>' does not fit; write # and six digits",
    ),
]


@pytest.mark.parametrize(("change", "problem"), [one[1:] for one in TEXTS], ids=[one[0] for one in TEXTS])
def test_texts_that_somebody_edited_are_refused(tmp_path: Path, change: Callable[[Any], None], problem: str) -> None:
    written(tmp_path / "r")
    edit(tmp_path / "r" / "texts.json", change)
    [said] = problems(tmp_path / "r")
    assert said.startswith(problem), said


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "line 1: it is not whole JSON"),
        (b'{"format":1', "line 1: it is not whole JSON"),
        (b"[]", ": it is not an object"),
        (b"\xff", ": it is not UTF-8"),
        (b"[" * 100_000, ": it is nested too deeply"),
        (b'{"format":1,"format":1}', ": 'format' is there twice in one object"),
        (b'{"format":NaN}', ": NaN is not a whole number"),
        (b'{"format":' + b"9" * 10_000 + b"}", ": it is not whole JSON"),
    ],
)
@pytest.mark.parametrize("name", ["tables.json", "texts.json", "approvals.json"])
def test_what_is_no_json_of_a_release_is_refused(tmp_path: Path, name: str, content: bytes, cause: str) -> None:
    written(tmp_path / "r")
    (tmp_path / "r" / name).write_bytes(content)
    place = f"{name}, {cause}" if cause.startswith("line") else f"{name}{cause}"
    assert problems(tmp_path / "r")[0].startswith(f"RELEASE_004 {place}; ")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place, *(inside for key in keys for inside in places(value[key], (*place, key)))]


@settings(max_examples=examples(300), deadline=None)
@given(st.data())
def test_whatever_stands_in_a_place_of_a_file_is_read_or_said_and_never_a_fault(tmp_path_factory, data) -> None:
    """And what is read can be reported, or lacks words or tables, which is said as well."""
    folder = tmp_path_factory.mktemp("r") / "r"
    written(folder)
    file = folder / data.draw(st.sampled_from(("tables.json", "texts.json", "approvals.json")))
    content = json.loads(file.read_bytes())
    place = data.draw(st.sampled_from(places(content)))
    value = data.draw(JSON)
    if place:
        inside = content
        for key in place[:-1]:
            inside = inside[key]
        inside[place[-1]] = value
    file.write_text(json.dumps(content if place else value), "utf-8")
    with suppress(PublishingError):
        release = read_release(folder).release
        for tag in release.wordings:
            release_report_view(release, tag)
