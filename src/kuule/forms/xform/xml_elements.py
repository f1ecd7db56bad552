"""What all parts of an XForm share: local names, attributes, texts with outputs, actions."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kuule.forms.model.form_texts import TextTemplate, build_template
from kuule.forms.xform.definitions import Action

XFORMS_NAMESPACE = "http://www.w3.org/2002/xforms"
JAVAROSA_NAMESPACE = "http://openrosa.org/javarosa"
STATED_MAX_ATTRIBUTE, DEFAULT_MAX_ATTRIBUTE = "kuule-most", "kuule-usual"
"""Attributes of a repeat: its most instances as the author states, and the default if the author states none."""


def local_name(element: etree._Element) -> str:
    """The name without its namespace."""
    return etree.QName(element).localname


def child_elements(element: etree._Element) -> Iterator[etree._Element]:
    """Child elements, without comments and the like."""
    return (child for child in element if isinstance(child.tag, str))


def attribute_name(name: str | bytes) -> str:
    return etree.QName(name).localname


def read_actions(parent: etree._Element, source: str) -> Iterator[Action]:
    for element in child_elements(parent):
        if local_name(element) == "setvalue" and element.get("ref"):
            yield Action(
                events=tuple((element.get("event") or "").split()),
                ref=(element.get("ref") or "").strip(),
                expression=element.get("value"),
                literal=element.text or "",
                source=source,
            )


def read_text(element: etree._Element) -> TextTemplate:
    """A text, with the outputs (`<output value="…"/>`) inside it."""
    pieces: list[tuple[str, str | None]] = []
    before = element.text or ""
    for child in child_elements(element):
        if local_name(child) == "output":
            pieces.append((before, child.get("value") or child.get("ref") or ""))
            before = ""
        before += child.tail or ""
    return build_template(pieces, before)
