"""Saving one change of a cell. Its file is read, changed and written under a lock, so that nobody overwrites the work
of somebody else, and what `kuule register check` would refuse is not written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from kuule.core.locks import BusyError, exclusive_lock
from kuule.core.problems import Problem, Severity
from kuule.register.check_rules.register_check import check_register
from kuule.register.data_model.country_values import CountryValues
from kuule.register.reading.register_folder import RegisterFolder, country_values_name, file_name_of
from kuule.register.reading.yaml_documents import RegisterError, YamlDocument, read_yaml
from kuule.register.writing.part_files import part_bytes, write_country_values
from kuule.workbench.register_desk.current_register import (
    CurrentRegister,
    read_current_register,
    version_of,
)
from kuule.workbench.register_desk.value_changes import CellChange, ChangeRefused, apply_change

LOCK_FILE = ".held"
CellPlace = tuple[str, str]
"""A country and a provision."""
PATIENCE = 10.0
"""Seconds to wait for others who are writing at the same moment."""


class ValueOutcome(StrEnum):
    """What happened to a change. `checked`: a rule of the register does not accept it."""

    SAVED = "saved"
    NOTHING = "nothing"
    CONFLICT = "conflict"
    REFUSED = "refused"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class ValueSave:
    """The outcome, the value that it is about, and why nothing was saved where nothing was. `places` are the keys of a
    value, joined by an underscore (source_address), that a problem is about."""

    outcome: ValueOutcome
    value_id: str = ""
    why: str = ""
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, Problem] = field(default_factory=dict)

    @property
    def is_kept(self) -> bool:
        """Whether the file holds what was asked for."""
        return self.outcome in {ValueOutcome.SAVED, ValueOutcome.NOTHING}


def save_change(folder: Path, where: CellPlace, change: CellChange, *, version: str, today: date) -> ValueSave:
    """Save a change that somebody made who saw the file in this version (`version_of`).

    Raises Http404 without such a cell, and RegisterError: what keeps the register from being read, or REGISTER_050 if
    others write for longer than anyone waits. Nothing has changed then.
    """
    with lock_register(folder):
        current = read_current_register(folder, today)
        cell = current.cell(*where)
        read = current.register.values.get(where)
        if version_of(folder / country_values_name(*where)) != version:
            made = change.is_made(read)
            return ValueSave(ValueOutcome.NOTHING if made else ValueOutcome.CONFLICT)
        try:
            after = apply_change(change, cell, read)
        except ChangeRefused as refusal:
            return ValueSave(ValueOutcome.REFUSED, why=str(refusal))
        if refused := _refused(current, after, today):
            return refused
        write_country_values(folder, after)
    return ValueSave(ValueOutcome.SAVED, _changed_id(change, read, after))


@contextmanager
def lock_register(folder: Path) -> Iterator[None]:
    """Be the only one of this site, or another on the same folder, who writes. Raises RegisterError REGISTER_050."""
    try:
        with exclusive_lock(folder / LOCK_FILE, patience=PATIENCE):
            yield
    except BusyError:
        cause = "somebody else is writing in the register at this moment"
        raise RegisterError(Problem("REGISTER_050", str(folder), cause, "try again in a moment")) from None


def _changed_id(change: CellChange, read: CountryValues | None, after: CountryValues) -> str:
    """The id of a new value is known only once it is in the file."""
    before = {one.id for one in read.values} if read else set()
    return next((one.id for one in after.values if one.id not in before), change.value_id)


def _refused(current: CurrentRegister, after: CountryValues, today: date) -> ValueSave | None:
    """The errors that the rules find in the file as it would be, and did not find in it as it is."""
    name = file_name_of(after)
    document = read_yaml(part_bytes(after), name)
    place = (str(after.country), str(after.provision))
    register = replace(current.register, values={**current.register.values, place: after})
    later = replace(current.folder, register=register, documents={**current.folder.documents, name: document})
    if not (errors := _errors(later, name, today)):
        return None
    before = {(one.code, one.cause) for one in _errors(current.folder, name, today)}
    found = tuple(one for one in errors if (one.code, one.cause) not in before)
    return ValueSave(ValueOutcome.CHECKED, problems=found, places=_places(found, document)) if found else None


def _errors(folder: RegisterFolder, name: str, today: date) -> list[Problem]:
    found = check_register(folder, today)
    return [one for one in found if one.file == name and one.severity is Severity.ERROR]


def _places(problems: tuple[Problem, ...], document: YamlDocument) -> Mapping[str, Problem]:
    """The problems by the keys of the value that stands where they are."""
    keys = dict(_keys_by_line(document))
    lines = ((one.excerpt.line, one) for one in problems if one.excerpt is not None)
    return {keys[line]: one for line, one in lines if line in keys}


def _keys_by_line(document: YamlDocument) -> Iterator[tuple[int, str]]:
    """For each line of a file of values, counted from 1, the key of a value that begins there."""
    for number, value in enumerate(document.content["values"]):
        for key, part in value.items():
            for path in ((key, name) for name in part) if isinstance(part, dict) else ((key,),):
                yield document.marks.key_of(("values", number, *path))[0] + 1, "_".join(path)
