"""Reads the body of an XForm into frozen definitions: controls, groups, repeats."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kuule.forms.xform.definitions import (
    Action,
    BodyControl,
    BodyElement,
    BodyGroup,
    BodyRepeat,
    InlineChoice,
    Itemset,
    TextRef,
)
from kuule.forms.xform.xml_elements import (
    DEFAULT_MAX_ATTRIBUTE,
    JAVAROSA_NAMESPACE,
    STATED_MAX_ATTRIBUTE,
    XFORMS_NAMESPACE,
    attribute_name,
    child_elements,
    local_name,
    read_actions,
    read_text,
)

CONTROL_ELEMENTS = frozenset({"input", "select", "select1", "range", "rank", "trigger", "upload"})
"""Elements of the body that stand for one node. `kuule.forms.types` knows which type of question each of them is."""


def read_elements(parent: etree._Element, base: str, found: list[Action]) -> Iterator[BodyElement]:
    """The elements of the body or of a group, in order. `base` is the path of the parent. Actions are appended to
    `found`."""
    for element in child_elements(parent):
        kind = local_name(element)
        if kind in CONTROL_ELEMENTS:
            yield _control(element, kind, base, found)
        elif kind == "group":
            ref = element.get("ref") or element.get("nodeset") or ""
            ref = _resolve(ref, base)
            below = tuple(read_elements(element, ref or base, found))
            yield BodyGroup(ref, _text_ref(element, "label"), _appearance(element), below)
        elif kind == "repeat":
            yield _repeat(element, base, found)


def _repeat(element: etree._Element, base: str, found: list[Action]) -> BodyRepeat:
    ref = _resolve(element.get("nodeset") or "", base)
    found.extend(read_actions(element, ref))
    return BodyRepeat(
        ref=ref,
        count=(element.get(f"{{{JAVAROSA_NAMESPACE}}}count") or "").strip(),
        no_add_remove=(element.get(f"{{{JAVAROSA_NAMESPACE}}}noAddRemove") or "").strip(),
        appearance=_appearance(element),
        children=tuple(read_elements(element, ref, found)),
        stated_max_instances=_whole(element.get(STATED_MAX_ATTRIBUTE)),
        default_max_instances=_whole(element.get(DEFAULT_MAX_ATTRIBUTE)),
    )


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0


def _control(element: etree._Element, kind: str, base: str, found: list[Action]) -> BodyControl:
    ref = _resolve(element.get("ref") or "", base)
    found.extend(read_actions(element, ref))
    return BodyControl(
        kind=kind,
        ref=ref,
        label=_text_ref(element, "label"),
        hint=_text_ref(element, "hint"),
        appearance=_appearance(element),
        choices=tuple(_inline_choice(item) for item in element.findall(f"{{{XFORMS_NAMESPACE}}}item")),
        itemset=_itemset(element.find(f"{{{XFORMS_NAMESPACE}}}itemset")),
        attributes={attribute_name(key): str(value) for key, value in element.attrib.items()},
    )


def _resolve(ref: str, base: str) -> str:
    ref = ref.strip()
    return ref if not ref or ref.startswith("/") else f"{base}/{ref.removeprefix('./')}"


def _appearance(element: etree._Element) -> frozenset[str]:
    return frozenset((element.get("appearance") or "").split())


def _text_ref(parent: etree._Element, kind: str) -> TextRef | None:
    element = parent.find(f"{{{XFORMS_NAMESPACE}}}{kind}")
    if element is None:
        return None
    if element.get("ref"):
        return TextRef(expression=(element.get("ref") or "").strip())
    return TextRef(read_text(element))


def _inline_choice(element: etree._Element) -> InlineChoice:
    value = element.find(f"{{{XFORMS_NAMESPACE}}}value")
    return InlineChoice("" if value is None else (value.text or "").strip(), _text_ref(element, "label") or TextRef())


def _itemset(element: etree._Element | None) -> Itemset | None:
    if element is None:
        return None
    value, label = element.find(f"{{{XFORMS_NAMESPACE}}}value"), element.find(f"{{{XFORMS_NAMESPACE}}}label")
    return Itemset(
        nodeset=(element.get("nodeset") or "").strip(),
        value="." if value is None else value.get("ref", "."),
        label="" if label is None else label.get("ref", ""),
    )
