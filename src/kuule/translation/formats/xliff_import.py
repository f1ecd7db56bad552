"""Reading an XLIFF file: completely, or not at all, with the line that is wrong.

Here are the units of 2.0 and 2.1. Agencies may have split a text into several segments; they are joined again, with
whatever was between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from kuule.core.problems import Problem, StudyError
from kuule.languages.gettext.po_comments import origin_of
from kuule.languages.workflow.entries import text_hash
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedFile, ReturnedText, resolve_language
from kuule.translation.formats.xliff12_import import returned_text_12, target_language_12, units_12
from kuule.translation.formats.xliff12_names import name_12
from kuule.translation.formats.xliff_names import COMMENT_CATEGORY, CORE, KUULE_CATEGORY, core_name, metadata_name
from kuule.translation.formats.xliff_reading import UnreadableUnit, character_of, line_of, unit_problem, xliff_root

_UNSURE = "initial"
_PAIRED = frozenset({"pc", "mrk"})
_SILENT = frozenset({"sm", "em"})
_CODES = frozenset({"ph", "sc", "ec"})


def import_xliff(path: Path, languages: tuple[str, ...], source: str) -> ReturnedFile:
    """Read a file of version 1.2, 2.0 or 2.1. Raises StudyError LANG_052 (its language), LANG_053 (not an XLIFF file
    that we can read), LANG_054 (a unit)."""
    root = xliff_root(path)
    if root.tag == name_12("xliff"):
        named, units, read = target_language_12(root), units_12(root), returned_text_12
    else:
        named, units, read = root.get("trgLang", ""), root.iter(core_name("unit")), _given
    language = resolve_language(path.name, named, languages, source=source)
    problems: list[Problem] = []
    texts = []
    for unit in units:
        try:
            texts.append(read(unit))
        except UnreadableUnit as wrong:
            problems.append(unit_problem(path, wrong.line or line_of(unit), str(wrong)))
    twice = [key for key, count in Counter(text.key for text in texts).items() if count > 1]
    problems += [unit_problem(path, None, f"the unit {key} stands there more than once") for key in twice]
    if problems:
        raise StudyError(*problems)
    return ReturnedFile(path.name, language, tuple(texts))


def _given(unit: etree._Element) -> ReturnedText:
    key = unit.get("name", "")
    if not key:
        raise UnreadableUnit(f"the unit {unit.get('id', '')!r} has lost its name, which is the key of its text")
    data = {one.get("id", ""): _written(one, {}, {}) for one in unit.iter(core_name("data"))}
    parts = [part for part in unit if part.tag in {core_name("segment"), core_name("ignorable")}]
    segments = [part for part in parts if part.tag == core_name("segment")]
    if not segments:
        raise UnreadableUnit(f"the unit {key} has no segment")
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
            raise UnreadableUnit("an entity or an instruction stands in a text", line_of(part))
        kind = part.tag.removeprefix(f"{{{CORE}}}")
        if kind == "cp":
            yield character_of(part.get("hex", ""), line_of(part))
        elif kind in _CODES:
            yield _code(part, data, codes)
        elif kind in _PAIRED:
            yield data.get(part.get("dataRefStart", ""), "")
            yield _written(part, data, codes)
            yield data.get(part.get("dataRefEnd", ""), "")
        elif kind not in _SILENT:
            raise UnreadableUnit(f"the element {kind} stands in a text, which XLIFF does not have there", line_of(part))
        yield part.tail or ""


def _code(part: etree._Element, data: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """What a placeholder stands for: its data, or the data of the same one in the source, or its display text."""
    for name in (part.get("dataRef", ""), codes.get(part.get("id", ""), "")):
        if name in data:
            return data[name]
    said = part.get("equiv") or part.get("disp")
    if said is None:
        raise UnreadableUnit(f"nobody can tell what the placeholder {part.get('id', '')!r} stands for", line_of(part))
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
