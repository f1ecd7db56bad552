"""Reads one table of a settings file key by key and collects all problems, so that they are reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean

OptionEnum = TypeVar("OptionEnum", bound=StrEnum)
SettingValue = TypeVar("SettingValue")


@dataclass(slots=True)
class TableReader:
    """`path` is the name of the table in the file ("" for the top level). A wrong value gives a Problem and a
    placeholder value."""

    file: str
    path: str
    table: Mapping[str, object]
    problems: list[Problem] = field(default_factory=list)
    known_keys: set[str] = field(default_factory=set)

    def text(self, key: str, default: str | None = None, *, pattern: str = r"(?s).*\S.*", remedy: str = "") -> str:
        """A text that is not empty or, with a `pattern`, matches it."""
        value = self._value(key, str, "a text in quotes", default)
        if value is None:
            return ""
        if not re.fullmatch(pattern, value):
            self.reject_value(key, value, remedy or "write a text that is not empty")
        return value

    def integer(self, key: str, default: int | None = None, *, lowest: int, highest: int) -> int:
        """A whole number from `lowest` to `highest`."""
        value = self._value(key, int, "a whole number", default)
        if value is None:
            return lowest
        if not lowest <= value <= highest:
            self.reject_value(key, value, f"write a whole number from {lowest} to {highest}")
        return value

    def boolean(self, key: str, default: bool = False) -> bool:
        """true or false; `default` if it is missing."""
        return bool(self._value(key, bool, "true or false", default))

    def day(self, key: str) -> date | None:
        """A day, as TOML writes it (2027-06-30) or as a text of the same form; None if it is missing or ""."""
        self.known_keys.add(key)
        value = self.table.get(key) or None
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            with suppress(ValueError):
                value = date.fromisoformat(value)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        if isinstance(value, str):
            self.reject_value(key, value, "write a day like 2027-06-30, without quotes")
        else:
            self._wrong_type(key, "a day like 2027-06-30")
        return None

    def one_of(self, key: str, kind: type[OptionEnum], default: OptionEnum | None = None) -> OptionEnum:
        """One of the words of an enumeration."""
        value = self._value(key, str, "a text in quotes", None if default is None else str(default))
        words: dict[str, OptionEnum] = {str(member): member for member in kind}
        if value is not None and value not in words:
            self.reject_value(key, value, f"write one of {', '.join(words)}")
        return words.get(value or "", next(iter(kind)))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts without duplicates; empty if it is missing."""
        values = self._value(key, list, "a list of texts in square brackets", []) or []
        if not all(isinstance(value, str) for value in values):
            self._wrong_type(key, "a list of texts in square brackets")
            return ()
        texts = [str(value) for value in values]
        twice = sorted({text for text in texts if texts.count(text) > 1})
        if twice:
            self.reject_value(key, ", ".join(twice), "name each once")
        return tuple(dict.fromkeys(texts))

    def subtable(self, key: str, *, required: bool = False) -> TableReader:
        """A table within this one, with the same list of problems; empty if it is missing."""
        value = self._value(key, dict, f"a table, [{self.place(key)}]", None if required else {})
        return TableReader(self.file, self.place(key), value or {}, self.problems)

    def subtables(self, name: str) -> list[tuple[str, TableReader]]:
        """Every value of this table, each a table of its own; their names are `name`s of the study's own choosing."""
        self.known_keys.update(self.table)
        read = []
        for key in self.table:
            if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", key):
                self._say("STUDY_105", key, f"{key!r} is no {name}", "use letters, digits, _ and -")
            read.append((key, self.subtable(key)))
        return read

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
        self, key: str, kind: type[SettingValue], kind_name: str, default: SettingValue | None
    ) -> SettingValue | None:
        self.known_keys.add(key)
        if key not in self.table:
            if default is None:
                self._say("STUDY_102", key, "this setting is missing", f"add it: {kind_name}")
            return default
        value = self.table[key]
        # In Python True is an integer; in a settings file it is not.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self._wrong_type(key, kind_name)
            return default
        return value

    def _wrong_type(self, key: str, kind_name: str) -> None:
        self._say("STUDY_104", key, f"this is {_named(self.table[key])}", f"write {kind_name}")

    def _say(self, code: str, key: str, cause: str, remedy: str) -> None:
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
