"""LimeSurvey's table, with a row for each language."""

from __future__ import annotations

import pytest

from kuule.study_import.conditions import AnswerComparison, Disjunction
from kuule.study_import.form_readers.limesurvey_table import read_limesurvey_table
from kuule.study_import.imported_form import FormImportError, all_items
from tests.study_import.importing import FILES


def test_table_is_read():
    read = read_limesurvey_table(FILES / "trips.txt")
    assert (read.title, read.source_language, read.languages) == ("Liikenne", "fi", ("en",))
    items = {one.code: one for one in all_items(read.members)}
    assert {code: one.kind for code, one in items.items()} == {
        "group_1": "group", "text_1": "note", "walks": "select_one", "else": "select_multiple", "km": "integer",
        "group_2": "group", "why": "text", "easy": "select_one", "again": "select_one",
    }  # fmt: skip
    assert items["group_2"].texts["label"] == {"fi": "Lopuksi", "en": "Last"}
    assert items["else"].cells == {"parameters": "randomize=true"}
    assert items["km"].condition == Disjunction(
        (AnswerComparison("else", "=", "SQ1"), AnswerComparison("walks", "=", "A1"))
    )
    assert [(one.what, str(one.reason)) for one in read.not_taken] == [
        ("mandatory", "required"),
        ("walks.NAOK == 'A3' && km > 3 + 4", "condition"),
        ("Yes, No", "own words"),
        ("Enough walkers", "quota"),
    ]


HEAD = "class\ttype/scale\tname\trelevance\ttext\tlanguage\n"


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("Just a letter.\nNothing else.", ["IMPORT_006"]),
        (f"{HEAD}G\t\ta\t1\t\ten\nX\t\tb\t1\t\ten\nY\t\tb\t1\t\ten", ["IMPORT_005", "IMPORT_005"]),
        (f"{HEAD}G\ta\tb\tc\td\ten\tmore\tcells", ["IMPORT_005"]),
    ],
)
def test_other_files_are_refused_with_all_that_is_wrong(tmp_path, content, codes):
    path = tmp_path / "a.txt"
    path.write_text(content, "utf-8")
    with pytest.raises(FormImportError) as raised:
        read_limesurvey_table(path)
    assert [problem.code for problem in raised.value.problems] == codes
