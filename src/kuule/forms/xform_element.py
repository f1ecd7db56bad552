"""What every part of an XForm's XML has: local names, attributes, texts with outputs, actions."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kuule.forms.definitions import Action
from kuule.forms.texts import Text, text_of

XF = "http://www.w3.org/2002/xforms"
JR = "http://openrosa.org/javarosa"


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def children(element: etree._Element) -> Iterator[etree._Element]:
    """Child elements, without comments and the like."""
    return (child for child in element if isinstance(child.tag, str))


def attribute_name(name: str | bytes) -> str:
    return etree.QName(name).localname


def actions(parent: etree._Element, source: str) -> Iterator[Action]:
    for element in children(parent):
        if local(element) == "setvalue" and element.get("ref"):
            yield Action(
                events=tuple((element.get("event") or "").split()),
                ref=(element.get("ref") or "").strip(),
                expression=element.get("value"),
                literal=element.text or "",
                source=source,
            )


def mixed(element: etree._Element) -> Text:
    """Text with `<output value="…"/>` inside."""
    pieces: list[tuple[str, str | None]] = []
    before = element.text or ""
    for child in children(element):
        if local(child) == "output":
            pieces.append((before, child.get("value") or child.get("ref") or ""))
            before = ""
        before += child.tail or ""
    return text_of(pieces, before)
