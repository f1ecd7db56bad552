"""YAML as plain data with lines: mappings, lists and texts, and nothing else.

Every scalar stays the text that was written, so that NO is Norway and 2026-05 no number; what a text means is for the
model to say. Anchors, aliases, tags and several documents are refused: a register's file says each thing where it
stands, and nobody can make a small file large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from kuule.core.problems import Excerpt, KuuleError, Problem
from kuule.register.reading.data_paths import DataPath, Mark, Marks

MAX_BYTES = 16 * 1024 * 1024
"""A file of 5,000 values has about 5 MB."""
MAX_DEPTH = 12
LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])


class RegisterError(KuuleError):
    """A register's folder is not as it should be."""


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """One file: its name for people, its lines, its content as plain data, and where each part of that begins."""

    name: str
    lines: Sequence[str]
    content: Any
    marks: Marks

    def problem(
        self, code: str, path: Sequence[str | int], cause: str, remedy: str, *, on_key: bool = False
    ) -> Problem:
        """A problem at a part of the file, with its line. `on_key` points at the part's key, not at what it holds."""
        known = self.marks.known_part(path)
        line, column = self.marks.key_of(known) if on_key else self.marks.value_of(known)
        text = self.lines[line] if line < len(self.lines) else ""
        end = column + len(str(known[-1])) if on_key and known else len(text.rstrip())
        where = "".join(f" {step + 1}" if isinstance(step, int) else f", {step}" for step in known)
        excerpt = Excerpt(text, line + 1, column, max(column, end))
        return Problem(code, f"{self.name}, line {line + 1}{where}", cause, remedy, file=self.name, excerpt=excerpt)


def read_yaml(content: bytes, name: str) -> YamlDocument:
    """Read one file. Raises RegisterError REGISTER_001: no YAML, or YAML that a register does not take."""
    if len(content) > MAX_BYTES:
        raise _refused(name, [], 0, f"the file has more than {MAX_BYTES // 1024 // 1024} MB", "split it")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n")
        raise _refused(name, [], line, "this is not UTF-8", "save the file as UTF-8") from error
    lines = text.splitlines()
    try:
        builder = _Builder(name, lines, yaml.parse(text, Loader=LOADER))
        return YamlDocument(name, lines, builder.document(), builder.marks)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).splitlines()[0]
        line = mark.line if mark else 0
        raise _refused(name, lines, line, f"this is not YAML: {reason}", _yaml_remedy(reason, lines, line)) from error


def _yaml_remedy(reason: str, lines: Sequence[str], line: int) -> str:
    """How to mend what the parser tripped over, where the usual mistakes tell."""
    if line < len(lines) and "\t" in lines[line]:
        return "write spaces where there is a tab"
    if "mapping values" in reason:
        return "put a text that has a colon in it into quotes, or on a line of its own after >-"
    return "mend this line, or the one before it"


@dataclass(slots=True)
class _Builder:
    """Makes plain data of the parser's events, and notes where each part begins."""

    name: str
    lines: Sequence[str]
    events: Iterator[yaml.Event]
    marks: Marks = field(default_factory=Marks)

    def document(self) -> Any:
        """The one document of the stream."""
        next(self.events)  # the stream starts
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise _refused(self.name, self.lines, 0, "the file is empty", "write into it what it is for, or delete it")
        content = self._part(next(self.events), ())
        next(self.events)  # the document ends
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refuse(event, "a second document begins here", "keep one document a file")
        return content

    def _part(self, event: Any, path: DataPath) -> Any:
        if len(path) > MAX_DEPTH:
            raise self._refuse(event, f"more than {MAX_DEPTH} levels stand in each other", "take away some levels")
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise self._refuse(event, "an anchor or an alias", "write the text out where it belongs")
        if event.tag is not None:
            raise self._refuse(event, f"the tag {event.tag}", "take it away")
        self.marks.set_value(path, *_mark(event))
        if isinstance(event, yaml.ScalarEvent):
            return None if event.implicit[0] and event.value in _NOTHING else event.value
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._list(path)

    def _mapping(self, path: DataPath) -> dict[str, Any]:
        content: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise self._refuse(event, "a key that is not a word", "write the key as a word")
            key = event.value
            if key in content:
                raise self._refuse(event, f"the key {key!r} stands twice", "keep one of the two")
            self.marks.set_key((*path, key), *_mark(event))
            content[key] = self._part(next(self.events), (*path, key))
        return content

    def _list(self, path: DataPath) -> list[Any]:
        content: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            content.append(self._part(event, (*path, len(content))))
        return content

    def _refuse(self, event: yaml.Event, cause: str, remedy: str) -> RegisterError:
        return _refused(self.name, self.lines, _mark(event)[0], cause, remedy)


def _mark(event: yaml.Event) -> Mark:
    return (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)


def _refused(name: str, lines: Sequence[str], line: int, cause: str, remedy: str) -> RegisterError:
    text = lines[line] if line < len(lines) else ""
    excerpt = Excerpt(text, line + 1, 0, len(text.rstrip())) if text.strip() else None
    return RegisterError(Problem("REGISTER_001", f"{name}, line {line + 1}", cause, remedy, file=name, excerpt=excerpt))
