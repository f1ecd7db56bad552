"""Leave to quote: asked in the form, kept beside the words, and nowhere else in a dataset."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import polars as pl
import pytest

from kuule.core.files import file_sha256
from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.ingest.table_schemas import OPEN_TEXT, RESPONSES
from kuule.dataset.lifecycle.dataset_opening import OpeningRequest, open_dataset
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.open_texts import TextOccurrence, count_open_texts
from kuule.dataset.schema.dataset_info import DatasetInfo
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.forms.record import Record
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.study.settings.leave_questions import LeaveQuestion
from kuule.tables.missing import Missing
from tests.dataset.small import FORM, edition, record
from tests.factories import KEY, UNTIL, make_dataset, source

ASKING = FORM.replace(
    "|        | begin_repeat       | helper ",
    "|        | select_one told    | quote_ok  | May we quote you?      |\n|        | begin_repeat       | helper ",
).replace(
    "|        | end_repeat",
    "|        | text               | how       | How?                   |\n|        | end_repeat",
)


@lru_cache(maxsize=4)
def asking(number: int = 1, texts: tuple[str, ...] = ("wish", "how")) -> Edition:
    """An edition that asks for leave to quote `texts`, and lets people take back what they sent."""
    made = edition(number, ASKING)
    settings = replace(
        made.study,
        leave_to_quote={"quote_ok": LeaveQuestion(("yes",), texts)},
        coming_back=ComingBackSettings(0, UNTIL),
    )
    return replace(made, study=settings)


def answered(leave: str | None, number: int = 1, **answers: str) -> Record:
    one = record({**answers, **({} if leave is None else {"quote_ok": leave})}, number=number)
    return one if leave else replace(one, missing={**one.missing, "/data/quote_ok": Missing.PASSED_OVER})


def texts_in(dataset: Path) -> list[tuple[str, str, bool | None]]:
    return pl.read_parquet(dataset / OPEN_TEXT).select("item", "text", "leave").rows()


PEOPLE = {
    1: answered("yes", wish="a"),
    2: answered("no", wish="b"),
    3: answered(None, wish="c"),
    4: answered("prefer_not_to_say", wish="d"),
    5: answered("yes", told="no"),
}


def test_the_answer_stands_beside_the_words_and_nowhere_else(tmp_path: Path) -> None:
    make_dataset(PEOPLE, [asking()], tmp_path / "ds")
    assert texts_in(tmp_path / "ds") == [("wish", "a", True), ("wish", "b", False), ("wish", "c", False), ("wish", "d", False)]  # fmt: skip  # noqa: E501
    assert [name for name in pl.read_parquet(tmp_path / "ds" / RESPONSES).columns if "quote_ok" in name] == []
    assert "quote_ok" not in json.loads((tmp_path / "ds" / "codebook.json").read_bytes())["items"]
    assert json.loads((tmp_path / "ds" / "dataset.json").read_bytes())["format"] == 3


def test_records_one_by_one_and_many_at_once_say_the_same(tmp_path: Path) -> None:
    """An escape in a record makes it one that is read by itself."""
    by_itself = {number: one.to_bytes().replace(b'"yes"', b'"\\u0079es"') for number, one in PEOPLE.items()}
    make_dataset(PEOPLE, [asking()], tmp_path / "many")
    make_dataset(by_itself, [asking()], tmp_path / "single")
    for name in (OPEN_TEXT, RESPONSES):
        assert (tmp_path / "many" / name).read_bytes() == (tmp_path / "single" / name).read_bytes()


def test_words_in_a_repeat_have_the_leave_of_their_writer(tmp_path: Path) -> None:
    how = {"helper[1]/how": "x", "helper[1]/helped": "yes", "helper[2]/how": "y", "helper[2]/helped": "no"}
    make_dataset({1: answered("yes", **how)}, [asking()], tmp_path / "ds")
    assert texts_in(tmp_path / "ds") == [("how", "x", True), ("how", "y", True)]


def test_text_that_is_not_named_was_not_asked_of(tmp_path: Path) -> None:
    how = {"helper[1]/how": "x", "helper[1]/helped": "yes"}
    make_dataset({1: answered("yes", wish="a", **how)}, [asking(texts=("wish",))], tmp_path / "ds")
    assert texts_in(tmp_path / "ds") == [("how", "x", None), ("wish", "a", True)]


@pytest.mark.parametrize(
    ("writers", "leave"),
    [
        (("yes", "yes"), True),
        (("yes", "no"), False),
        (("yes", None), False),
        (("yes", "not asked"), None),
        (("no", "not asked"), False),
    ],
)
def test_equal_words_may_be_quoted_if_all_who_wrote_them_say_so(
    tmp_path: Path, writers: tuple[str | None, ...], leave: bool | None
) -> None:
    people = {
        number: record({"wish": "same"}, number=2) if one == "not asked" else answered(one, wish="same")
        for number, one in enumerate(writers)
    }
    make_dataset(people, [asking(), edition(2)], tmp_path / "ds")
    assert count_open_texts(read_dataset(tmp_path / "ds")) == {("wish", "en", "same"): TextOccurrence(2, leave)}


def as_earlier_format(folder: Path) -> None:
    """Make of a dataset what format 2 had."""
    table = pl.read_parquet(folder / OPEN_TEXT)
    table.drop("leave").write_parquet(folder / OPEN_TEXT)
    rewrite_info(folder, 2)


def rewrite_info(folder: Path, number: int) -> None:
    said = json.loads((folder / "dataset.json").read_bytes())
    said["format"] = number
    said["files"][OPEN_TEXT] = file_sha256(folder / OPEN_TEXT)
    DatasetInfo.from_json(said)
    (folder / "dataset.json").write_text(json.dumps(said))


def test_dataset_of_the_earlier_format_is_read_forgets_and_grows(tmp_path: Path) -> None:
    old = replace(edition(), study=replace(edition().study, coming_back=ComingBackSettings(0, UNTIL)))
    first = source(tmp_path / "1", {1: record({"wish": "a"}), 2: record({"wish": "b"})}, of=old)
    folder = tmp_path / "ds"
    open_dataset(OpeningRequest([first], [KEY], jobs=1), folder)
    as_earlier_format(folder)
    assert set(count_open_texts(read_dataset(folder)).values()) == {TextOccurrence(1, None)}
    assert forget_rows(folder, [2]) == 1
    assert texts_in(folder) == [("wish", "a", None)]
    as_earlier_format(folder)
    second = source(tmp_path / "2", {3: answered("yes", 2, wish="c")}, of=asking(2))
    again = source(tmp_path / "1b", {1: record({"wish": "a"})}, of=old, gone=[2])
    open_dataset(OpeningRequest([again, second], [KEY], jobs=1), folder)
    assert texts_in(folder) == [("wish", "a", None), ("wish", "c", True)]
    open_dataset(OpeningRequest([again, second], [KEY], jobs=1), tmp_path / "anew")
    for name in (OPEN_TEXT, RESPONSES):
        assert (folder / name).read_bytes() == (tmp_path / "anew" / name).read_bytes()


def test_a_format_to_come_is_refused(tmp_path: Path) -> None:
    make_dataset({1: record({"wish": "a"})}, [edition()], tmp_path / "ds")
    rewrite_info(tmp_path / "ds", 4)
    with pytest.raises(Exception, match=r"DATA_005 .*its format is 4, and this version knows 2 and 3"):
        read_dataset(tmp_path / "ds")


def test_export_has_it_where_the_words_are_and_nowhere_else(tmp_path: Path) -> None:
    make_dataset(PEOPLE, [asking()], tmp_path / "ds")
    export_dataset(
        read_dataset(tmp_path / "ds"), ExportFormat.CSV, tmp_path / "out", language="en", open_text=("wish",)
    )
    written = {path.name: path.read_text("utf-8-sig") for path in (tmp_path / "out").iterdir()}
    texts = next(text for name, text in written.items() if "open_text" in name)
    assert texts.splitlines()[:3] == ["item,language,text,leave", "wish,en,a,true", "wish,en,b,false"]
    assert [name for name, text in written.items() if "quote_ok" in text] == []
