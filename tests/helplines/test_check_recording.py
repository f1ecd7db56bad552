"""Recording a check in a study's support.csv: copied, brought up, refused; nothing else in the file changes."""

from datetime import date

import pytest

from kuule.core.problems import StudyError
from kuule.helplines.check_recording import write_service_check
from kuule.helplines.directory import built_in_directory, merge_directories, read_support_file

TODAY = date(2026, 11, 24)
OWN = (
    "country,name,kind,phone,languages,note,hide\n"
    'SE,Own line,survivor,020 12,sv,"a note, with a comma",\n'
    "FI,Gone,child,,,,yes\n"
)


def record(study, **changes):
    said = {"country": "SE", "name": "Own line", "by": "coordinator", "on": date(2026, 11, 1), "today": TODAY}
    write_service_check(study, **{**said, **changes})


def own(tmp_path):
    (tmp_path / "support.csv").write_text(OWN, "utf-8")
    return tmp_path


def services(study):
    return {service.name: service for service in read_support_file(study / "support.csv").services}


def test_row_of_the_study_is_brought_up_and_the_others_stay(tmp_path):
    record(own(tmp_path), name="own LINE", changes={"phone": "020 34", "hours": "24/7"})
    line = services(tmp_path)["Own line"]
    assert (line.checked_by, line.checked_on, line.phone, line.hours) == (
        "coordinator", date(2026, 11, 1), "020 34", "24/7",
    )  # fmt: skip
    assert (line.note, line.languages) == ("a note, with a comma", ("sv",))
    assert read_support_file(tmp_path / "support.csv").hidden == {("FI", "gone")}


def test_built_in_row_is_copied_and_then_replaces_it(tmp_path):
    record(tmp_path, country="ZZ", name="child helpline international (directory)")
    shown = merge_directories(built_in_directory(), read_support_file(tmp_path / "support.csv")).shown_services(
        drafts=False, today=TODAY
    )
    assert [(one.country, one.name) for one in shown] == [("ZZ", "Child Helpline International (directory)")]
    before = next(one for one in built_in_directory().services if one.name == shown[0].name)
    assert (shown[0].url, shown[0].source, shown[0].trust) == (before.url, before.source, before.trust)
    assert len(merge_directories(built_in_directory(), read_support_file(tmp_path / "support.csv")).services) == len(
        built_in_directory().services
    )


def test_check_again_keeps_one_row(tmp_path):
    for day in (1, 20):
        record(tmp_path, country="SE", name="Bris", on=date(2026, 11, day))
    assert [one.checked_on for one in read_support_file(tmp_path / "support.csv").services] == [date(2026, 11, 20)]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "Nobody"}, "STUDY_206"),
        ({"country": "NO"}, "STUDY_206"),
        ({"by": " "}, "STUDY_207"),
        ({"by": "anna@example.org"}, "STUDY_207"),
        ({"on": date(2026, 11, 25)}, "STUDY_207"),
        ({"changes": {"url": "javascript:alert(1)"}}, "STUDY_202"),
        ({"changes": {"url": "https://police.example@elsewhere.example/"}}, "STUDY_202"),
        ({"changes": {"url": "https://police.example\\\\@elsewhere.example/"}}, "STUDY_202"),
        ({"changes": {"phone": ""}}, "STUDY_203"),
    ],
)
def test_check_that_cannot_be_recorded_leaves_the_file_as_it_is(tmp_path, changes, code):
    with pytest.raises(StudyError) as refused:
        record(own(tmp_path), **changes)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert (tmp_path / "support.csv").read_text("utf-8") == OWN
    assert sorted(path.name for path in tmp_path.iterdir()) == ["support.csv"]


def test_file_that_is_not_as_it_should_be_is_left_to_its_author(tmp_path):
    (tmp_path / "support.csv").write_text("country,name\n", "utf-8")
    with pytest.raises(StudyError) as refused:
        record(tmp_path)
    assert [problem.code for problem in refused.value.problems] == ["STUDY_201"]
