"""Files that were made before packages and modules got their names of today are read as they were, and give the same.

By the command line and over HTTP alone, but for the words of a report. What is in `before-rooms-1.tar.xz` says
`make_before_rooms.py`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import polars as pl
import pyreadstat
import pytest
from openpyxl import load_workbook

from kuule.publishing import report_catalogue
from tests.outside.app_code import app_code
from tests.outside.browsing import Browser
from tests.outside.trees import Tree, pipe_of, run_here

pytestmark = pytest.mark.slow

WORDS = Path(__file__).with_name("report-words-1")
"""Kuule's own words as they were in a report of then. A newer version says the same in other words
(docs/reference/versions.md)."""
VECTOR = Path(__file__).with_name("before-rooms-1.tar.xz")
RELEASED = "dc434351a1e4c202e27bab5f245f43919b7b2dec0102a538c3b8818d25cc8788"
ASKED = "2021-05-03T10:10:00+00:00"
"""Ten minutes after the draft was paused and the member joined."""
_GUIDE = re.compile(r"codebook\.html|first-steps\.\w+")
_LATER_IN_SPSS = {"creation_time", "modification_time", "mr_sets", "file_name", "file_path"}
_TIME_OF_DTA = re.compile(rb"<timestamp>.*?</timestamp>", re.DOTALL)
_CODE = re.compile(r"\b[A-Z]+_\d{3}\b")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, to be read and not to be written to."""
    folder = tmp_path_factory.mktemp("kept")
    with tarfile.open(VECTOR) as archive:
        archive.extractall(folder, filter="data")
    return folder / "before_rooms"


def done(*arguments: object) -> None:
    assert run_here(*map(str, arguments)) == 0, arguments


def opened(kept: Path, to: Path, *archives: str, sheets: tuple[int, int] = (1, 2)) -> Path:
    """A dataset of archives, by two sheets of one key and the file of the other."""
    shares = [part for number in sheets for part in ("--share", kept / f"keys/sheet-{number}.txt")]
    files = [kept / f"answers-{name}.archive" for name in archives]
    with pipe_of((kept / "keys/passphrase.txt").read_text().strip()) as end:
        done("open", *files, "--to", to, *shares, "--key", kept / "keys/kept.secret-key", "--passphrase-fd", end)
    return to


def rows(dataset: Path, to: Path) -> dict[str, bytes]:
    """All that was answered, free text too: the files of an export."""
    done("export", dataset, "--to", to, "--format", "csv", "--open-text", "wish")
    return {path.name: path.read_bytes() for path in to.glob("*.csv")}


def copied(kept: Path, name: str, to: Path) -> Path:
    """A dataset, and what lies beside it, in another folder."""
    for path in (kept / "results").glob(f"{name}*"):
        (shutil.copytree if path.is_dir() else shutil.copy)(path, to / path.name)
    return to / name


def test_released_files_are_not_edited() -> None:
    assert hashlib.sha256(VECTOR.read_bytes()).hexdigest() == RELEASED


def test_study_is_found_right(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done("check", kept / "study")
    said = "".join(capsys.readouterr())
    assert {code: said.count(f"{code} (warning)") for code in _CODE.findall(said)} == {
        "LANG_033": 5,
        "LANG_034": 1,
        "STUDY_315": 1,
    }


def test_same_edition_comes_of_the_study(kept: Path, tmp_path: Path) -> None:
    """But for Kuule's own words and directory of services, and for settings that a newer Kuule brings."""
    done("freeze", kept / "study", "--key", kept / "keys/split.public-key", "--to", tmp_path / "edition", "--drafts")
    for name in ("form.xml", "study.json", "report.md", "rehearsal.json", "public.key", "texts", "report"):
        paths = [kept / "edition-1" / name, *(kept / "edition-1" / name).glob("*")]
        for path in (path for path in paths if path.is_file()):
            now = (tmp_path / "edition" / path.relative_to(kept / "edition-1")).read_bytes()
            assert as_before(name, now) == path.read_bytes(), path.name


def as_before(name: str, content: bytes) -> bytes:
    """Without the settings that were not there then (decision 0064)."""
    if name != "study.json":
        return content
    added = re.compile(rb',\n *"level": "full",\n *"waivers": {}')
    return added.sub(b"", content)


def test_keys_are_what_they_were(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fingerprints = json.loads((kept / "results/dataset/dataset.json").read_text())["key_fingerprints"]
    shown = []
    for name in ("split.public-key", "kept.public-key", "kept.secret-key"):
        done("keys", "show", kept / "keys" / name)
        shown.append(capsys.readouterr().out)
    assert [one in said for one, said in zip(fingerprints, shown, strict=False)] == [True, True]
    assert re.findall(r"[0-9a-f]{16}", shown[1]) == re.findall(r"[0-9a-f]{16}", shown[2])


def test_practice_pair_is_one(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = []
    for kind in ("public", "secret"):
        done("keys", "show", kept / f"keys/ways-through-town.rehearsal.{kind}-key")
        said = capsys.readouterr().out
        found.append(re.findall(r"[0-9a-f]{16}|\d{5}(?: \d{5}){5}", said))
        assert "for rehearsal" in said
    assert found[0] == found[1]
    assert len(found[0]) == 2


def test_archives_open_to_the_rows_of_the_kept_dataset(kept: Path, tmp_path: Path) -> None:
    now = rows(opened(kept, tmp_path / "now", "1-closed", "2-closed"), tmp_path / "out")
    before = rows(kept / "results/dataset", tmp_path / "kept")
    assert in_one_column(now) == in_one_column(before)
    assert table_of(before["responses.csv"]) == table_as_named_now((kept / "exports/csv/responses.csv").read_bytes())
    assert sorted(numbers_of(now)) == sorted([*range(1, 12), *range(26)])


def numbers_of(found: dict[str, bytes]) -> list[int]:
    """The numbers that people gave in their own words."""
    return [int(number) for number in re.findall(rb"says number (\d+)", found["open_text.csv"])]


def test_what_was_taken_back_leaves_a_dataset_of_two_other_sheets(kept: Path, tmp_path: Path) -> None:
    now = opened(kept, tmp_path / "now", "1", "2", sheets=(3, 2))
    done("forget", kept / "answers-1-closed.archive", kept / "answers-2-closed.archive", "--dataset", now)
    before = rows(kept / "results/forgotten", tmp_path / "kept")
    assert in_one_column(rows(now, tmp_path / "out")) == in_one_column(before)


def in_one_column(files: dict[str, bytes]) -> tuple[list[dict[str, str]], bytes]:
    """Two wordings of one question in one column, as both were then (decision 0088), and free text."""
    table = table_of(files["responses.csv"])
    for row in table:
        earlier = row.pop("minutes_1", ""), row.pop("minutes_1_missing", "not_in_edition")
        if earlier[1] != "not_in_edition":
            row["minutes"], row["minutes_missing"] = earlier
    return table, files["open_text.csv"]


def test_kept_dataset_in_which_two_wordings_are_one_column_is_opened_anew_to_grow(
    kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    growing = copied(kept, "forgotten", tmp_path)
    before = rows(growing, tmp_path / "before")
    with pytest.raises(AssertionError):
        opened(kept, growing, "1-closed", "2-closed")
    said = capsys.readouterr().err
    assert ("DATA_005" in said, "into a new folder" in said) == (True, True)
    assert rows(growing, tmp_path / "after") == before


def test_kept_dataset_is_locked(kept: Path, tmp_path: Path) -> None:
    closed = [part for name in "12" for part in ("--archive", kept / f"answers-{name}-closed.archive")]
    done("lock", copied(kept, "dataset", tmp_path), *closed)
    assert rows(tmp_path / "dataset", tmp_path / "out-locked") == rows(kept / "results/locked", tmp_path / "out-kept")


@pytest.mark.parametrize("kind", ["parquet", "csv", "xlsx", "sav", "zsav", "dta", "ddi"])
def test_exports_are_the_same_to_the_byte_but_for_a_time_in_a_head(kept: Path, tmp_path: Path, kind: str) -> None:
    """But for what was added since (decision 0114): guides, names without signs, sets of answers for SPSS."""
    done("export", kept / "results/dataset", "--to", tmp_path / kind, "--format", kind)
    files = {path.name for path in (kept / "exports" / kind).iterdir()}
    added = {path.name for path in (tmp_path / kind).iterdir()} - files
    assert {name for name in added if not _GUIDE.fullmatch(name)} == set()
    for name in files:
        before, now = kept / "exports" / kind / name, tmp_path / kind / name
        if name.endswith(("sav", "parquet")):
            assert data_of(now) == data_of(before), name
        else:
            assert as_then(name, timeless(now), timeless(before)) == read_then(name, timeless(before)), name


def data_of(path: Path) -> tuple[object, ...]:
    """What is in a file for SPSS, or in a Parquet file by the names of today."""
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
        return (frame.rename(named_now).to_dict(as_series=False),)
    frame, about = pyreadstat.read_sav(path)
    return frame.astype(object).where(frame.notna(), None).to_dict(), {
        name: told for name, told in vars(about).items() if name not in _LATER_IN_SPSS
    }


def named_now(column: str) -> str:
    """The name of a column in an export of today."""
    return re.sub("[:/@]", "_", column)


def table_as_named_now(content: bytes) -> list[dict[str, str]]:
    return [{named_now(column): cell for column, cell in row.items()} for row in table_of(content)]


def as_then(name: str, now: bytes, before: bytes) -> object:
    """A codebook and a description without what they did not have then (decision 0088); any other file as it is."""
    if name == "export.json":
        return {key: value for key, value in json.loads(now).items() if key in json.loads(before)}
    if name == "codebook.csv":
        return [{column: row[column] for column in head_of(before)} for row in table_of(now)]
    if name == "responses.csv":
        return table_of(now)
    if name.endswith(".xlsx"):
        heads = {sheet: set(rows[0]) for sheet, rows in sheets_of(before).items()}
        return {sheet: list(only_columns(rows, heads[sheet])) for sheet, rows in sheets_of(now).items()}
    return now


def only_columns(rows: list[tuple[object, ...]], kept: set[object]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        yield tuple(cell for cell, column in zip(row, rows[0], strict=True) if column in kept)


def read_then(name: str, before: bytes) -> object:
    if name.endswith(".xlsx"):
        return sheets_of(before)
    if name == "codebook.csv":
        return [{**row, "variable": named_now(row["variable"])} for row in table_of(before)]
    return {"responses.csv": table_as_named_now, "export.json": json.loads}.get(name, bytes)(before)


def sheets_of(workbook: bytes) -> dict[str, list[tuple[object, ...]]]:
    """The rows of each sheet of a workbook, by the names of today: in its first row, and where a codebook has them."""
    read = load_workbook(io.BytesIO(workbook))
    return {sheet.title: list(_rows_named_now(sheet.iter_rows(values_only=True))) for sheet in read.worksheets}


def _rows_named_now(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    head, *rest = rows
    names = tuple(named_now(str(cell)) for cell in head)
    yield names
    for row in rest:
        named = zip(names, row, strict=True)
        yield tuple(named_now(str(cell)) if name == "variable" else cell for name, cell in named)


def table_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def head_of(content: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(content.decode())))


def timeless(path: Path) -> bytes:
    """A file without the time at which it was made, which Stata has in its own."""
    content = path.read_bytes()
    return _TIME_OF_DTA.sub(b"", content) if path.suffix == ".dta" else content


@pytest.fixture
def _words_of_then(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The words of then, and those that came later: looks of today are tried before the one of then is found."""
    folder = tmp_path_factory.mktemp("words")
    shutil.copytree(WORDS, folder, dirs_exist_ok=True)
    then = (WORDS / "interface.pot").read_text("utf-8")
    now = report_catalogue.CATALOGUE_TEMPLATE.read_text("utf-8").strip().split("\n\n")
    later = [entry for entry in now[1:] if str(re.search("msgctxt .*", entry)[0]) not in then]
    (folder / "interface.pot").write_text("\n\n".join([then.strip(), *later, ""]), "utf-8")
    monkeypatch.setattr(report_catalogue, "CATALOGUE_FOLDER", folder)
    monkeypatch.setattr(report_catalogue, "CATALOGUE_TEMPLATE", folder / "interface.pot")
    report_catalogue.words_for.cache_clear()
    yield
    report_catalogue.words_for.cache_clear()


@pytest.mark.usefixtures("_words_of_then")
@pytest.mark.parametrize("name", ["report.html", "sv/report.html"])
def test_report_is_rebuilt_to_the_byte(kept: Path, tmp_path: Path, name: str) -> None:
    locked = copied(kept, "locked", tmp_path)
    shutil.copy(kept / "results/ways-through-town.releases.json", tmp_path)
    page = (kept / "report" / name).read_bytes()
    [entry] = [
        one
        for one in json.loads((tmp_path / "ways-through-town.releases.json").read_text())["releases"]
        if one["report"] == hashlib.sha256(page).hexdigest()
    ]
    done("report", locked, "--to", tmp_path / "out", "--rebuild", entry["report"])
    assert [path.read_bytes() for path in (tmp_path / "out").glob("*.html")] == [page]


@pytest.mark.usefixtures("_words_of_then")
def test_report_made_anew_is_the_one_of_the_ledger(kept: Path, tmp_path: Path) -> None:
    locked, ledger = copied(kept, "locked", tmp_path), tmp_path / "ways-through-town.releases.json"
    shutil.copy(kept / "results" / ledger.name, ledger)
    done("report", locked, "--to", tmp_path / "out")
    assert (tmp_path / "out/report.html").read_bytes() == (kept / "report/report.html").read_bytes()
    assert json.loads(ledger.read_text()) == json.loads((kept / "results" / ledger.name).read_text())


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(kept / "store.sqlite3", tmp_path / "store.sqlite3"))


def numbers_in(store: Path, kept: Path, folder: Path) -> list[int]:
    """The numbers that the people gave whose answers are in a store."""
    archive = folder / "answers.archive"
    done("archive", kept / "edition-2", archive, "--database", f"sqlite:///{store}")
    with pipe_of((kept / "keys/passphrase.txt").read_text().strip()) as end:
        done("open", archive, "--to", folder / "of", "--key", kept / "keys/kept.secret-key", "--passphrase-fd", end)
    return sorted(numbers_of(rows(folder / "of", folder / "rows")))


def test_store_is_archived_without_what_was_taken_back(kept: Path, tmp_path: Path, store: Path) -> None:
    assert numbers_in(store, kept, tmp_path) == [1, 2, 3]


def test_store_is_served_and_codes_of_people_still_work(kept: Path, tmp_path: Path, store: Path) -> None:
    """A visit that was paused goes on where it was and is sent; an answer that was sent is taken back."""
    codes = json.loads((kept / "codes.json").read_text())
    before = schema_of(store)
    options = ("--database", f"sqlite:///{store}", "--drafts", "--workers", "1")
    arguments = ("serve", str(kept / "edition-1"), str(kept / "edition-2"), *options)
    with Tree(moment=ASKED).serving(*arguments, path="/sv", talk=tmp_path / "talk") as port:
        browser = Browser(port)
        browser.get("/sv/resume")
        assert b"says number 9" in browser.press("open", {"code": codes["paused"]}).body
        browser.press("next")
        assert "send" in browser.page.moves, browser.page.text
        browser.press("send")
        browser.get("/en/withdraw")
        browser.press("withdraw", {"code": codes["sent"]})
    assert [one for one in schema_of(store) if one not in before] == STORE_SINCE
    assert numbers_in(store, kept, tmp_path) == [2, 3, 9]


STORE_SINCE: list[tuple[object, ...]] = [
    (
        "table",
        "store_fieldcontrol",
        "store_fieldcontrol",
        'CREATE TABLE "store_fieldcontrol" ("control_id" integer NOT NULL PRIMARY KEY, '
        '"latest_order" varchar(8) NOT NULL, "closed_on" varchar(10) NOT NULL, "finish_days" integer NOT NULL, '
        '"launched" integer NOT NULL)',
    ),
    (
        "table",
        "store_hidingorder",
        "store_hidingorder",
        'CREATE TABLE "store_hidingorder" ("service_id" integer NOT NULL PRIMARY KEY)',
    ),
    (
        "table",
        "store_identity",
        "store_identity",
        'CREATE TABLE "store_identity" ("identity_id" integer NOT NULL PRIMARY KEY, "audience" varchar(16) NOT NULL, '
        '"restored_from" varchar(10) NOT NULL)',
    ),
    ("store", "0007_audience"),
    ("store", "0008_restored_from"),
    ("store", "0009_field_control"),
    ("store", "0010_hiding_order"),
]
"""What a store of that time has more once it was served."""


def schema_of(database: Path) -> list[tuple[object, ...]]:
    """What tables there are, and which migrations made them."""
    with closing(sqlite3.connect(database)) as line:
        tables = line.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY name").fetchall()
        return tables + line.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()


@pytest.fixture
def workbench(kept: Path, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """Its port, and its folder."""
    data = Path(shutil.copytree(kept / "workbench", tmp_path / "workbench"))
    data.chmod(0o700)
    arguments = ("workbench", str(shutil.copytree(kept / "study", tmp_path / "study")), "--data", str(data))
    with Tree(moment=ASKED).serving(*arguments, path="/sign-in", talk=tmp_path / "talk") as port:
        yield port, data


def columns_of(database: Path) -> set[tuple[str, str]]:
    """The columns of all tables."""
    with closing(sqlite3.connect(database)) as line:
        names = [name for (name,) in line.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {(name, row[1]) for name in names for row in line.execute(f'PRAGMA table_info("{name}")')}


NOTE = ("id", "item", "wording", "language", "kind", "on_paper", "words", "who", "day", "settled_by")
"""The columns of a note of a pretest."""


def test_member_signs_in_to_a_kept_workbench_to_which_only_what_later_versions_keep_is_added(
    kept: Path, workbench: tuple[int, Path]
) -> None:
    port, data = workbench
    member = json.loads((kept / "member.json").read_text())
    browser = Browser(port, "localhost")
    browser.get("/sign-in")
    browser.send({"login": member["username"], "password": member["password"]})
    browser.send({"code": app_code(member["app"], ASKED)})
    assert "A cycling club" in browser.get("/").text
    assert "A lead" in browser.get("/audit").text
    before, after = (columns_of(folder / "accounts.sqlite3") for folder in (kept / "workbench", data))
    assert after - before == {
        ("workbench_person", "countries"),
        ("workbench_invitation", "countries"),
        ("workbench_person", "language"),
        ("workbench_spentfactor", "id"),
        ("workbench_spentfactor", "person_id"),
        ("workbench_spentfactor", "shown_at"),
        *(("workbench_pretestnote", column) for column in NOTE),
    }
    assert before <= after
    before, after = (labels_of(folder / "accounts.sqlite3") for folder in (kept / "workbench", data))
    added = ("spentfactor", "pretestnote")
    assert [one for one in after if not one[0].endswith(added) and one[1] not in added] == before


def labels_of(database: Path) -> list[tuple[str, str]]:
    """What its tables are called inside, and what may be done with each."""
    with closing(sqlite3.connect(database)) as line:
        types = line.execute("SELECT app_label, model FROM django_content_type ORDER BY id").fetchall()
        return types + line.execute("SELECT codename, name FROM auth_permission ORDER BY id").fetchall()


@pytest.mark.parametrize("name", ["po.po", "xliff.xlf", "xlsform.xlsx"])
def test_files_of_translators_are_taken_in(kept: Path, tmp_path: Path, name: str) -> None:
    study = tmp_path / "study"
    shutil.copytree(kept / "study", study)
    given = ("--by", "agency", "--on", "2021-05-02")
    done("translate", "import", study, kept / "translations" / name, *given)
    after = kept / "translations" / f"after-{name.partition('.')[0]}.po"
    assert (study / "languages/sv.po").read_bytes() == after.read_bytes()
    assert "Gående" in after.read_text("utf-8")
