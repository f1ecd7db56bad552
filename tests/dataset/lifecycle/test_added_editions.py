"""A field of three editions: archives of the second and the third are taken into a dataset that began with the first.

In the second, `told` was put in other words, `who` offers one answer more, and `since` is new. In the third, `age` is
gone, and the study says of `who` that it is one question.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from kuule.core.problems import ArchiveError
from kuule.dataset.lifecycle.dataset_opening import ArchiveSource
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS
from kuule.dataset.lifecycle.row_removal import forget_rows
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.forms.record import Record
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.pooled_questions import PooledQuestion
from kuule.tables.missing import Missing
from tests.dataset.lifecycle.test_dataset_opening import opened, said_of
from tests.dataset.lifecycle.test_row_removal import code_of
from tests.dataset.small import FORM, edition
from tests.factories import UNTIL, lenient, source

SECOND = (
    FORM.replace("Had you **told** it?", "Had you told anyone?")
    .replace("|         | who       | stranger          | Stranger           |\n",
             "|         | who       | stranger          | Stranger           |\n"
             "|         | who       | neighbour         | Neighbour          |\n")
    .replace("|        | select_one land    | residence |",
             "|        | integer            | since     | For how long?          |\n"
             "|        | select_one land    | residence |")
    .replace("|        | select_one told    | helped    | Did it help?           |\n",
             "|        | select_one told    | helped    | Did it help?           |\n"
             "|        | select_one told    | again     | Would you ask again?   |\n")
)  # fmt: skip
THIRD = SECOND.replace("|        | integer            | age       | How old are you?       |\n", "").replace(
    ", ${age}", ""
)
IDS = ("1" * 64, "2" * 64, "3" * 64)
ITEMS = {
    1: ("told", "who", "residence", "age", "sure", "wish"),
    2: ("told", "who", "since", "residence", "age", "sure", "wish"),
    3: ("told", "who", "since", "residence", "sure", "wish"),
}
OF_HELPERS = {1: ("helped",), 2: ("helped", "again"), 3: ("helped", "again")}


@cache
def of(number: int, until: object = UNTIL) -> Edition:
    made = edition(number, {1: FORM, 2: SECOND, 3: THIRD}[number])
    study = replace(made.study, coming_back=lenient(until).study.coming_back)  # type: ignore[arg-type]
    if number == 3:
        study = replace(study, pooled={"who": PooledQuestion((IDS[0][:8],), "One answer was added.")})
    return replace(made, id=IDS[number - 1], study=study)


def answered(number: int, answers: Mapping[str, str], helpers: Sequence[Mapping[str, str]] = ()) -> Record:
    """Somebody who answered an edition: these items, and skipped the others."""
    paths = {f"/data/{name}": answers.get(name) for name in ITEMS[number]}
    for place, one in enumerate(helpers, 1):
        paths |= {f"/data/helper[{place}]/{name}": one.get(name) for name in OF_HELPERS[number]}
    given = {path: value for path, value in paths.items() if value is not None}
    missing = {path: Missing.PASSED_OVER for path, value in paths.items() if value is None}
    return Record("our-voice", IDS[number - 1], "en", "", "2026-W48", given, missing)


def anyone(number: int, dice: random.Random) -> Record:
    offered = {
        "told": ("yes", "no", "prefer_not_to_say"),
        "who": ("family", "stranger", "family stranger", "do_not_know", *(() if number == 1 else ("neighbour",))),
        "since": ("0", "12"), "residence": ("FI", "FR"), "age": ("19", "61"), "sure": ("OK",), "wish": ("a", "b", "c"),
        "helped": ("yes", "no"), "again": ("yes", "no"),
    }  # fmt: skip
    draw = {name: dice.choice(values) for name, values in offered.items() if dice.random() < 0.7}
    helpers = [{name: dice.choice(offered[name]) for name in OF_HELPERS[number]} for _ in range(dice.randrange(3))]
    return answered(number, draw, helpers)


def archive(folder: Path, number: int, people: Mapping[int, Record], until: object = UNTIL) -> ArchiveSource:
    return source(folder, people, of=of(number, until), rows_a_part=9)


@pytest.mark.parametrize("until", [UNTIL, None])
@pytest.mark.parametrize("seed", [1, 2])
def test_editions_that_are_added_give_what_opening_all_anew_gives(tmp_path: Path, seed: int, until: object) -> None:
    dice = random.Random(seed)
    people = {n: {100 * n + at: anyone(n, dice) for at in range(30)} for n in (1, 2, 3)}
    late = people[1] | {190: anyone(1, dice)}
    first, second = (archive(tmp_path / f"{n}", n, people[n], until) for n in (1, 2))
    grown, third = archive(tmp_path / "late", 1, late, until), archive(tmp_path / "3", 3, people[3], until)
    opened(tmp_path / "ds", first)
    assert opened(tmp_path / "ds", second, first).added == 30
    done = opened(tmp_path / "ds", third, second, grown)
    opened(tmp_path / "anew", grown, second, third)
    assert (done.added, done.opened_before, done.info.editions) == (31, 60, IDS)
    assert said_of(tmp_path / "ds") == said_of(tmp_path / "anew")


def test_question_in_other_words_is_another_column(tmp_path: Path) -> None:
    opened(
        tmp_path / "ds",
        archive(tmp_path / "1", 1, {1: answered(1, {"told": "yes"})}),
        archive(tmp_path / "2", 2, {2: answered(2, {"told": "no"}), 3: answered(2, {})}),
    )
    frame = pl.read_parquet(tmp_path / "ds/responses.parquet")
    found = frame.select("edition", "told@1", "told@1:missing", "told", "told:missing", "since:missing").rows()
    first, second = (one[:8] for one in IDS[:2])
    assert sorted(((str(row[0])[:8], *row[1:]) for row in found), key=str) == [
        (first, "yes", None, None, "not_in_edition", "not_in_edition"),
        (second, None, "not_in_edition", "no", None, "passed_over"),
        (second, None, "not_in_edition", None, "passed_over", "passed_over"),
    ]
    items = read_dataset(tmp_path / "ds").codebook.items
    assert [items[name].labels["en"] for name in ("told@1", "told")] == ["Had you told it?", "Had you told anyone?"]
    assert [(items[name].question, items[name].version) for name in ("told@1", "told")] == [("told", 1), ("told", 0)]
    assert (items["since"].editions, items["age"].editions) == (IDS[1:2], IDS[:2])
    assert "who@1" in items, "an answer more is another question, until somebody says it is not"


def test_pooled_question_is_one_column_with_its_reason(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        answers = {"who": "family"} if number < 3 else {"who": "neighbour"}
        sources = [archive(tmp_path / f"{n}-{number}", n, {n: answered(n, answers)}) for n in range(1, number + 1)]
        opened(tmp_path / f"ds{number}", *sources)
    book = read_dataset(tmp_path / "ds3").codebook
    assert (book.items["who"].editions, "who@1" in book.items) == (IDS, False)
    assert book.items["who"].pooled == {IDS[2]: "One answer was added."}
    assert sorted(book.versions) == ["sure", "sure@1", "told", "told@1"]
    assert (book.versions["told@1"], book.versions["told"]) == (("told", {IDS[0]}), ("told", set(IDS[1:])))
    assert [book.edition_numbers(book.items[name]) for name in ("who", "since", "age", "told@1")] == [
        (), (2, 3), (1, 2), (1,),
    ]  # fmt: skip


def test_question_that_is_gone_keeps_its_answers_and_its_base(tmp_path: Path) -> None:
    first = archive(tmp_path / "1", 1, {1: answered(1, {"age": "40"})})
    third = archive(tmp_path / "3", 3, {3: answered(3, {})})
    opened(tmp_path / "ds", first)
    opened(tmp_path / "ds", first, third)
    frame = pl.read_parquet(tmp_path / "ds/responses.parquet")
    assert sorted(frame.select("age", "age:missing").rows(), key=str) == [(40, None), (None, "not_in_edition")]


def test_edition_without_any_answer_is_taken_in(tmp_path: Path) -> None:
    first = archive(tmp_path / "1", 1, {1: answered(1, {"told": "yes"})})
    opened(tmp_path / "ds", first)
    done = opened(tmp_path / "ds", first, archive(tmp_path / "2", 2, {}))
    assert (done.added, done.info.editions) == (0, IDS[:2])
    assert pl.read_parquet(tmp_path / "ds/responses.parquet")["told@1"].to_list() == ["yes"]


def test_archives_of_an_edition_that_the_dataset_has_are_needed(tmp_path: Path) -> None:
    first, second = (archive(tmp_path / f"{n}", n, {n: answered(n, {})}) for n in (1, 2))
    opened(tmp_path / "ds", first)
    before = said_of(tmp_path / "ds")
    assert code_of(opened, tmp_path / "ds", second) == "DATA_019"
    assert said_of(tmp_path / "ds") == before


def test_answers_are_taken_out_after_an_edition_was_added(tmp_path: Path) -> None:
    first, second = (archive(tmp_path / f"{n}", n, {n: answered(n, {"told": "yes", "wish": f"w{n}"})}) for n in (1, 2))
    opened(tmp_path / "ds", first)
    opened(tmp_path / "ds", first, second)
    forget_rows(tmp_path / "ds", [1])
    frame = pl.read_parquet(tmp_path / "ds/responses.parquet")
    assert (frame["told"].to_list(), frame["told@1"].to_list()) == (["yes"], [None])
    assert pl.read_parquet(tmp_path / "ds/open_text.parquet").rows() == [("wish", "en", "w2", None)]
    assert OPENED_ROWS.path(tmp_path / "ds").exists()


def test_words_of_a_later_edition_cannot_be_pooled_by_an_earlier_one(tmp_path: Path) -> None:
    sources = [archive(tmp_path / f"{n}", n, {n: answered(n, {})}) for n in (3, 1)]
    with pytest.raises(
        ArchiveError, match=r"DATA_030 edition 33333333: it counts 'who' together with the words of edi"
    ):
        opened(tmp_path / "ds", *sources)
