"""The workbook, read back: a cover, contents, notes and a marked table a sheet, and no number that is blank."""

from __future__ import annotations

import io
from dataclasses import replace

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from kuule.publishing.downloads.release_workbook import WORKBOOK_FILE, workbook_bytes
from tests.publishing.release_site.site_release import data_files, in_language, site_release


def book(tag: str = "en", **known: object):
    return load_workbook(io.BytesIO(data_files(tag, site_release(**known))[f"data/{WORKBOOK_FILE}"]))


def test_sheets_are_a_cover_contents_notes_and_one_for_each_table() -> None:
    found = book()
    assert found.sheetnames == [
        "Cover", "Contents", "Notes", "1 told", "2 told-by-land", "3 told-by-residence", "4 told-by-language", "5 age",
    ]  # fmt: skip
    assert [len(found[name].tables) for name in found.sheetnames] == [0, 0, 0, 1, 1, 1, 1, 1]
    links = [cell.hyperlink.location or cell.hyperlink.target for cell in found["Contents"]["A"] if cell.hyperlink]
    assert links == [f"#'{name}'!A1" for name in found.sheetnames[3:]]


def test_every_cell_of_a_table_says_something() -> None:
    """A blank could be taken for nobody: what is not shown is marked, and the cover says with what."""
    found = book()
    for name in found.sheetnames[3:]:
        [table] = found[name].tables.values()
        blank = [cell.coordinate for row in found[name][table.ref] for cell in row if cell.value in (None, "")]
        assert blank == []
    rows = [[cell.value for cell in row] for row in found["3 told-by-residence"]["A5:F22"]]
    assert rows[0] == ["Group", "Answer", "People", "Share (%)", "Base", "State"]
    assert rows[1] == ["Finland", "Yes, someone", 120, 67, 180, "shown"]
    assert rows[-1] == ["Malta", "All answers", "[c]", "[c]", "[c]", "not shown"]
    marks = {cell.value: found["Cover"].cell(cell.row, 2).value for cell in found["Cover"]["A"]}
    assert {"[c]", "[low]", "[z]"} <= marks.keys()


def test_practice_is_on_the_cover() -> None:
    cover = book(rehearsal=True)["Cover"]
    assert (cover["A2"].value, cover["B3"].value) == ("Practice, not real answers", "Example Organisation")


def test_spreadsheet_shows_words_that_look_like_a_character_as_they_are() -> None:
    """Excel reads _x0041_ in a cell as A."""
    licence = "a licence_x0041_of our own"
    site = in_language()
    made = workbook_bytes(site.labelled, replace(site.notes, licence=licence, licence_address=""))
    shown = [str(cell.value) for cell in load_workbook(io.BytesIO(made))["Cover"]["B"]]
    assert licence not in shown
    assert licence in map(unescape, shown)


def test_same_release_makes_the_same_bytes() -> None:
    site = in_language()
    assert workbook_bytes(site.labelled, site.notes) == workbook_bytes(site.labelled, site.notes)
