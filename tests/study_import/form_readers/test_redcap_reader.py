"""REDCap's data dictionary."""

from __future__ import annotations

import pytest

from kuule.study_import.conditions import AnswerComparison, Conjunction
from kuule.study_import.form_readers.redcap_reader import read_redcap_dictionary
from kuule.study_import.imported_form import FormImportError, all_items
from tests.study_import.importing import FILES

HEAD = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations,branching_logic\n"


def test_dictionary_is_read():
    read = read_redcap_dictionary(FILES / "garden.csv")
    items = {one.code: one for one in all_items(read.members)}
    assert {code: one.kind for code, one in items.items()} == {
        "form_garden": "group", "page_garden": "group", "garden_header": "note", "garden": "select_one",
        "grows": "select_multiple", "trees": "integer", "kind": "select_one", "late": "text", "form_care": "group",
        "since": "date", "page_care_matrix": "group", "near_header": "note", "near": "select_one", "cut": "select_one",
        "calm": "range", "words": "text", "done": "note",
    }  # fmt: skip
    assert items["trees"].condition == Conjunction(
        (AnswerComparison("garden", "=", "1"), AnswerComparison("grows", "=", "3"))
    )
    assert items["trees"].cells == {"constraint": ". >= 0 and . <= 500"}
    assert items["calm"].cells == {"parameters": "start=0 end=100 step=1 tick_labelset=calm"}
    assert [(one.value, dict(one.label)) for one in read.lists["near"]] == [
        ("0", {"en": "Never"}), ("1", {"en": "Now and then"}), ("2", {"en": "Often"}),
    ]  # fmt: skip


def test_identifiers_and_what_cannot_be_said_are_noted():
    read = read_redcap_dictionary(FILES / "garden.csv")
    assert [(one.place, str(one.reason)) for one in read.not_taken] == [
        ("field record_id", "identity"), ("field garden", "required"), ("field late", "condition"),
        ("field phone", "identity"), ("field owner", "identity"), ("field plan", "upload"), ("field sum", "expression"),
        ("field since", "setting"), ("field near", "piping"),
    ]  # fmt: skip


def test_headings_of_the_api_and_semicolons_are_read(tmp_path):
    path = tmp_path / "a.csv"
    row = "note,one,,notes,How is it?,,\n"
    path.write_text("\ufeff" + (HEAD + row).replace(",", ";"), "utf-8")
    read = read_redcap_dictionary(path, language="sv")
    assert [one.code for one in all_items(read.members)] == ["form_one", "note"]
    assert read.source_language == "sv"


def test_empty_cells_that_r_writes_and_headings_of_earlier_versions_are_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,Choices OR Calculations,Field Note,"
        "Branching Logic (Show field only if...)\n"
        'smile,one,NA,radio,NA,"1, NA | 2, Not yet",NA,NA\nwhy,one,NA,text,Why?,NA,NA,[smile] = 2\n',
        "utf-8",
    )
    read = read_redcap_dictionary(path)
    smile, why = [one for one in all_items(read.members) if one.code in {"smile", "why"}]
    assert (smile.texts, smile.condition) == ({"label": {"en": "NA"}}, None)
    assert why.condition == AnswerComparison("smile", "=", "2")
    assert [dict(one.label) for one in read.lists["smile"]] == [{"en": "NA"}, {"en": "Not yet"}]
    assert read.not_taken == ()


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"a,b,c\n1,2,3\n", ["IMPORT_006"]),
        ((HEAD + "a,b\nc,d,,text,e,,\nf,g\n").encode(), ["IMPORT_005", "IMPORT_005"]),
        ((HEAD + 'a,b,,text,"half').encode(), ["IMPORT_005"]),
        ((HEAD + "a,b,,text,Hur m\xe5r du?,,\n").encode("latin-1"), ["IMPORT_004"]),
    ],
)
def test_other_files_are_refused_with_all_that_is_wrong(tmp_path, content, codes):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FormImportError) as raised:
        read_redcap_dictionary(path)
    assert [problem.code for problem in raised.value.problems] == codes
