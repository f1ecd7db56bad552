"""The list of materials of a release: valid by CycloneDX's own schema, and all of what the locks have."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
import referencing

ROOT = Path(__file__).resolve().parents[2]
ROLES = ("collector", "workbench", "run")
UNSAID = {"pyxform"}
"""Packages whose metadata names no licence in a form that can be taken over; pyproject.toml says it."""


@pytest.fixture(scope="module")
def bills() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        yield importlib.import_module("bill_of_materials")


@pytest.fixture(scope="module")
def bill(bills: ModuleType) -> dict[str, Any]:
    made: dict[str, Any] = bills.bill_of_materials(ROOT, version="1.2.0", at="2026-12-01T12:00:00Z")
    return made


def test_it_is_valid_cyclonedx(bill: dict[str, Any]) -> None:
    schemas = Path(pytest.importorskip("cyclonedx.schema").__file__).parent / "_res"
    read = {
        name: json.loads((schemas / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))
        for name in ("bom-1.6", "spdx", "jsf-0.82")
    }
    registry = referencing.Registry().with_resources(
        (schema["$id"], referencing.Resource.from_contents(schema)) for schema in read.values()
    )
    validator = jsonschema.Draft7Validator(read["bom-1.6"], registry=registry)
    assert [error.message for error in validator.iter_errors(bill)] == []
    assert [error.message for error in validator.iter_errors({**bill, "specVersion": 16})] != []


def test_it_names_every_locked_version_with_every_hash(bill: dict[str, Any]) -> None:
    locked = "".join((ROOT / "requirements" / f"{role}.txt").read_text("utf-8") for role in ROLES)
    versions = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", locked, re.MULTILINE)
    assert sorted((each["name"], each["version"]) for each in bill["components"]) == sorted(versions)
    said = [
        one["content"]
        for component in bill["components"]
        for reference in component["externalReferences"]
        for one in reference["hashes"]
    ]
    assert sorted(said) == sorted(re.findall(r"sha256:([0-9a-f]{64})", locked))


def test_a_collector_is_told_from_the_rest(bill: dict[str, Any]) -> None:
    role = {each["name"]: each["properties"][0]["value"] for each in bill["components"]}
    assert (role["granian"], role["django-allauth"], role["polars"]) == ROLES
    assert {each["name"] for each in bill["components"] if each["scope"] == "excluded"} == {"setuptools"}


def test_version_for_some_machines_only_says_for_which(bill: dict[str, Any]) -> None:
    marked = {
        each["name"]: each["properties"][1]["value"] for each in bill["components"] if len(each["properties"]) > 1
    }
    assert marked["colorama"] == "sys_platform == 'win32'"


def test_needs_lead_to_what_is_in_it(bill: dict[str, Any]) -> None:
    known = {each["bom-ref"] for each in bill["components"]}
    needs = {each["ref"]: set(each["dependsOn"]) for each in bill["dependencies"]}
    assert set(needs) == known | {"pkg:pypi/kuule@1.2.0"}
    assert {one for each in needs.values() for one in each} - known == set()
    direct = {one.split("/")[1].split("@")[0] for one in needs["pkg:pypi/kuule@1.2.0"]}
    assert {"django", "granian", "polars", "typst"} <= direct
    [cryptography] = [each for each in needs if each.startswith("pkg:pypi/cryptography@")]
    assert any(one.startswith("pkg:pypi/cffi@") for one in needs[cryptography])


def test_licences_are_said_of_what_is_installed_here(bills: ModuleType, bill: dict[str, Any]) -> None:
    missing = set(bills.without_metadata(ROOT))
    unmarked = [each for each in bill["components"] if len(each["properties"]) == 1]
    silent = {each["name"] for each in unmarked if not each.get("licenses")} - missing
    assert silent <= UNSAID


def test_it_is_the_same_each_time(bills: ModuleType, bill: dict[str, Any]) -> None:
    assert bills.bill_of_materials(ROOT, version="1.2.0", at="2026-12-01T12:00:00Z") == bill


def test_it_names_no_host(bill: dict[str, Any]) -> None:
    assert re.findall(r"https?://[^\"]+", json.dumps(bill)) == []
