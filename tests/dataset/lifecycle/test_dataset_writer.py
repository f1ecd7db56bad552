"""Opened records to a dataset: every person is a row or a line with a reason, and no order of arrival remains."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace

import polars as pl
import pytest

from kuule.core.problems import ArchiveError
from kuule.dataset.lifecycle.dataset_opening import OpeningRequest, open_dataset
from kuule.dataset.schema.columns import LEADING_COLUMNS, RECORD_KEY
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.opening.private_key import PrivateKey
from kuule.tables.missing import Missing
from tests.dataset.small import FORM, edition, record
from tests.factories import KEY, REPEATED, make_dataset, record_key, repeated, source


def rows(tmp_path, *records, editions=None):
    make_dataset(records, editions or [edition()], tmp_path / "ds")
    return read_dataset(tmp_path / "ds").frame.collect()


def test_build_gives_typed_columns(tmp_path):
    frame = rows(
        tmp_path, record({"told": "yes", "who": "family stranger", "age": "34", "sure": "OK", "residence": "FI"})
    )
    row = frame.row(0, named=True)
    assert (row["told"], row["who/family"], row["who/stranger"], row["age"], row["sure"]) == (
        "yes",
        True,
        True,
        34,
        True,
    )
    assert frame.schema["told"] == pl.Enum(["yes", "no"])
    assert frame.schema["age"] == pl.Int64


@pytest.mark.parametrize(
    ("answers", "item", "reason"),
    [
        ({"told": "prefer_not_to_say"}, "told", "prefer_not_to_say"),
        ({"who": "do_not_know"}, "who", "do_not_know"),
        ({}, "age", "passed_over"),
    ],
)
def test_build_keeps_each_reason_apart_from_answers(tmp_path, answers, item, reason):
    frame = rows(tmp_path, record(answers))
    assert frame[f"{item}:missing"].to_list() == [reason]
    values = [name for name in frame.columns if name == item or name.startswith(f"{item}/")]
    assert {value for name in values for value in frame[name]} == {None}


def test_build_reason_beside_an_answer_is_a_column(tmp_path):
    row = rows(tmp_path, record({"who": "family do_not_know"})).row(0, named=True)
    assert (row["who/family"], row["who/do_not_know"], row["who:missing"]) == (True, True, None)


def test_build_item_of_a_later_edition_was_not_in_the_earlier(tmp_path):
    later = edition(2, FORM.replace("| age ", "| years ").replace(", ${age}", ""))
    missing = {("/data/years" if path == "/data/age" else path): why for path, why in record().missing.items()}
    of_later = replace(record(number=2), missing=missing)
    frame = rows(tmp_path, record({"age": "40"}), of_later, editions=[edition(), later])
    assert set(zip(frame["age:missing"], frame["years:missing"], strict=True)) == {
        (None, "not_in_edition"),
        ("not_in_edition", "passed_over"),
    }


def test_build_from_any_order_gives_the_same_bytes(tmp_path):
    people = [record({"told": "yes", "wish": "b"}), record({"told": "no", "wish": "a"}), record({"age": "20"})]
    made = set()
    for number, order in enumerate(itertools.permutations(people)):
        make_dataset(order, [edition()], tmp_path / str(number))
        files = ("responses.parquet", "open_text.parquet")
        made.add(tuple((tmp_path / str(number) / name).read_bytes() for name in files))
    assert len(made) == 1


def test_build_keeps_free_text_apart(tmp_path):
    frame = rows(tmp_path, record({"told": "yes", "wish": "to be heard"}), record({"told": "no", "wish": "a law"}))
    assert "wish" not in frame.columns
    texts = pl.read_parquet(tmp_path / "ds" / "open_text.parquet")
    assert texts.rows() == [("wish", "en", "a law", None), ("wish", "en", "to be heard", None)]
    assert b"to be heard" not in (tmp_path / "ds" / "responses.parquet").read_bytes()


def test_build_repeats_are_a_table_without_a_link_to_the_response(tmp_path):
    answers = {"helper[1]/helped": "yes", "helper[2]/helped": "no"}
    make_dataset([record(answers)], [edition()], tmp_path / "ds")
    table = pl.read_parquet(tmp_path / "ds" / "repeat.helper.parquet")
    assert table.columns == ["edition", "helped", "helped:missing"]
    assert table["helped"].to_list() == ["yes", "no"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{}", "is not a record that this version can read"),
        (b"\xff\x00", "is not a record that this version can read"),
        (record(study="help-us").to_bytes(), "answers another study"),
        (record(number=9).to_bytes(), "answers another edition"),
        (record({"secret": "x"}).to_bytes(), "answers an item that the edition does not have"),
        (record({"told": "maybe"}).to_bytes(), "has a choice that the item does not offer"),
        (record({"who": "family nobody"}).to_bytes(), "has a choice that the item does not offer"),
        (record({"age": "many"}).to_bytes(), "has an answer that is not of the item's type"),
        (record({"age": "9" * 30}).to_bytes(), "has an answer that is not of the item's type"),
        (record({"age": "1_0"}).to_bytes(), "has an answer that is not of the item's type"),
        (record({"age": "٣"}).to_bytes(), "has an answer that is not of the item's type"),
        (record({"sure": "no"}).to_bytes(), "has an answer that is not of the item's type"),
        (record(link="not a link").to_bytes(), "names a link that cannot be one"),
        (
            record({"wish": "WISH"}).to_bytes().replace(b"WISH", rb"\ud800"),
            "is not a record that this version can read",
        ),
        (record(language="xx").to_bytes(), "names a language or a week that the edition does not have"),
        (replace(record(), missing={}).to_bytes(), "leaves out an item of its edition"),
        (
            replace(record({"age": "34"}), missing={**record().missing, "/data/age": Missing.PASSED_OVER}).to_bytes(),
            "has an item both answered and missing",
        ),
        (
            replace(
                record({"helper[1]/helped": "no"}),
                missing={**record().missing, "/data/helper[1]/helped": Missing.PASSED_OVER},
            ).to_bytes(),
            "has an item both answered and missing",
        ),
    ],
)
def test_build_lists_what_does_not_fit_with_the_reason_and_no_answer(tmp_path, content, reason):
    info = make_dataset([content, record()], [edition()], tmp_path / "ds").info
    assert json.loads((tmp_path / "ds" / "unopened.json").read_text()) == [
        {"place": "an opened response", "reason": reason}
    ]
    assert (info.responses, info.unopened) == (1, 1)


@pytest.mark.parametrize("given", ["prefer_not_to_say do_not_know", "do_not_know prefer_not_to_say"])
def test_who_ticks_both_reserved_answers_prefers_not_to_say(tmp_path, given):
    """In whatever order: that one does not want to be counted among those who do not know."""
    both = FORM.replace(
        "|         | who       | do_not_know       | Do not know        |",
        "|         | who       | do_not_know       | Do not know        |\n"
        "|         | who       | prefer_not_to_say | Prefer not to say  |",
    )
    frame = rows(tmp_path, record({"who": given}), editions=[edition(form=both)])
    row = frame.row(0, named=True)
    assert (row["who:missing"], row["who/family"], row["who/stranger"]) == ("prefer_not_to_say", None, None)


def test_build_lists_unopened_envelopes(tmp_path):
    other = PrivateKey.generate(bytes([1]) * 32, rehearsal=True)
    archive = source(tmp_path / "archive", {1: record()}, of=edition(), key=other)
    info = open_dataset(OpeningRequest([archive], [KEY], jobs=1), tmp_path / "ds").info
    assert json.loads((tmp_path / "ds" / "unopened.json").read_text()) == [
        {"place": "part 1, row 1", "reason": "other_key"}
    ]
    assert (info.responses, info.unopened) == (0, 1)


@pytest.mark.parametrize(
    ("editions", "code"),
    [
        ([edition(), edition(2, rehearsal=False)], "DATA_001"),
        ([edition(), replace(edition(2), study=replace(edition().study, id="help-us"))], "DATA_002"),
    ],
)
def test_build_never_mixes(tmp_path, editions, code):
    with pytest.raises(ArchiveError, match=code):
        make_dataset([record()], editions, tmp_path / "ds")
    assert list(tmp_path.iterdir()) == []


def test_build_never_writes_over_a_dataset(tmp_path):
    (tmp_path / "ds").mkdir()
    with pytest.raises(ArchiveError, match="DATA_003"):
        make_dataset([record()], [edition()], tmp_path / "ds")


def test_build_keeps_free_text_of_a_repeat_with_its_item(tmp_path):
    make_dataset([repeated()], [edition(form=REPEATED)], tmp_path / "ds")
    assert pl.read_parquet(tmp_path / "ds" / "open_text.parquet").rows() == [("how", "en", "by listening", None)]


def test_build_keeps_each_instance_of_a_repeat_with_its_reasons(tmp_path):
    make_dataset([repeated()], [edition(form=REPEATED)], tmp_path / "ds")
    table = pl.read_parquet(tmp_path / "ds" / "repeat.helper.parquet").select("helped", "helped:missing", "how:missing")
    assert set(table.rows()) == {("no", None, None), (None, "passed_over", "passed_over")}


def test_build_keeps_the_flags_of_a_record(tmp_path):
    frame = rows(tmp_path, repeated(), editions=[edition(form=REPEATED)])
    assert frame["flags"].to_list() == ["calculation_left_out withdrawn_page"]


def test_build_has_no_column_for_a_label_that_was_calculated(tmp_path):
    frame = rows(tmp_path, repeated(), editions=[edition(form=REPEATED)])
    assert frame.columns == [*LEADING_COLUMNS, "told", "told:missing", "wish:missing", RECORD_KEY]


def test_build_version_cannot_be_recomputed_from_the_answers(tmp_path):
    made = [make_dataset([record({"told": "yes"})], [edition()], tmp_path / name).info for name in ("a", "b")]
    assert made[0].files["responses.parquet"] == made[1].files["responses.parquet"]
    assert made[0].version != made[1].version
    assert read_dataset(tmp_path / "a").origin.dataset == made[0].version


def test_build_keeps_the_record_key_that_a_response_was_opened_with(tmp_path):
    people = {7 * number: record({"age": str(20 + number)}) for number in (2, 0, 1)}
    make_dataset(people, [edition()], tmp_path / "ds")
    frame = read_dataset(tmp_path / "ds").frame.collect()
    assert frame.columns[-1] == RECORD_KEY
    assert frame.select("age", RECORD_KEY).rows() == [(20 + number, record_key(7 * number)) for number in range(3)]


def test_build_rows_are_in_the_order_of_their_content_and_not_of_their_keys(tmp_path):
    ids = sorted(range(3), key=record_key, reverse=True)
    people = {row_id: record({"age": str(age)}) for row_id, age in zip(ids, (20, 30, 40), strict=True)}
    make_dataset(people, [edition()], tmp_path / "ds")
    assert read_dataset(tmp_path / "ds").frame.collect()["age"].to_list() == [20, 30, 40]


def test_codebook_has_the_parts_of_the_form_with_what_can_be_counted_in_each(tmp_path):
    form = """
| survey |                 |         |                |
|        | type            | name    | label          |
|        | select_one told | first   | First?         |
|        | begin_group     | telling | **Telling** it |
|        | text            | wish    | A wish?        |
|        | select_one told | told    | Told?          |
|        | begin_group     | deeper  | Deeper         |
|        | integer         | years   | For how long?  |
|        | end_group       |         |                |
|        | end_group       |         |                |
|        | begin_group     | plain   |                |
|        | select_one told | last    | Last?          |
|        | end_group       |         |                |
| choices |                |      |     |
|         | list_name      | name | label |
|         | told           | yes  | Yes |
"""
    make_dataset([], [edition(3, form)], tmp_path / "ds")
    codebook = read_dataset(tmp_path / "ds").codebook
    assert codebook.wording("ar").sections == (("", ("first",)), ("Telling it", ("told", "years")), ("", ("last",)))
    assert [bool(section.labels) for section in codebook.sections] == [False, True, False]
