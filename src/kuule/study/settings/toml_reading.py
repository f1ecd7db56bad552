"""Reading a settings file that people write by hand: what the parser says of a mistake, and what people mean by it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kuule.core.conflict_marks import CONFLICT_REMEDY, conflict_cause, conflict_line
from kuule.core.problems import Excerpt, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.study.settings.toml_lines import toml_excerpt

_STRINGS = re.compile(r"""\"(?:\\.|[^"\\\n])*"|'[^'\n]*'|\#.*""")
_CURLY = re.compile("[“”„‟″«»‘’‚‛‹›＂]")
_UNSEEN: Mapping[str, str] = {
    "\u00a0": "a no-break space", "\u2007": "a space as wide as a digit", "\u202f": "a narrow no-break space",
    "\u200b": "a space without width", "\u2060": "a joiner without width", "\ufeff": "a mark of byte order",
}  # fmt: skip
_REMEDIES: Mapping[str, str] = {
    "Invalid value": 'write a text between " and ", and a number, true or false without',
    "Expected '='": "write the name of a setting, =, and its value",
    "Invalid statement": "write the name of a setting, =, and its value; a remark begins with #",
    "Illegal character '\\n'": 'end the text on its line with ", or begin and end it with """',
    "Unterminated string": 'end the text with the quotes that it begins with, " or """',
    "Cannot overwrite": "take one of the two out: a setting stands once",
    "Cannot declare": "take one of the two out: a table stands once",
    "Unclosed array": "end the list with ]",
}
_TRIPLE = re.compile("[“”„]{3}")


class UnreadableToml(Exception):
    """A text is not TOML. It says why and how to mend it, and quotes the line if there is one."""

    def __init__(self, cause: str, remedy: str, excerpt: Excerpt | None = None) -> None:
        super().__init__(cause)
        self.cause, self.remedy, self.excerpt = cause, remedy, excerpt


class UnreadableTomlFile(UnreadableToml):
    """A file is not there, cannot be read, or is not text."""


def read_toml_file(path: Path, *, if_missing: str) -> dict[str, object]:
    """The table of a TOML file; `if_missing` is the remedy where there is none. Raises UnreadableToml, of which
    UnreadableTomlFile is one."""
    return read_toml(read_toml_text(path, if_missing=if_missing))


def read_toml_text(path: Path, *, if_missing: str) -> str:
    """The text of a TOML file, not parsed yet; `if_missing` is the remedy where there is none. Raises
    UnreadableTomlFile, also for what is no ordinary file."""
    try:
        return read_regular_file(path).decode("utf-8-sig")  # Notepad begins with a mark
    except FileNotFoundError:
        raise UnreadableTomlFile("there is no such file", if_missing) from None
    except StudyError as error:
        raise UnreadableTomlFile(error.problems[0].cause, error.problems[0].remedy) from None
    except OSError as error:
        raise UnreadableTomlFile(f"it cannot be read ({error.strerror})", "see that it is readable") from None
    except UnicodeDecodeError:
        raise UnreadableTomlFile("it is not UTF-8", "save it as UTF-8") from None


def read_toml(text: str) -> dict[str, object]:
    """The table of a TOML file. Raises UnreadableToml, also for a conflict within a text of several lines."""
    marked = conflict_line(text)
    if marked:
        raise _conflict(text, marked)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _mistake(text, error) from None
    except RecursionError:
        raise UnreadableToml("it is nested too deeply", "write it as Kuule does") from None


def _mistake(text: str, error: tomllib.TOMLDecodeError) -> UnreadableToml:
    excerpt = toml_excerpt(text, error)
    marked = conflict_line(text, ruled=False)
    if marked:
        return _conflict(text, marked)
    found = excerpt and (_strange_character(excerpt) or _curly_end(text, error))
    if found:
        return found
    remedy = next((remedy for said, remedy in _REMEDIES.items() if str(error).startswith(said)), "mend it there")
    return UnreadableToml(f"it is not TOML: {error}", remedy, excerpt)


def _conflict(text: str, line: int) -> UnreadableToml:
    written = text.split("\n")[line - 1].rstrip("\r")
    return UnreadableToml(conflict_cause(line), CONFLICT_REMEDY, Excerpt(written, line, 0, len(written)))


def _strange_character(excerpt: Excerpt) -> UnreadableToml | None:
    """What word processors write in place of " and of a space, outside the texts of a line."""
    line = _STRINGS.sub(lambda match: " " * len(match[0]), excerpt.text)
    curly = _CURLY.search(line)
    if curly is not None:
        return _curly(replace(excerpt, start=curly.start(), end=curly.end()))
    at = next((at for at, letter in enumerate(line) if letter in _UNSEEN), None)
    if at is None:
        return None
    cause = f"line {excerpt.line} has {_UNSEEN[line[at]]} where nothing or a plain space should be"
    return UnreadableToml(cause, "delete it, and type a space if one is needed", replace(excerpt, start=at, end=at + 1))


def _curly(excerpt: Excerpt) -> UnreadableToml:
    cause = f"line {excerpt.line} has {excerpt.text[excerpt.start : excerpt.end]}, a quote of word processors"
    return UnreadableToml(cause, "type \" or ' in its place, at both ends of the text", excerpt)


def _curly_end(text: str, error: tomllib.TOMLDecodeError) -> UnreadableToml | None:
    """Three curly quotes that do not end a text of several lines."""
    found = _TRIPLE.search(text) if str(error).startswith("Unterminated") else None
    if found is None:
        return None
    begin, number = text.rfind("\n", 0, found.start()) + 1, text.count("\n", 0, found.start()) + 1
    line = text[begin:].split("\n", 1)[0].rstrip("\r")
    return _curly(Excerpt(line, number, found.start() - begin, found.start() - begin + 1))
