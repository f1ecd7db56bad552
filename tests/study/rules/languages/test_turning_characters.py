"""Characters that turn the direction of what stands after them, in the texts that a study is written in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.study.reading import check_study
from tests.study.small_study import FORM, SETTINGS, make_study

TURNED = "\u202ekcab"
HEAD = "country,name,kind,phone\n"


def places(study: Path) -> list[str]:
    return [one.place for one in check_study(study) if one.code == "STUDY_396"]


def test_each_text_that_people_read_is_looked_at(tmp_path: Path) -> None:
    form = FORM.replace("How old are you?", f"How old are you? {TURNED}")
    study = make_study(tmp_path / "study", form=form, languages={})
    (study / "report.md").write_text(f"# A report\n\nWords {TURNED}.\n", "utf-8")
    (study / "support.csv").write_text(f"{HEAD}SE,A line {TURNED},crisis,116 000\n", "utf-8")
    found = places(study)
    assert len(found) == 3
    assert found[0].startswith("form.")
    assert found[0].endswith(", label")
    assert found[1:] == ["report.md, line 3", f"support.csv, SE A line {TURNED}"]


def test_title_is_looked_at(tmp_path: Path) -> None:
    settings = SETTINGS.replace('title = "', f'title = "{TURNED} ', 1)
    assert places(make_study(tmp_path / "study", settings=settings, languages={})) == ["study.toml, title"]


@pytest.mark.parametrize(
    ("words", "problems"),
    [("\u200fكلمة\u200e", 0), ("\u2068كلمة\u2069", 0), ("\u2068كلمة", 1), ("word\u00adly", 0), ("\u202bكلمة\u202c", 2)],
)
def test_marks_and_closed_isolates_are_ordinary(tmp_path: Path, words: str, problems: int) -> None:
    form = FORM.replace("How old are you?", f"How old are you? {words}")
    assert len(places(make_study(tmp_path / "study", form=form, languages={}))) == problems


@pytest.mark.parametrize(("written", "problems"), [(r"\u0000", 1), (r"\u001b[31m", 1), (r"a\tb", 0)])
def test_control_characters_are_looked_at(tmp_path: Path, written: str, problems: int) -> None:
    settings = SETTINGS.replace('title = "', f'title = "{written} ', 1)
    assert len(places(make_study(tmp_path / "study", settings=settings, languages={}))) == problems
