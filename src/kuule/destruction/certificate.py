"""The certificate of destruction: what all records of a study come to, in one document of JSON that people sign.

It has days and no hours, hashes and no counts: it may be published. Its bytes follow from the records alone, so that
whoever has them makes the same one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kuule.core.problems import Problem
from kuule.destruction.ending_record import (
    Destroyed,
    EndingRecord,
    canonical_json,
    check_short_name,
    check_words,
    destroyed_from_json,
    destroyed_json,
)
from kuule.destruction.ending_steps import FIRST_STEPS, STEPS, WORDS, EndingMachine, EndingStep
from kuule.destruction.file_destruction import DestructionError

CERTIFICATE_FORMAT = "kuule-certificate-of-destruction"
CERTIFICATE_VERSION = 1
CERTIFICATE_FILE = "certificate.json"


@dataclass(frozen=True, slots=True)
class CertifiedStep:
    """What became of one kind of things on one machine. Nothing destroyed and nothing kept: there was none."""

    machine: str
    step: EndingStep
    day: date
    destroyed: tuple[Destroyed, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class DestructionCertificate:
    """All of it. `editions` are hash, key id, fingerprint; `archives` name, hash, edition. `day`: of the last step."""

    study: str
    organisation: str
    practice: bool
    closed_on: date
    delete_by: date
    day: date
    editions: tuple[tuple[str, str, str], ...]
    archives: tuple[tuple[str, str, str], ...]
    steps: tuple[CertifiedStep, ...]

    def to_bytes(self) -> bytes:
        """The bytes of certificate.json: what is signed."""
        return canonical_json(
            {
                "format": CERTIFICATE_FORMAT,
                "version": CERTIFICATE_VERSION,
                "study": self.study,
                "organisation": self.organisation,
                "practice": self.practice,
                "closed_on": self.closed_on.isoformat(),
                "delete_by": self.delete_by.isoformat(),
                "day": self.day.isoformat(),
                "editions": [_named(("edition", "key_id", "fingerprint"), one) for one in self.editions],
                "archives": [_named(("name", "sha256", "edition"), one) for one in self.archives],
                "steps": [_step_json(one) for one in self.steps],
            }
        )

    @property
    def sha256(self) -> str:
        """The hash of those bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @classmethod
    def from_bytes(cls, content: bytes) -> DestructionCertificate:
        """The reverse. Raises DestructionError END_012 for anything that `to_bytes` does not write."""
        try:
            found = _read(json.loads(content))
            _check_texts(found)
            if found.to_bytes() == content:
                return found
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            pass
        cause = "it is no certificate of destruction, or not as it was made"
        raise DestructionError(Problem("END_012", CERTIFICATE_FILE, cause, "take a fresh copy of it"))


def certificate_of(records: Sequence[EndingRecord], *, with_workbench: bool = True) -> DestructionCertificate:
    """The certificate of a study whose steps are all done. Raises DestructionError END_011 with each that is not."""
    archived = [record for record in records if record.step is EndingStep.ARCHIVED]
    problems = [*_missing(records, archived, with_workbench=with_workbench)]
    if problems:
        raise DestructionError(*problems)
    editions = {
        one.edition: (one.edition, one.key_id, one.fingerprint) for record in archived for one in record.editions
    }
    steps = [
        CertifiedStep(record.machine, record.step, record.day, record.destroyed, record.kept)
        for record in records
        if record.step not in FIRST_STEPS
    ]
    return DestructionCertificate(
        study=records[0].study,
        organisation=archived[0].organisation,
        practice=any(one.practice for record in archived for one in record.editions),
        closed_on=max(record.closed_on for record in archived if record.closed_on),
        delete_by=min(record.delete_by for record in archived if record.delete_by),
        day=max(record.day for record in records),
        editions=tuple(sorted(editions.values())),
        archives=tuple(sorted((one.name, one.sha256, one.edition) for record in archived for one in record.archives)),
        steps=tuple(steps),
    )


def _missing(
    records: Sequence[EndingRecord], archived: Sequence[EndingRecord], *, with_workbench: bool
) -> Iterator[Problem]:
    done = {(record.machine, record.step) for record in records}
    collectors = sorted({record.machine for record in archived}) or [str(EndingMachine.COLLECTOR)]
    wanted = [(machine, step) for machine in collectors for step in STEPS[EndingMachine.COLLECTOR]]
    for machine in (EndingMachine.ANALYST, *((EndingMachine.WORKBENCH,) if with_workbench else ())):
        wanted += [(str(machine), step) for step in STEPS[machine]]
    for machine, step in wanted:
        if (machine, step) not in done:
            cause = f"no record says that this is done: {WORDS[step]}"
            remedy = f"run `kuule end` on that machine, and bring {machine}.{step}.json"
            yield Problem("END_011", machine, cause, remedy)
    opened = {one.sha256 for record in records if record.step is EndingStep.OPENED for one in record.archives}
    for record in archived:
        if not {one.sha256 for one in record.archives} <= opened:
            cause = "its last archives are not among those that were opened"
            yield Problem("END_011", record.machine, cause, "run `kuule end analyst` with them")


def _step_json(one: CertifiedStep) -> dict[str, Any]:
    return {
        "machine": one.machine,
        "step": str(one.step),
        "day": one.day.isoformat(),
        "destroyed": [destroyed_json(destroyed) for destroyed in one.destroyed],
        "kept": one.kept,
    }


def _check_texts(found: DestructionCertificate) -> None:
    """Raise ValueError for texts that no record can have: a terminal would obey some of them."""
    check_short_name(found.study)
    check_words(found.organisation, empty=True)
    for step in found.steps:
        check_short_name(step.machine)
        check_words(step.kept, empty=True)
    for text in (text for one in (*found.editions, *found.archives) for text in one):
        check_words(text)


def _read(read: dict[str, Any]) -> DestructionCertificate:
    def texts(name: str, keys: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
        return tuple(tuple(str(one[key]) for key in keys) for one in read[name])  # type: ignore[misc]

    steps = tuple(
        CertifiedStep(
            str(one["machine"]),
            EndingStep(one["step"]),
            date.fromisoformat(one["day"]),
            tuple(map(destroyed_from_json, one["destroyed"])),
            str(one["kept"]),
        )
        for one in read["steps"]
    )
    return DestructionCertificate(
        study=str(read["study"]),
        organisation=str(read["organisation"]),
        practice=bool(read["practice"]),
        closed_on=date.fromisoformat(read["closed_on"]),
        delete_by=date.fromisoformat(read["delete_by"]),
        day=date.fromisoformat(read["day"]),
        editions=texts("editions", ("edition", "key_id", "fingerprint")),
        archives=texts("archives", ("name", "sha256", "edition")),
        steps=steps,
    )


def _named(names: tuple[str, ...], values: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(names, values, strict=True))
