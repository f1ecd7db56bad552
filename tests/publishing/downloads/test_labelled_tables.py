"""Rows of a table for files: every number that is released, and every group that is not, in its place."""

from __future__ import annotations

from kuule.publishing.downloads.labelled_tables import FileNumberState, RowKind, number_rows, table_names
from kuule.tables.request import TableRequest
from tests.publishing.release_site.site_release import in_language


def rows_of(request: str) -> list:
    site = in_language()
    return list(number_rows(site.tables[TableRequest.parse(request)]))


def test_every_released_number_is_a_row_and_a_group_that_is_not_shown_keeps_its_place() -> None:
    rows = rows_of("told by residence")
    answers = [(row.group, row.code, row.people, row.share, row.base) for row in rows if row.kind is RowKind.ANSWER]
    assert answers == [
        ("FI", "yes", 120, 67, 180),
        ("FI", "no", 60, 33, 180),
        ("SE", "yes", 71, 46, 154),
        ("SE", "no", 83, 54, 154),
    ]
    assert [(row.group, row.people, row.state) for row in rows if row.kind is RowKind.GROUP] == [
        ("MT", None, FileNumberState.NOT_SHOWN)
    ]
    assert list(dict.fromkeys(row.group for row in rows)) == ["FI", "SE", "MT"]


def test_who_is_not_in_the_base_is_told_by_reason_and_few_people_without_a_number() -> None:
    missing = {row.code: (row.people, row.state) for row in rows_of("told") if row.kind is RowKind.MISSING}
    assert missing == {
        "not_asked": (None, FileNumberState.FEW),
        "not_in_edition": (None, FileNumberState.FEW),
        "not_reached": (None, FileNumberState.FEW),
        "passed_over": (41, FileNumberState.SHOWN),
        "prefer_not_to_say": (None, FileNumberState.FEW),
        "do_not_know": (None, FileNumberState.FEW),
    }


def test_names_of_files_are_plain_and_never_alike() -> None:
    asked = ["told", "told by land", "told by @language", "told by language", "TOLD"]
    names = table_names(map(TableRequest.parse, asked))
    assert list(names.values()) == ["told", "told-by-land", "told-by-language", "told-by-language-2", "TOLD-2"]


def test_labels_are_in_the_language_of_the_table() -> None:
    site = in_language("fi")
    labelled = site.labelled_by_request[TableRequest("told", "residence")]
    assert labelled.groups == {"FI": "Suomi", "SE": "Ruotsi", "MT": "Malta"}
    assert labelled.title == "Had you told anyone? – Jako: Where do you live?"
