"""[cleaning]: what each rule sets aside, that nothing is deleted, and that only what is left is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl

from kuule.analysis.crosstabs.counting import count_tables
from kuule.dataset.cleaning import cleaned_origin, cleaned_responses, cleaning_flags
from kuule.dataset.schema.columns import CLEANING_COLUMN, RECORD_KEY
from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.tables.missing import Missing
from kuule.tables.request import TableRequest
from kuule.tables.result import KEY_MODULUS, MonthlyResponses, SetAside
from tests.dataset.small import edition, record
from tests.factories import make_dataset

FULL = {"told": "yes", "who": "family", "residence": "FI", "age": "40", "sure": "OK", "wish": "A"}


def dataset_of(tmp_path: Path, cleaning: CleaningSettings, *records) -> Dataset:
    """With rules that study.toml would refuse for so short a form as well."""
    make_dataset(records, [edition()], tmp_path / "ds")
    dataset = read_dataset(tmp_path / "ds")
    return replace(dataset, study=replace(dataset.study, cleaning=cleaning))


def flags(dataset: Dataset) -> list[str]:
    return sorted(dataset.frame.with_columns(cleaning_flags(dataset)).collect()[CLEANING_COLUMN].to_list())


def test_empty_is_whoever_gave_no_answer_with_content(tmp_path: Path) -> None:
    people = [record(), record({"told": "prefer_not_to_say"}), record({"told": "yes"}), record({"wish": "A wish"})]
    assert flags(dataset_of(tmp_path, CleaningSettings(empty=True), *people)) == ["", "", "empty", "empty"]


def test_flag_of_the_collector_is_held_by_its_whole_name(tmp_path: Path) -> None:
    people = [record({"told": "yes"}, flags=mark) for mark in ((), ("faster_than_reading",), ("hidden_field_filled",))]
    dataset = dataset_of(tmp_path, CleaningSettings(flags=("faster_than_reading",)), *people)
    assert flags(dataset) == ["", "", "faster_than_reading"]


def test_of_responses_that_are_alike_the_first_counts(tmp_path: Path) -> None:
    people = [record(FULL), record(FULL), record(FULL, language="ar"), record(FULL | {"age": "41"})]
    # what people wrote is not compared: a response is alike without it
    people.append(record(FULL | {"wish": "B"}))
    assert flags(dataset_of(tmp_path, CleaningSettings(doubles_from=6), *people)) == [
        "",
        "",
        "doubles",
        "doubles",
        "doubles",
    ]


def test_of_responses_that_are_alike_one_that_a_flag_sets_aside_is_not_the_one_that_counts(tmp_path: Path) -> None:
    people = [record(FULL, week="2026-W01", flags=("faster_than_reading",)), record(FULL, week="2026-W48")]
    cleaning = CleaningSettings(flags=("faster_than_reading",), doubles_from=6)
    assert flags(dataset_of(tmp_path, cleaning, *people)) == ["", "faster_than_reading"]


def test_responses_with_few_answers_are_alike_by_chance(tmp_path: Path) -> None:
    assert flags(dataset_of(tmp_path, CleaningSettings(doubles_from=7), record(FULL), record(FULL))) == ["", ""]


def test_contradiction_is_all_of_its_answers_together(tmp_path: Path) -> None:
    said = {"told": ("no", "prefer_not_to_say"), "who": ("family",)}
    people = [
        record({"told": "no", "who": "family stranger"}),
        record({"told": "prefer_not_to_say", "who": "family"}),
        record({"told": "no", "who": "stranger"}),
        record({"told": "yes", "who": "family"}),
        record({"who": "family"}),
    ]
    dataset = dataset_of(tmp_path, CleaningSettings(contradictions={"apart": said}), *people)
    assert flags(dataset) == ["", "", "", "contradiction:apart", "contradiction:apart"]


FORM = """
| survey |                  |      |        |
|        | type             | name | label  |
|        | select_one grade | a    | First  |
|        | select_one grade | b    | Second |
|        | select_one grade | c    | Third  |
| choices |           |        |        |
|         | list_name | name   | label  |
|         | grade     | little | Little |
|         | grade     | much   | Much   |
"""


def test_straight_line_is_one_answer_to_every_question(tmp_path: Path) -> None:
    def person(**answers: str):
        missing = {f"/data/{name}": Missing.PASSED_OVER for name in "abc" if name not in answers}
        return replace(record(), answers={f"/data/{name}": code for name, code in answers.items()}, missing=missing)

    ours = edition(form=FORM)
    cleaning = CleaningSettings(straight_lines={"grades": ("a", "b", "c")})
    people = [person(a="much", b="much", c="much"), person(a="much", b="much"), person(a="much", b="much", c="little")]
    make_dataset(people, [replace(ours, study=replace(ours.study, cleaning=cleaning))], tmp_path / "ds")
    assert flags(read_dataset(tmp_path / "ds")) == ["", "", "straight_line:grades"]


def test_rule_follows_a_question_that_an_edition_moved(tmp_path: Path) -> None:
    moved = FORM.replace("| a    | First  |", "| a    | First  |\n| | begin_group | more | More |").replace(
        "| choices |", "| | end_group | | |\n| choices |"
    )
    cleaning = CleaningSettings(
        straight_lines={"grades": ("a", "b", "c")}, contradictions={"apart": {"a": ("little",), "c": ("much", "gone")}}
    )
    newest = edition(2, form=moved)
    people = [
        replace(record(number=number), answers=dict(zip(paths, codes, strict=True)), missing={})
        for number, paths in ((1, ("/data/a", "/data/b", "/data/c")), (2, ("/data/a", "/data/more/b", "/data/more/c")))
        for codes in (("much", "much", "much"), ("little", "much", "much"), ("much", "little", "little"))
    ]
    newest = replace(newest, study=replace(newest.study, cleaning=cleaning))
    make_dataset(people, [edition(form=FORM), newest], tmp_path / "ds")
    found = read_dataset(tmp_path / "ds")
    assert found.info.unopened == 0
    assert flags(found) == ["", ""] + ["contradiction:apart"] * 2 + ["straight_line:grades"] * 2


def test_rule_on_what_the_dataset_does_not_have_sets_nobody_aside(tmp_path: Path) -> None:
    cleaning = CleaningSettings(
        straight_lines={"x": ("told", "gone", "lost")},
        contradictions={"y": {"told": ("yes",), "helped": ("yes",)}, "z": {"told": ("yes",), "who": ("gone",)}},
    )
    dataset = dataset_of(tmp_path, cleaning, record(FULL), record({"told": "yes"}))
    assert cleaned_origin(dataset).set_aside == tuple(SetAside(rule, 0, 2, 0) for rule in cleaning.rules)


def test_everybody_can_be_set_aside(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, CleaningSettings(empty=True), record(), record())
    (table,) = count_tables(dataset, [TableRequest("told")])
    assert table.columns[0].counts == (0, 0)
    found = cleaned_origin(dataset)
    assert found.set_aside == (SetAside("empty", 2, 0, found.key or 0),)


def test_each_rule_is_counted_alone_and_after_those_before_it(tmp_path: Path) -> None:
    cleaning = CleaningSettings(empty=True, flags=("faster_than_reading",))
    people = [record({"told": "yes"}), record({"told": "no"}, flags=("faster_than_reading",))]
    people += [record(flags=("faster_than_reading",)), record()]
    dataset = dataset_of(tmp_path, cleaning, *people)
    frame = dataset.frame.collect()
    keys = dict(zip(zip(frame["told"], frame["flags"], strict=True), frame[RECORD_KEY], strict=True))
    fast = "faster_than_reading"
    assert cleaned_origin(dataset).set_aside == (
        SetAside("empty", 2, 2, (keys[None, fast] + keys[None, ""]) % KEY_MODULUS),
        SetAside(fast, 2, 1, (keys[None, fast] + keys["no", fast]) % KEY_MODULUS),
    )
    assert cleaned_origin(dataset).key == sum(keys.values()) % KEY_MODULUS
    assert cleaned_responses(dataset).collect().height == 1
    assert pl.read_parquet(dataset.path / "responses.parquet").height == dataset.info.responses == 4


def test_tables_count_what_no_rule_set_aside(tmp_path: Path) -> None:
    people = [record({"told": "yes"}), record({"told": "yes"}, flags=("faster_than_reading",)), record()]
    (table,) = count_tables(
        dataset_of(tmp_path, CleaningSettings(empty=True, flags=("faster_than_reading",)), *people),
        [TableRequest("told")],
    )
    assert table.columns[0].counts == (1, 0)
    assert table.columns[0].missing[Missing.PASSED_OVER] == 0


def test_without_rules_everyone_counts(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, CleaningSettings(), record(), record({"told": "yes"}))
    assert cleaned_responses(dataset).collect().height == 2
    keys = dataset.frame.collect()[RECORD_KEY].to_list()
    assert cleaned_origin(dataset) == replace(
        dataset.origin,
        responses_by_month=(MonthlyResponses("2026-11", len(keys), sum(keys) % KEY_MODULUS),),
        key=sum(keys) % KEY_MODULUS,
    )
    assert flags(dataset) == ["", ""]


def test_origin_has_all_responses_by_the_month_of_their_week(tmp_path):
    weeks = ("2026-W05", "2026-W53", "2026-W06", "2026-W05")  # Thursdays of 29 January, 31 December and 5 February
    make_dataset([*(record(week=week) for week in weeks)], [edition()], tmp_path / "ds")
    dataset = read_dataset(tmp_path / "ds")
    sent = cleaned_origin(dataset).responses_by_month
    assert [(one.month, one.responses) for one in sent] == [("2026-01", 2), ("2026-02", 1), ("2026-12", 1)]
    assert sum(one.key for one in sent) % KEY_MODULUS == cleaned_origin(dataset).key
