"""Exports of what is rare: numbers and texts that a program cannot hold, labels too long for it, disks without room."""

from __future__ import annotations

import resource
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from lxml import etree

from kuule.dataset.exports import format_writer, stata
from kuule.dataset.exports.ddi import NAMESPACE
from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_variables.label_truncation import truncate_to_bytes, truncate_to_characters
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.forms.record import Record
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.tables.missing import Missing
from tests.dataset.small import edition
from tests.factories import make_dataset

FORM = """
| survey |                      |           |                        |                    |
|        | type                 | name      | label                  | calculation        |
|        | select_one below     | below     | Below zero?            |                    |
|        | select_one huge      | huge      | How huge?              |                    |
|        | select_multiple huge | many      | Which?                 |                    |
|        | integer              | whole     | How many?              |                    |
|        | decimal              | measured  | How much?              |                    |
|        | date                 | day       | On which day?          |                    |
|        | integer              | cleaning  | How often?             |                    |
|        | integer              | week      | Which week?            |                    |
|        | calculate            | made      |                        | string(${whole})   |
| choices |           |            |                    |                    |
|         | list_name | name       | label              |                    |
|         | below     | -1         | One below          |                    |
|         | below     | 1          | One above          |                    |
|         | huge      | 1          | One                |                    |
|         | huge      | 2147483647 | More               |                    |
"""
FULL = {
    "below": "-1", "huge": "2147483647", "many": "1", "whole": "2147483647", "measured": "1.5e308",
    "day": "0001-01-01", "cleaning": "7", "week": "8", "made": "x" * 3000,
}  # fmt: skip
ASKED = tuple(name for name in FULL if name != "made")


def person(answers: dict[str, str]) -> Record:
    given = {f"/data/{name}": value for name, value in answers.items()}
    missing = {f"/data/{name}": Missing.NOT_ASKED for name in ASKED if name not in answers}
    return Record("our-voice", f"{1:064x}", "en", "", "2026-W48", answers=given, missing=missing)


def built(folder: Path, label: str = "") -> Dataset:
    ours = edition(form=FORM)
    if label:
        texts = {tag: {**known, "form:/data/many:label": label} for tag, known in ours.translations.items()}
        ours = replace(ours, translations=texts)
    make_dataset([person(FULL), person({})], [ours], folder / "dataset")
    return read_dataset(folder / "dataset")


def exported(dataset: Dataset, form: ExportFormat, to: Path) -> Path:
    export_dataset(dataset, form, to, language="en")
    return to


def first(frame: pl.DataFrame) -> dict[str, object]:
    return next(row for row in frame.to_dicts() if row["v_made" if "v_made" in row else "made"])


def test_stata_file_is_one_that_stata_14_reads(tmp_path: Path) -> None:
    out = exported(built(tmp_path), ExportFormat.DTA, tmp_path / "out")
    assert (out / "practice-responses.dta").read_bytes().startswith(b"<stata_dta><header><release>118<")


def test_numbers_and_texts_beyond_what_stata_has_are_written(tmp_path: Path) -> None:
    out = exported(built(tmp_path), ExportFormat.DTA, tmp_path / "out")
    frame, meta = pyreadstat.read_dta(out / "practice-responses.dta", user_missing=True, output_format="polars")
    row = first(frame)
    assert row["whole"] == 2147483647
    assert float(str(row["measured"])) == pytest.approx(8.98846567431157e307)
    assert row["made"] == "x" * 3000
    assert row["huge"] == 2
    assert meta.variable_value_labels["huge"][2] == "More"


def test_questions_called_like_columns_of_responses_keep_their_answers(tmp_path: Path) -> None:
    dataset = built(tmp_path)
    dataset = replace(dataset, study=replace(dataset.study, cleaning=CleaningSettings(empty=True)))
    out = exported(dataset, ExportFormat.PARQUET, tmp_path / "out")
    rows = pl.read_parquet(out / "practice-responses.parquet").sort("data_week", nulls_last=True).to_dicts()
    assert [row["week"] for row in rows] == ["2026-W48", "2026-W48"]
    assert [(row["data_week"], row["data_cleaning"]) for row in rows] == [(8, 7), (None, None)]
    assert [row["cleaning"] for row in rows] == ["", "empty"]


def test_code_that_is_a_number_below_zero_is_no_formula(tmp_path: Path) -> None:
    out = exported(built(tmp_path), ExportFormat.CSV, tmp_path / "out")
    book = pl.read_csv(out / "practice-codebook.csv", infer_schema=False)
    assert set(book.filter(pl.col("column") == "below")["value"].drop_nulls()) == {"-1", "1"}


@pytest.mark.parametrize(("form", "most"), [(ExportFormat.SAV, 255), (ExportFormat.DTA, 80)])
def test_long_question_leaves_room_for_the_choice_that_a_column_is_about(
    tmp_path: Path, form: ExportFormat, most: int
) -> None:
    out = exported(built(tmp_path, label="ж" * 300), form, tmp_path / "out")
    read = pyreadstat.read_sav if form is ExportFormat.SAV else pyreadstat.read_dta
    _, meta = read(out / f"practice-responses.{form}", output_format="polars")
    said = meta.column_names_to_labels
    assert said["many_1"].endswith("… – One")
    assert said["many_2147483647"].endswith("… – More")
    assert len(said["many_1"].encode() if form is ExportFormat.SAV else said["many_1"]) <= most


def test_name_in_stata_leaves_room_for_the_number_of_its_set_of_labels() -> None:
    assert stata.MAX_NAME_LENGTH + len("99999") == 32, "Stata's longest name"


def test_columns_of_one_long_question_are_told_apart_by_their_answers() -> None:
    long = "Which of these happened to you before you turned eighteen, as far as you know?"
    answers = "Sexual images or recordings of me were made", "Sexual images or recordings of me were shared"
    said = [truncate_to_characters(long, 80, f" – {answer}") for answer in answers]
    assert [label.partition(" – ")[2] for label in said] == list(answers)
    assert all(label.startswith("Which of these happened") and len(label) <= 80 for label in said)


def test_choice_that_a_later_edition_dropped_keeps_its_label(tmp_path: Path) -> None:
    later = FORM.replace("| below     | -1         | One below ", "| below     | -2         | Two below ").replace(
        "One above", "One or more above"
    )
    before, after = edition(form=FORM), edition(2, form=later)
    before = replace(before, translations={**before.translations, "ar": {"choice:below/-1:label": "تحت"}})
    make_dataset([person(FULL)], [before, after], tmp_path / "dataset")
    items = read_dataset(tmp_path / "dataset").codebook.items
    assert items["below@1"].answers["en"] == {"-1": "One below", "1": "One above"}
    assert items["below"].answers["en"] == {"-2": "Two below", "1": "One or more above"}
    assert items["below@1"].answers["ar"]["-1"] == "تحت"


@pytest.mark.parametrize("cut", [truncate_to_bytes, truncate_to_characters])
def test_no_part_of_a_label_makes_it_too_long(cut) -> None:
    for label in ("", "a", "ж" * 50, "a" * 50):
        for end in ("", " – b", " – " + "ж" * 50):
            size = len(cut(label, 20, end).encode() if cut is truncate_to_bytes else cut(label, 20, end))
            assert size <= 20
            assert cut(label, 300, end) == label + end


def test_ddi_holds_labels_with_characters_that_xml_does_not_have(tmp_path: Path) -> None:
    out = exported(built(tmp_path, label="a\x0bb\ufffe"), ExportFormat.DDI, tmp_path / "out")
    space = {"d": NAMESPACE}
    book = etree.parse(out / "practice-codebook.xml")
    assert book.xpath("//d:var[@name='many_1']/d:qstn/d:qstnLit/text()", namespaces=space)[0] == "a b "
    assert book.xpath("//d:var[@name='day']/d:varFormat", namespaces=space)[0].attrib == {
        "type": "character",
        "category": "date",
    }


@pytest.mark.parametrize("form", ExportFormat)
def test_disk_without_room_is_said_and_leaves_nothing(
    tmp_path: Path, form: ExportFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = built(tmp_path)
    monkeypatch.setattr(format_writer.ExportFolder, "file", lambda *_: Path("/dev/full"))
    with pytest.raises(OSError, match=r"space|unable to write") as error:
        exported(dataset, form, tmp_path / "out")
    assert error.value.errno is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dataset", "dataset.opened-rows"]


@pytest.mark.parametrize("form", ExportFormat)
def test_disk_that_is_full_in_the_middle_of_a_file_is_said_and_leaves_nothing(
    tmp_path: Path, form: ExportFormat
) -> None:
    """Polars says it in another way where a part of a file was written already."""
    people = [person({**FULL, "whole": str(number), "made": f"{number}" * 99}) for number in range(500)]
    make_dataset(people, [edition(form=FORM)], tmp_path / "dataset")
    dataset = read_dataset(tmp_path / "dataset")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, hard))
    try:
        with pytest.raises(OSError, match=r"too large|unable to write") as error:
            exported(dataset, form, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert error.value.errno is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dataset", "dataset.opened-rows"]


FROM_NOUGHT = """
| survey |                  |       |                |
|        | type             | name  | label          |
|        | select_one scale | scale | From 0 to 10?  |
|        | select_one led   | led   | With noughts?  |
| choices |           |      |       |
|         | list_name | name | label |
|         | scale     | 0    | None  |
|         | scale     | 5    | Half  |
|         | scale     | 10   | All   |
|         | led       | 01   | One   |
|         | led       | 10   | Ten   |
"""


@pytest.mark.parametrize("form", [ExportFormat.SAV, ExportFormat.DTA, ExportFormat.DDI])
def test_a_scale_from_nought_keeps_its_numbers(tmp_path: Path, form: ExportFormat) -> None:
    """A mean of 1 to 11 in place of 0 to 10 would be wrong by one."""
    people = [{"scale": "0", "led": "01"}, {"scale": "10", "led": "10"}]
    records = [
        Record(
            "our-voice", f"{1:064x}", "en", "", "2026-W48", {f"/data/{name}": code for name, code in one.items()}, {}
        )
        for one in people
    ]
    make_dataset(records, [edition(form=FROM_NOUGHT)], tmp_path / "dataset")
    out = exported(read_dataset(tmp_path / "dataset"), form, tmp_path / "out")
    file = out / f"practice-responses.{'csv' if form is ExportFormat.DDI else form}"
    frame = {
        ExportFormat.SAV: lambda: pyreadstat.read_sav(file, output_format="polars")[0],
        ExportFormat.DTA: lambda: pyreadstat.read_dta(file, output_format="polars")[0],
        ExportFormat.DDI: lambda: pl.read_csv(file),
    }[form]()
    assert sorted(frame["scale"].to_list()) == [0, 10]
    assert sorted(frame["led"].to_list()) == [1, 2]
    book = pl.read_csv(out / "practice-codebook.csv", infer_schema=False)
    rows = book.filter(
        pl.col("variable") == "scale", pl.col("language") == "en", pl.col("value").is_in(["0", "5", "10"])
    )
    assert rows.select("value", "number", "meaning").rows() == [
        ("0", "0", "None"),
        ("5", "5", "Half"),
        ("10", "10", "All"),
    ]
