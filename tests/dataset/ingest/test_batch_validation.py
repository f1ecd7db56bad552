"""Many records at once come to what each comes to by itself, whatever they hold."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kuule.dataset.ingest.answer_cells import InvalidRecord
from kuule.dataset.ingest.batch_validation import BatchValidator
from kuule.dataset.ingest.record_validation import RecordValidator
from kuule.dataset.ingest.table_schemas import OPEN_TEXT, RESPONSES, TableFrames, TableSchemas
from kuule.dataset.schema.columns import dataset_variables
from kuule.forms.record import Record
from kuule.opening.archive_rows import OpenedRecord
from kuule.tables.missing import Missing
from tests.dataset.small import FORM, edition, record
from tests.factories import REPEATED, person, repeated

LATER = FORM.replace("| age ", "| years ").replace(", ${age}", "")
EDITIONS = [edition(), edition(2, LATER)]
KNOWN = dataset_variables(EDITIONS)
FITTING = RecordValidator.from_editions(EDITIONS, KNOWN)
SHAPE = TableSchemas.for_dataset([one.id for one in EDITIONS], KNOWN)
VALUES = [
    *("yes", "no", "prefer_not_to_say", "do_not_know", "family", "family stranger", "stranger nobody", "", " ", "FI"),
    *("34", "-1", "1e3", "9" * 30, "٣", "2020-02-30", "OK", "\\u0041", "\ud800", "a\u2028b", "\x00"),
    *(None, 0, 1, 3, [], {}, True, "passed_over", "not_asked"),
]
ITEMS = ("told", "who", "residence", "age", "years", "sure", "wish", "helper", "secret", "told[1]", "helper/helped")
INSTANCES = ("helper[1]/helped", "helper[2]/helped", "helper[1][2]/helped", "helper[x]/helped")
PATHS = [*(f"/data/{name}" for name in (*ITEMS, *INSTANCES)), "told", ""]
REASONS = [*map(str, Missing), "lost", None, [], 1]
FIRST: dict[str, list[object]] = {
    "v": [1, 2, True, None],
    "study": ["help-us", 1],
    "edition": [f"{2:064x}", f"{9:064x}", None],
    "language": ["ar", "xx", 1],
    "week": ["2026-W1", "x", None],
    "link": ["a1", "UP", 1],
    "flags": [["a_flag", "b"], ["A"], "abc", [1], ["x"] * 9, {}],
    "answers": [[], None, "x"],
    "missing": [[], None, "x"],
    "more": [1],
}


@st.composite
def contents(draw: st.DrawFn) -> bytes:
    """A record of the small study in which some things are otherwise, or bytes that are none."""
    told = json.loads(person(draw(st.integers(0, 12))).to_bytes())
    for _ in range(draw(st.integers(0, 3))):
        match draw(st.integers(0, 4)):
            case 0:
                told["answers"][draw(st.sampled_from(PATHS))] = draw(st.sampled_from(VALUES))
            case 1:
                told["missing"][draw(st.sampled_from(PATHS))] = draw(st.sampled_from(REASONS))
            case 2:
                told[draw(st.sampled_from(["answers", "missing"]))].pop(draw(st.sampled_from(PATHS)), None)
            case 3:
                name = draw(st.sampled_from(list(FIRST)))
                told[name] = draw(st.sampled_from(FIRST[name]))
            case _:
                return draw(
                    st.sampled_from(
                        [b"", b"{}", b"[]", b"\xff", b"1", json.dumps(told).encode("utf-16"), b"[" * 100_000]
                    )
                )
        if not all(isinstance(told[name], dict) for name in ("answers", "missing")):
            break
    return json.dumps(told, ensure_ascii=draw(st.booleans())).encode("utf-8", "surrogatepass")


def one_by_one(
    opened: list[OpenedRecord], fitting: RecordValidator, shape: TableSchemas
) -> tuple[TableFrames, list[tuple[int, str]]]:
    rows, misfits = [], []
    for one in opened:
        try:
            rows.append((fitting.row_of(one.record), one))
        except InvalidRecord as misfit:
            misfits.append((one.row_id, str(misfit)))
    return shape.tables_from_rows(rows), misfits


def assert_same(batches: BatchValidator, contents: list[bytes], fitting: RecordValidator, shape: TableSchemas) -> None:
    opened = [OpenedRecord(content, number, number) for number, content in enumerate(contents)]
    expected, reasons = one_by_one(opened, fitting, shape)
    found, misfits = batches.validate(opened)
    assert [(one.row_id, str(misfit)) for one, misfit in misfits] == reasons
    for name, table in expected.items():
        assert found[name].sort(table.columns).equals(table.sort(table.columns)), name


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(st.lists(contents(), max_size=6))
def test_batch_is_what_its_records_are_one_by_one(found: list[bytes]) -> None:
    assert_same(BatchValidator(FITTING, SHAPE, EDITIONS[0].id), found, FITTING, SHAPE)


def test_batches_know_from_one_to_the_next_what_fits() -> None:
    batches = BatchValidator(FITTING, SHAPE, EDITIONS[0].id)
    for start in range(0, 60, 20):
        people = [person(number).to_bytes() for number in range(start, start + 20)]
        bad = record({"told": "maybe"}).to_bytes()
        of_later = replace(record(number=2), missing={**record().missing, "/data/years": Missing.PASSED_OVER})
        del of_later.missing["/data/age"]  # type: ignore[attr-defined]
        assert_same(batches, [*people, bad, of_later.to_bytes(), *people], FITTING, SHAPE)


def test_ordinary_records_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def one_by_one_after_all(_: RecordValidator, content: bytes) -> None:
        raise AssertionError(content)

    monkeypatch.setattr(RecordValidator, "row_of", one_by_one_after_all)
    people = [OpenedRecord(person(number).to_bytes(), number, number) for number in range(12)]
    tables, misfits = BatchValidator(FITTING, SHAPE, EDITIONS[0].id).validate(people)
    assert (tables[RESPONSES].height, misfits) == (12, [])


def test_batch_of_many_distinct_answers_is_the_same() -> None:
    batches = BatchValidator(FITTING, SHAPE, EDITIONS[0].id)
    for start in (0, 5000, 0):
        assert_same(batches, [record({"age": str(start + age)}).to_bytes() for age in range(5000)], FITTING, SHAPE)


def test_batch_with_labels_and_texts_in_repeats_is_the_same() -> None:
    of = edition(form=REPEATED)
    fitting = RecordValidator.from_editions([of], dataset_variables([of]))
    shape = TableSchemas.for_dataset([of.id], fitting.variables)
    assert_same(BatchValidator(fitting, shape, of.id), [repeated().to_bytes()] * 3, fitting, shape)


@pytest.mark.parametrize("value", [None, 0, 1, 2.5, True, [], ["yes"], {}, "\ud800", "\U0001f33f", "\x00"])
@pytest.mark.parametrize("path", ["/data/told", "/data/told_name", "/data/helper[1]/helped", "/data/helper[1]/how"])
def test_answer_of_any_json_is_taken_or_refused_as_it_would_be_alone(path: str, value: object) -> None:
    of = edition(form=REPEATED)
    fitting = RecordValidator.from_editions([of], dataset_variables([of]))
    shape = TableSchemas.for_dataset([of.id], fitting.variables)
    told = json.loads(repeated().to_bytes())
    told["answers"][path] = value
    contents = [json.dumps(told).encode(), json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")]
    assert_same(BatchValidator(fitting, shape, of.id), [*contents, repeated().to_bytes()], fitting, shape)


@pytest.mark.parametrize("path", ["/data/told", "/data/wish", "/data/helper[2]/how"])
def test_item_that_is_answered_and_missing_is_refused(path: str) -> None:
    of = edition(form=REPEATED)
    fitting = RecordValidator.from_editions([of], dataset_variables([of]))
    told = json.loads(repeated().to_bytes())
    told["answers"][path], told["missing"][path] = "yes", "passed_over"
    batches = BatchValidator(fitting, TableSchemas.for_dataset([of.id], fitting.variables), of.id)
    [(_, misfit)] = batches.validate([OpenedRecord(json.dumps(told).encode(), 1, 1)])[1]
    assert str(misfit) == "has an item both answered and missing"


def test_item_that_only_a_later_edition_has_is_not_answered_by_its_column_name() -> None:
    told = json.loads(person(1).to_bytes())
    told["answers"]["years"] = "34"
    batches = BatchValidator(FITTING, SHAPE, EDITIONS[0].id)
    [(_, misfit)] = batches.validate([OpenedRecord(json.dumps(told).encode(), 1, 1)])[1]
    assert str(misfit) == "answers an item that the edition does not have"


def test_records_with_escapes_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecordValidator, "row_of", None)
    written = json.dumps(json.loads(record({"wish": "hiljaisuus on ääni \U0001f33f"}).to_bytes()))
    assert "\\ud83c" in written
    tables, misfits = BatchValidator(FITTING, SHAPE, EDITIONS[0].id).validate([OpenedRecord(written.encode(), 1, 1)])
    assert (tables[RESPONSES].height, misfits) == (1, [])
    assert tables[OPEN_TEXT]["text"].to_list() == ["hiljaisuus on ääni \U0001f33f"]


@pytest.mark.parametrize("path", ["/data/helper/helped", "/data/told[1]", "/data/helper[1][2]/helped"])
def test_item_outside_of_its_repeat_is_none_of_the_edition(path: str) -> None:
    odd: Record = replace(record(), answers={path: "yes"})
    with pytest.raises(InvalidRecord, match="an item that the edition does not have"):
        FITTING.row_of(odd.to_bytes())
