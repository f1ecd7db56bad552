"""What was done in a step, as a small file that is carried from machine to machine: no counts, no paths, a day and no
hour.

It is JSON in one form only (`canonical_json`), so that the same step gives the same bytes, whoever writes it and
however often it was begun.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kuule.destruction.ending_steps import EndingStep
from kuule.destruction.storage_medium import Doubt

ENDING_RECORD_FORMAT = "kuule-ending-record"
ENDING_RECORD_VERSION = 1
MAX_WORDS = 300
"""Characters of what a person says: why something is kept, who destroyed it."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KEY_ID = re.compile(r"[0-9a-f]{16}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Way(StrEnum):
    """How something was destroyed."""

    OVERWRITTEN = "overwritten"
    EMPTIED = "emptied"
    """A database server removed every row and wrote its tables anew."""
    CLOSED = "closed"
    """Accounts that nobody can sign in with any more; names stay where the audit trail has them."""
    STATED = "stated"
    """People say that they destroyed it; no program saw it."""


@dataclass(frozen=True, slots=True)
class EndedEdition:
    """An edition: its hash, and the key that its answers are sealed to; `practice`: nobody real answered it."""

    edition: str
    key_id: str
    fingerprint: str
    practice: bool = False

    def __post_init__(self) -> None:
        _check(_DIGEST.fullmatch(self.edition) and _KEY_ID.fullmatch(self.key_id), "an edition has a hash and a key id")
        check_words(self.fingerprint)


@dataclass(frozen=True, slots=True)
class EndedArchive:
    """A file of sealed answers: its name, the SHA-256 of all of it, the edition."""

    name: str
    sha256: str
    edition: str

    def __post_init__(self) -> None:
        _check(_DIGEST.fullmatch(self.sha256) and _DIGEST.fullmatch(self.edition), "an archive has two hashes")
        check_words(self.name)


@dataclass(frozen=True, slots=True)
class Destroyed:
    """Something that is no more: the name of a file without its folder, or in words what it was; and why its content
    may still be somewhere. `by`: who says so, a role, where no program saw it."""

    name: str
    way: Way
    doubts: tuple[Doubt, ...] = ()
    by: str = ""

    def __post_init__(self) -> None:
        check_words(self.name)
        check_words(self.by, empty=self.way is not Way.STATED)


@dataclass(frozen=True, slots=True)
class EndingRecord:
    """A step that is done. `machine`: whose, by a name that tells two collectors apart. `kept`: why something of this
    kind stays, "" if it does not.

    Of the last archives alone: `organisation` is who ran the study, `closed_on` the day on which it closed, `delete_by`
    the last day on which sealed answers may still be there, by the days that the study promised, `rows` what the store
    had, as one hash, which tells a later change.
    """

    study: str
    machine: str
    step: EndingStep
    day: date
    editions: tuple[EndedEdition, ...] = ()
    archives: tuple[EndedArchive, ...] = ()
    destroyed: tuple[Destroyed, ...] = ()
    kept: str = ""
    organisation: str = ""
    closed_on: date | None = None
    delete_by: date | None = None
    rows: str = ""

    def __post_init__(self) -> None:
        _check(_NAME.fullmatch(self.study) and _NAME.fullmatch(self.machine), "study and machine are short names")
        _check(not self.rows or _DIGEST.fullmatch(self.rows), "rows is a hash")
        check_words(self.kept, empty=True)
        check_words(self.organisation, empty=True)
        if self.step is EndingStep.ARCHIVED:
            whole = self.editions and self.archives and self.rows and self.closed_on and self.delete_by
            _check(whole, "last archives have editions, hashes and days")
            _check(str(self.closed_on) <= str(self.delete_by), "nothing is to be deleted before the closing")

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON has it."""
        return {
            "format": ENDING_RECORD_FORMAT,
            "version": ENDING_RECORD_VERSION,
            "study": self.study,
            "machine": self.machine,
            "step": str(self.step),
            "day": self.day.isoformat(),
            "editions": [_fields(one) for one in self.editions],
            "archives": [_fields(one) for one in self.archives],
            "destroyed": [destroyed_json(one) for one in self.destroyed],
            "kept": self.kept,
            "organisation": self.organisation,
            "closed_on": _day(self.closed_on),
            "delete_by": _day(self.delete_by),
            "rows": self.rows,
        }

    def to_bytes(self) -> bytes:
        """The bytes of the file."""
        return canonical_json(self.to_json())

    @classmethod
    def from_bytes(cls, content: bytes) -> EndingRecord:
        """The reverse. Raises ValueError for anything that `to_bytes` does not write."""
        try:
            read = json.loads(content)
            found = cls(
                study=str(read["study"]),
                machine=str(read["machine"]),
                step=EndingStep(read["step"]),
                day=date.fromisoformat(read["day"]),
                editions=tuple(EndedEdition(**one) for one in read["editions"]),
                archives=tuple(EndedArchive(**one) for one in read["archives"]),
                destroyed=tuple(destroyed_from_json(one) for one in read["destroyed"]),
                kept=str(read["kept"]),
                organisation=str(read["organisation"]),
                closed_on=_read_day(read["closed_on"]),
                delete_by=_read_day(read["delete_by"]),
                rows=str(read["rows"]),
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError("it is not whole") from error
        if found.to_bytes() != content:
            raise ValueError("it is not as it was written")
        return found


def canonical_json(content: Mapping[str, Any]) -> bytes:
    """JSON in one form: keys in order, no space but within texts, UTF-8, a line break at the end."""
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def destroyed_json(one: Destroyed) -> dict[str, Any]:
    """A destroyed thing as JSON has it."""
    return {"name": one.name, "way": str(one.way), "doubts": [*map(str, one.doubts)], "by": one.by}


def destroyed_from_json(read: Mapping[str, Any]) -> Destroyed:
    """The reverse of `destroyed_json`. Raises KeyError, TypeError, ValueError."""
    return Destroyed(str(read["name"]), Way(read["way"]), tuple(map(Doubt, read["doubts"])), str(read["by"]))


def check_short_name(name: str) -> None:
    """Raise ValueError unless this may be the name of a study or of a machine, and so a part of a file's name."""
    _check(_NAME.fullmatch(name), "a short name of a-z, 0-9 and hyphens")


def check_words(words: str, *, empty: bool = False) -> None:
    """Raise ValueError unless this is a line that a person may have written: short, printable, no mail address."""
    _check(isinstance(words, str) and (empty or words.strip()), "something has to be said")
    _check(len(words) <= MAX_WORDS and words.isprintable(), f"one line, of at most {MAX_WORDS} characters")
    _check("@" not in words, "a role, and no address")


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _fields(one: EndedEdition | EndedArchive) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


def _check(fits: object, wanted: str) -> None:
    if not fits:
        raise ValueError(wanted)
