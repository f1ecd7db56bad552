"""Reading the units of an XLIFF 1.2 file, as the programs of agencies leave them: with segments marked inside a text,
with placeholders of other kinds, with notes of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from kuule.languages.gettext.po_comments import origin_of
from kuule.languages.workflow.entries import text_hash
from kuule.translation.formats.returned_texts import BLANK_HASH, ReturnedText
from kuule.translation.formats.xliff12_names import (
    CHARACTER_TYPE,
    CORE_12,
    OWN_NOTE,
    UNSURE_STATES,
    name_12,
    own_name,
)
from kuule.translation.formats.xliff_reading import UnreadableUnit, character_of, line_of

_AROUND = frozenset({"g", "mrk"})
"""Elements around a part of the text itself."""
_CODES = frozenset({"ph", "x", "bx", "ex", "bpt", "ept", "it"})


def target_language_12(root: etree._Element) -> str:
    """The language that the file names; "" if it names none, or several."""
    named = {file.get("target-language", "") for file in root.iter(name_12("file"))}
    return named.pop() if len(named) == 1 else ""


def units_12(root: etree._Element) -> Iterator[etree._Element]:
    """Its units, in and outside of groups."""
    yield from root.iter(name_12("trans-unit"))


def returned_text_12(unit: etree._Element) -> ReturnedText:
    """The text of a unit. Raises UnreadableUnit."""
    key = unit.get("resname", "")
    if not key:
        name = unit.get("id", "")
        raise UnreadableUnit(f"the unit {name!r} has lost its resname, which is the key of its text")
    element = unit.find(name_12("source"))
    if element is None:
        raise UnreadableUnit(f"the unit {key} has no source")
    codes = {code.get("id", ""): code for code in element.iter() if _kind(code) in _CODES}
    source, target = _written(element, codes), unit.find(name_12("target"))
    found = unit.find(own_name("record"))
    record: dict[str, str] = {} if found is None else {str(name): str(value) for name, value in found.attrib.items()}
    return ReturnedText(
        key=key,
        text="" if target is None else _written(target, codes),
        sent_hash=record.get("text", ""),
        translated_source_hash=record.get("source", ""),
        seen_source_hash=text_hash(source),
        source=source,
        is_fuzzy=_is_unsure(target, record),
        notes=tuple(_comments(unit)),
        origin=origin_of(record),
        by=record.get("by", ""),
        on=record.get("on", ""),
    )


def _is_unsure(target: etree._Element | None, record: Mapping[str, str]) -> bool:
    """Whether a translated text was returned as in need of work. One that was sent out without a translation may keep
    its first state if a simple editor filled in only the text."""
    went_out = record.get("text", "") not in {"", BLANK_HASH}
    return went_out and target is not None and target.get("state", "") in UNSURE_STATES


def _kind(element: etree._Element) -> str:
    return element.tag.removeprefix(f"{{{CORE_12}}}") if isinstance(element.tag, str) else ""


def _written(element: etree._Element, codes: Mapping[str, etree._Element]) -> str:
    """The content of an element as a text, with inline elements replaced by what they stand for."""
    return "".join(_pieces(element, codes))


def _pieces(element: etree._Element, codes: Mapping[str, etree._Element]) -> Iterator[str]:
    yield element.text or ""
    for part in element:
        kind = _kind(part)
        if not kind:
            raise UnreadableUnit("an entity or an instruction stands in a text", line_of(part))
        if kind in _AROUND:
            yield _written(part, codes)
        elif kind in _CODES:
            yield _code(part, codes)
        else:
            raise UnreadableUnit(f"the element {kind} stands in a text, which XLIFF does not have there", line_of(part))
        yield part.tail or ""


def _code(part: etree._Element, codes: Mapping[str, etree._Element]) -> str:
    """What a placeholder stands for: what is in it, or in the one of the same id in the source, or its display text."""
    for one in (part, codes.get(part.get("id", ""))):
        written = "" if one is None else one.text or ""
        if one is not None and written and one.get("ctype") == CHARACTER_TYPE:
            return character_of(written.removeprefix("U+"), line_of(part))
        if written:
            return written
    said = part.get("equiv-text")
    if said is None:
        raise UnreadableUnit(f"nobody can tell what the placeholder {part.get('id', '')!r} stands for", line_of(part))
    return said


def _comments(unit: etree._Element) -> Iterator[str]:
    """Notes written by people; those of ours are what we told them."""
    for note in unit.findall(name_12("note")):
        if note.get("from") != OWN_NOTE:
            yield from "".join(map(str, note.itertext())).split("\n")
