"""Files of a release that somebody edited: read or said, and never a fault."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import PublishingError
from kuule.publishing.view.release_view import release_report_view
from kuule.releases.release_folder import read_release
from kuule.releases.strict_json import compact_json
from tests.releases.small_release import reading_problems, written
from tests.sampling import examples


def edit(file: Path, change: Callable[[Any], None]) -> None:
    """Change a file as somebody does by hand."""
    content = json.loads(file.read_bytes())
    change(content)
    file.write_bytes(compact_json(content))


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
    [said] = reading_problems(tmp_path / "r")
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
    [said] = reading_problems(tmp_path / "r")
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
    assert reading_problems(tmp_path / "r")[0].startswith(f"RELEASE_004 {place}; ")


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
