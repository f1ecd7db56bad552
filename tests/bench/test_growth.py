"""The curves of docs/explanation/speed.md: their file, their plots and their place on the page."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import lxml.etree
import pytest
from bench.growth.curves import CURVES, in_words
from bench.growth.figures import Measured, Point, points_of, read_points, write_points
from bench.growth.languages import study_in
from bench.growth.page import files, part_lines, with_parts
from bench.growth.plots import Plot, axis_marks, plot_svg

NOW = {"D": 0.001, "S": 0.0001, "P": 0.01}
SVG = "{http://www.w3.org/2000/svg}"


def point(size: int, seconds: float, line: str = "a step", curve: str = "questions") -> Point:
    return Point(curve, line, size, seconds, "D", 0.001, 3, load=2.5, measured="2026-11-28")


def plot(*lines: str) -> Plot:
    some = [
        (line, [point(10, 0.02 * number, line), point(1_000_000, 2.0 * number, line)])
        for number, line in enumerate(lines, 1)
    ]
    return Plot("growth-questions", "What it takes", "questions", "in D", some)


def test_point_is_the_median_and_a_multiple_of_what_was_taken_before() -> None:
    [made] = points_of("questions", 30, [Measured("a step", [0.004, 0.002, 0.009], "D", note="warm")], NOW)
    assert (made.seconds, made.multiple, made.rounds, made.clock) == (0.004, 4.0, 3, "no")
    assert re.fullmatch(r"4 ms of a core = 4 D \(load [0-9.]+\); warm", in_words(made))


def test_file_keeps_its_points_and_takes_new_ones_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "speed" / "growth.csv"
    write_points([point(10, 0.1), point(1_000, 3.0), point(10, 0.2, "checking")], path)
    write_points([point(100, 0.5), point(10, 0.15), point(1, 9.0, curve="languages")], path)
    assert read_points(path) == [
        point(10, 0.15), point(100, 0.5), point(1_000, 3.0), point(10, 0.2, "checking"),
        point(1, 9.0, curve="languages"),
    ]  # fmt: skip


def test_file_that_is_not_there_has_no_points(tmp_path: Path) -> None:
    assert read_points(tmp_path / "none.csv") == []


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ((150, 300), [100, 200, 500]),
        ((1, 1), [1]),
        ((0.3, 12, 800), [0.1, 1, 10, 100, 1000]),
        ((20, 70), [20, 50, 100]),
    ],
)
def test_axis_holds_all_values_between_round_numbers(values: tuple[float, ...], marks: list[float]) -> None:
    assert axis_marks(values) == pytest.approx(marks)


def test_plot_is_a_picture_with_words_and_a_point_for_each_figure() -> None:
    made = plot("checking", "a step & more")
    root = lxml.etree.fromstring(plot_svg(made).encode())
    said = [text.text for text in root.iter(f"{SVG}text")]
    assert {"What it takes", "in D", "questions", "checking", "a step & more", "10", "1 million"} <= set(said)
    assert "What it takes" in (root.get("aria-label") or "")
    assert root.get("role") == "img"
    assert not list(root.iter(f"{SVG}script", f"{SVG}image", f"{SVG}foreignObject"))
    assert {line.get("fill") for line in root.iter(f"{SVG}path")} >= {
        "var(--series-0,#1f4f48)",
        "var(--series-1,#b46422)",
    }


def test_plot_has_a_ground_and_colours_for_the_dark() -> None:
    written = plot_svg(plot("checking"))
    dark = re.search(r"@media \(prefers-color-scheme:dark\)\{svg\{([^}]*)\}\}", written)
    assert dark is not None
    used = set(re.findall(r"var\(--([a-z0-9-]+),", written))
    assert used == set(re.findall(r"--([a-z0-9-]+):", dark[1]))
    assert "sheet" in used


def test_page_shows_the_plot_with_its_ends_in_words_and_every_point() -> None:
    lines = part_lines(plot("checking"))
    assert lines[0].startswith('<img src="../pictures/growth-questions.svg"')
    assert "checking from 20 D with 10 to 2,000 D with 1,000,000" in lines[0]
    assert lines[2:] == [
        "| questions | checking | measured |",
        "|---|---|---|",
        "| 10 | 20 D (20 ms) | 3 times, load 2.5 |",
        "| 1,000,000 | 2,000 D (2 s) | 3 times, load 2.5 |",
    ]


def test_page_without_a_place_for_a_plot_is_told_of() -> None:
    place = "<!-- made by python -m bench.growth from growth.csv: growth-questions -->\nold\n<!-- end -->\n"
    assert "old" not in with_parts(place, [plot("checking")])
    with pytest.raises(LookupError, match="growth-questions"):
        with_parts("# Nothing\n", [plot("checking")])


def test_pictures_and_tables_are_in_step_with_the_file() -> None:
    """Run `python -m bench.growth`."""
    made = files()
    assert [path.name for path, text in made.items() if path.read_text("utf-8") != text] == []
    assert {one.curve for one in read_points()} == set(CURVES)


def test_study_has_as_many_languages_as_are_wanted(tmp_path: Path) -> None:
    for number in (1, 3, 33):
        study = study_in(number, tmp_path / str(number))
        offered = tomllib.loads((study / "study.toml").read_text("utf-8"))["languages"]
        assert len(offered) == number
        assert sorted(file.stem for file in (study / "languages").glob("*.po")) == sorted({*offered} - {"en"})
    assert '"Language: af\\n"' in (tmp_path / "33" / "languages" / "af.po").read_text("utf-8")
