"""Reads one table of a settings file key by key and collects all problems, so that they are reported at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from math import inf
from typing import TypeVar

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean

OptionEnum = TypeVar("OptionEnum", bound=StrEnum)
SettingValue = TypeVar("SettingValue")
NOT_EMPTY = r"[\s\S]*\S[\s\S]*"
OWN_NAME = r"[A-Za-z][A-Za-z0-9_-]*"

YEARS = range(1900, 3000)
"""Of days in settings: what follows from one by days or months is still a day that computers know."""


@dataclass(slots=True)
class TableReader:
    """`path` is the name of the table in the file ("" for the top level). A wrong value gives a Problem and a
    placeholder value."""

    file: str
    path: str
    table: Mapping[str, object]
    problems: list[Problem] = field(default_factory=list)
    known_keys: set[str] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)
    """The keys of the top level in which there is a problem, however deep."""

    def text(self, key: str, default: str | None = None, *, pattern: str = NOT_EMPTY, remedy: str = "") -> str:
        """A text that is not empty or, with a `pattern`, matches it."""
        value = self._value(key, str, "a text in quotes", default, how=remedy)
        if value is None:
            return ""
        if not re.fullmatch(pattern, value):
            self.reject_value(key, value, remedy or "write a text that is not empty")
        return value

    def optional_text(self, key: str) -> str:
        """A text that may be left out, or be ""; a text of spaces alone is a problem."""
        return self.text(key, "", pattern=rf"|{NOT_EMPTY}")

    def word(self, key: str, words: Sequence[str], default: str | None = None) -> str:
        """One of some words, the first of them where it cannot be read."""
        said = f"one of {', '.join(words)}"
        value = self._value(key, str, f"{said}, in quotes", default)
        if value is not None and value not in words:
            self.reject_value(key, value, did_you_mean(value, words, f"write {said}", written="{}"))
        return words[0] if value is None or value not in words else value

    def integer(
        self, key: str, default: int | None = None, *, lowest: int, highest: int, floor: int | None = None
    ) -> int:
        """A whole number from `lowest` to `highest`. Under a `floor` it could point at a person: STUDY_107."""
        value = self._value(key, int, f"a whole number from {lowest} to {highest}", default)
        if value is None:
            return lowest
        if not lowest <= value <= highest:
            self.reject_value(key, value, f"write a whole number from {lowest} to {highest}")
        elif floor is not None and value < floor:
            cause = f"{value} is under the floor: smaller numbers can point at a person"
            self._say("STUDY_107", key, cause, f"write {floor} or more")
        return value

    def number(self, key: str, default: float, *, highest: float = inf) -> float:
        """A number from 0 to `highest`."""
        kind = "a number from 0" if highest == inf else f"a number from 0 to {highest:g}"
        value = self._value(key, (int, float), kind, default)
        if not isinstance(value, int | float) or not 0 <= value <= highest:
            self.reject_value(key, value, f"write {kind}")
            return default
        return float(value)

    def boolean(self, key: str, default: bool = False) -> bool:
        """true or false; `default` if it is missing."""
        return bool(self._value(key, bool, "true or false", default))

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A day, as TOML writes it (2027-06-30) or as a text of the same form; None if it is missing or ""."""
        self.known_keys.add(key)
        value = self.table.get(key) or None
        if value is None and required:
            self._say("STUDY_102", key, "this setting is missing", "add the day, like 2027-06-30")
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            with suppress(ValueError):
                value = date.fromisoformat(value)
        if isinstance(value, date) and value.year not in YEARS:
            self.reject_value(key, value.isoformat(), f"write a day of the years {YEARS[0]} to {YEARS[-1]}, or none")
            return None
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        if isinstance(value, str):
            self.reject_value(key, value, "write a day like 2027-06-30, without quotes")
        else:
            self._wrong_type(key, "a day like 2027-06-30")
        return None

    def one_of(self, key: str, kind: type[OptionEnum], default: OptionEnum | None = None) -> OptionEnum:
        """One of the words of an enumeration."""
        words: dict[str, OptionEnum] = {str(member): member for member in kind}
        return words[self.word(key, tuple(words), None if default is None else str(default))]

    def texts(self, key: str, *, words: Collection[str] = (), remedy: str = "") -> tuple[str, ...]:
        """A list of texts without duplicates, of some `words` if there are any; empty if it is missing."""
        values = self._value(key, list, "a list of texts in square brackets", []) or []
        if not all(isinstance(value, str) for value in values):
            self._wrong_type(key, "a list of texts in square brackets")
            return ()
        texts = [str(value) for value in values]
        twice = sorted({text for text in texts if texts.count(text) > 1})
        if twice:
            self.reject_value(key, ", ".join(twice), "name each once")
        for text in dict.fromkeys(texts):
            if words and text not in words:
                near = remedy or did_you_mean(text, words, f"name some of {', '.join(words)}")
                self.reject_value(key, text, near)
        return tuple(dict.fromkeys(texts))

    def subtable(self, key: str, *, required: bool = False) -> TableReader:
        """A table within this one, with the same list of problems; empty if it is missing."""
        value = self._value(key, dict, f"a table, [{self.place(key)}]", None if required else {})
        return self._inner(self.place(key), value or {})

    def subtables(self, name: str, *, words: Collection[str] = ()) -> list[tuple[str, TableReader]]:
        """Every value of this table, each a table of its own; their names are `name`s of the study's own choosing, or
        some of `words`."""
        self.known_keys.update(self.table)
        read = []
        for key in self.table:
            if words and key not in words:
                self.reject_value(key, key, did_you_mean(key, words, f"write one of {', '.join(words)}"))
                continue
            if not words and not re.fullmatch(OWN_NAME, key):
                self._say("STUDY_105", key, f"{key!r} is no {name}", "use letters, digits, _ and -")
            read.append((key, self.subtable(key)))
        return read

    def own_names(self, *, pattern: str = "", remedy: str = "") -> tuple[str, ...]:
        """The names of this table's values, which are of the study's own choosing; with a `pattern`, all match it."""
        self.known_keys.update(self.table)
        for key in self.table:
            if pattern and not re.fullmatch(pattern, key):
                self.reject_value(key, key, remedy)
        return tuple(self.table)

    def own_names_by_kind(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of this table's values, apart: those of values, and those of tables."""
        tables = tuple(key for key, value in self.table.items() if isinstance(value, Mapping))
        return tuple(key for key in self.own_names() if key not in tables), tables

    def list_of_tables(self, key: str, *, cause: str, remedy: str) -> list[TableReader]:
        """An array of tables, [[key]], each with its number in its name. `cause` and `remedy` say that there is
        none."""
        self.known_keys.add(key)
        given = self.table.get(key)
        if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
            self._say("STUDY_102", key, cause, remedy)
            return []
        return [self._inner(f"{key} {number}", each) for number, each in enumerate(given, start=1)]

    def has(self, key: str) -> bool:
        """Whether it is said, in a table of which each part may be left out."""
        self.known_keys.add(key)
        return key in self.table

    def accept_unused(self, key: str) -> None:
        """A setting of earlier versions: it may be there, and nothing is read of it."""
        self.known_keys.add(key)

    def reject_unknown_keys(self) -> None:
        """A key that nobody asked for is a problem: a misspelt setting must not be ignored silently."""
        for key in self.table:
            if key not in self.known_keys:
                otherwise = f"use one of: {', '.join(sorted(self.known_keys))}"
                remedy = did_you_mean(key, self.known_keys, otherwise, written="{}")
                self._say("STUDY_103", key, "this setting is not known", remedy)

    def place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def reject_value(self, key: str, value: object, remedy: str) -> None:
        """Report a value that has the right type but does not fit."""
        self._say("STUDY_105", key, f"{value!r} does not fit", remedy)

    def add_problem(self, code: str, key: str, cause: str, remedy: str) -> None:
        """Add a problem at one key of this table."""
        self._say(code, key, cause, remedy)

    def _value(
        self,
        key: str,
        kind: type[SettingValue] | tuple[type[SettingValue], ...],
        kind_name: str,
        default: SettingValue | None,
        *,
        how: str = "",
    ) -> SettingValue | None:
        self.known_keys.add(key)
        if key not in self.table:
            if default is None:
                remedy = f"add it: {kind_name}"
                self._say("STUDY_102", key, "this setting is missing", f"{remedy}; {how}" if how else remedy)
            return default
        value = self.table[key]
        # In Python True is an integer; in a settings file it is not.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self._wrong_type(key, kind_name)
            return default
        return value

    def _wrong_type(self, key: str, kind_name: str) -> None:
        self._say("STUDY_104", key, f"this is {_named(self.table[key])}", f"write {kind_name}")

    def _inner(self, path: str, table: Mapping[str, object]) -> TableReader:
        return TableReader(self.file, path, table, self.problems, faulty=self.faulty)

    def _say(self, code: str, key: str, cause: str, remedy: str) -> None:
        self.faulty.add(self.place(key).partition(".")[0])
        self.problems.append(Problem(code, f"{self.file}, {self.place(key)}", cause, remedy))


def _named(value: object) -> str:
    names: Sequence[tuple[type, str]] = (
        (bool, "true or false"),
        (str, "a text"),
        (int, "a whole number"),
        (float, "a number"),
        (list, "a list"),
        (dict, "a table"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "a date or a time")
