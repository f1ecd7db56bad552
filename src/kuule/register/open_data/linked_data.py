"""The register as linked data in schema.org's words (https://schema.org/Legislation): JSON-LD that a search engine or a
library catalogue reads.

Only a statute is legislation here. What somebody reports of the law is a claim about it, with the page on which it was
found.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from kuule.register.data_model.country_values import CountryValues, LegalStatus, LegalValue
from kuule.register.data_model.standards import Standard, StandardStatus
from kuule.register.data_model.whole_register import Register
from kuule.register.open_data.data_package import licence_address

_FORCE = {
    LegalStatus.IN_FORCE: "https://schema.org/InForce",
    LegalStatus.REPEALED: "https://schema.org/NotInForce",
    LegalStatus.PROPOSED: "https://schema.org/NotInForce",
}
_STANDARD_FORCE = {
    StandardStatus.IN_FORCE: "https://schema.org/InForce",
    StandardStatus.PROPOSED: "https://schema.org/NotInForce",
    StandardStatus.POSITION: "https://schema.org/NotInForce",
    StandardStatus.PROVISIONAL: "https://schema.org/NotInForce",
    StandardStatus.EXPIRED: "https://schema.org/NotInForce",
}
"""What is adopted may be in force or not yet, and what is unclear is unclear: both say nothing."""


def linked_data(register: Register, _today: date) -> dict[str, Any]:
    """A graph: the register as a data set, its standards, and each value as legislation or as a claim."""
    graph = [_dataset(register), *(_standard(register, one) for one in register.standards.values())]
    for _, read in sorted(register.values.items()):
        graph += [_value(register, read, value) for value in read.values]
    return {"@context": "https://schema.org", "@graph": graph}


def _id(register: Register, *steps: str) -> str:
    """A name within the register, below its address if it has one."""
    return f"{register.settings.address or ''}#{'-'.join(steps)}"


def _dataset(register: Register) -> dict[str, Any]:
    settings = register.settings
    node = {
        "@type": "Dataset",
        "@id": _id(register, settings.id),
        "name": settings.title,
        "description": settings.summary,
        "publisher": {"@type": "Organization", "name": settings.publisher},
        "license": licence_address(settings),
        "url": settings.address,
        "dateModified": settings.as_of.isoformat(),
        "inLanguage": list(settings.languages),
        "spatialCoverage": [{"@type": "Country", "identifier": country} for country in settings.countries],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": one.title, "propertyID": one.id, "description": one.question}
            for one in register.provisions.values()
        ],
    }
    return _said(node)


def _standard(register: Register, standard: Standard) -> dict[str, Any]:
    last = standard.stages[-1]
    node = {
        "@type": "Legislation",
        "@id": _id(register, standard.id),
        "name": standard.title,
        "alternateName": standard.short,
        "legislationPassedBy": {"@type": "Organization", "name": standard.body},
        "legislationIdentifier": standard.celex or standard.procedure,
        "legislationLegalForce": _STANDARD_FORCE.get(last.status),
        "legislationDateVersion": last.date,
        "url": last.source.address,
        "description": last.says,
        "isPartOf": {"@id": _id(register, register.settings.id)},
    }
    return _said(node)


def _value(register: Register, read: CountryValues, value: LegalValue) -> dict[str, Any]:
    provision = register.provisions.get(read.provision)
    is_law = value.source.is_law and not (provision is not None and provision.ranking)
    shared = {
        "@id": _id(register, read.country, read.provision, value.id),
        "isPartOf": {"@id": _id(register, register.settings.id)},
        "description" if is_law else "text": value.says,
        "inLanguage": value.source.language,
        "keywords": read.provision,
    }
    return _said(shared | (_legislation(read, value) if is_law else _claim(read, value)))


def _legislation(read: CountryValues, value: LegalValue) -> dict[str, Any]:
    return {
        "@type": "Legislation",
        "name": ", ".join(_name(value)),
        "legislationJurisdiction": {"@type": "Country", "identifier": read.country},
        "legislationIdentifier": value.source.article,
        "legislationLegalForce": _FORCE.get(value.status),
        "legislationDateVersion": value.source.dated,
        "dateModified": value.changed_on,
        "temporalCoverage": None if value.in_force_from is None else f"{value.in_force_from}/..",
        "url": value.source.address,
        "sdDatePublished": value.read_on.isoformat(),
    }


def _claim(read: CountryValues, value: LegalValue) -> dict[str, Any]:
    page = {"@type": "CreativeWork", "url": value.source.address, "datePublished": value.source.dated}
    return {
        "@type": "Claim",
        "name": f"{read.country}, {read.provision}, as a source of the kind {value.source.kind} has it",
        "about": {"@type": "Country", "identifier": read.country},
        "appearance": _said(page),
    }


def _name(value: LegalValue) -> Iterator[str]:
    yield value.source.title or "A statute"
    if value.source.article:
        yield value.source.article


def _said(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value is not None}
