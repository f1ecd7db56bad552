"""A problem shows the line that it is about, also in study.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.study.check import check_folder
from kuule.study.folder.study_folder import read_study_folder
from tests.study.small_study import SETTINGS, make_study


def marked(folder: Path, place: str) -> list[tuple[str, str]]:
    """The line of each problem of this place, and what is marked in it."""
    found = [one for one in check_folder(read_study_folder(folder)) if one.place == place]
    assert found, "there is no such problem"
    return [
        ("", "") if one.excerpt is None else (one.excerpt.text, one.excerpt.text[one.excerpt.start : one.excerpt.end])
        for one in found
    ]


@pytest.mark.parametrize(
    ("written", "place", "line", "word"),
    [
        ('\n[welcome]\nnmae = "A"\n', "study.toml, welcome.nmae", 'nmae = "A"', "nmae"),
        (
            "\n[coming_back]\npause_days = 4000\n",
            "study.toml, coming_back.pause_days",
            "pause_days = 4000",
            "pause_days",
        ),
    ],
)
def test_problem_of_a_setting_quotes_its_line(tmp_path: Path, written: str, place: str, line: str, word: str) -> None:
    make_study(tmp_path / "study", settings=SETTINGS + written)
    assert marked(tmp_path / "study", place) == [(line, word)]


def test_setting_without_a_line_of_its_own_quotes_the_table_around_it(tmp_path: Path) -> None:
    make_study(tmp_path / "study", settings=SETTINGS.replace('answer = "yes"', "", 1))
    assert marked(tmp_path / "study", "study.toml, gates.consent.answer") == [("[gates.consent]", "gates.consent")]
