"""The answers of one question stand together as a multiple-response set, in files that other programs read whole."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pyreadstat
import pytest

from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_variables.response_sets import ResponseSet
from kuule.dataset.exports.spss_response_sets import add_response_sets
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.forms.record import Record
from kuule.tables.missing import Missing
from tests.dataset.small import edition
from tests.factories import make_dataset
from tests.patience import PATIENCE

FORM = """
| survey |                         |                                                      |              |
|        | type                    | name                                                 | label        |
|        | select_multiple who     | people_who_were_told_of_it_by_the_person_who_answers | Who knew it? |
|        | select_multiple where   | where                                                | Where?       |
|        | select_one where        | first                                                | Where first? |
|        | text                    | wish                                                 | A wish?      |
| choices |           |                   |                                               |
|         | list_name | name              | label                                         |
|         | who       | family            | Family                                        |
|         | who       | stranger          | Somebody                                      |
|         | who       | do_not_know       | Do not know                                   |
|         | where     | school            | At school                                     |
|         | where     | home              | At home                                       |
"""
LONG = "people_who_were_told_of_it_by_the_person_who_answers"
PSPP = shutil.which("pspp")
SETS = {
    f"${LONG}": ["Who knew it?", f"{LONG}_family", f"{LONG}_stranger"],
    "$where": ["Where?", "where_school", "where_home"],
}


def person(**answers: str) -> Record:
    given = {f"/data/{name}": value for name, value in answers.items()}
    return Record(
        "our-voice", f"{1:064x}", "en", "", "2026-W48", answers=given, missing={"/data/wish": Missing.PASSED_OVER}
    )


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("sets") / "dataset"
    people = [
        person(**{LONG: "family stranger", "where": "home", "first": "home"}),
        person(**{LONG: "stranger", "where": "home school", "first": "school"}),
        *[person(**{LONG: "family", "where": "school", "first": "school"})] * 300,
    ]
    ours = edition(form=FORM)
    known = {tag: dict(texts) for tag, texts in ours.translations.items()}
    known["ar"] |= {f"form:/data/{LONG}:label": "من كان يعرف؟", "form:/data/where:label": "أين؟ " + "كلمة " * 100}
    make_dataset(people, [replace(ours, translations=known)], folder)
    return read_dataset(folder)


@pytest.mark.parametrize("form", [ExportFormat.SAV, ExportFormat.ZSAV])
def test_sets_are_in_the_file_and_all_else_is_as_it_was(dataset: Dataset, tmp_path: Path, form: ExportFormat) -> None:
    export_dataset(dataset, form, tmp_path / "out", language="en")
    file = tmp_path / "out" / f"practice-responses.{form}"
    frame, meta = pyreadstat.read_sav(file, user_missing=True, output_format="polars")
    sets = {f"${name.lstrip('$')}": [one["label"], *one["variable_list"]] for name, one in meta.mr_sets.items()}
    assert sets == SETS
    assert {(one["is_dichotomy"], one["counted_value"]) for one in meta.mr_sets.values()} == {(True, 1)}
    assert frame.height == 302
    assert (frame["where_school"].sum(), frame[f"{LONG}_stranger"].sum()) == (301, 2)
    assert meta.variable_value_labels["first"] == {
        1: "At school", 2: "At home", -1: "Not asked: the answers before, or none, did not lead here",
        -2: "Not in the edition that was answered", -3: "Not reached: sent before this page", -4: "Passed over",
    }  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").glob("*.sets")) == []


def test_long_labels_in_another_script_are_cut_between_letters(dataset: Dataset, tmp_path: Path) -> None:
    export_dataset(dataset, ExportFormat.SAV, tmp_path / "out", language="ar")
    meta = pyreadstat.read_sav(tmp_path / "out" / "practice-responses.sav", metadataonly=True)[1]
    labels = {name.lstrip("$"): one["label"] for name, one in meta.mr_sets.items()}
    assert labels[LONG] == "من كان يعرف؟"
    assert labels["where"].startswith("أين؟ كلمة")
    assert labels["where"].endswith("…")


@pytest.mark.parametrize("content", [b"", b"$FL2" + bytes(400), b"\xff" * 400])
def test_file_that_is_no_such_file_is_refused_and_stays(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "other.sav"
    file.write_bytes(content)
    with pytest.raises(OSError, match="unable to write the SPSS file: its dictionary"):
        add_response_sets(file, [ResponseSet("a", "a", "A", ("a_b",))])
    assert file.read_bytes() == content
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.whole
@pytest.mark.skipif(PSPP is None, reason="PSPP is not on this machine (Debian: pspp)")
@pytest.mark.parametrize("form", [ExportFormat.SAV, ExportFormat.ZSAV])
def test_pspp_shows_the_sets_and_counts_what_is_in_them(dataset: Dataset, tmp_path: Path, form: ExportFormat) -> None:
    export_dataset(dataset, form, tmp_path / "out", language="en")
    syntax = (
        f"GET FILE='practice-responses.{form}'.\nMRSETS /DISPLAY NAME=[$where].\n"
        "FREQUENCIES VARIABLES=where_school.\nDESCRIPTIVES VARIABLES=where_school.\n"
    )
    (tmp_path / "out" / "look.sps").write_text(syntax)
    said = subprocess.run(
        [str(PSPP), "look.sps"], cwd=tmp_path / "out", capture_output=True, text=True, check=True, timeout=PATIENCE
    ).stdout
    assert "error" not in said.lower()
    assert "warning" not in said.lower()
    assert "$where" in said
    assert "where_school" in said
    assert "301" in said
