"""Hiding a service in a study's support.csv: copied, marked, said again, shown after a check; nothing else changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import StudyError
from kuule.helplines.check_recording import write_service_check
from kuule.helplines.directory import Directory, built_in_directory, merge_directories, read_support_file
from kuule.helplines.hide_recording import HiddenService, ServiceHiding, hidden_services, write_service_hiding
from kuule.helplines.support_file import read_support_rows

TODAY = date(2026, 11, 24)
OWN = (
    "country,name,kind,phone,languages,checked_by,checked_on,note\n"
    'SE,Own line,survivor,020 12,sv so,intern,2026-11-01,"a note, with a comma"\n'
    "FI,Other line,child,116 111,fi,,,\n"
)


def hide(study: Path, **given: object) -> ServiceHiding:
    said = {"country": "SE", "name": "Own line", "by": "coordinator", "reason": "a shop answers", "on": TODAY}
    return write_service_hiding(study, **{**said, "today": TODAY, **given})  # type: ignore[arg-type]


def check(study: Path, on: date, name: str = "Own line", **given: str) -> bool:
    return write_service_check(study, country="SE", name=name, by="lead", on=on, today=TODAY, changes=given)


def own(study: Path, text: str = OWN) -> Path:
    (study / "support.csv").write_text(text, "utf-8")
    return study


def shown(study: Path) -> Directory:
    return merge_directories(built_in_directory(), read_support_file(study / "support.csv"))


def hidden(study: Path) -> tuple[HiddenService, ...]:
    return hidden_services(read_support_rows(study).rows)


def test_row_of_the_study_is_hidden_and_keeps_all_that_it_says(tmp_path: Path) -> None:
    done = hide(own(tmp_path), name="own LINE")
    assert done == ServiceHiding(
        HiddenService("SE", "Own line", "survivor", "coordinator", TODAY, "a shop answers"),
        "020 12",
        ("sv", "so"),
        is_new=True,
    )
    assert hidden(tmp_path) == (done.service,)
    row, other = read_support_rows(tmp_path).rows
    assert (row["note"], row["checked_by"], row["checked_on"]) == ("a note, with a comma", "intern", "2026-11-01")
    assert (other["phone"], other["hide"]) == ("116 111", "")
    assert "Own line" not in {one.name for one in shown(tmp_path).services}
    assert "Other line" in {one.name for one in shown(tmp_path).services}


def test_built_in_service_is_copied_and_gone(tmp_path: Path) -> None:
    assert hide(tmp_path, name="BRIS").service.name == "Bris"
    services = shown(tmp_path).services
    assert len(services) == len(built_in_directory().services) - 1
    assert ("SE", "Bris") not in {(one.country, one.name) for one in services}


def test_service_that_is_hidden_already_is_said_and_stays_to_the_byte(tmp_path: Path) -> None:
    first = hide(tmp_path, name="Bris")
    before = (tmp_path / "support.csv").read_bytes()
    again = hide(tmp_path, name="bris", by="somebody else", reason="another")
    assert (again.service, again.is_new) == (first.service, False)
    assert (tmp_path / "support.csv").read_bytes() == before


def test_row_that_was_hidden_by_hand_is_hidden_already(tmp_path: Path) -> None:
    old = "country,name,kind,hide\nSE,Bris,,Yes\n"
    assert hide(own(tmp_path, old), name="Bris").service == HiddenService("SE", "Bris", "child")
    assert (tmp_path / "support.csv").read_text("utf-8") == old
    check(tmp_path, TODAY, "Bris")
    [bris] = [one for one in shown(tmp_path).services if (one.country, one.name) == ("SE", "Bris")]
    assert (bris.phone, bris.checked_by, hidden(tmp_path)) == ("116 111", "lead", ())


def test_check_of_the_same_day_or_later_shows_it_again_and_says_no_more_who_hid_it(tmp_path: Path) -> None:
    hide(own(tmp_path))
    assert check(tmp_path, TODAY, phone="020 34") is True
    [line] = [one for one in shown(tmp_path).services if one.name == "Own line"]
    assert (line.phone, line.checked_on, line.note) == ("020 34", TODAY, "a note, with a comma")
    assert "coordinator" not in (tmp_path / "support.csv").read_text("utf-8")
    assert check(tmp_path, TODAY) is False


def test_check_from_before_it_was_hidden_is_refused(tmp_path: Path) -> None:
    hide(own(tmp_path))
    before = (tmp_path / "support.csv").read_bytes()
    with pytest.raises(StudyError) as refused:
        check(tmp_path, date(2026, 11, 23))
    [problem] = refused.value.problems
    assert (problem.code, "hidden on 2026-11-24" in problem.cause) == ("STUDY_209", True)
    assert (tmp_path / "support.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "Nobody"}, "STUDY_206"),
        ({"country": "NO"}, "STUDY_206"),
        ({"by": " "}, "STUDY_207"),
        ({"on": date(2026, 11, 25)}, "STUDY_207"),
        ({"reason": '=HYPERLINK("https://a.example")'}, "STUDY_202"),
    ],
)
def test_hiding_that_cannot_be_recorded_leaves_the_file_as_it_is(tmp_path: Path, given: object, code: str) -> None:
    with pytest.raises(StudyError) as refused:
        hide(own(tmp_path), **given)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert (tmp_path / "support.csv").read_text("utf-8") == OWN
    assert sorted(path.name for path in tmp_path.iterdir()) == ["support.csv"]


@pytest.mark.parametrize(
    ("country", "name", "remedy"),
    [
        ("SE", "Stodlinjen", "did you mean 'Stödlinjen för män' or 'Stödlinjen för transpersoner'?"),
        ("SE", "Own lime", "did you mean 'Own line'?"),
        ("NO", "own line", "there is one of this name in SE"),
        ("SE", "Zzyzx", "give country and name as `kuule support list` prints them"),
    ],
)
def test_name_that_is_not_known_brings_near_ones(tmp_path: Path, country: str, name: str, remedy: str) -> None:
    for record in (hide, lambda study, country, name: write_service_check(
        study, country=country, name=name, by="lead", on=TODAY, today=TODAY
    )):  # fmt: skip
        with pytest.raises(StudyError) as refused:
            record(own(tmp_path), country=country, name=name)
        [problem] = refused.value.problems
        assert problem.remedy.startswith(remedy)


@pytest.mark.parametrize(
    "hiding", [",coordinator,2026-11-24,", "yes,coordinator,,", "yes,,2026-11-24,why", "no,,,why", "yes,a,24 November,"]
)
def test_row_that_says_half_of_who_hid_it_is_shown_to_nobody(tmp_path: Path, hiding: str) -> None:
    """Whoever takes the `yes` out by hand does not bring a wrong number back with its old check."""
    header = "country,name,kind,phone,checked_by,checked_on,hide,hidden_by,hidden_on,hidden_reason\n"
    own(tmp_path, f"{header}SE,Own line,survivor,020 12,intern,2026-11-01,{hiding}\n")
    with pytest.raises(StudyError) as refused:
        read_support_file(tmp_path / "support.csv")
    expected = "STUDY_202" if "November" in hiding else "STUDY_208"
    assert [problem.code for problem in refused.value.problems] == [expected]
