"""Opening an XLIFF file of any version that we read, and what is said of one that cannot be read.

Entities are not expanded and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from kuule.core.problems import Problem, StudyError
from kuule.core.regular_files import read_regular_file
from kuule.translation.formats.xliff12_names import name_12
from kuule.translation.formats.xliff_names import CORE, core_name


class UnreadableUnit(Exception):
    """Something in a unit that nobody could read rightly. `line` is that of the element, where it is known."""

    def __init__(self, cause: str, line: int | None = None) -> None:
        super().__init__(cause)
        self.line = line


def xml_root(path: Path, refused: Callable[[str, str], StudyError]) -> etree._Element:
    """The root of an XML file that somebody sent. `refused` makes the error of one that is not whole or cannot be read
    from its place and the cause."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(read_regular_file(path), parser)
    except etree.XMLSyntaxError as error:
        raise refused(f"{path.name}, line {error.lineno or 1}", f"it is not whole: {error.msg}") from None
    except OSError as error:
        raise refused(path.name, f"it cannot be read ({error.strerror})") from None


def xliff_root(path: Path) -> etree._Element:
    """The root of a file of version 1.2, 2.0 or 2.1. Raises StudyError LANG_053."""
    root = xml_root(path, _no_xliff)
    if root.getroottree().docinfo.internalDTD is not None:
        raise _no_xliff(path.name, "it has a document type, which an XLIFF does not need")
    version = root.get("version", "")
    if root.tag not in {core_name("xliff"), name_12("xliff")}:
        said = f" It is version {version}" if version else ""
        raise _no_xliff(path.name, f"it is no XLIFF of version 1.2 or 2, whose namespace is {CORE}.{said}".rstrip("."))
    if not version.startswith("2." if root.tag == core_name("xliff") else "1."):
        raise _no_xliff(path.name, f"its version is {version!r}")
    return root


def line_of(element: etree._Element) -> int | None:
    """The line of the file that an element begins on."""
    line: Any = element.sourceline
    return int(line) if line else None


def unit_problem(path: Path, line: int | None, cause: str) -> Problem:
    """LANG_054: a unit that cannot be taken in."""
    place = f"{path.name}, line {line}" if line else path.name
    return Problem("LANG_054", place, cause, "ask for the file again as it went out; nothing was taken in")


def character_of(digits: str, line: int | None) -> str:
    """The character with this hexadecimal number. Raises UnreadableUnit."""
    try:
        character = chr(int(digits, 16))
        character.encode()
    except (ValueError, OverflowError):
        raise UnreadableUnit(f"{digits!r} is no character", line) from None
    return character


def _no_xliff(place: str, cause: str) -> StudyError:
    remedy = "ask for the file again, saved as XLIFF 2.1 or 1.2; nothing was taken in"
    return StudyError(Problem("LANG_053", place, cause, remedy))
