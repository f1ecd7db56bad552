"""Drafts the countries of the register of law from its tables: `python -m drafting.legal_values [FOLDER]`.

Every row of `sources/legal_values.csv` (`r001` ...), `sources/legal_gaps_values.csv` (`g001` ...),
`sources/read_since.csv` (`n001` ...) and `sources/tiers_2025.csv` (`t-fi`, `p-fi`) becomes one value, with the words,
source and confidence of its row, coded by `draft` and confirmed by nobody. Rows of the European Union and of the
Council of Europe are stages of standards, which are written by hand. A file in which somebody else coded, confirmed,
doubted or decided anything is never written over.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from drafting.legal_disputes import DISPUTES
from drafting.legal_words import (
    AGE_IN_WORDS,
    AGE_OF_AN_EXCEPTION,
    CHOICE_BY_ROW,
    CHOICES,
    CLOCKS,
    CLOSE_IN_AGE,
    FORM_BY_WORDS,
    FORMS,
    KINDS,
    LANGUAGES,
    OFFENCES,
    OLD_YEARS,
    RATIFIED_BY_WORDS,
    RETROACTIVE,
    STATUS_BY_ROW,
    STATUS_WORDS,
    TIERS,
)
from kuule.limitation.limit_rule import OffencePart
from kuule.register.data_model.answers import LimitForm
from kuule.register.data_model.country_values import CountryValues, LegalStatus
from kuule.register.data_model.sources import SourceKind
from kuule.register.reading.model_reading import read_model
from kuule.register.reading.register_folder import file_name_of
from kuule.register.reading.yaml_documents import read_yaml
from kuule.register.writing.part_files import write_country_values

FOLDER = Path(__file__).parents[1] / "registers" / "csa-law-europe"
READ_ON = date(2026, 11, 27)
NEXT_REVIEW = {"A": date(2027, 11, 27), "B": date(2027, 11, 27), "C": date(2027, 5, 27), "D": date(2027, 2, 27)}
NOT_COUNTRIES = ("EU", "CoE")
CODED_BY = "draft"
NUMBERED = {"legal_values.csv": "r", "legal_gaps_values.csv": "g", "read_since.csv": "n"}
"""Tables whose rows are values, and the letter before the number of a row."""
_PARTIAL = r"[12][0-9]{3}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_AGENCY = "European Union Agency for Fundamental Rights"
_PRESS_TABLE = {
    "kind": SourceKind.PRESS,
    "title": "Euronews on a ranking of the EU's states by Brave Movement and CHILD Global, November 2025",
    "copy_of": "identical in three copies: this one, kiosk.youboox.fr and kibondo.com",
    "dated": "2025-12-17",
    "seen": "press text, three identical copies",
}
_PRESS_2023 = {
    "kind": SourceKind.PRESS,
    "title": "Press on the report Justice Unleashed by Brave Movement and CHILD Global, 2023",
    "dated": "2023",
    "seen": "press text",
}
Row = Mapping[str, str]


def rows(folder: Path, name: str) -> Iterator[tuple[str, Row]]:
    """The rows of a numbered table, with their ids."""
    with (folder / "sources" / name).open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), 1):
            yield f"{NUMBERED[name]}{number:03}", row


def provision_of(row: Row) -> str:
    """Where a row belongs. A country's rank in a network says nothing of a house that has opened."""
    name = row["provision"].replace("_", "-")
    return "barnahus-network" if row["value"].startswith("network status:") else name


def draft(folder: Path) -> Iterator[CountryValues]:
    """All countries and provisions of which a table says something."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for name in NUMBERED:
        for id_, row in rows(folder, name):
            if row["country"] not in NOT_COUNTRIES:
                found[row["country"], provision_of(row)].append(_value(id_, row))
    with (folder / "sources" / "tiers_2025.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["country"], "limitation-ranking-2025"].append(_tier(row))
            if row["position_2023"]:
                found[row["country"], "limitation-grade-2023"].append(_grade(row))
    for (country, provision), values in sorted(found.items()):
        dispute = DISPUTES.get((country, provision))
        yield CountryValues.model_validate(
            {"country": country, "provision": provision, "values": values, "dispute": dispute}
        )


def _value(id_: str, row: Row) -> dict[str, Any]:
    from_, from_note, changed = _in_force(row["in_force_from"])
    return {
        "id": id_,
        "says": row["value"],
        "status": _status(id_, row),
        "offences": OFFENCES.get(id_, OffencePart.ALL),
        "answer": _answer(id_, row),
        "in_force_from": from_,
        "in_force_note": from_note,
        "changed_on": changed,
        "source": _source(row),
        "notes": row["note"] or None,
        **_reading(row["confidence"]),
    }


def _reading(confidence: str) -> dict[str, Any]:
    return {
        "read_on": READ_ON,
        "confidence": confidence,
        "coded_by": CODED_BY,
        "next_review": NEXT_REVIEW[confidence],
    }


def _status(id_: str, row: Row) -> LegalStatus:
    words = f"{row['value']} | {row['note']} | {row['seen']}"
    told = (status for word, status in STATUS_WORDS if word in words)
    return STATUS_BY_ROW.get(id_) or next(told, LegalStatus.IN_FORCE)


def _in_force(words: str) -> tuple[str | None, str | None, str | None]:
    """The day from which a rule applies, what else the column says, and the day of a change."""
    if found := re.fullmatch(rf"amended ({_PARTIAL})", words):
        return None, words, found[1]
    if "announced" in words or not (found := re.match(_PARTIAL, words)):
        return None, words or None, None
    return found[0], None if found[0] == words else words, None


def _source(row: Row) -> dict[str, Any]:
    """A source; an address that carries more words is divided into the address and what it is a copy of."""
    address, _, more = row["source_url"].partition(" ")
    known = re.fullmatch(_PARTIAL, row["source_date"])
    return {
        "kind": KINDS.get(row["source_kind"]) or SourceKind(row["source_kind"]),
        "address": address,
        "title": row["law"] or (_AGENCY if row["source_kind"] == "FRA" else None),
        "article": row["article"] or None,
        "language": next((tag for start, tag in LANGUAGES.items() if address.startswith(start)), None),
        "copy_of": more.removeprefix("(").removesuffix(")") or None,
        "dated": row["source_date"] if known else None,
        "dated_note": None if known else row["source_date"],
        "seen": row["seen"],
    }


def _answer(id_: str, row: Row) -> dict[str, Any] | None:
    provision = provision_of(row)
    if provision in ("limitation-criminal", "limitation-civil"):
        return _time_limit(id_, row)
    if provision == "lanzarote-ratified":
        when = RATIFIED_BY_WORDS.get(row["value"])
        return {"kind": "date", **when} if when else None
    if provision in ("age-of-consent", "grooming", "paying-for-sexual-acts"):
        return _age(id_, row)
    choice = CHOICE_BY_ROW.get(id_) or CHOICES.get(provision, {}).get(row["value"])
    return {"kind": "choice", "choice": choice} if choice else None


def _time_limit(id_: str, row: Row) -> dict[str, Any] | None:
    form = FORM_BY_WORDS.get(id_) or FORMS[row["form"]]
    if form is None:
        return None
    start = re.fullmatch(r"age ([0-9]+)", row["clock_start"])
    age = _numbers(row["age"])
    ends = {LimitForm.UNTIL_AGE: "until_age", LimitForm.NOT_BEFORE_AGE: "earliest_end_age"}.get(form, "clock_age")
    answer: dict[str, Any] = {
        "kind": "time-limit",
        "form": form,
        "clock": "age" if start else CLOCKS.get(row["clock_start"]),
        "years": _years(row["years"]) if id_ not in OLD_YEARS else None,
        "retroactive": RETROACTIVE.get(id_),
    }
    if start:
        answer["clock_age"] = int(start[1])
    if age:
        answer[ends] = age[0] if len(age) == 1 else age
    return answer


def _years(words: str) -> list[int] | dict[str, int] | None:
    if span := re.fullmatch(r"([0-9]+)-([0-9]+)", words):
        return {"shortest": int(span[1]), "longest": int(span[2])}
    return _numbers(words) or None


def _age(id_: str, row: Row) -> dict[str, Any] | None:
    if id_ in AGE_OF_AN_EXCEPTION:
        return None
    close = True if id_ in CLOSE_IN_AGE else None
    if band := re.fullmatch(r"([0-9]+)-([0-9]+)", row["age"]):
        return {"kind": "age", "age": int(band[1]), "until": int(band[2])}
    ages = _numbers(row["age"]) or ([AGE_IN_WORDS[id_]] if id_ in AGE_IN_WORDS else [])
    return {"kind": "age", "age": ages[0] if len(ages) == 1 else ages, "close_in_age": close} if ages else None


def _numbers(words: str) -> list[int]:
    return [int(one) for one in words.split("|")] if words else []


def _tier(row: Row) -> dict[str, Any]:
    tier = TIERS[row["tier_2025"]]
    return {
        "id": f"t-{row['country'].lower()}",
        "says": f"{tier}; {row['detail']}" if row["detail"] else tier,
        "status": LegalStatus.IN_FORCE,
        "answer": {"kind": "choice", "choice": f"tier-{row['tier_2025']}"},
        "source": {**_PRESS_TABLE, "address": row["source"]},
        **_reading("D"),
    }


def _grade(row: Row) -> dict[str, Any]:
    grade = re.match(r"([A-F])\b", row["position_2023"])
    return {
        "id": f"p-{row['country'].lower()}",
        "says": row["position_2023"],
        "status": LegalStatus.IN_FORCE,
        "answer": {"kind": "choice", "choice": f"grade-{grade[1].lower()}"} if grade else None,
        "source": {**_PRESS_2023, "address": row["source_2023"]},
        "notes": None if grade else "from a summary in the press that has no grade for this country",
        **_reading("D"),
    }


def write(folder: Path, drafted: Iterable[CountryValues]) -> tuple[list[Path], list[Path]]:
    """Write what is only drafted, and give back what was written and what was left as people made it."""
    written: list[Path] = []
    left: list[Path] = []
    for one in drafted:
        path = folder / file_name_of(one)
        if path.is_file() and not _is_only_drafted(path):
            left.append(path)
        else:
            written.append(write_country_values(folder, one))
    return written, left


def _is_only_drafted(path: Path) -> bool:
    """Whether nobody but this script has coded, confirmed, doubted or decided anything in a file."""
    known = read_model(read_yaml(path.read_bytes(), path.name), CountryValues)
    return not known.decisions and all(
        one.coded_by == CODED_BY and one.confirmed_by is None and not one.disagreements for one in known.values
    )


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    written, left = write(folder, draft(folder))
    print(f"{len(written)} files written; left as people made them: {', '.join(map(str, left)) or 'none'}")
