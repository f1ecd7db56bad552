"""Translation memories as TMX 1.4b (LISA, 2005), which OmegaT, Poedit, Weblate, Trados and memoQ read and write."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

from lxml import etree

from kuule.core.problems import Problem, StudyError
from kuule.languages.workflow.states import State, TextOrigin
from kuule.translation.formats.xliff_names import NOT_IN_XML, XML, placeholder_pattern
from kuule.translation.formats.xliff_reading import xml_root
from kuule.translation.memory.translation_pairs import TranslationPair

_STATE, _ORIGIN = "x-kuule-state", "x-kuule-origin"
_LANG = f"{{{XML}}}lang"
_REGION = "-([a-z]{2}|[0-9]{3})"
"""A region's subtag behind a language's (BCP 47), in small letters: no script, which would be another way to write."""
_STATES = {str(state): state for state in State}


def tmx_bytes(pairs: Iterable[TranslationPair], source_language: str) -> bytes:
    """The pairs as a file: one unit for each key, source and language. Characters that XML does not allow become
    U+FFFD; a program that looks for alike texts has no use for them."""
    root = etree.Element("tmx", {"version": "1.4"})
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "Kuule",
            "creationtoolversion": version("kuule"),
            "segtype": "block",
            "o-tmf": "Kuule",
            "adminlang": "en",
            "srclang": source_language,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(root, "body")
    for pair in pairs:
        _unit(body, pair, source_language)
    for holder in root.iter("tmx", "body", "tu"):
        holder.text = "\n"
        for part in holder:
            part.tail = "\n"
    declared = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    return declared + etree.tostring(root, encoding="utf-8") + b"\n"


def _unit(body: etree._Element, pair: TranslationPair, source_language: str) -> None:
    unit = etree.SubElement(body, "tu")
    etree.SubElement(unit, "note").text = f"{pair.place} {pair.key}"
    for name, value in ((_STATE, pair.state), (_ORIGIN, pair.origin)):
        etree.SubElement(unit, "prop", {"type": name}).text = str(value)
    for tag, text in ((source_language, pair.source), (pair.language, pair.text)):
        segment = etree.SubElement(etree.SubElement(unit, "tuv", {_LANG: tag}), "seg")
        _segment(segment, text, pair.key)


def _segment(segment: etree._Element, text: str, key: str) -> None:
    """A text whose placeholders are `<ph>`, so that programs do not translate them."""
    end, last = 0, segment
    for number, match in enumerate(placeholder_pattern(key).finditer(text), 1):
        _append(segment, last, text[end : match.start()])
        last = etree.SubElement(segment, "ph", {"x": str(number)})
        last.text = match[0]
        end = match.end()
    _append(segment, last, text[end:])


def _append(segment: etree._Element, last: etree._Element, text: str) -> None:
    written = NOT_IN_XML.sub("\ufffd", text)
    if last is segment:
        segment.text = written
    else:
        last.tail = written


def read_tmx(path: Path, source_language: str, languages: Sequence[str]) -> list[TranslationPair]:
    """The pairs of a file from the source into `languages`. A translation whose author the file does not name counts
    as a machine's draft. Where a unit has no text in a language, those of its regions stand for it: Trados and memoQ
    know no `sv`, only `sv-SE`. Raises StudyError LANG_063 where it is no TMX, with the line."""
    root = xml_root(path, _no_tmx)
    declared: Any = root.getroottree().docinfo.internalDTD
    if declared is not None and list(declared.iterentities()):
        raise _no_tmx(path.name, "it defines entities, which a translation memory does not need")
    if root.tag != "tmx":
        raise _no_tmx(path.name, "its first element is not tmx")
    for entity in root.iter(etree.Entity):
        raise _no_tmx(f"{path.name}, line {entity.sourceline}", f"it does not say which character {entity.text} is")
    return [pair for unit in root.iter("tu") for pair in _pairs(unit, path.name, source_language, languages)]


def _pairs(
    unit: etree._Element, place: str, source_language: str, languages: Sequence[str]
) -> Iterator[TranslationPair]:
    texts = {
        (one.get(_LANG) or one.get("lang") or "").replace("_", "-").lower(): _written(one) for one in unit.iter("tuv")
    }
    sources = _texts_in(texts, source_language)
    facts = {prop.get("type", ""): (prop.text or "").strip() for prop in unit.iter("prop")}
    note = unit.findtext("note") or ""
    for tag in languages:
        for source, text in product(sources, _texts_in(texts, tag)):
            state = _STATES.get(facts.get(_STATE, ""), State.DRAFT_ONE)
            origin = TextOrigin.PERSON if facts.get(_ORIGIN) == TextOrigin.PERSON else TextOrigin.MACHINE
            yield TranslationPair(note.rpartition(" ")[2], source, tag, text, state, origin, place)


def _texts_in(texts: Mapping[str, str], tag: str) -> tuple[str, ...]:
    """The texts of a unit in a language: that of the tag itself, else those of its regions, each once."""
    if exact := texts.get(tag.lower()):
        return (exact,)
    regional = re.compile(re.escape(tag.lower()) + _REGION)
    return tuple(dict.fromkeys(text for known, text in texts.items() if text and regional.fullmatch(known)))


def _written(variant: etree._Element) -> str:
    segment = variant.find("seg")
    return "" if segment is None else "".join(map(str, segment.itertext()))


def _no_tmx(place: str, cause: str) -> StudyError:
    return StudyError(Problem("LANG_063", place, cause, "save it as TMX 1.4 once more; nothing was taken in"))
