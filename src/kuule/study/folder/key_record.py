"""The file keys.toml of a study: which of its keys were destroyed, when, and by whom (a role, never a name).

That a key was destroyed cannot be proved, only stated. It is stated here, once, in a file that belongs to the study.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import KeyMaterialError, Problem, StudyError
from kuule.core.regular_files import read_regular_file, read_regular_text
from kuule.sealing.keys import PublicKey
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

KEY_RECORD_FILE = "keys.toml"
MAX_ROLE_LENGTH = 200
_KEY_ID = re.compile(r"[0-9a-f]{16}")
_FIELDS = frozenset({"key", "on", "by"})
_HEAD = """\
# The keys of this study that were destroyed: from then on nobody can open what was sealed to them, in any copy.
# `kuule keys destroyed` adds to this file, `kuule check` reads it. A role stands here, never the name of a person.
"""


def is_key_id(text: str) -> bool:
    """Whether it is written as the id of a key is: 16 hexadecimal digits, in small letters."""
    return bool(_KEY_ID.fullmatch(text))


@dataclass(frozen=True, slots=True)
class DestroyedKey:
    """`key_id` is 16 hexadecimal digits; `by` is a role in the author's words. Raises ValueError if a value is not
    valid, with a message for people."""

    key_id: str
    on: date
    by: str

    def __post_init__(self) -> None:
        if not is_key_id(self.key_id):
            raise ValueError("a key's id has 16 hexadecimal digits")
        if not self.by.strip() or len(self.by) > MAX_ROLE_LENGTH or any(ord(mark) < ord(" ") for mark in self.by):
            raise ValueError(f"who did it is a role in one line, of at most {MAX_ROLE_LENGTH} characters")
        if "@" in self.by:
            raise ValueError("who did it is a role, not an address")


def read_key_record(study: Path) -> tuple[DestroyedKey, ...]:
    """The entries of keys.toml; () if there is none. Raises StudyError STUDY_345, STUDY_346 with every problem."""
    table = _table(study)
    entries = table.get("destroyed", [])
    problems = [_unknown(name) for name in table if name != "destroyed"]
    if not isinstance(entries, list):
        raise StudyError(_unreadable("`destroyed` is not a list of entries"))
    destroyed = []
    for number, entry in enumerate(entries, start=1):
        try:
            destroyed.append(_entry(entry))
        except ValueError as error:
            problems.append(_misfit(number, str(error)))
    problems += _repeated(destroyed)
    if problems:
        raise StudyError(*problems)
    return tuple(destroyed)


def key_record_problems(study: Path) -> Iterator[Problem]:
    """For the check of a study: what is wrong with its keys.toml."""
    try:
        read_key_record(study)
    except StudyError as error:
        yield from error.problems


def append_destroyed_key(study: Path, destroyed: DestroyedKey) -> None:
    """Add an entry to keys.toml. Raises StudyError STUDY_345 to STUDY_347 (the key is there already)."""
    if any(one.key_id == destroyed.key_id for one in read_key_record(study)):
        raise StudyError(_twice(destroyed.key_id))
    path = study / KEY_RECORD_FILE
    before = read_regular_text(path) if path.exists() else _HEAD
    entry = (
        f'\n[[destroyed]]\nkey = "{destroyed.key_id}"\non = {destroyed.on.isoformat()}\nby = {_quoted(destroyed.by)}\n'
    )
    write_atomically(path, (before.rstrip("\n") + "\n" + entry).encode("utf-8"))


def check_key_not_destroyed(study: Path, key: PublicKey) -> None:
    """Raises KeyMaterialError KEY_050 if the record says that this key was destroyed, so that nobody could open what it
    seals."""
    for one in read_key_record(study):
        if one.key_id == key.key_id.hex():
            cause = f"the key {one.key_id} was destroyed on {one.on.isoformat()}: nobody could open what it seals"
            raise KeyMaterialError(
                Problem("KEY_050", "--key", cause, "give the public key of a key that is still held")
            )


def _table(study: Path) -> dict[str, object]:
    try:
        return read_toml(read_regular_file(study / KEY_RECORD_FILE).decode("utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StudyError(_unreadable(f"it cannot be read ({error.strerror})")) from None
    except UnicodeDecodeError:
        raise StudyError(_unreadable("it is not UTF-8")) from None
    except UnreadableToml as error:
        raise StudyError(_unreadable(error.cause)) from None


def _entry(entry: object) -> DestroyedKey:
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        raise ValueError("an entry has `key`, `on` and `by`, and nothing else")
    on = entry["on"]
    if type(on) is not date:
        raise ValueError("`on` is a day, written like 2027-01-31, without quotes")
    if not (isinstance(entry["key"], str) and isinstance(entry["by"], str)):
        raise ValueError("`key` and `by` are texts, in quotes")
    return DestroyedKey(entry["key"], on, entry["by"])


def _repeated(destroyed: list[DestroyedKey]) -> list[Problem]:
    ids = [one.key_id for one in destroyed]
    return [_twice(key_id) for key_id in sorted({one for one in ids if ids.count(one) > 1})]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unreadable(cause: str) -> Problem:
    return Problem("STUDY_345", KEY_RECORD_FILE, cause, "mend it there, or take the last version that worked")


def _unknown(name: str) -> Problem:
    return Problem(
        "STUDY_345", KEY_RECORD_FILE, f"{name!r} is not one of its entries", "write [[destroyed]], or take it out"
    )


def _misfit(number: int, cause: str) -> Problem:
    return Problem("STUDY_346", f"{KEY_RECORD_FILE}, entry {number}", cause, "write it as `kuule keys destroyed` does")


def _twice(key_id: str) -> Problem:
    return Problem(
        "STUDY_347", KEY_RECORD_FILE, f"the key {key_id} is said to be destroyed already", "keep one entry for it"
    )
