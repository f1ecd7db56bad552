"""Parses PO files: those in ordinary form by `plain_po`, all others by polib, whose complaints become problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import polib

from kuule.core.conflict_marks import CONFLICT_REMEDY, conflict_cause, conflict_line
from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_text
from kuule.languages.gettext.plain_po import WrittenEntry, WrittenPo, po_file, read_plain_po
from kuule.languages.gettext.truncation import truncated_line


class _Lines(str):
    """The text of a file with gettext's idea of line ends: U+2028, U+0085 and the like are part of a text."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return [line + "\n" * keepends for line in self.split("\n")]


def parse_po(path: Path) -> polib.POFile:
    """A PO file as it is written, whatever its keys. Raises StudyError LANG_002 to LANG_005 (`catalogue.read_po`)."""
    text = _text(path)
    plain = read_plain_po(text)
    return _parsed(path, text) if plain is None else po_file(plain)


def read_written_po(path: Path) -> WrittenPo:
    """The same as plain data. Raises StudyError like `parse_po`."""
    text = _text(path)
    return read_plain_po(text) or _read_by_polib(_parsed(path, text))


def _read_by_polib(file: polib.POFile) -> WrittenPo:
    entries = (
        WrittenEntry(
            key=entry.msgctxt or "",
            source=entry.msgid,
            text=entry.msgstr,
            comment=entry.tcomment,
            note=entry.comment,
            flags=tuple(entry.flags),
            previous=entry.previous_msgid,
            line=entry.linenum or 0,
            obsolete=bool(entry.obsolete),
        )
        for entry in file
    )
    return WrittenPo(file.header, dict(file.metadata), tuple(entries))


def _parsed(path: Path, text: str) -> polib.POFile:
    marked = conflict_line(text, ruled=False)
    if marked:
        problem = Problem("LANG_002", f"{path.name}, line {marked}", conflict_cause(marked), CONFLICT_REMEDY)
        raise StudyError(problem)
    try:
        # Without a line end polib would take a short text for the name of a file.
        file = polib.pofile(_Lines(text + "\n"), wrapwidth=0, check_for_duplicates=False)
    except (OSError, ValueError, IndexError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path.name}, line {line[1]}" if line else path.name
        cause = "this is not a PO file that gettext would read"
        raise StudyError(
            Problem("LANG_002", place, cause, "open it in a PO editor, or take the last version that worked")
        ) from None
    problems = [*_cut(path, text), *_without_key(path, file), *_twice(path, file), *_plural(path, file)]
    if problems:
        raise StudyError(*problems)
    return file


def _text(path: Path) -> str:
    try:
        return read_regular_text(path, "utf-8-sig")
    except OSError as error:
        cause, remedy = f"the file cannot be read ({error.strerror})", "see that it is there and readable"
    except UnicodeDecodeError as error:
        cause, remedy = f"byte {error.start} is not UTF-8", "save the file as UTF-8"
    raise StudyError(Problem("LANG_002", path.name, cause, remedy))


def _cut(path: Path, text: str) -> list[Problem]:
    line = truncated_line(text)
    if line is None:
        return []
    cause, remedy = "the file ends in the midst of a text", "ask for the whole file again; nothing of it was taken"
    if line < len(text.rstrip().split("\n")):
        cause = 'a text begins and ends with ", and the one on this line does not'
        remedy = r'write " at both ends, and \" for each within; a PO editor does so by itself'
    return [Problem("LANG_002", f"{path.name}, line {line}", cause, remedy)]


def _without_key(path: Path, file: Iterable[polib.POEntry]) -> list[Problem]:
    return [
        Problem(
            code="LANG_004",
            place=_place(path, entry),
            cause=f'the entry "{entry.msgid[:40]}" has no key',
            remedy="give it the msgctxt that the study's other languages have for this text, or take it out",
        )
        for entry in file
        if not entry.msgctxt and not entry.obsolete
    ]


def _twice(path: Path, file: Iterable[polib.POEntry]) -> list[Problem]:
    alive = [entry for entry in file if not entry.obsolete and entry.msgctxt]
    counts = Counter(entry.msgctxt for entry in alive)
    last = {entry.msgctxt: entry for entry in alive}
    return [
        Problem(
            code="LANG_003",
            place=_place(path, last[key]),
            cause=f"the key {key} stands {count} times",
            remedy="keep one of the entries and take the others out",
        )
        for key, count in counts.items()
        if count > 1
    ]


def _plural(path: Path, file: Iterable[polib.POEntry]) -> list[Problem]:
    return [
        Problem(
            code="LANG_005",
            place=_place(path, entry),
            cause="the entry has plural forms, which the texts of a study do not have",
            remedy="write one text without msgid_plural",
        )
        for entry in file
        if entry.msgid_plural
    ]


def _place(path: Path, entry: polib.POEntry) -> str:
    return f"{path.name}, line {entry.linenum}"
