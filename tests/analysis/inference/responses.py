"""A dataset of people, for analyses from end to end: item to answer, with language, week and link of each."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kuule.dataset.schema.dataset_reader import Dataset, read_dataset
from kuule.study.edition.study_edition import Edition
from tests.dataset.small import FORM, edition, record
from tests.factories import make_dataset

Person = Mapping[str, str]
RECORD = ("language", "week", "link")
WEEKS = {"2026-W48": "2026-Q4", "2026-W53": "2026-Q4", "2027-W01": "2027-Q1", "2027-W14": "2027-Q2"}
"""The last day of 2026 is in week 53, whose Thursday is that day; the Thursday of 2027-W14 is the 8th of April."""
OLDER = FORM.replace("|        | select_one told    | told      | Had you **told** it?   |\n", "")
"""Whoever has an "edition" answered this one."""


def dataset_of(people: Sequence[Person], folder: Path, editions: Sequence[Edition] = ()) -> Dataset:
    make_dataset(map(_record, people), list(editions) or [edition()], folder / "ds")
    return read_dataset(folder / "ds")


def _record(person: Person):
    answers = {item: answer for item, answer in person.items() if item not in (*RECORD, "edition")}
    known = {name: person[name] for name in RECORD if name in person}
    if "edition" not in person:
        return record(answers, **known)
    older = record(answers, number=2, **known)
    return replace(older, missing={path: why for path, why in older.missing.items() if path != "/data/told"})


def some_people(number: int, seed: int = 1) -> list[Person]:
    """People whose answers go together, with gaps: those who live in the north told more often and are older."""
    chance = random.Random(seed)  # nothing secret
    return [_person(chance) for _ in range(number)]


def _person(chance: random.Random) -> Person:
    residence = chance.choice(("FI", "SE", "FR", "FR"))
    north = residence != "FR"
    drawn = {
        "residence": residence,
        "told": chance.choice(("yes", "no", "yes" if north else "no", "prefer_not_to_say")),
        "who": chance.choice(("family", "stranger", "family stranger", "do_not_know", "family do_not_know")),
        "age": str(chance.choice((18, 19, 25, 31, 44, 44, 67, 80)) + 3 * north),
        "sure": "OK",
    }
    given = {item: answer for item, answer in drawn.items() if chance.random() < 0.9}
    record_of = {"language": chance.choice(("en", "ar")), "week": chance.choice(list(WEEKS))}
    return {**given, **record_of, "link": chance.choice(("", "se1", "fi2"))}
