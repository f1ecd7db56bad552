"""Every format gives back what the dataset has: each answer, each reason for a missing one, each label."""

from __future__ import annotations

import csv
import json
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import polars as pl
import pyreadstat
import pytest
from lxml import etree

from kuule.core.problems import ArchiveError
from kuule.dataset.exports.csv_files import write_csv
from kuule.dataset.exports.ddi import NAMESPACE
from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_variables.export_columns import MISSING_NUMBERS
from kuule.dataset.exports.format_registry import FORMAT_WRITERS
from kuule.dataset.exports.stata import MISSING_LETTERS
from kuule.dataset.schema.columns import LEADING_COLUMNS, RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.forms.record import Record
from kuule.tables.missing import Missing
from tests.dataset.small import edition
from tests.factories import make_dataset

FORM = """
| survey |                      |           |                        |
|        | type                 | name      | label                  |
|        | select_one told      | told      | Had you **told** it?   |
|        | select_multiple who  | who       | Who was it?            |
|        | select_one grade     | grade     | Which grade?           |
|        | rank told            | order     | In which order?        |
|        | integer              | age       | How old are you?       |
|        | decimal              | warmth    | How warm was it?       |
|        | date                 | day       | On which day?          |
|        | acknowledge          | sure      | Are you sure?          |
|        | text                 | wish      | What do you wish?      |
|        | text                 | place     | What is it called?     |
|        | begin_repeat         | helper    | Helper                 |
|        | select_one told      | helped    | Did it help?           |
|        | end_repeat           |           |                        |
| choices |           |                   |                    |
|         | list_name | name              | label              |
|         | told      | yes               | Yes                |
|         | told      | no                | No                 |
|         | told      | prefer_not_to_say | Prefer not to say  |
|         | who       | family            | Family             |
|         | who       | stranger          | Stranger           |
|         | who       | do_not_know       | Do not know        |
|         | grade     | 10                | Ten                |
|         | grade     | 20                | Twenty             |
"""
ITEMS = ("told", "who", "grade", "order", "age", "warmth", "day", "sure", "wish", "place")
FULL = {
    "told": "yes", "who": "family stranger", "grade": "20", "order": "no yes", "age": "41", "warmth": "-2.5",
    "day": "2001-02-03", "sure": "OK", "wish": "=HYPERLINK(1)", "place": "Kuusamontie 7", "helper[1]/helped": "no",
}  # fmt: skip
NUMBERS = {
    "told": 1.0, "who_family": 1.0, "who_stranger": 1.0, "who_do_not_know": 0.0, "grade": 20.0, "order_yes": 2.0,
    "order_no": 1.0, "age": 41.0, "warmth": -2.5, "day": date(2001, 2, 3), "sure": 1.0, "wish_missing": None,
}  # fmt: skip


def person(answers: dict[str, str], missing: Missing = Missing.PASSED_OVER) -> Record:
    given = {f"/data/{name}": value for name, value in answers.items()}
    reasons = {f"/data/{name}": missing for name in ITEMS if f"/data/{name}" not in given}
    return Record("our-voice", f"{1:064x}", "en", "", "2026-W48", answers=given, missing=reasons)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("exports") / "dataset"
    people = [
        person(FULL),
        person({}, Missing.NOT_REACHED),
        person({"told": "prefer_not_to_say", "who": "do_not_know"}),
    ]
    make_dataset(people, [edition(form=FORM)], folder)
    return read_dataset(folder)


def exported(dataset: Dataset, form: ExportFormat, tmp_path: Path, **kwargs: object) -> Path:
    export_dataset(dataset, form, tmp_path / "out", language="en", **kwargs)  # type: ignore[arg-type]
    return tmp_path / "out"


def content(file: Path) -> bytes:
    """What is in a file, unpacked where it is a workbook."""
    if file.suffix != ".xlsx":
        return file.read_bytes()
    with zipfile.ZipFile(file) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def number(reason: Missing) -> float:
    return float(MISSING_NUMBERS[reason])


def by_told(frame: pl.DataFrame, value: object) -> dict[str, object]:
    return next(row for row in frame.to_dicts() if row["told"] == value)


def test_parquet_is_the_dataset_itself(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.PARQUET, tmp_path)
    frame = dataset.frame.drop(RECORD_KEY).collect()
    plain = {name: name.replace(":", "_").replace("/", "_") for name in frame.columns}
    assert pl.read_parquet(out / "practice-responses.parquet").equals(frame.rename(plain))
    repeat = pl.read_parquet(dataset.path / "repeat.helper.parquet")
    plain = {"helped:missing": "helped_missing"}
    assert pl.read_parquet(out / "practice-repeat.helper.parquet").equals(repeat.rename(plain))


def test_every_format_has_a_writer() -> None:
    assert list(FORMAT_WRITERS) == list(ExportFormat)


@pytest.mark.parametrize("form", ExportFormat)
def test_no_format_has_the_record_keys(dataset: Dataset, tmp_path: Path, form: ExportFormat) -> None:
    assert RECORD_KEY in dataset.frame.collect_schema().names()
    out = exported(dataset, form, tmp_path)
    assert [file.name for file in out.iterdir() if b"record_key" in content(file)] == []


def test_csv_has_every_value(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.CSV, tmp_path)
    back = pl.read_csv(out / "practice-responses.csv", infer_schema=False)
    frame = dataset.frame.drop(RECORD_KEY).collect()
    assert back.columns == [name.replace(":", "_").replace("/", "_") for name in frame.columns]
    assert back["told_missing"].to_list() == frame["told:missing"].cast(pl.String).to_list()
    assert back["age"].to_list() == frame["age"].cast(pl.String).to_list()
    assert back["day"].to_list() == frame["day"].cast(pl.String).to_list()


def test_sav_has_numbers_labels_and_user_missing_values(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.SAV, tmp_path)
    frame, meta = pyreadstat.read_sav(out / "practice-responses.sav", user_missing=True, output_format="polars")
    full, quiet, late = (
        by_told(frame, value) for value in (1, number(Missing.PREFER_NOT_TO_SAY), number(Missing.NOT_REACHED))
    )
    assert {name: full[name] for name in NUMBERS} == NUMBERS
    assert quiet["who_family"] == number(Missing.DO_NOT_KNOW)
    assert quiet["age"] == late["age"] + MISSING_NUMBERS[Missing.PASSED_OVER] - MISSING_NUMBERS[Missing.NOT_REACHED]
    assert late["who_stranger"] == number(Missing.NOT_REACHED)
    assert meta.variable_value_labels["told"][1] == "Yes"
    assert meta.variable_value_labels["told"][number(Missing.PREFER_NOT_TO_SAY)] == "Prefer not to say"
    assert meta.column_names_to_labels["who_family"] == "Who was it? – Family"
    assert meta.missing_ranges["age"] == [{"lo": -6.0, "hi": -1.0}]
    assert meta.file_label == "PRACTICE: Our Voice"


def test_sav_read_as_usual_has_no_reason_among_the_numbers(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.SAV, tmp_path)
    frame, _ = pyreadstat.read_sav(out / "practice-responses.sav", output_format="polars")
    assert sorted(value for value in frame["age"].to_list() if value is not None) == [41.0]


def test_number_below_zero_is_never_taken_for_a_reason(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.SAV, tmp_path)
    frame, meta = pyreadstat.read_sav(out / "practice-responses.sav", user_missing=True, output_format="polars")
    assert "warmth" not in meta.missing_ranges
    assert {row["warmth"]: row["warmth_missing"] for row in frame.to_dicts()} == {
        -2.5: None,
        None: frame.filter(pl.col("warmth").is_null())["warmth_missing"].to_list()[-1],
    }
    assert set(frame["warmth_missing"].to_list()) == {None, number(Missing.NOT_REACHED), number(Missing.PASSED_OVER)}


def test_sav_shows_whole_numbers_as_whole(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.SAV, tmp_path)
    _, meta = pyreadstat.read_sav(out / "practice-responses.sav", metadataonly=True, output_format="polars")
    shown = meta.original_variable_types
    assert {name: shown[name] for name in ("told", "who_family", "age", "sure")} == dict.fromkeys(
        ("told", "who_family", "age", "sure"), "F8.0"
    )
    assert shown["warmth"] == "F8.2"


def test_dta_has_numbers_labels_and_extended_missing_values(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.DTA, tmp_path)
    frame, meta = pyreadstat.read_dta(out / "practice-responses.dta", user_missing=True, output_format="polars")
    full = by_told(frame, 1)
    assert {name: full[name] for name in NUMBERS} == NUMBERS
    assert (
        by_told(frame, MISSING_LETTERS[Missing.PREFER_NOT_TO_SAY])["who_family"] == MISSING_LETTERS[Missing.DO_NOT_KNOW]
    )
    assert by_told(frame, MISSING_LETTERS[Missing.NOT_REACHED])["age"] == MISSING_LETTERS[Missing.NOT_REACHED]
    assert meta.variable_value_labels["told"][1] == "Yes"
    assert meta.variable_value_labels["told"][MISSING_LETTERS[Missing.PASSED_OVER]] == "Passed over"


@pytest.mark.parametrize("form", ExportFormat)
def test_no_export_needs_pandas(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: ExportFormat
) -> None:
    """Only tests bring it; pyreadstat would use it unless told otherwise."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    assert [path for path in exported(dataset, form, tmp_path).iterdir() if not path.stat().st_size] == []


def test_ddi_describes_the_file_beside_it(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.DDI, tmp_path)
    book = etree.parse(out / "practice-codebook.xml")
    space = {"d": NAMESPACE}
    data = pl.read_csv(out / "practice-responses.csv")
    names = [str(name) for name in book.xpath("//d:var[@files='F1']/@name", namespaces=space)]
    assert names == data.columns
    for name in ("told", "who_family", "grade", "sure"):
        listed = book.xpath(f"//d:var[@name='{name}']/d:catgry/d:catValu/text()", namespaces=space)
        assert {str(value) for value in data[name].drop_nulls()} <= set(listed)
    assert book.xpath("//d:var[@name='told']/d:catgry[d:catValu='1']/d:labl/text()", namespaces=space) == ["Yes", "نعم"]
    assert book.xpath("//d:catStat | //d:sumStat | //d:caseQnty", namespaces=space) == []


ORDER = (
    "location", "labl", "imputation", "security", "embargo", "respUnit", "anlysUnit", "qstn", "valrng", "invalrng",
    "undocCod", "universe", "TotlResp", "sumStat", "txt", "stdCatgry", "catgryGrp", "catgry", "codInstr", "verStmt",
    "concept", "derivation", "varFormat",
)  # fmt: skip
"""The order that the schema wants inside `var`."""


def test_ddi_variables_have_their_parts_in_the_order_of_the_schema(dataset: Dataset, tmp_path: Path) -> None:
    book = etree.parse(exported(dataset, ExportFormat.DDI, tmp_path) / "practice-codebook.xml")
    for variable in book.iter(f"{{{NAMESPACE}}}var"):
        places = [ORDER.index(etree.QName(part).localname) for part in variable]
        assert places == sorted(places)


@pytest.mark.parametrize("form", ExportFormat)
def test_free_text_stays_out_unless_asked_for_by_name(dataset: Dataset, tmp_path: Path, form: ExportFormat) -> None:
    out = exported(dataset, form, tmp_path)
    written = b"".join(content(path) for path in out.iterdir())
    assert b"HYPERLINK" not in written
    assert b"Kuusamontie 7" not in written
    named = tmp_path / "named"
    export_dataset(dataset, form, named, language="en", open_text=("wish",))
    written = b"".join(content(path) for path in named.iterdir())
    assert b"HYPERLINK" in written
    assert b"Kuusamontie 7" not in written


def test_text_that_a_spreadsheet_would_run_is_made_harmless(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.CSV, tmp_path, open_text=("wish",))
    assert pl.read_csv(out / "practice-open_text.csv")["text"].to_list() == ["'=HYPERLINK(1)"]


def test_text_in_csv_is_quoted_where_it_must_be_and_else_as_it_was(tmp_path: Path) -> None:
    begin = ["=1", "+a", "-a", "@a", "\ta", "\ra", "\na", "＝1"]
    plain = ["-1", "+2.5", "a=1", 'two\r\nlines, "quoted"', "\u202eright to left", "", "ж"]
    write_csv(pl.DataFrame({"text": begin + plain}), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        found = [row["text"] for row in csv.DictReader(file)]
    assert found == [f"'{text}" for text in begin] + plain


def test_codes_in_csv_are_made_harmless_as_texts_are(tmp_path: Path) -> None:
    codes = pl.Series("=code", ["-x", "y"], dtype=pl.Enum(["-x", "y"]))
    write_csv(pl.DataFrame([codes]), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_text("utf-8") == "'=code\n'-x\ny\n"


@pytest.mark.parametrize("form", ExportFormat)
def test_codebook_names_every_variable_of_every_file(dataset: Dataset, tmp_path: Path, form: ExportFormat) -> None:
    out = exported(dataset, form, tmp_path)
    rows = list(csv.DictReader((out / "practice-codebook.csv").read_text("utf-8").splitlines()))
    said = json.loads((out / "export.json").read_text())
    assert {row["file"]: {other["variable"] for other in rows if other["file"] == row["file"]} for row in rows} == {
        file: set(_columns(out / file)) for file in said["rows"]
    }
    assert {row["language"] for row in rows} == {"en"}
    told = ("told", "told_missing")
    meant = {row["value"]: row["number"] for row in rows if row["variable"] in told and row["language"] == "en"}
    assert meant["yes"] == "1"
    assert meant[str(Missing.NOT_ASKED)] == "-1"
    assert said["practice"] is True


@pytest.mark.parametrize(
    ("asked", "said"), [((), ["ar"]), (("en",), ["ar", "en"]), (("all",), ["ar", "en"]), (("ar", "en"), ["ar", "en"])]
)
def test_codebook_has_the_language_of_the_labels_and_those_that_are_asked_for(
    dataset: Dataset, tmp_path: Path, asked: tuple[str, ...], said: list[str]
) -> None:
    export_dataset(dataset, ExportFormat.CSV, tmp_path / "out", language="ar", codebook=asked)
    rows = list(csv.DictReader((tmp_path / "out" / "practice-codebook.csv").read_text("utf-8").splitlines()))
    assert list(dict.fromkeys(row["language"] for row in rows)) == said


def test_codebook_in_a_language_that_the_study_does_not_have_is_refused(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as refused:
        export_dataset(dataset, ExportFormat.CSV, tmp_path / "out", language="en", codebook=("en", "xx"))
    assert [(each.code, each.place) for each in refused.value.problems] == [("DATA_021", "--codebook-language xx")]


def test_sav_rows_are_compressed_and_read_as_they_were(tmp_path: Path) -> None:
    people = [person({}, Missing.NOT_ASKED)] * 400
    make_dataset([*people, person(FULL)], [edition(form=FORM)], tmp_path / "dataset")
    read, size = {}, {}
    for form in (ExportFormat.SAV, ExportFormat.ZSAV):
        export_dataset(read_dataset(tmp_path / "dataset"), form, tmp_path / form, language="en")
        file = tmp_path / form / f"practice-responses.{form}"
        read[form], meta = pyreadstat.read_sav(file, user_missing=True, output_format="polars")
        size[form] = file.stat().st_size
        assert meta.missing_ranges["told"] == [{"lo": -6.0, "hi": -1.0}]
    assert read[ExportFormat.SAV].equals(read[ExportFormat.ZSAV])
    assert read[ExportFormat.SAV]["told"].to_list().count(float(MISSING_NUMBERS[Missing.NOT_ASKED])) == 400
    pyreadstat.write_sav(read[ExportFormat.SAV], tmp_path / "plain.sav")
    assert size[ExportFormat.ZSAV] < size[ExportFormat.SAV] < (tmp_path / "plain.sav").stat().st_size * 2 / 3


def _columns(file: Path) -> list[str]:
    if file.suffix in (".sav", ".zsav", ".dta"):
        read = pyreadstat.read_dta if file.suffix == ".dta" else pyreadstat.read_sav
        return read(file, metadataonly=True, output_format="polars")[1].column_names
    if file.suffix == ".xlsx":
        return [str(cell.value) for cell in next(openpyxl.load_workbook(file).worksheets[0].iter_rows())]
    return (pl.read_parquet(file) if file.suffix == ".parquet" else pl.read_csv(file)).columns


def test_codebook_says_what_stands_in_the_file(dataset: Dataset, tmp_path: Path) -> None:
    out = exported(dataset, ExportFormat.CSV, tmp_path)
    rows = list(csv.DictReader((out / "practice-codebook.csv").read_text("utf-8").splitlines()))
    for name in ("told", "told:missing", "who/family", "who:missing", "grade", "sure"):
        listed = {row["value"] for row in rows if row["column"] == name}
        variable = next(row["variable"] for row in rows if row["column"] == name)
        found = set(pl.read_csv(out / "practice-responses.csv", infer_schema=False)[variable].drop_nulls())
        assert found
        assert found <= listed


@pytest.mark.parametrize("form", [ExportFormat.SAV, ExportFormat.DTA, ExportFormat.DDI])
def test_repeat_that_nobody_filled_in_is_a_table_without_rows(tmp_path: Path, form: ExportFormat) -> None:
    make_dataset([person({"told": "no"})], [edition(form=FORM)], tmp_path / "dataset")
    out = exported(read_dataset(tmp_path / "dataset"), form, tmp_path)
    assert json.loads((out / "export.json").read_text())["rows"] == {
        f"practice-responses.{_ending(form)}": 1,
        f"practice-repeat.helper.{_ending(form)}": 0,
    }


def _ending(form: ExportFormat) -> str:
    return "csv" if form is ExportFormat.DDI else form


def long_form(questions: int) -> str:
    """Questions whose names agree but for the end."""
    rows = [f"| | select_one grade | {'a_name_that_goes_on_and_on_' * 2}{number} | Q |" for number in range(questions)]
    head = ["| survey | | | |", "| | type | name | label |", *rows]
    return "\n".join([*head, "| choices | | | |", "| | list_name | name | label |", "| | grade | little | Little |"])


@pytest.mark.parametrize("form", ExportFormat)
def test_many_long_names_and_labels_are_written(tmp_path: Path, form: ExportFormat) -> None:
    ours = edition(form=long_form(120))
    answers = {item.path: "little" for item in ours.form.items}
    answered = Record("our-voice", f"{1:064x}", "en", "", "2026-W48", answers=answers, missing={})
    texts = {tag: {**known, "choice:grade/little:label": "ж" * 5000} for tag, known in ours.translations.items()}
    make_dataset([answered], [replace(ours, translations=texts)], tmp_path / "dataset")
    out = exported(read_dataset(tmp_path / "dataset"), form, tmp_path)
    rows = csv.DictReader((out / "practice-codebook.csv").read_text("utf-8").splitlines())
    names = {row["column"]: row["variable"] for row in rows}
    assert len(set(names.values())) == len(names)
    assert len([name for name in names if not name.endswith(":missing")]) == len(ours.form.items) + len(LEADING_COLUMNS)


def test_names_that_a_program_would_refuse_are_made_ones_that_it_takes() -> None:
    from kuule.dataset.exports.export_variables.variable_names import variable_names

    found = variable_names(
        ["who/family", "who_family", "1st", "if", "str5", "vår", "x" * 40, "x" * 41, "Ö", "repeat", "TRUE"], 32
    )
    assert len({name.lower() for name in found.values()}) == len(found)
    assert all(name.isascii() and name.isidentifier() and len(name) <= 32 for name in found.values())
    assert found["who/family"] == "who_family"
    assert found["if"] == "v_if"
    assert found["str5"] == "v_str5"
    assert variable_names([f"{'x' * 40}:missing"], 32) == {f"{'x' * 40}:missing": f"{'x' * 24}_missing"}
    assert (found["repeat"], found["TRUE"]) == ("v_repeat", "v_TRUE")


@pytest.mark.parametrize(
    ("asked", "code"), [({"language": "xx"}, "DATA_021"), ({"language": "en", "open_text": ("told",)}, "DATA_022")]
)
def test_what_the_dataset_does_not_have_is_refused_and_nothing_written(
    dataset: Dataset, tmp_path: Path, asked: dict[str, object], code: str
) -> None:
    with pytest.raises(ArchiveError, match=code):
        export_dataset(dataset, ExportFormat.CSV, tmp_path / "out", **asked)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_already_is_left_alone(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(ArchiveError, match="DATA_003"):
        export_dataset(dataset, ExportFormat.CSV, tmp_path / "out", language="en")
    assert list((tmp_path / "out").iterdir()) == []
