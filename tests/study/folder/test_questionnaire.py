from tests.study.reading import read_questionnaire
from tests.study.small_study import FORM


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
