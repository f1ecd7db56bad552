"""Every check of a text, in the order in which they are said, and the Problems that they make of a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from kuule.errors import Problem, Severity
from kuule.languages.catalogue import Catalogue
from kuule.languages.checks import braces, direction_marks, length, links, placeholders
from kuule.languages.checks.finding import Finding
from kuule.languages.texts import Entry


class Check(Protocol):
    """What a module of this package has."""

    CODE: str

    @property
    def check(self) -> Callable[[Entry], Iterable[Finding]]: ...


CHECKS: tuple[Check, ...] = (placeholders, links, direction_marks, braces, length)

UNTRANSLATED = "LANG_021"
STALE = "LANG_022"
UNKNOWN_KEY = "LANG_023"
_NAMED = 5


def catalogue_problems(catalogue: Catalogue, place: str) -> Iterator[Problem]:
    """What the checks find in every translated text, and one warning each for what is missing, stale or left over."""
    for entry in catalogue.entries.values():
        if entry.text:
            yield from _of_entry(entry, place)
    yield from _summed_up(catalogue, place)


def _of_entry(entry: Entry, place: str) -> Iterator[Problem]:
    for check in CHECKS:
        for finding in check.check(entry):
            yield Problem(check.CODE, f"{place}, {entry.key}", finding.cause, finding.remedy, finding.severity)


def _summed_up(catalogue: Catalogue, place: str) -> Iterator[Problem]:
    missing = [entry.key for entry in catalogue.entries.values() if not entry.text]
    if missing:
        cause = f"{len(missing)} of {len(catalogue.entries)} texts have no translation yet ({_some(missing)})"
        yield _warning(UNTRANSLATED, place, cause, "translate them; until then they show in the source language")
    stale = [entry.key for entry in catalogue.entries.values() if entry.stale]
    if stale:
        cause = f"the source of {len(stale)} texts has changed since ({_some(stale)})"
        yield _warning(STALE, place, cause, "look at them again")
    left = [entry.key for entry in catalogue.obsolete if entry.text]
    if left:
        cause = f"{len(left)} texts belong to no text of the study ({_some(left)})"
        yield _warning(UNKNOWN_KEY, place, cause, "they are kept as obsolete; take them out if they are not needed")


def _warning(code: str, place: str, cause: str, remedy: str) -> Problem:
    return Problem(code, place, cause, remedy, Severity.WARNING)


def _some(keys: list[str]) -> str:
    return ", ".join(keys[:_NAMED]) + (", …" if len(keys) > _NAMED else "")
