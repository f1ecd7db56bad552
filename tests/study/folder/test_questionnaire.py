import pytest

from kuule.study.folder.questionnaire import parse_type
from tests.study.reading import read_questionnaire
from tests.study.small_study import FORM


@pytest.mark.parametrize(
    ("written", "kind", "list_name"),
    [
        ("select_one yes_no", "select_one", "yes_no"),
        ("select one from yes_no", "select_one", "yes_no"),
        ("add select one prompt using yes_no", "select_one", "yes_no"),
        ("select_multiple  place or_other", "select_multiple", "place"),
        ("select all that apply from place", "select_multiple", "place"),
        ("select_one_from_file places.csv", "select_one", "places.csv"),
        ("rank place", "rank", "place"),
        ("begin group", "begin group", ""),
        ("begin_repeat", "begin repeat", ""),
        ("end group", "end group", ""),
        ("end", "end", ""),
        ("add image prompt", "image", ""),
        ("photo", "image", ""),
        ("q location", "geopoint", ""),
        ("get start time", "start", ""),
        ("get device id", "deviceid", ""),
        ("string", "text", ""),
        ("", "", ""),
    ],
)
def test_kind_has_one_spelling(written, kind, list_name):
    assert parse_type(written) == (kind, list_name)


def test_rows_know_where_they_stand_and_what_they_read(tmp_path):
    (tmp_path / "form.md").write_text(FORM, "utf-8")
    form = read_questionnaire(tmp_path / "form.md")
    row = form.questions["how_often"]
    assert (row.place, row.section.name, [group.name for group in row.groups]) == (
        "form.md, survey, row 27",
        "happened",
        ["happened", "page_where"],
    )
    assert row.relevance_references == {"way", "place"}
    assert form.values("residence") == ("FI", "SE", "AX", "AT", "prefer_not_to_say")
    assert form.values("nothing") == ()


def test_label_in_several_languages_is_read_in_the_first(tmp_path):
    text = (
        "| survey | | | |\n| | type | name | label::English (en) | label::Svenska (sv) |\n| | text | a | One | Ett |\n"
    )
    (tmp_path / "form.md").write_text(text, "utf-8")
    assert read_questionnaire(tmp_path / "form.md").questions["a"].label == "One"


def test_file_that_is_no_workbook_has_no_rows(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(b"not a workbook")
    assert read_questionnaire(tmp_path / "form.xlsx") is None
