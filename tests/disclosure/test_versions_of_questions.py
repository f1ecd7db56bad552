"""Reports while a field goes on: the words of a question change, questions come, and few people are asked some.

An attacker subtracts two reports: that on the dataset before an edition was added, and that on the dataset with it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.disclosure.differencing import ASKED_IN, GroupHierarchy, are_nested
from kuule.disclosure.ledger import Ledger
from kuule.disclosure.ledger_format import entries_from_json, entries_to_json
from kuule.disclosure.thresholds import AnswerSet, DisclosureRules
from kuule.publishing.template.template_reader import read_template
from kuule.tables.released import ReleasedColumn, WithheldReason
from kuule.tables.request import EDITION, TableRequest
from kuule.usecases.reporting.released_report import ReleasedReport, release_report, rules_of_dataset
from tests.dataset.lifecycle.test_added_editions import IDS, answered, of
from tests.factories import make_dataset

FEW, JOINED = WithheldReason.FEW, WithheldReason.JOINED
ONE, TWO, THREE = (frozenset({each}) for each in IDS)


@cache
def people(first: int, second: int = 0, third: int = 0) -> dict[int, object]:
    """So many who answered each edition, by ids that stay theirs. Every third says yes; half of those of the second
    edition, up to twenty, say since when."""
    counts = {1: first, 2: second, 3: third}
    found = {}
    for number, size in counts.items():
        for at in range(size):
            answers = {"told": ("yes", "no", "no")[at % 3], "residence": ("FI", "FR")[at % 2], "who": "family"}
            if number > 1 and at < 20:
                answers["since"] = str(at)
            found[10_000 * number + at] = answered(number, answers)
    return found


def dataset(folder: Path, *sizes: int) -> Dataset:
    editions = [of(number, None) for number, _ in enumerate(sizes, 1)]
    make_dataset(people(*sizes), editions, folder)  # type: ignore[arg-type]  # records by their ids
    return read_dataset(folder)


def released(data: Dataset, requests: list[str], ledger: Ledger) -> ReleasedReport:
    """A report with one figure for each request, as published: it is in the ledger afterwards."""
    figures = [TableRequest.parse(each) for each in requests]
    text = "# Report\n" + "".join(
        f"\n```figure\nquestion: {each.item}\n" + (f"by: {each.cut}\n" if each.cut else "") + "```\n"
        for each in figures
    )
    made = release_report(data, read_template(text), None, ("en", "0" * 64), ledger)
    ledger.add(made.entry.with_file_hash(text.encode()), made.rules)
    return made


def columns(made: ReleasedReport, request: str) -> dict[str, ReleasedColumn]:
    [table] = [each for each in made.tables if str(each.request) == request]
    return {column.code: column for column in table.columns}


def test_question_that_few_were_asked_is_withheld_and_others_are_shown(tmp_path: Path) -> None:
    made = released(
        dataset(tmp_path / "ds", 200, 100), ["since", "told", "told@1", "residence"], Ledger(tmp_path / "l")
    )
    why = {name: columns(made, name)[""].withheld_reason for name in ("since", "told", "told@1", "residence")}
    assert why == {"since": FEW, "told": None, "told@1": None, "residence": None}
    assert abs(columns(made, "told@1")[""].base - 200) <= 5
    assert abs(columns(made, "told")[""].base - 100) <= 5


@pytest.mark.parametrize("late", [0, 1, 29])
def test_older_words_that_few_joined_since_get_no_new_numbers(tmp_path: Path, late: int) -> None:
    """Between the two reports, the question became another column. Its people are those who were everyone before."""
    ledger = Ledger(tmp_path / "ledger")
    first = released(dataset(tmp_path / "first", 200), ["told", "told by residence"], ledger)
    assert columns(first, "told")[""].base is not None
    then = released(
        dataset(tmp_path / "then", 200 + late, 100), ["told@1", "told@1 by residence", "told"], ledger
    )  # fmt: skip
    assert columns(then, "told@1")[""].withheld_reason is JOINED
    assert columns(then, "told")[""].base is not None, "a hundred people are new in it"


def test_older_words_are_carried_forward_from_a_dataset_that_had_both(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    before = released(dataset(tmp_path / "before", 200, 100), ["told@1", "told"], ledger)
    then = released(dataset(tmp_path / "then", 201, 100, 80), ["told@1", "told"], ledger)
    old, now = (columns(one, "told@1")[""] for one in (before, then))
    assert (now.base, now.cells, now.carried_from) == (old.base, old.cells, before.origin.dataset)
    assert columns(then, "told")[""].carried_from == "", "80 people are new in the newer words"
    assert entries_from_json(entries_to_json(ledger.entries())) == ledger.entries()


def test_words_of_an_earlier_edition_have_one_name_in_the_ledger_whatever_their_column_is_called(
    tmp_path: Path,
) -> None:
    """Three wordings: what was `told` in a dataset of two is `told@2` in one of three, and the same people."""
    versions = {"told@1": ("told", ONE), "told@2": ("told", TWO), "told": ("told", THREE)}
    before = GroupHierarchy({}, {"told@1": ("told", ONE), "told": ("told", TWO)})
    now = GroupHierarchy({}, versions)
    assert before.over_editions("told", ()) == now.over_editions("told@2", ()) == ("told", (AnswerSet(ASKED_IN, TWO),))
    assert now.over_editions("age", ()) == ("age", ())
    cut = now.over_editions("age", (AnswerSet("told@1", frozenset({"yes"})),))
    assert cut == ("age", (AnswerSet(ASKED_IN, ONE), AnswerSet("told", frozenset({"yes"}))))


def test_people_of_a_version_are_held_against_everyone_and_against_their_edition() -> None:
    version, edition = (AnswerSet(ASKED_IN, ONE),), (AnswerSet(EDITION, ONE),)
    assert are_nested(version, ())
    assert are_nested(version, edition)
    assert not are_nested(version, (AnswerSet(EDITION, TWO),))


def test_what_a_study_says_of_a_question_is_true_of_all_its_versions(tmp_path: Path) -> None:
    rules = rules_of_dataset(dataset(tmp_path / "ds", 2, 2))
    assert isinstance(rules, DisclosureRules)
    assert rules.sensitive == {"who", "who@1"}
    assert rules.versions["who@1"] == ("who", ONE)
