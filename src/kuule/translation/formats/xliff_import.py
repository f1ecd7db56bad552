"""Reading an XLIFF file, 2.0 or 2.1: completely, or not at all, with the line that is wrong.

Entities are not expanded and nothing is fetched. Agencies may have split a text into several segments; they are joined
again, with whatever was between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from kuule.core.problems import Problem, StudyError
from kuule.languages.gettext.po_comments import origin_of
from kuule.languages.workflow.entries import text_hash
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedFile, ReturnedText, resolve_language
from kuule.translation.formats.xliff_names import COMMENT_CATEGORY, CORE, KUULE_CATEGORY, core_name, metadata_name

_UNSURE = "initial"
_PAIRED = frozenset({"pc", "mrk"})
_SILENT = frozenset({"sm", "em"})
_CODES = frozenset({"ph", "sc", "ec"})


def import_xliff(path: Path, languages: tuple[str, ...], source: str) -> ReturnedFile:
    """Read the file. Raises StudyError LANG_052 (its language), LANG_053 (not an XLIFF file that we can read), LANG_054
    (a unit)."""
    root = _root(path)
    language = resolve_language(path.name, root.get("trgLang", ""), languages, source=source)
    problems: list[Problem] = []
    texts = []
    for unit in root.iter(core_name("unit")):
        try:
            texts.append(_given(unit))
        except _Wrong as wrong:
            problems.append(_in_unit(path, wrong.line or _line(unit), str(wrong)))
    twice = [key for key, count in Counter(text.key for text in texts).items() if count > 1]
    problems += [_in_unit(path, None, f"the unit {key} stands there more than once") for key in twice]
    if problems:
        raise StudyError(*problems)
    return ReturnedFile(path.name, language, tuple(texts))


def _line(element: etree._Element) -> int | None:
    line: Any = element.sourceline
    return int(line) if line else None


class _Wrong(Exception):
    def __init__(self, cause: str, line: int | None = None) -> None:
        super().__init__(cause)
        self.line = line


def _root(path: Path) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(path.read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        raise _no_xliff(f"{path.name}, line {error.lineno or 1}", f"it is not whole: {error.msg}") from None
    except OSError as error:
        raise _no_xliff(path.name, f"it cannot be read ({error.strerror})") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _no_xliff(path.name, "it has a document type, which an XLIFF does not need")
    if root.tag != core_name("xliff"):
        version = f" It is version {root.get('version')}" if root.get("version") else ""
        raise _no_xliff(path.name, f"it is no XLIFF of version 2, with the namespace {CORE}.{version}".rstrip("."))
    if not root.get("version", "").startswith("2."):
        raise _no_xliff(path.name, f"its version is {root.get('version', '')!r}")
    return root


def _no_xliff(place: str, cause: str) -> StudyError:
    remedy = "ask for the file again, saved as XLIFF 2.1; nothing was taken in"
    return StudyError(Problem("LANG_053", place, cause, remedy))


def _in_unit(path: Path, line: int | None, cause: str) -> Problem:
    place = f"{path.name}, line {line}" if line else path.name
    return Problem("LANG_054", place, cause, "ask for the file again as it went out; nothing was taken in")


def _given(unit: etree._Element) -> ReturnedText:
    key = unit.get("name", "")
    if not key:
        raise _Wrong(f"the unit {unit.get('id', '')!r} has lost its name, which is the key of its text")
    data = {one.get("id", ""): _written(one, {}, {}) for one in unit.iter(core_name("data"))}
    parts = [part for part in unit if part.tag in {core_name("segment"), core_name("ignorable")}]
    segments = [part for part in parts if part.tag == core_name("segment")]
    if not segments:
        raise _Wrong(f"the unit {key} has no segment")
    codes = {
        code.get("id", ""): code.get("dataRef", "")
        for part in parts
        for source in part.findall(core_name("source"))
        for code in source.iter(core_name("ph"))
    }
    source = "".join(_of(part, "source", data, codes) or "" for part in parts)
    text = "".join(_target(part, data, codes) for part in parts)
    record = _record(unit)
    translated = any(part.find(core_name("target")) is not None for part in segments)
    return ReturnedText(
        key=key,
        text=text if translated else "",
        sent_hash=record.get("text", ""),
        translated_source_hash=record.get("source", ""),
        seen_source_hash=text_hash(source),
        source=source,
        is_fuzzy=_is_unsure(segments, record),
        notes=tuple(_comments(unit)),
        origin=origin_of(record),
        by=record.get("by", ""),
        on=record.get("on", ""),
    )


def _is_unsure(segments: list[etree._Element], record: Mapping[str, str]) -> bool:
    """Whether a translated text was returned with an earlier state. One that was sent out without a translation keeps
    the initial state if a simple editor filled in only the text."""
    went_out = record.get("text", "") not in {"", BLANK_HASH}
    return went_out and any(part.get("state", _UNSURE) == _UNSURE for part in segments)


def _target(part: etree._Element, data: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """The target of a segment. What is between segments is taken from the source if it is missing."""
    found = _of(part, "target", data, codes)
    if found is None and part.tag == core_name("ignorable"):
        return _of(part, "source", data, codes) or ""
    return found or ""


def _of(part: etree._Element, kind: str, data: Mapping[str, str], codes: Mapping[str, str]) -> str | None:
    element = part.find(core_name(kind))
    return None if element is None else _written(element, data, codes)


def _written(element: etree._Element, data: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """The content of an element as a text, with inline elements replaced by what they stand for."""
    return "".join(_pieces(element, data, codes))


def _pieces(element: etree._Element, data: Mapping[str, str], codes: Mapping[str, str]) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        if not isinstance(part.tag, str):
            raise _Wrong("an entity or an instruction stands in a text", _line(part))
        kind = part.tag.removeprefix(f"{{{CORE}}}")
        if kind == "cp":
            yield _character(part)
        elif kind in _CODES:
            yield _code(part, data, codes)
        elif kind in _PAIRED:
            yield data.get(part.get("dataRefStart", ""), "")
            yield _written(part, data, codes)
            yield data.get(part.get("dataRefEnd", ""), "")
        elif kind not in _SILENT:
            raise _Wrong(f"the element {kind} stands in a text, which XLIFF does not have there", _line(part))
        yield part.tail or ""


def _character(part: etree._Element) -> str:
    try:
        character = chr(int(part.get("hex", ""), 16))
        character.encode()
    except (ValueError, OverflowError):
        raise _Wrong(f"{part.get('hex', '')!r} is no character", _line(part)) from None
    return character


def _code(part: etree._Element, data: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """What a placeholder stands for: its data, or the data of the same one in the source, or its display text."""
    for name in (part.get("dataRef", ""), codes.get(part.get("id", ""), "")):
        if name in data:
            return data[name]
    said = part.get("equiv") or part.get("disp")
    if said is None:
        raise _Wrong(f"nobody can tell what the placeholder {part.get('id', '')!r} stands for", _line(part))
    return said


def _record(unit: etree._Element) -> dict[str, str]:
    return {
        meta.get("type", ""): (meta.text or "").strip()
        for group in unit.iter(metadata_name("metaGroup"))
        if group.get("category") == KUULE_CATEGORY
        for meta in group.iter(metadata_name("meta"))
    }


def _comments(unit: etree._Element) -> Iterator[str]:
    """Notes written by people. Those in one of our categories are what we told them."""
    for note in unit.findall(f"{core_name('notes')}/{core_name('note')}"):
        if note.get("category", COMMENT_CATEGORY) == COMMENT_CATEGORY:
            yield from "".join(map(str, note.itertext())).split("\n")
