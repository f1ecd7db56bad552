"""A register on the disk for the desk's tests, and coders who change it without a site."""

from __future__ import annotations

from pathlib import Path

from kuule.register.comparison.cells import RegisterCell
from kuule.register.data_model.country_values import CountryValues, LegalValue
from kuule.register.reading.register_folder import country_values_name
from kuule.register.writing.part_files import write_part
from kuule.workbench.register_desk.coding_fields import value_fields
from kuule.workbench.register_desk.current_register import read_current_register, version_of
from kuule.workbench.register_desk.register_member import RegisterMember
from kuule.workbench.register_desk.typed_values import FormTexts, read_typed_value
from kuule.workbench.register_desk.value_changes import CellChange, Proposal
from kuule.workbench.register_desk.value_saving import ValueSave, save_change
from kuule.workbench.roles import Member, Role
from tests.register.made_registers import (
    TODAY,
    made_file,
    made_limit,
    made_provision,
    made_settings,
    made_source,
    made_standard,
    made_value,
)

LIMITATION, AGE, REPORTING = "limitation", "age-of-consent", "duty-to-report"
CHOICES = [{"id": "all", "label": "everybody reports"}, {"id": "none", "label": "nobody has to"}]
PRESS = made_source("press", "https://example.org/news", article=None)
FILLED: FormTexts = {
    "says": "Twenty years, from the day on which the person is of age.",
    "status": "in-force",
    "offences": "all",
    "answer_form": "fixed-years",
    "answer_clock": "majority",
    "answer_years": "20",
    "source_kind": "statute",
    "source_address": "https://finlex.example.org/1889/39",
    "source_article": "ch. 8, s. 1",
    "source_language": "fi",
    "source_seen": "the section itself",
    "source_dated": "2025",
    "confidence": "A",
    "read_on": TODAY.isoformat(),
}
"""What a coder types for the provision `limitation`."""


def make_register(folder: Path) -> Path:
    """A register of Finland and Sweden: one reading of Finland on time limits, two that contradict each other of
    Sweden, all else open."""
    parts = (
        made_settings(topics=[{"id": "time", "title": "Time"}, {"id": "age", "title": "Ages"}]),
        made_standard(),
        made_provision(LIMITATION, title="Time limits for reporting"),
        made_provision(AGE, "age", topic="age", title="Age of consent"),
        made_provision(REPORTING, "choice", topic="age", title="Duty to report", choices=CHOICES),
        made_file(made_value(says="No time limit for the gravest.", answer=made_limit("none"))),
        made_file(
            made_value("v1", made_limit("none")),
            made_value("v2", made_limit("fixed-years", clock="majority", years=["10"]), source=PRESS, confidence="C"),
            country="SE",
        ),
    )
    for part in parts:
        write_part(folder, part)
    return folder


def register_member(word: str = "coder-1", role: Role = Role.CODER, *countries: str, number: int = 1) -> RegisterMember:
    """Somebody of a role at the register; `word` is what stands in the files."""
    bounds = frozenset(countries or ("FI", "SE"))
    return RegisterMember(Member(number, "somebody", "A partner", role, countries=bounds), word)


FIRST, SECOND = register_member(), register_member("coder-2", number=2)
COORDINATOR = register_member("coordinator", Role.COORDINATOR, number=3)


def cell_of(folder: Path, country: str = "FI", provision: str = LIMITATION) -> RegisterCell:
    """The cell as it is in the files now."""
    return read_current_register(folder, TODAY).cell(country, provision)


def values_of(folder: Path, country: str = "FI", provision: str = LIMITATION) -> CountryValues:
    return read_current_register(folder, TODAY).register.values[country, provision]


def value_of(folder: Path, name: str, country: str = "FI") -> LegalValue:
    return next(one for one in values_of(folder, country).values if one.id == name)


def version(folder: Path, country: str = "FI", provision: str = LIMITATION) -> str:
    """What a page that is opened now would carry."""
    return version_of(folder / country_values_name(country, provision))


def typed_value(who: RegisterMember, **typed: str) -> LegalValue:
    """A value as the form makes it."""
    names = (one.name for _, fields in value_fields(made_provision(LIMITATION)) for one in fields)
    fields = dict.fromkeys(names, "") | FILLED | typed
    made, wrong = read_typed_value(
        fields, made_provision(LIMITATION), made_settings(), value_id="new", coded_by=who.word, today=TODAY
    )
    assert made is not None, wrong
    return made


def proposal(who: RegisterMember, **typed: str) -> Proposal:
    return Proposal(who, typed_value(who, **typed))


def saves(folder: Path, change: CellChange, country: str = "FI", seen: str | None = None) -> ValueSave:
    """Save a change, by default with the page just opened."""
    mark = version(folder, country) if seen is None else seen
    return save_change(folder, (country, LIMITATION), change, version=mark, today=TODAY)
