"""A language as XLIFF 2.1 for agencies: one unit per text, protected placeholders, notes, states and direction."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from kuule.languages.cldr.tags import find_language
from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.states import State
from kuule.translation.formats.length_limits import length_limit
from kuule.translation.formats.xliff_names import (
    CORE,
    KUULE_CATEGORY,
    LENGTHS,
    METADATA,
    NOT_IN_XML,
    XLIFF_STATES,
    XML,
    core_name,
    length_name,
    metadata_name,
    placeholder_pattern,
    unit_id,
)
from kuule.translation.formats.xliff_notes import notes_for, sent_record

_NAMESPACES: dict[Any, str] = {None: CORE, "mda": METADATA, "slr": LENGTHS}
"""The core namespace has no prefix, which lxml's types do not allow for."""


def export_xliff(catalogue: Catalogue, within: str, source_language: str, *, blank: bool) -> bytes:
    """The file. `within` is the folder of its PO file, like `our-voice/languages`. `blank` omits all translations, for
    somebody who is to translate without seeing another's."""
    root = etree.Element(
        core_name("xliff"),
        {"version": "2.1", "srcLang": source_language, "trgLang": catalogue.language},
        nsmap=_NAMESPACES,
    )
    file = etree.SubElement(
        root,
        core_name("file"),
        {
            "id": within.partition("/")[0],
            "original": f"{within}/{catalogue.language}.po",
            "canResegment": "no",
            "srcDir": find_language(source_language).direction,
            "trgDir": find_language(catalogue.language).direction,
            f"{{{XML}}}space": "preserve",
        },
    )
    etree.SubElement(file, length_name("profiles"), {"generalProfile": "xliff:codepoints"})
    for entry in catalogue.entries.values():
        _unit(file, entry, blank=blank)
    _broken_into_lines(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _unit(file: etree._Element, entry: Entry, *, blank: bool) -> None:
    limit = length_limit(entry)
    sizes = {} if limit is None else {length_name("sizeRestriction"): str(limit)}
    unit = etree.SubElement(file, core_name("unit"), {"id": unit_id(entry.key), "name": entry.key, **sizes})
    text = "" if blank else entry.text
    pattern = placeholder_pattern(entry.key)
    _record(unit, entry, blank=blank)
    _notes(unit, entry, blank=blank)
    codes = {code: f"p{number}" for number, code in enumerate(_codes(pattern, entry.source, text), 1)}
    if codes:
        kept = etree.SubElement(unit, core_name("originalData"))
        for code, name in codes.items():
            etree.SubElement(kept, core_name("data"), {"id": f"d{name}"}).text = code
    state = entry.effective_state if text else State.UNTRANSLATED
    segment = etree.SubElement(
        unit, core_name("segment"), {"id": "s1", "state": XLIFF_STATES[state], "subState": f"{KUULE_CATEGORY}:{state}"}
    )
    _inline(etree.SubElement(segment, core_name("source")), entry.source, codes, pattern)
    if text:
        _inline(etree.SubElement(segment, core_name("target")), text, codes, pattern)


def _codes(pattern: re.Pattern[str], *texts: str) -> list[str]:
    return list(dict.fromkeys(match[0] for text in texts for match in pattern.finditer(text)))


def _record(unit: etree._Element, entry: Entry, *, blank: bool) -> None:
    group = etree.SubElement(
        etree.SubElement(unit, metadata_name("metadata")), metadata_name("metaGroup"), {"category": KUULE_CATEGORY}
    )
    for kind, value in sent_record(entry, blank=blank).items():
        etree.SubElement(group, metadata_name("meta"), {"type": kind}).text = value


def _notes(unit: etree._Element, entry: Entry, *, blank: bool) -> None:
    found = list(notes_for(entry, blank=blank))
    if not found:
        return
    notes = etree.SubElement(unit, core_name("notes"))
    for number, (category, applies, text) in enumerate(found, 1):
        attributes = {"id": f"n{number}", "category": category, "appliesTo": applies}
        etree.SubElement(notes, core_name("note"), attributes).text = NOT_IN_XML.sub("\ufffd", text)


def _inline(parent: etree._Element, text: str, codes: dict[str, str], pattern: re.Pattern[str]) -> None:
    """A text with its placeholders, and characters that XML does not allow, as elements. A placeholder that occurs
    twice gets two ids, as XLIFF requires."""
    end, seen = 0, dict.fromkeys(codes, 0)
    for match in pattern.finditer(text):
        _characters(parent, text[end : match.start()])
        code = match[0]
        seen[code] += 1
        name = codes[code] if seen[code] == 1 else f"{codes[code]}-{seen[code]}"
        attributes = {"id": name, "dataRef": f"d{codes[code]}", "equiv": code, "disp": code, "canDelete": "no"}
        etree.SubElement(parent, core_name("ph"), attributes)
        end = match.end()
    _characters(parent, text[end:])


def _characters(parent: etree._Element, text: str) -> None:
    end = 0
    for match in NOT_IN_XML.finditer(text):
        _append(parent, text[end : match.start()])
        etree.SubElement(parent, core_name("cp"), {"hex": f"{ord(match[0]):04X}"})
        end = match.end()
    _append(parent, text[end:])


def _append(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _broken_into_lines(root: etree._Element) -> None:
    """Line breaks only around elements that contain elements: within a text, a line break would be part of it."""
    for holder in root.iter():
        if holder.tag in _HOLDERS:
            holder.text = "\n"
            for part in holder:
                part.tail = "\n"


_HOLDERS = frozenset(
    {core_name(name) for name in ("xliff", "file", "unit", "segment", "notes", "originalData")}
    | {metadata_name("metadata"), metadata_name("metaGroup")}
)
