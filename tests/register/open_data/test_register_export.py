"""What a program that is not ours reads of an export: CSV, JSON, linked data, a Frictionless package."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings

from kuule.register.data_model.country_values import CountryValues
from kuule.register.data_model.whole_register import Register
from kuule.register.open_data.register_export import RegisterFormat, export_files
from tests.register.made_registers import (
    TODAY,
    held_against,
    made_file,
    made_limit,
    made_provision,
    made_register,
    made_source,
    made_value,
)
from tests.register.register_parts import COUNTRY_VALUES
from tests.sampling import examples

NEWS = made_source("press", "https://example.org/news", article=None)
STATUTE = made_value("v1", made_limit("fixed-years", clock="majority", years=["20", "10"], retroactive="false"))
REPORTED = made_value("v2", made_limit("none"), source=NEWS, confidence="D", next_review="2026-11-27")
REGISTER = made_register(
    made_file(STATUTE, REPORTED, dispute="they differ"),
    provisions=(made_provision(standards=[held_against(no_limit=True)], points={"met": "2"}),),
    address="https://register.example",
)


def table(register: Register, name: str, form: RegisterFormat = RegisterFormat.CSV) -> list[dict[str, str]]:
    content = export_files(register, form, TODAY)[f"{name}.csv"].decode()
    return list(csv.DictReader(io.StringIO(content)))


def descriptor(register: Register = REGISTER) -> dict[str, Any]:
    found = json.loads(export_files(register, RegisterFormat.FRICTIONLESS, TODAY)["datapackage.json"])
    assert isinstance(found, dict)
    return found


def test_a_row_is_a_value() -> None:
    first, second = table(REGISTER, "values")
    assert {name: cell for name, cell in first.items() if cell} == {
        "country": "FI",
        "provision": "limitation",
        "id": "v1",
        "state": "contradicted",
        "stands": "true",
        "due": "false",
        "says": "what the source says",
        "status": "in-force",
        "offences": "all",
        "kind": "time-limit",
        "form": "fixed-years",
        "clock": "majority",
        "years": "20 10",
        "retroactive": "false",
        "read_on": "2026-11-20",
        "next_review": "2027-11-20",
        "source_kind": "statute",
        "is_law": "true",
        "article": "8",
        "address": "https://example.org/act",
        "dated": "2026-01-01",
        "seen": "the article",
        "confidence": "A",
        "coded_by": "draft",
        "disputed": "false",
    }
    assert (second["is_law"], second["form"], second["due"]) == ("false", "none", "true")


def test_the_other_tables_say_what_is_asked_and_what_comes_of_it() -> None:
    assert [one["id"] for one in table(REGISTER, "provisions")] == ["limitation"]
    assert [(one["standard"], one["stage"]) for one in table(REGISTER, "standards")] == [("lanzarote", "1")]
    assert [(one["country"], one["state"]) for one in table(REGISTER, "cells")] == [
        ("FI", "contradicted"),
        ("SE", "open"),
    ]
    assert [(one["country"], one["outcome"]) for one in table(REGISTER, "standards_met")] == [
        ("FI", "unknown"),
        ("SE", "unknown"),
    ]


@pytest.mark.parametrize(
    "says", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "a;=HYPERLINK(1)", "-2+3", "\t=1", "one\n=1"]
)
def test_no_spreadsheet_sees_a_formula(says: str) -> None:
    register = made_register(made_file(made_value("v1", says=f"x\n{says}", notes=says)))
    (row,) = table(register, "values")
    for cell in (row["says"], row["notes"]):
        for separator in (";", "\t", "|", "\n", "\r"):
            assert not [part for part in cell.split(separator) if part.lstrip()[:1] in ("=", "+", "@", "-")]


@settings(max_examples=examples(60), deadline=None)
@given(COUNTRY_VALUES)
def test_any_value_goes_into_every_format(read: CountryValues) -> None:
    register = made_register(read, countries=["FI", "SE", "NO", "BG"])
    ids = [value.id for value in read.values]
    assert [one["id"] for one in table(register, "values")] == ids
    whole = json.loads(export_files(register, RegisterFormat.JSON, TODAY)["register.json"])
    assert CountryValues.model_validate(whole["countries"][0]) == read
    graph = json.loads(export_files(register, RegisterFormat.JSONLD, TODAY)["register.jsonld"])["@graph"]
    assert len(graph) == 1 + len(register.standards) + len(ids)


def test_json_has_all_of_it() -> None:
    whole = json.loads(export_files(REGISTER, RegisterFormat.JSON, TODAY)["register.json"])
    assert (whole["format"], whole["version"], whole["on"]) == ("kuule-register", 1, "2026-11-27")
    assert CountryValues.model_validate(whole["countries"][0]) == REGISTER.values["FI", "limitation"]
    (cell, _) = whole["cells"]
    assert (cell["state"], cell["contradictions"]) == (
        "contradicted",
        [{"values": ["v1", "v2"], "about": "whether there is a time limit"}],
    )
    assert cell["points"] == {"known": 0, "calculation": "nothing is known, so nothing is counted"}


def nodes(what: Any) -> Iterator[Mapping[str, Any]]:
    """Every node of linked data, those within others too."""
    if isinstance(what, dict):
        yield what
        what = list(what.values())
    if isinstance(what, list):
        for one in what:
            yield from nodes(one)


def test_only_a_statute_is_legislation_in_linked_data() -> None:
    content = json.loads(export_files(REGISTER, RegisterFormat.JSONLD, TODAY)["register.jsonld"])
    assert content["@context"] == "https://schema.org"
    by_id = {one["@id"]: one for one in content["@graph"]}
    law, claim = (by_id[f"https://register.example#FI-limitation-{name}"] for name in ("v1", "v2"))
    assert (law["@type"], law["legislationLegalForce"], law["legislationIdentifier"]) == (
        "Legislation",
        "https://schema.org/InForce",
        "8",
    )
    assert (claim["@type"], claim["appearance"]["url"]) == ("Claim", "https://example.org/news")
    assert by_id["https://register.example#lanzarote"]["@type"] == "Legislation"
    references = [one["@id"] for one in nodes(content) if list(one) == ["@id"]]
    assert set(references) <= by_id.keys()
    assert None not in [value for one in nodes(content) for value in one.values()]


def test_a_ranking_is_a_claim_in_linked_data() -> None:
    register = made_register(made_file(STATUTE), provisions=(made_provision(ranking=True),))
    graph = json.loads(export_files(register, RegisterFormat.JSONLD, TODAY)["register.jsonld"])["@graph"]
    assert graph[-1]["@type"] == "Claim"


def test_a_package_says_what_it_has_to() -> None:
    """What the profiles of Data Package 1.0 require, and how a field may be named."""
    package = descriptor()
    assert (package["profile"], package["name"], package["version"]) == (
        "tabular-data-package",
        "a-register",
        "2026-11-27",
    )
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://spdx.org/licenses/CC-BY-4.0.html"}]
    names = [one["name"] for one in package["resources"]]
    assert len(set(names)) == len(names)
    for resource in package["resources"]:
        assert {"name", "path", "profile", "schema", "format", "encoding"} <= resource.keys()
        fields = [one["name"] for one in resource["schema"]["fields"]]
        assert len(set(fields)) == len(fields)
        assert set(resource["schema"]["primaryKey"]) <= set(fields)
        for key in resource["schema"].get("foreignKeys", []):
            assert key["fields"] in fields
            assert key["reference"]["resource"] in names


def cell_fits(cell: str, field: Mapping[str, Any]) -> bool:
    """Whether a cell is what its field says, as Table Schema reads it."""
    constraints = field.get("constraints", {})
    if not cell:
        return not constraints.get("required", False)
    if cell not in constraints.get("enum", [cell]):
        return False
    match field["type"]:
        case "integer":
            return cell.isascii() and cell.lstrip("-").isdigit()
        case "boolean":
            return cell in ("true", "false")
        case "date":
            return str(date.fromisoformat(cell)) == cell
        case kind:
            return bool(kind == "string")


def test_a_package_is_what_it_says() -> None:
    files = export_files(REGISTER, RegisterFormat.FRICTIONLESS, TODAY)
    for resource in descriptor()["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"
        rows = list(csv.DictReader(io.StringIO(content.decode())))
        fields = resource["schema"]["fields"]
        assert rows
        assert [list(row) for row in rows[:1]] == [[field["name"] for field in fields]]
        misfits = [
            (field["name"], row[field["name"]])
            for row in rows
            for field in fields
            if not cell_fits(row[field["name"]], field)
        ]
        assert misfits == []
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("form", list(RegisterFormat))
def test_the_same_register_gives_the_same_files(form: RegisterFormat) -> None:
    assert export_files(REGISTER, form, TODAY) == export_files(REGISTER, form, TODAY)
