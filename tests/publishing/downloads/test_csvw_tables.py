"""CSV with its metadata, read by a program that is not ours."""

from __future__ import annotations

import csv
import io
import json
import warnings
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.publishing.downloads.csvw_tables import CSV_COLUMNS
from tests.publishing.release_site.site_release import data_files, site_release, site_wording

NAMES = ("told", "told-by-land", "told-by-residence", "told-by-language", "age")


def test_file_has_a_header_and_a_row_for_every_number() -> None:
    rows = list(csv.DictReader(io.StringIO(data_files()["data/told-by-residence.csv"].decode())))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert rows[0] == {
        "kind": "answer", "group": "FI", "group_label": "Finland", "answer": "yes", "answer_label": "Yes, someone",
        "people": "120", "share": "67", "base": "180", "state": "shown",
    }  # fmt: skip
    assert [(row["kind"], row["people"], row["state"]) for row in rows if row["group"] == "MT"] == [
        ("group", "", "not_shown")
    ]


def test_no_label_is_a_formula_in_a_spreadsheet() -> None:
    wording = site_wording("en")
    planted = replace(wording.items["told"], question="=1+1", answers={"yes": "=HYPERLINK(1)", "no": "@no"})
    hostile = replace(wording, items={**wording.items, "told": planted})
    files = data_files(made=site_release(wordings={"en": hostile, "fi": site_wording("fi")}))
    assert b",'=HYPERLINK(1)," in files["data/told.csv"]
    assert b",'@no," in files["data/told.csv"]


@pytest.mark.parametrize("tag", ["en", "fi"])
@pytest.mark.parametrize("name", NAMES)
def test_metadata_describe_the_file(tmp_path: Path, tag: str, name: str) -> None:
    validator = pytest.importorskip("csvw", reason="csvw is in the extra dev")
    for file, content in data_files(tag).items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    read = validator.CSVW(str(tmp_path / f"data/{name}.csv-metadata.json"), validate=True)
    assert read.is_valid
    assert [str(warning.message) for warning in read.warnings] == []


def test_metadata_say_who_and_how_to_cite() -> None:
    known = json.loads(data_files()["data/told.csv-metadata.json"])
    assert known["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert known["dc:bibliographicCitation"] == "Example: Our Voice, 2027"
    assert "not how common anything is among all people" in known["dc:description"]


def test_planted_fault_is_found(tmp_path: Path) -> None:
    validator = pytest.importorskip("csvw", reason="csvw is in the extra dev")
    files = data_files()
    (tmp_path / "told.csv").write_bytes(files["data/told.csv"].replace(b",203,", b",many,"))
    (tmp_path / "told.csv-metadata.json").write_bytes(files["data/told.csv-metadata.json"])
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert not validator.CSVW(str(tmp_path / "told.csv-metadata.json"), validate=True).is_valid
