"""XLSForm of KoboToolbox and ODK."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from kuule.study_import.form_readers.xlsform_reader import read_xlsform_file
from kuule.study_import.imported_form import FormImportError, ImportedGroup, all_items
from tests.study_import.importing import FILES


def form(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "form.md"
    path.write_text(text, "utf-8")
    return path


def test_groups_questions_lists_and_languages_are_read():
    read = read_xlsform_file(FILES / "reading.md")
    assert (read.title, read.source_language, read.languages) == ("Reading", "en", ("sv",))
    about = read.members[0]
    assert isinstance(about, ImportedGroup)
    assert [one.code for one in all_items(read.members)] == [
        "about", "reads", "how many", "your_name", "places", "since", "more",
    ]  # fmt: skip
    assert about.members[0].texts == {
        "label": {"en": "Do you read books?", "sv": "Läser du böcker?"}, "hint": {"en": "Any book counts."},
    }  # fmt: skip
    assert {name: [one.value for one in choices] for name, choices in read.lists.items()} == {
        "yes_no": ["yes", "no"], "places": ["home", "train"],
    }  # fmt: skip


def test_what_is_not_asked_here_is_noted():
    read = read_xlsform_file(FILES / "reading.md")
    assert [(one.place, one.what, str(one.reason)) for one in read.not_taken] == [
        ("survey, row 2", "start (start)", "moment"),
        ("survey, row 4", "reads (true)", "required"),
        ("survey, row 8", "photo (image)", "upload"),
        ("survey, row 12", "place (geopoint)", "position"),
    ]


def test_headings_may_be_written_large(tmp_path):
    path = form(
        tmp_path,
        """
        | survey | | | |
        | | Type | NAME | Label |
        | | select_one l | roof | Is the roof red? |
        | choices | | | |
        | | List_Name | Name | LABEL |
        | | l | yes | Yes |
        | settings | |
        | | Form_Title |
        | | Roofs |
        """,
    )
    read = read_xlsform_file(path)
    assert (read.title, [one.code for one in all_items(read.members)]) == ("Roofs", ["roof"])
    assert [(one.value, dict(one.label)) for one in read.lists["l"]] == [("yes", {"en": "Yes"})]


def test_table_of_something_else_is_said_to_be_no_form(tmp_path):
    book = Workbook()
    book.active.title = "Members"
    book.active.append(["Id", "Town", "Since"])
    book.active.append([1, "Oulu", 2021])
    book.save(tmp_path / "members.xlsx")
    with pytest.raises(FormImportError) as raised:
        read_xlsform_file(tmp_path / "members.xlsx")
    [problem] = raised.value.problems
    said = "its sheet Members has no column type, as an XLSForm has; it has Id, Town, Since"
    assert (problem.code, problem.cause) == ("IMPORT_006", said)


def test_kobo_matrices_files_and_unknown_languages_are_noted_and_the_rest_is_read(tmp_path):
    path = form(
        tmp_path,
        """
        | survey | | | | |
        | | type | name | label | label::Klingonese |
        | | begin_kobomatrix | m | Rows | x |
        | | text | inner | Inner | x |
        | | end_kobomatrix | | | |
        | | select_one_from_file towns.csv | town | Which town? | x |
        | | begin_repeat | trips | Trip | |
        | | integer | days | How many days? | |
        | | end_repeat | | | |
        """,
    )
    read = read_xlsform_file(path, language="sv")
    assert [(one.code, getattr(one, "kind", "")) for one in all_items(read.members)] == [
        ("trips", "repeat"), ("days", "integer"),
    ]  # fmt: skip
    assert read.source_language == "sv"
    assert [(one.what, str(one.reason)) for one in read.not_taken] == [
        ("column label::Klingonese", "language"),
        ("m (begin_kobomatrix)", "type"),
        ("town (select_one_from_file towns.csv)", "file"),
    ]


def test_workbook_that_cannot_be_read_is_refused_with_its_problems(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"PK\x03\x04 half a workbook")
    with pytest.raises(FormImportError) as raised:
        read_xlsform_file(path)
    assert [problem.code for problem in raised.value.problems] == ["FORM_032"]


def test_headings_with_one_colon_and_look_ups_in_files_are_understood(tmp_path):
    path = form(
        tmp_path,
        """
        | survey | | | | |
        | | type | name | label:english | relevant |
        | | select one from l or specify other | sky | Is the sky blue? | |
        | | integer | age | How old is the tree? | pulldata('trees', 'a', 'b', 'c') = 1 |
        | choices | | | |
        | | list name | name | label:english |
        | | l | yes | Yes |
        """,
    )
    read = read_xlsform_file(path)
    items = {one.code: one for one in all_items(read.members)}
    assert items["sky"].texts == {"label": {"en": "Is the sky blue?"}}
    assert items["sky"].cells == {"or_other": "or_other"}
    assert items["age"].condition is None
    assert [(one.what, str(one.reason)) for one in read.not_taken] == [
        ("relevant: pulldata('trees', 'a', 'b', 'c') = 1", "file")
    ]
