"""The XML of a project (`project.qde`) and of a codebook (`.qdc`), after REFI-QDA 1.5. The same project gives the same
bytes. No times are written: only notes have one, because readers want it, and it says nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lxml import etree

from kuule.qualitative.refi_qda.exchange_guids import GuidMaker, coding_guid
from kuule.qualitative.refi_qda.exchanged_project import (
    OWN_VARIABLES,
    ExchangedCode,
    ExchangedNote,
    ExchangedProject,
    ExchangedText,
    Guid,
)
from kuule.qualitative.refi_qda.plain_text import writable

PROJECT_NAMESPACE = "urn:QDA-XML:project:1.0"
CODEBOOK_NAMESPACE = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Kuule"
_NO_TIME = "1970-01-01T00:00:00Z"
"""QualCoder cannot read a note without a time."""


def source_path(guid: Guid) -> str:
    """How the XML names the file of a text or a note; in the archive it is in `sources/`."""
    return f"internal://{guid}.txt"


def qde_bytes(project: ExchangedProject, guids: GuidMaker) -> bytes:
    """The XML of a project, without the words of texts and notes, which have files of their own."""
    xml = _Elements(PROJECT_NAMESPACE)
    root = xml.root("Project", name=project.name, origin=ORIGIN)
    if project.users:
        users = xml.add(root, "Users")
        for user in project.users:
            xml.add(users, "User", guid=user.guid, name=user.name)
    if project.codes:
        _add_codes(xml, xml.add(root, "CodeBook"), project.codes, with_notes=True)
    if project.texts:
        variables = xml.add(root, "Variables")
        for name in OWN_VARIABLES:
            xml.add(variables, "Variable", guid=guids.of_variable(name), name=name, typeOfVariable="Text")
        sources = xml.add(root, "Sources")
        for text in project.texts:
            _add_text(xml, sources, text, guids)
    if project.notes:
        notes = xml.add(root, "Notes")
        for note in project.notes:
            _add_note(xml, notes, note)
    _add_note_refs(xml, root, project.own_notes)
    return _written(root)


def qdc_bytes(codes: Sequence[ExchangedCode]) -> bytes:
    """The XML of a codebook by itself. The standard knows no empty one: raises ValueError without a code."""
    if not codes:
        raise ValueError("a codebook has a code")
    xml = _Elements(CODEBOOK_NAMESPACE)
    root = xml.root("CodeBook", origin=ORIGIN)
    _add_codes(xml, root, codes, with_notes=False)
    return _written(root)


class _Elements:
    """Makes elements of one namespace, of words that XML can have."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace

    def root(self, name: str, /, **attributes: str) -> etree._Element:
        element = etree.Element(f"{{{self._namespace}}}{name}", nsmap={None: self._namespace})  # type: ignore[dict-item]
        return self._with(element, attributes)

    def add(self, parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
        element = self._with(etree.SubElement(parent, f"{{{self._namespace}}}{name}"), attributes)
        if text:
            element.text = writable(text)
        return element

    def _with(self, element: etree._Element, attributes: dict[str, str]) -> etree._Element:
        for key, value in attributes.items():
            element.set(key, writable(value))
        return element


def _add_codes(xml: _Elements, parent: etree._Element, codes: Sequence[ExchangedCode], *, with_notes: bool) -> None:
    below: defaultdict[Guid | None, list[ExchangedCode]] = defaultdict(list)
    for code in codes:
        below[code.parent].append(code)
    top = xml.add(parent, "Codes")
    ahead = [(top, code) for code in reversed(below[None])]
    while ahead:
        above, code = ahead.pop()
        flag = "true" if code.codable else "false"
        element = xml.add(above, "Code", guid=code.guid, name=code.name, isCodable=flag)
        if code.colour:
            element.set("color", code.colour)
        if code.description:
            xml.add(element, "Description", code.description)
        if with_notes:
            _add_note_refs(xml, element, code.notes)
        ahead += [(element, one) for one in reversed(below[code.guid])]


def _add_text(xml: _Elements, sources: etree._Element, text: ExchangedText, guids: GuidMaker) -> None:
    element = xml.add(sources, "TextSource", guid=text.guid, name=text.name, plainTextPath=source_path(text.guid))
    for coding in sorted(text.codings):
        selection = guids.of_selection(text.guid, coding)
        made = xml.add(
            element,
            "PlainTextSelection",
            guid=selection,
            startPosition=str(coding.start),
            endPosition=str(coding.end),
            creatingUser=coding.user,
        )
        given = xml.add(made, "Coding", guid=coding_guid(selection), creatingUser=coding.user)
        xml.add(given, "CodeRef", targetGUID=coding.code)
    _add_note_refs(xml, element, text.notes)
    for name, value in zip(OWN_VARIABLES, (text.item, text.language, text.leave), strict=True):
        made = xml.add(element, "VariableValue")
        xml.add(made, "VariableRef", targetGUID=guids.of_variable(name))
        xml.add(made, "TextValue", value)


def _add_note(xml: _Elements, notes: etree._Element, note: ExchangedNote) -> None:
    path = source_path(note.guid)
    xml.add(notes, "Note", guid=note.guid, name=note.name, plainTextPath=path, creationDateTime=_NO_TIME)


def _add_note_refs(xml: _Elements, parent: etree._Element, notes: Iterable[Guid]) -> None:
    for guid in notes:
        xml.add(parent, "NoteRef", targetGUID=guid)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
