"""The register that ships: each row of its tables is in it once, in its words, and nothing is in it without a row.

What a person has coded since may differ from its row; the row's id stays.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kuule.core.problems import Severity
from kuule.register.check_rules.register_check import check_register
from kuule.register.comparison.cells import RegisterCellState, cells
from kuule.register.data_model.answers import AgeAnswer, Answer, ChoiceAnswer, DateAnswer, TimeLimit, YearRange
from kuule.register.data_model.country_values import LegalValue
from kuule.register.data_model.sources import Confidence, Source, SourceKind
from kuule.register.data_model.standards import Stage
from kuule.register.data_model.whole_register import Register
from kuule.register.reading.register_folder import read_register

FOLDER = Path(__file__).parents[2] / "registers" / "csa-law-europe"
TODAY = date(2026, 11, 27)
DRAFT = "draft"
KINDS = {
    "FRA": SourceKind.EU_DOCUMENT,
    "EU document": SourceKind.EU_DOCUMENT,
    "CoE document": SourceKind.COE_DOCUMENT,
    "legal practice": SourceKind.LEGAL_PRACTICE,
    "NGO": SourceKind.NGO,
}
OLD_YEARS = {"r042"}
"""Its years are of the rule before the one that it tells of."""
AGE_OF_AN_EXCEPTION = {"r094"}
"""Its age is that from which an exception holds."""
TIER_WORDS = {"1": "most or all child sexual offences", "2": "only for the most severe", "3": "apply to all offences"}
Row = Mapping[str, str]


@cache
def register() -> Register:
    return read_register(FOLDER).register


def table(name: str) -> list[Row]:
    with (FOLDER / "sources" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def numbered() -> dict[str, Row]:
    """The rows of the tables of values, by their ids."""
    tables = {"r": table("legal_values.csv"), "g": table("legal_gaps_values.csv"), "n": table("read_since.csv")}
    return {f"{letter}{number:03}": row for letter, rows in tables.items() for number, row in enumerate(rows, 1)}


def values() -> Iterator[tuple[str, str, LegalValue]]:
    """Country, provision and value."""
    for (country, provision), read in register().values.items():
        yield from ((country, provision, value) for value in read.values)


def stages() -> Iterator[tuple[str, Stage]]:
    for standard in register().standards.values():
        yield from ((standard.id, stage) for stage in standard.stages)


def entries() -> Iterator[tuple[str, LegalValue | Stage]]:
    """All that has a row, by id, as long as nobody but the draft has coded it."""
    yield from ((value.id, value) for _, _, value in values() if value.coded_by == DRAFT)
    yield from ((str(stage.id), stage) for _, stage in stages())


def drafted() -> list[tuple[str, Row, LegalValue]]:
    rows = numbered()
    return [
        (value.id, rows[value.id], value) for _, _, value in values() if value.coded_by == DRAFT and value.id in rows
    ]


def test_each_row_is_in_the_register_once_and_nothing_without_a_row() -> None:
    tiers = table("tiers_2025.csv")
    wanted = [*numbered(), *(row["id"] for row in table("standard_stages.csv"))]
    wanted += [f"t-{row['country'].lower()}" for row in tiers]
    wanted += [f"p-{row['country'].lower()}" for row in tiers if row["position_2023"]]
    held = [value.id for _, _, value in values()] + [str(stage.id) for _, stage in stages()]
    assert (Counter(held), len(held)) == (Counter(wanted), len(set(wanted)))


def test_table_has_as_many_rows_of_each_confidence_as_were_read() -> None:
    rows = numbered()
    count = Counter(one.confidence for id_, one in entries() if id_ in rows and id_.startswith("r"))
    assert count == {Confidence.A: 77, Confidence.B: 109, Confidence.C: 55, Confidence.D: 36}


def test_rows_stand_at_their_country_and_provision() -> None:
    rows = numbered()
    for country, provision, value in values():
        if value.id in rows:
            network = "-network" if rows[value.id]["value"].startswith("network status") else ""
            place = (rows[value.id]["country"], rows[value.id]["provision"].replace("_", "-") + network)
            assert (country, provision) == place, value.id


def test_rows_of_the_union_and_of_the_council_of_europe_are_stages() -> None:
    rows = {id_ for id_, row in numbered().items() if row["country"] in ("EU", "CoE")}
    assert len(rows) == 12
    assert rows == {str(stage.id) for _, stage in stages() if str(stage.id).startswith("r")}


def test_words_confidence_and_source_are_those_of_the_row() -> None:
    rows = numbered()
    compared = 0
    for id_, entry in entries():
        if id_ in rows:
            row, source = rows[id_], entry.source
            assert (entry.says, entry.notes or "") == (row["value"], row["note"]), id_
            assert entry.confidence == row["confidence"], id_
            assert source.kind == KINDS.get(row["source_kind"], row["source_kind"]), id_
            assert (source.article or "", source.seen) == (row["article"], row["seen"]), id_
            assert (source.dated or source.dated_note) == row["source_date"], id_
            assert address_and_copy(source) == row["source_url"], id_
            assert row["law"] in ("", source.title), id_
            compared += 1
    assert compared == len(rows)


def address_and_copy(source: Source) -> str:
    return f"{source.address} ({source.copy_of})" if source.copy_of else source.address


def test_every_statute_says_in_which_language_it_was_read() -> None:
    read = {value.id: value.source.language for _, _, value in values() if value.source.is_law}
    assert len([id_ for id_ in read if id_.startswith("r")]) == 69
    assert [id_ for id_, language in read.items() if language is None] == []


def test_years_and_ages_are_those_of_the_row() -> None:
    for id_, row, value in drafted():
        assert years_of(value.answer) == ("" if id_ in OLD_YEARS else row["years"]), id_
        if row["age"] and id_ not in AGE_OF_AN_EXCEPTION:
            assert row["age"] in ages_of(value.answer), id_


def years_of(answer: Answer | None) -> str:
    years = answer.years if isinstance(answer, TimeLimit) else None
    if isinstance(years, YearRange):
        return f"{years.shortest}-{years.longest}"
    return "|".join(map(str, years or ()))


def ages_of(answer: Answer | None) -> list[str]:
    """The ages of an answer as the tables write them."""
    if isinstance(answer, AgeAnswer) and answer.until is not None:
        return [f"{answer.age}-{answer.until}"]
    if isinstance(answer, AgeAnswer):
        return [joined(answer.age)]
    if isinstance(answer, TimeLimit):
        return [joined(one) for one in (answer.clock_age, answer.until_age, answer.earliest_end_age) if one is not None]
    return []


def joined(ages: int | tuple[int, ...]) -> str:
    return "|".join(map(str, ages)) if isinstance(ages, tuple) else str(ages)


def test_each_number_of_a_coded_answer_stands_in_its_row() -> None:
    for id_, row, value in drafted():
        words = " ".join(row[column] for column in ("value", "clock_start", "years", "age", "note"))
        known = set(re.findall(r"[0-9]+", words))
        assert numbers_in(value.answer) <= known, id_


def numbers_in(answer: Answer | None) -> set[str]:
    if isinstance(answer, DateAnswer):
        return {year[:4] for year in (answer.on, answer.by) if year}
    found = [years_of(answer), *ages_of(answer)]
    return {number for one in found for number in re.findall(r"[0-9]+", one)}


def test_columns_of_a_time_limit_are_coded_and_nothing_else() -> None:
    """What the columns leave empty is empty: no clock, no close-in-age rule, no circle of trust by supposition."""
    for id_, row, value in drafted():
        if isinstance(value.answer, TimeLimit):
            assert (value.answer.clock is None) == (not row["clock_start"]), id_
            assert value.answer.shorter_in_circle_of_trust is None, id_


def test_exceptions_and_reach_back_are_coded_only_where_the_row_says_so() -> None:
    for id_, row, value in drafted():
        words = f"{row['value']} {row['note']}"
        if isinstance(value.answer, AgeAnswer) and value.answer.close_in_age:
            assert re.search(r"gap|older|between children", words), id_
        if isinstance(value.answer, TimeLimit) and value.answer.retroactive is not None:
            assert re.search(r"retroactive|reach back|earlier facts|after it came into force", words), id_


def test_every_choice_is_one_of_the_provision() -> None:
    for _, provision, value in values():
        asked = register().provisions[provision]
        if value.answer is not None:
            assert value.answer.kind == asked.kind, value.id
        if isinstance(value.answer, ChoiceAnswer):
            assert value.answer.choice in {one.id for one in asked.choices}, value.id


@pytest.mark.parametrize("row", table("tiers_2025.csv"), ids=lambda row: row["country"])
def test_tier_and_grade_are_those_of_the_row_and_never_law(row: Row) -> None:
    ranked = {value.id: (provision, value) for country, provision, value in values() if country == row["country"]}
    provision, tier = ranked[f"t-{row['country'].lower()}"]
    assert provision == "limitation-ranking-2025"
    assert isinstance(tier.answer, ChoiceAnswer)
    assert tier.answer.choice == f"tier-{row['tier_2025']}"
    assert TIER_WORDS[row["tier_2025"]] in tier.says
    assert tier.says.endswith(row["detail"])
    assert tier.source.address == row["source"]
    if row["position_2023"]:
        provision, grade = ranked[f"p-{row['country'].lower()}"]
        assert (provision, grade.says) == ("limitation-grade-2023", row["position_2023"])
        letter = re.match(r"[A-F]\b", row["position_2023"])
        choice = grade.answer.choice if isinstance(grade.answer, ChoiceAnswer) else None
        assert choice == (f"grade-{letter[0].lower()}" if letter else None)
        assert grade.source.address == row["source_2023"]
    assert all(register().provisions[one].ranking for one in ("limitation-ranking-2025", "limitation-grade-2023"))


def test_tiers_cover_each_country_of_the_register() -> None:
    assert Counter(row["country"] for row in table("tiers_2025.csv")) == Counter(register().settings.countries)


def test_stages_of_our_own_table_say_what_it_says() -> None:
    rows = {row["id"]: row for row in table("standard_stages.csv")}
    told = {str(stage.id): (standard, stage) for standard, stage in stages() if str(stage.id).startswith("s")}
    assert told.keys() == rows.keys()
    for id_, (standard, stage) in told.items():
        row, source = rows[id_], stage.source
        assert (standard, stage.status, stage.says) == (row["standard"], row["status"], row["value"]), id_
        assert (stage.date or "", stage.confidence, stage.notes or "") == (row["date"], row["confidence"], row["note"])
        assert (source.address, source.kind, source.seen) == (row["source_url"], row["source_kind"], row["seen"]), id_


def test_contradictions_stand_side_by_side_and_nobody_has_decided() -> None:
    found = cells(register(), TODAY)
    for country, sides in {
        "BG": {"r010", "g002"},
        "HR": {"g010"},
        "SI": {"r051", "g012"},
        "ES": {"r025", "r028"},
    }.items():
        cell = found[country, "limitation-criminal"]
        assert cell.state is RegisterCellState.CONTRADICTED
        assert cell.dispute is not None
        assert sides <= {value.id for value in cell.standing}
    assert not any(read.decisions for read in register().values.values())


def test_what_nobody_has_read_is_open() -> None:
    """Provisions of which no table has a row of the country have no file there."""
    found = cells(register(), TODAY)
    assert found["CY", "limitation-criminal"].state is RegisterCellState.OPEN
    assert found["AT", "ai-virtual-material"].state is RegisterCellState.OPEN
    assert ("AT", "ai-virtual-material") not in register().values


def test_nothing_is_confirmed_and_each_value_is_looked_at_again_in_time() -> None:
    months = register().settings.review_months
    for _, _, value in values():
        assert value.confirmed_by is None or value.coded_by != value.confirmed_by
        passed = (value.next_review.year - value.read_on.year) * 12 + value.next_review.month - value.read_on.month
        assert passed <= months[value.confidence], value.id


def test_actions_on_reviews_name_the_countries_whose_values_are_due() -> None:
    due: dict[date, set[str]] = {}
    for country, _, value in values():
        due.setdefault(value.next_review, set()).add(country)
    told = {one.first_day: set(one.countries) for one in register().actions.values() if one.kind == "review"}
    assert told == due


def test_actions_name_what_is_there() -> None:
    for action in register().actions.values():
        assert set(action.provisions) <= register().provisions.keys(), action.id
        assert set(action.standards) <= register().standards.keys(), action.id


def test_every_standard_is_held_against_or_says_why_not() -> None:
    held = {one.standard for provision in register().provisions.values() for one in provision.standards}
    assert held <= register().standards.keys()
    for standard in register().standards.values():
        assert standard.id in held or "held against it" in (standard.notes or ""), standard.id


def test_check_finds_no_mistake() -> None:
    found = check_register(read_register(FOLDER), TODAY)
    assert [str(one) for one in found if one.severity is not Severity.WARNING] == []


def test_readme_counts_what_is_there() -> None:
    text = (FOLDER / "README.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")]
    told = {row[0]: [int(cell) for cell in row[1:]] for row in rows if row[1].isdecimal()}
    by_countries = counts(one.confidence for _, _, one in values() if one.id.startswith("r"))
    by_stages = counts(one.confidence for _, one in stages() if str(one.id).startswith("r"))
    both = [sum(pair) for pair in zip(by_countries, by_stages, strict=True)]
    assert list(told.values()) == [both, by_countries, by_stages]


def counts(found: Iterable[Confidence]) -> list[int]:
    """How many of each confidence, and together."""
    count = Counter(found)
    return [*(count[one] for one in Confidence), count.total()]
