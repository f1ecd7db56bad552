"""How QualCoder reads a project, written anew after its behaviour (version of August 2026): what it does to a text
before it counts, what it takes a position for, and which codings it keeps. It needs a window; this needs none."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import dataclass, field
from typing import Any

PROJECT = "{urn:QDA-XML:project:1.0}"


@dataclass
class QualCoderProject:
    """Its tables: a text by name; a code or category with what is above it and its memo; (text, code, letters, start,
    end, owner); and the journal."""

    texts: dict[str, str] = field(default_factory=dict)
    codes: dict[str, tuple[str | None, bool, str]] = field(default_factory=dict)
    codings: set[tuple[str, str, str, int, int, str]] = field(default_factory=set)
    journal: dict[str, str] = field(default_factory=dict)


def read_by_qualcoder(qdpx: bytes) -> QualCoderProject:
    with zipfile.ZipFile(io.BytesIO(qdpx)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    root = ElementTree.fromstring(next(content for name, content in members.items() if name.endswith(".qde")))
    folder = "sources" if any(name.startswith("sources/") for name in members) else "Sources"
    found = QualCoderProject()
    users = {one.get("guid"): one.get("name") for one in root.iter(f"{PROJECT}User")}
    names: dict[Any, str] = {}
    for codes in root.iter(f"{PROJECT}Codes"):
        for code in codes:
            _read_code(code, None, found, names)
    for source in root.iter(f"{PROJECT}TextSource"):
        text = _read_text(members[f"{folder}/{_path(source)}"])
        name = source.get("name") or ""
        found.texts[name] = text
        for selection in source.findall(f"{PROJECT}PlainTextSelection"):
            start, end = int(selection.attrib["startPosition"]), int(selection.attrib["endPosition"])
            owner = users.get(selection.get("creatingUser")) or "default"
            for coding in selection.findall(f"{PROJECT}Coding"):
                code = names[coding[0].get("targetGUID")]
                found.codings.add((name, code, text[start:end], start, end, owner))
    on_texts = {
        ref.get("targetGUID")
        for source in root.iter(f"{PROJECT}TextSource")
        for ref in source.findall(f"{PROJECT}NoteRef")
    }
    for note in root.iter(f"{PROJECT}Note"):
        note.attrib["creationDateTime"].replace("T", " ")
        if note.get("guid") not in on_texts and note.get("plainTextPath"):
            assert note.attrib["name"] not in found.journal, "it fails where two journals have one name"
            found.journal[note.attrib["name"]] = _read_text(members[f"{folder}/{_path(note)}"])
    return found


def _path(element: ElementTree.Element) -> str:
    return element.attrib["plainTextPath"].split("internal:/")[1].removeprefix("/")


def _read_text(content: bytes) -> str:
    """Line ends become one character each, and a space is put after each if the first was two; a byte order mark stays
    as a letter."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", errors="replace").read()
    return text.replace("\n", "\n ") if content.partition(b"\n")[0].endswith(b"\r") else text


def _read_code(code: ElementTree.Element, above: str | None, found: QualCoderProject, names: dict[Any, str]) -> None:
    name = code.attrib["name"]
    description = next((one.text or "" for one in code if one.tag == f"{PROJECT}Description"), "")
    found.codes[name] = (above, code.get("isCodable") != "false", description)
    names[code.get("guid")] = name
    for child in code.findall(f"{PROJECT}Code"):
        _read_code(child, name, found, names)
