"""Registers made in a test: what a test does not say is filled in, so that it shows only what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kuule.register.data_model.codings import CodingFile
from kuule.register.data_model.country_values import CountryValues, LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.standards import Standard
from kuule.register.data_model.whole_register import Register, RegisterSettings

TODAY = date(2026, 11, 27)


def made_source(kind: str = "statute", address: str = "https://example.org/act", **more: Any) -> dict[str, Any]:
    """A source, of an address of its own where a test compares sources."""
    return {"kind": kind, "address": address, "seen": "the article", "article": "8", "dated": "2026-01-01", **more}


def made_value(name: str = "v1", answer: Mapping[str, Any] | None = None, **more: Any) -> LegalValue:
    """A reading of a statute that is in force."""
    parts = {
        "id": name,
        "says": "what the source says",
        "status": "in-force",
        "answer": answer,
        "read_on": "2026-11-20",
        "source": made_source(),
        "confidence": "A",
        "coded_by": "draft",
        "next_review": "2027-11-20",
    }
    return LegalValue.model_validate(parts | more)


def made_limit(form: str, **more: Any) -> dict[str, Any]:
    """A coded answer on time limits."""
    return {"kind": "time-limit", "form": form, **more}


def made_provision(name: str = "limitation", kind: str = "time-limit", **more: Any) -> Provision:
    """A question to the law."""
    parts = {
        "id": name,
        "topic": "time",
        "title": f"About {name}",
        "short": name,
        "question": "Until when can it be reported?",
        "kind": kind,
        "coding": "Read the article and code it.",
    }
    return Provision.model_validate(parts | more)


def made_standard(name: str = "lanzarote") -> Standard:
    """A text that countries are held against."""
    stage = {
        "date": "2010-07-01",
        "status": "in-force",
        "says": "it is in force",
        "source": made_source("coe-document"),
        "confidence": "B",
    }
    parts = {"id": name, "title": name.title(), "short": name, "body": "A body", "binding": True, "stages": [stage]}
    return Standard.model_validate(parts)


def held_against(name: str = "lanzarote", **test: Any) -> dict[str, Any]:
    """A standard that a provision is held against, with its test if there is one."""
    return {"standard": name, "demands": "what it demands", "test": test or None}


def made_settings(**more: Any) -> RegisterSettings:
    """`register.yaml`."""
    parts = {
        "id": "a-register",
        "title": "A register",
        "summary": "What it is",
        "publisher": "Somebody",
        "licence": "CC-BY-4.0",
        "as_of": "2026-11-27",
        "countries": ["FI", "SE"],
        "topics": [{"id": "time", "title": "Time"}],
        "review_months": {"A": 12, "B": 12, "C": 6, "D": 3},
    }
    return RegisterSettings.model_validate(parts | more)


def made_register(
    *files: CountryValues,
    provisions: tuple[Provision, ...] = (),
    codings: tuple[CodingFile, ...] = (),
    **settings: Any,
) -> Register:
    """A register of these files, with the provision `limitation` unless others are given."""
    asked = provisions or (made_provision(),)
    standards = {held.standard for one in asked for held in one.standards} | {"lanzarote"}
    return Register(
        made_settings(**settings),
        {one.id: one for one in asked},
        {name: made_standard(name) for name in sorted(standards)},
        {(one.country, one.provision): one for one in files},
        codings,
    )


def made_file(*values: LegalValue, country: str = "FI", provision: str = "limitation", **more: Any) -> CountryValues:
    """What a country's law says on a provision."""
    return CountryValues.model_validate(
        {"country": country, "provision": provision, "values": [one.model_dump() for one in values], **more}
    )
