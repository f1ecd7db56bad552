"""The register's files as they are drafted from its tables, and never over what people made of them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from drafting.legal_disputes import DISPUTES
from drafting.legal_values import CODED_BY, FOLDER, NUMBERED, draft, rows, write
from drafting.legal_words import (
    AGE_IN_WORDS,
    AGE_OF_AN_EXCEPTION,
    CHOICE_BY_ROW,
    CLOSE_IN_AGE,
    FORM_BY_WORDS,
    OFFENCES,
    OLD_YEARS,
    RETROACTIVE,
    STATUS_BY_ROW,
)

from kuule.register.data_model.country_values import CountryValues
from kuule.register.reading.register_folder import file_name_of, read_register
from kuule.register.writing.part_files import part_bytes, write_country_values

BULGARIA = ("BG", "limitation-criminal")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A register's folder that has its tables only."""
    shutil.copytree(FOLDER / "sources", tmp_path / "sources")
    return tmp_path


def bulgaria(folder: Path) -> list[CountryValues]:
    return [one for one in draft(folder) if one.country == "BG"]


def drafted(folder: Path) -> dict[tuple[str, str], CountryValues]:
    return {(one.country, one.provision): one for one in draft(folder)}


def test_what_ships_is_what_the_tables_give_wherever_people_have_not_been() -> None:
    made = drafted(FOLDER)
    for place, held in read_register(FOLDER).register.values.items():
        if all(value.coded_by == CODED_BY and value.confirmed_by is None for value in held.values):
            assert held == made[place]


def test_drafting_twice_gives_the_same_files(folder: Path) -> None:
    first, _ = write(folder, bulgaria(folder))
    before = {path: path.read_bytes() for path in first}
    again, left = write(folder, bulgaria(folder))
    assert (again, left) == (first, [])
    assert {path: path.read_bytes() for path in again} == before


@pytest.mark.parametrize(
    "more",
    [
        {"confirmed_by": "coordinator, Bulgaria"},
        {"coded_by": "coder, Bulgaria"},
        {"disagreements": ({"by": "coder, Bulgaria", "on": "2026-12-01", "why": "the copy is not the official text"},)},
    ],
)
def test_what_a_person_has_touched_is_left_alone(folder: Path, more: dict[str, object]) -> None:
    made = drafted(folder)[BULGARIA].model_dump(mode="json", exclude_none=True)
    made["values"][0] |= more
    touched = CountryValues.model_validate(made)
    write_country_values(folder, touched)
    written, left = write(folder, bulgaria(folder))
    path = folder / file_name_of(touched)
    assert (left, path in written) == ([path], False)
    assert path.read_bytes() == part_bytes(touched)


def test_a_decision_is_left_alone(folder: Path) -> None:
    made = drafted(folder)[BULGARIA].model_dump(mode="json", exclude_none=True)
    why = "the statute is younger than the ranking"
    made["decisions"] = [{"on": "2026-12-01", "by": "coordinator", "keeps": ["r010"], "rejects": ["g002"], "why": why}]
    write_country_values(folder, CountryValues.model_validate(made))
    assert write(folder, bulgaria(folder))[1] == [folder / file_name_of(CountryValues.model_validate(made))]


def test_an_address_with_more_words_is_divided(folder: Path) -> None:
    source = drafted(folder)[BULGARIA].values[0].source
    assert source.address == "https://github.com/Ahelia-Consulting-EOOD/legalize-bg"
    assert source.copy_of == "codes/nakazatelen-kodeks.md @00e93494"


@pytest.mark.parametrize(
    ("place", "id_", "expected"),
    [
        (BULGARIA, "r011", ("2024", "2024 (State Gazette 39/2024)", None)),
        (("BG", "grooming"), "r107", (None, "amended 2026", "2026")),
        (("MT", "limitation-criminal"), "r053", (None, "2021 (announced)", None)),
        (("NL", "limitation-criminal"), "r023", ("2013-04-01", None, None)),
        (("SE", "grooming"), "r101", (None, None, None)),
    ],
)
def test_days_are_told_apart_from_what_is_said_about_them(
    place: tuple[str, str], id_: str, expected: tuple[str | None, ...]
) -> None:
    [value] = (one for one in drafted(FOLDER)[place].values if one.id == id_)
    assert (value.in_force_from, value.in_force_note, value.changed_on) == expected


def test_a_word_that_no_table_knows_is_no_value(folder: Path) -> None:
    path = folder / "sources" / "legal_values.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        content = [dict(row) for row in reader]
    content[0]["form"] = "for ever and a day"
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, content[0].keys())
        writer.writeheader()
        writer.writerows(content)
    with pytest.raises(KeyError, match="for ever and a day"):
        list(draft(folder))


def test_tables_of_meanings_name_rows_and_places_that_are_there() -> None:
    known = {id_ for name in NUMBERED for id_, _ in rows(FOLDER, name)}
    named = [AGE_IN_WORDS, AGE_OF_AN_EXCEPTION, CHOICE_BY_ROW, CLOSE_IN_AGE, FORM_BY_WORDS]
    for table in [*named, OFFENCES, OLD_YEARS, RETROACTIVE, STATUS_BY_ROW]:
        assert set(table) <= known
    assert DISPUTES.keys() <= drafted(FOLDER).keys()
