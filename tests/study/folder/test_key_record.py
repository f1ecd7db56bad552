"""keys.toml: what it says, and what is told where it does not say it rightly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.study.folder.key_record import DestroyedKey, append_destroyed_key, key_record_problems, read_key_record
from tests.frozen import in_few_languages
from tests.study.reading import check_study

GOOD = '[[destroyed]]\nkey = "7aef564a14c1f668"\non = 2026-01-31\nby = "lead"\n'


def codes(study: Path) -> list[str]:
    return [problem.code for problem in key_record_problems(study)]


def written(study: Path, text: str) -> Path:
    (study / "keys.toml").write_text(text, encoding="utf-8")
    return study


def test_study_without_a_record_has_no_destroyed_key(tmp_path: Path) -> None:
    assert (read_key_record(tmp_path), codes(tmp_path)) == ((), [])


def test_record_is_read(tmp_path: Path) -> None:
    assert read_key_record(written(tmp_path, GOOD)) == (DestroyedKey("7aef564a14c1f668", date(2026, 1, 31), "lead"),)


def test_what_is_added_is_read_back_after_what_was_there(tmp_path: Path) -> None:
    written(tmp_path, "# a remark of ours\n" + GOOD)
    append_destroyed_key(tmp_path, DestroyedKey("00" * 8, date(2027, 2, 1), 'Rädda åäö \\ "two" holders'))
    assert [one.by for one in read_key_record(tmp_path)] == ["lead", 'Rädda åäö \\ "two" holders']
    assert "# a remark of ours" in (tmp_path / "keys.toml").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["keys.toml"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("destroyed = 3\n", ["STUDY_345"]),
        ("[[destroyed]\n", ["STUDY_345"]),
        ('[[kept]]\nkey = "x"\n', ["STUDY_345"]),
        (GOOD + GOOD, ["STUDY_347"]),
        (GOOD.replace("2026-01-31", '"2026-01-31"'), ["STUDY_346"]),
        (GOOD.replace("2026-01-31", "2026-01-31T10:00:00"), ["STUDY_346"]),
        (GOOD.replace("7aef564a14c1f668", "7AEF564A14C1F668"), ["STUDY_346"]),
        (GOOD.replace('"lead"', "4"), ["STUDY_346"]),
        (GOOD.replace('"lead"', '"a@b"'), ["STUDY_346"]),
        (GOOD + 'because = "x"\n', ["STUDY_346"]),
        ('[[destroyed]]\nkey = "x"\n\n' + GOOD.replace("lead", ""), ["STUDY_346", "STUDY_346"]),
        ("destroyed = [1]\n", ["STUDY_346"]),
    ],
)
def test_what_is_wrong_is_told_all_at_once(tmp_path: Path, text: str, found: list[str]) -> None:
    assert codes(written(tmp_path, text)) == found


def test_record_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").write_bytes(b"\xff\xfe")
    assert codes(tmp_path) == ["STUDY_345"]


def test_record_that_is_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "keys.toml").mkdir()
    assert codes(tmp_path) == ["STUDY_345"]


def test_nothing_is_added_to_a_record_that_is_not_understood(tmp_path: Path) -> None:
    written(tmp_path, "destroyed = 3\n")
    with pytest.raises(StudyError):
        append_destroyed_key(tmp_path, DestroyedKey("00" * 8, date(2027, 2, 1), "lead"))
    assert (tmp_path / "keys.toml").read_text() == "destroyed = 3\n"


def test_check_of_a_study_reads_its_record(tmp_path: Path) -> None:
    in_few_languages(tmp_path / "study")
    assert [problem for problem in check_study(tmp_path / "study") if problem.place.startswith("keys.toml")] == []
    written(tmp_path / "study", GOOD.replace("lead", "a@b"))
    [told] = [problem for problem in check_study(tmp_path / "study") if problem.place.startswith("keys.toml")]
    assert (told.code, told.place) == ("STUDY_346", "keys.toml, entry 1")
