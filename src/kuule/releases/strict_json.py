"""JSON of a release, read without trust: an unknown key, a key that is there twice, a number that is no whole number or
a value of another type is refused, with its place in the file.

A release travels, and whoever passes it on could have changed it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from kuule.core.suggestions import did_you_mean

JsonWord = TypeVar("JsonWord", bound=StrEnum)
_LARGEST = 10**12
"""No number of a release is larger: it counts people."""


class ReleaseFileError(ValueError):
    """What a file of a release has where something else should be."""

    def __init__(self, place: str, cause: str, remedy: str = "") -> None:
        super().__init__(f"{place}: {cause}")
        self.place, self.cause, self.remedy = place, cause, remedy


def parse_strict_json(content: bytes) -> object:
    """The value in a JSON file. Raises ReleaseFileError."""
    try:
        return json.loads(
            content.decode(),
            object_pairs_hook=_object_of_pairs,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except ReleaseFileError:
        raise
    except UnicodeDecodeError:
        raise ReleaseFileError("", "it is not UTF-8") from None
    except RecursionError:
        raise ReleaseFileError("", "it is nested too deeply") from None
    except ValueError as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise ReleaseFileError(place, "it is not whole JSON") from None


def _object_of_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise ReleaseFileError("", f"{key[:60]!r} is there twice in one object")
        table[key] = value
    return table


def _refuse_number(text: str) -> object:
    raise ReleaseFileError("", f"{text} is not a whole number")


@dataclass(slots=True)
class StrictObject:
    """A JSON object that is read key by key. `place` is where it is in the file, such as `tables[2]`. Each method
    raises ReleaseFileError if the value has another type or is missing."""

    place: str
    table: Mapping[str, Any]
    read: set[str] = field(default_factory=set)

    @classmethod
    def from_value(cls, value: object, place: str = "") -> StrictObject:
        """The object that a value is."""
        if not isinstance(value, dict):
            raise ReleaseFileError(place, "it is not an object")
        return cls(place, value)

    def place_of(self, key: str) -> str:
        """Where a key is in the file."""
        return f"{self.place}.{key}" if self.place else key

    def value(self, key: str) -> object:
        """A value of any type."""
        self.read.add(key)
        if key not in self.table:
            raise ReleaseFileError(self.place_of(key), "it is missing")
        return self.table[key]

    def text(self, key: str, pattern: str = r"(?s).*") -> str:
        """A text that matches `pattern`, without halves of surrogate pairs."""
        return check_text(self.value(key), self.place_of(key), pattern)

    def boolean(self, key: str) -> bool:
        """true or false."""
        value = self.value(key)
        if not isinstance(value, bool):
            raise ReleaseFileError(self.place_of(key), "it is not true or false")
        return value

    def integer(self, key: str, lowest: int = 0) -> int:
        """A whole number from `lowest`."""
        return check_integer(self.value(key), self.place_of(key), lowest)

    def optional_integer(self, key: str, lowest: int = 0) -> int | None:
        """A whole number from `lowest`, or None for null."""
        return None if self.value(key) is None else self.integer(key, lowest)

    def one_of(self, key: str, kind: type[JsonWord]) -> JsonWord:
        """One of the words of an enumeration."""
        text = self.text(key)
        if text not in list(kind):
            raise ReleaseFileError(self.place_of(key), f"{text!r} is none of {', '.join(kind)}")
        return kind(text)

    def texts(self, key: str, pattern: str = r"(?s).+") -> tuple[str, ...]:
        """A list of texts, each there once."""
        found = tuple(check_text(value, place, pattern) for place, value in self._list(key))
        if len(set(found)) != len(found):
            raise ReleaseFileError(self.place_of(key), "a text is there twice")
        return found

    def text_by_key(self, key: str) -> dict[str, str]:
        """An object of texts."""
        inside = self.inner(key)
        return {name: inside.text(name) for name in inside.table}

    def inner(self, key: str) -> StrictObject:
        """An object within this one."""
        return StrictObject.from_value(self.value(key), self.place_of(key))

    def inner_list(self, key: str) -> Iterator[StrictObject]:
        """A list of objects."""
        return (StrictObject.from_value(value, place) for place, value in self._list(key))

    def values(self, key: str) -> tuple[tuple[str, object], ...]:
        """A list of values of any type, each with its place."""
        return tuple(self._list(key))

    def check_all_read(self) -> None:
        """Raise ReleaseFileError if the object has a key that nobody asked for."""
        for key in self.table:
            if key not in self.read:
                remedy = did_you_mean(key, self.read, "use the version of Kuule that wrote it", written="{}")
                raise ReleaseFileError(self.place_of(key), "this field is not known", remedy)

    def _list(self, key: str) -> Iterable[tuple[str, object]]:
        value = self.value(key)
        if not isinstance(value, list):
            raise ReleaseFileError(self.place_of(key), "it is not a list")
        return ((f"{self.place_of(key)}[{number}]", each) for number, each in enumerate(value))


def check_text(value: object, place: str, pattern: str = r"(?s).*") -> str:
    """The value if it is a text that matches `pattern`. Raises ReleaseFileError."""
    if not isinstance(value, str):
        raise ReleaseFileError(place, "it is not a text")
    if not re.fullmatch(pattern, value) or (not value.isascii() and not _is_unicode(value)):
        raise ReleaseFileError(place, f"{value[:60]!r} does not fit")
    return value


def _is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8. JSON can hold half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_integer(value: object, place: str, lowest: int = 0) -> int:
    """The value if it is a whole number from `lowest`. Raises ReleaseFileError."""
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= _LARGEST:
        raise ReleaseFileError(place, f"it is not a whole number from {lowest}")
    return value


def compact_json(content: object) -> bytes:
    """JSON in the one form that a release's hash is made of: without spaces, keys in the order given, UTF-8."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
