"""JSON Schema of the settings files, recorded from the functions that read them, so that no second list of settings
exists (decision 0107).

A reader is handed a table that is there in every part and notes what it asks for. What a schema cannot say, two
settings that contradict each other, only the reader says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf

from kuule.study.settings.analysis_plan import ANALYSIS_PLAN_FILE, read_planned_tables
from kuule.study.settings.rehearsal_settings import REHEARSAL_FILE, read_rehearsal_table
from kuule.study.settings.setting_notes import NOTES, SettingNote, file_note
from kuule.study.settings.study_toml import SETTINGS_FILE, read_study_table
from kuule.study.settings.table_reader import NOT_EMPTY, OWN_NAME, TableReader

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OWN = "*"
"""Stands for every name of the study's own choosing in the path of a setting."""
_BY_AUDIENCE = frozenset({"discreet", "coming_back.pause_days"})
"""Settings with a default that depends on the audience, which a schema cannot say."""
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
Schema = dict[str, object]

READERS: Mapping[str, Callable[[TableReader], object]] = {
    SETTINGS_FILE: read_study_table,
    REHEARSAL_FILE: read_rehearsal_table,
    ANALYSIS_PLAN_FILE: read_planned_tables,
}
"""The files that have a schema, and what reads each."""


def settings_schema(file: str) -> Schema:
    """The schema of one of the files in `READERS`."""
    return recorded_schema(file, READERS[file], NOTES[file], file_note(file))


def recorded_schema(
    file: str, read: Callable[[TableReader], object], notes: Mapping[str, SettingNote], says: str
) -> Schema:
    """The schema of a settings file, of the function that reads it and of what each setting is for."""
    top = RecordingReader(file, "", {}, notes=notes)
    read(top)
    return {"$schema": DIALECT, "title": file, "description": says, **top.schema}


def settings_in(schema: Schema, path: str = "") -> dict[str, Schema]:
    """Every setting of a schema by its path, like `groups.*.title`. A table is none, but what it holds is."""
    properties = schema.get("properties", {})
    others = schema.get("additionalProperties")
    inner = {**(properties if isinstance(properties, dict) else {}), **({OWN: others} if others else {})}
    found: dict[str, Schema] = {}
    for name, one in inner.items():
        place = f"{path}.{name}" if path else name
        for kind in one.get("anyOf", [one]):
            table = kind if kind.get("type") == "object" else kind.get("items", {})
            found |= settings_in(table, place) if table.get("type") == "object" else {place: one}
    return found


@dataclass(slots=True)
class RecordingReader(TableReader):
    """A reader that finds every part of its table, notes in `schema` what is asked for, and says no problem."""

    schema: Schema = field(default_factory=lambda: {"type": "object", "additionalProperties": False})
    notes: Mapping[str, SettingNote] = field(default_factory=dict)

    def text(self, key: str, default: str | None = None, *, pattern: str = NOT_EMPTY, remedy: str = "") -> str:
        anything = pattern == "(?s).*"
        self._note(key, {"type": "string", **({} if anything else {"pattern": f"^(?:{pattern})$"})}, default)
        return default or ""

    def word(self, key: str, words: Sequence[str], default: str | None = None) -> str:
        self._note(key, {"enum": [str(word) for word in words]}, default)
        return words[0]

    def integer(
        self, key: str, default: int | None = None, *, lowest: int, highest: int, floor: int | None = None
    ) -> int:
        least = lowest if floor is None else floor
        self._note(key, {"type": "integer", "minimum": least, "maximum": highest}, default)
        return least if default is None else default

    def number(self, key: str, default: float, *, highest: float = inf) -> float:
        self._note(key, {"type": "number", "minimum": 0, **({} if highest == inf else {"maximum": highest})}, default)
        return default

    def boolean(self, key: str, default: bool = False) -> bool:
        self._note(key, {"type": "boolean"}, default)
        return default

    def day(self, key: str, *, required: bool = False) -> date | None:
        said: Schema = {"type": "string", "format": "date", "pattern": f"^{_DAY}$"}
        self._note(key, said if required else {"anyOf": [said, {"const": ""}]}, None if required else "")
        return None

    def texts(self, key: str, *, words: Collection[str] = (), remedy: str = "") -> tuple[str, ...]:
        item: Schema = {"enum": sorted(map(str, words))} if words else {"type": "string"}
        self._note(key, {"type": "array", "items": item, "uniqueItems": True}, [])
        return ()

    def subtable(self, key: str, *, required: bool = False) -> TableReader:
        inner = RecordingReader(self.file, self.place(key), {}, notes=self.notes)
        self._put(key, inner.schema, required=required)
        return inner

    def subtables(self, name: str, *, words: Collection[str] = ()) -> list[tuple[str, TableReader]]:
        inner = self.subtable(OWN)
        self.schema["propertyNames"] = {"enum": sorted(map(str, words))} if words else {"pattern": f"^{OWN_NAME}$"}
        return [(next(iter(words), OWN), inner)]

    def own_names(self, *, pattern: str = "", remedy: str = "") -> tuple[str, ...]:
        if pattern:
            self.schema["propertyNames"] = {"pattern": f"^(?:{pattern})$"}
        return (OWN,)

    def own_names_by_kind(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return (OWN,), (OWN,)

    def list_of_tables(self, key: str, *, cause: str, remedy: str) -> list[TableReader]:
        inner = RecordingReader(self.file, self.place(key), {}, notes=self.notes)
        self._put(key, {"type": "array", "items": inner.schema, "minItems": 1}, required=True)
        return [inner]

    def has(self, key: str) -> bool:
        return True

    def accept_unused(self, key: str) -> None:
        self._put(key, {"deprecated": True}, required=False)

    def _say(self, code: str, key: str, cause: str, remedy: str) -> None:
        """There is nothing to mend: nothing was written."""

    def _note(self, key: str, schema: Schema, default: object) -> None:
        place = self.place(key)
        note = self.notes.get(place)
        said: Schema = {"description": note.says} if note else {}
        usual: Schema = {} if default is None or place in _BY_AUDIENCE or key == OWN else {"default": _plain(default)}
        self._put(key, {**said, **schema, **usual}, required=default is None and key != OWN)

    def _put(self, key: str, schema: Schema, *, required: bool) -> None:
        if key == OWN:
            known = self.schema.get("additionalProperties")
            self.schema["additionalProperties"] = {"anyOf": [known, schema]} if known else schema
            return
        properties = self.schema.setdefault("properties", {})
        assert isinstance(properties, dict)  # noqa: S101 -- for mypy: `Schema` has values of any kind
        properties[key] = schema
        if required:
            needed = self.schema.setdefault("required", [])
            assert isinstance(needed, list)  # noqa: S101 -- as above
            needed.append(key)


def _plain(default: object) -> object:
    return str(default) if isinstance(default, str) else default
