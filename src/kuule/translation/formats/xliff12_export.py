"""A language as XLIFF 1.2, which the programs of many agencies still ask for: one unit per text, placeholders as
`<ph>`, notes, states and the length that a text may have."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import Any

from lxml import etree

from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.states import State
from kuule.translation.formats.length_limits import length_limit
from kuule.translation.formats.xliff12_names import (
    CHARACTER_TYPE,
    COMMENT_NOTE,
    CORE_12,
    OWN,
    OWN_NOTE,
    STATES_12,
    name_12,
    own_name,
)
from kuule.translation.formats.xliff_names import COMMENT_CATEGORY, NOT_IN_XML, XML, placeholder_pattern, unit_id
from kuule.translation.formats.xliff_notes import notes_for, sent_record

_NAMESPACES: dict[Any, str] = {None: CORE_12, "kuule": OWN}
_TOOL = "kuule"


def export_xliff12(catalogue: Catalogue, within: str, source_language: str, *, blank: bool) -> bytes:
    """The file. `within` is the folder of its PO file, like `our-voice/languages`. `blank` omits all translations, for
    somebody who is to translate without seeing another's."""
    root = etree.Element(name_12("xliff"), {"version": "1.2"}, nsmap=_NAMESPACES)
    file = etree.SubElement(
        root,
        name_12("file"),
        {
            "original": f"{within}/{catalogue.language}.po",
            "source-language": source_language,
            "target-language": catalogue.language,
            "datatype": "plaintext",
            "tool-id": _TOOL,
            f"{{{XML}}}space": "preserve",
        },
    )
    tool = {"tool-id": _TOOL, "tool-name": "Kuule", "tool-version": version("kuule")}
    etree.SubElement(etree.SubElement(file, name_12("header")), name_12("tool"), tool)
    body = etree.SubElement(file, name_12("body"))
    for entry in catalogue.entries.values():
        _unit(body, entry, blank=blank)
    _break_lines(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _unit(body: etree._Element, entry: Entry, *, blank: bool) -> None:
    text = "" if blank else entry.text
    state = entry.effective_state if text else State.UNTRANSLATED
    attributes = {
        "id": unit_id(entry.key),
        "resname": entry.key,
        "approved": "yes" if state.reaches(State.REVIEWED) else "no",
        f"{{{XML}}}space": "preserve",
    }
    limit = length_limit(entry)
    if limit is not None:
        attributes |= {"maxwidth": str(limit), "size-unit": "char"}
    unit = etree.SubElement(body, name_12("trans-unit"), attributes)
    ids: dict[str, str] = {}
    pattern = placeholder_pattern(entry.key)
    _inline(etree.SubElement(unit, name_12("source")), entry.source, pattern, ids)
    if text:
        target = etree.SubElement(unit, name_12("target"), {"state": STATES_12[state]})
        _inline(target, text, pattern, ids)
    for category, applies, words in notes_for(entry, blank=blank):
        by = COMMENT_NOTE if category == COMMENT_CATEGORY else OWN_NOTE
        note = etree.SubElement(unit, name_12("note"), {"from": by, "annotates": applies})
        note.text = NOT_IN_XML.sub("\ufffd", words)
    etree.SubElement(unit, own_name("record"), sent_record(entry, blank=blank))


def _inline(parent: etree._Element, text: str, pattern: re.Pattern[str], ids: dict[str, str]) -> None:
    """A text with its placeholders, and characters that XML does not allow, as elements. The same placeholder has the
    same id in source and target, and another where it occurs once more."""
    codes = re.compile(f"{pattern.pattern}|{NOT_IN_XML.pattern}")
    end, last = 0, parent
    parent.text, times = "", dict[str, int]()
    for match in codes.finditer(text):
        _append(parent, last, text[end : match.start()])
        last, end = _code(parent, match[0], ids, times), match.end()
    _append(parent, last, text[end:])


def _append(parent: etree._Element, last: etree._Element, text: str) -> None:
    if last is parent:
        parent.text = text
    else:
        last.tail = text


def _code(parent: etree._Element, code: str, ids: dict[str, str], times: dict[str, int]) -> etree._Element:
    times[code] = times.get(code, 0) + 1
    name = ids.setdefault(f"{code}\n{times[code]}", str(len(ids) + 1))
    if NOT_IN_XML.fullmatch(code):
        written, kind = f"U+{ord(code):04X}", {"ctype": CHARACTER_TYPE}
    else:
        written, kind = code, {}
    element = etree.SubElement(parent, name_12("ph"), {"id": name, **kind, "equiv-text": written})
    element.text = written
    return element


def _break_lines(root: etree._Element) -> None:
    """Line breaks only around elements that contain no text: within a text, a line break would be part of it."""
    holders = {name_12(name) for name in ("xliff", "file", "header", "body", "trans-unit")}
    for holder in root.iter():
        if holder.tag in holders:
            holder.text = "\n"
            for part in holder:
                part.tail = "\n"
