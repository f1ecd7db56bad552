"""XML as a tree of nodes, and the positional paths by which cases name a node (`/*[1]/*[2]/@id`)."""

from __future__ import annotations

import re

from lxml import etree

from kuule.forms.xpath.runtime.nodes import Node, NodeKind

_PLACE = re.compile(r"(\*|text\(\)|comment\(\)|processing-instruction\(\))\[(\d+)\]|@(.+)")
_KINDS = {
    "*": NodeKind.ELEMENT,
    "text()": NodeKind.TEXT,
    "comment()": NodeKind.COMMENT,
    "processing-instruction()": NodeKind.INSTRUCTION,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def read_document(text: str) -> Node:
    """A DOCUMENT node."""
    parser = etree.XMLParser(strip_cdata=False, resolve_entities=False)
    root = etree.fromstring(text.strip().encode(), parser)
    document = Node("", kind=NodeKind.DOCUMENT)
    for before in reversed(list(root.itersiblings(preceding=True))):
        document.append(_node(before))
    document.append(_node(root))
    for after in root.itersiblings():
        document.append(_node(after))
    return document


def has_namespaces(text: str) -> bool:
    return "xmlns" in text


def _node(source: etree._Element) -> Node:
    if isinstance(source, etree._Comment):
        return Node("", kind=NodeKind.COMMENT, text=source.text or "")
    if isinstance(source, etree._ProcessingInstruction):
        return Node(source.target or "", kind=NodeKind.INSTRUCTION, text=source.text or "")
    name = etree.QName(source)
    node = Node(name.localname, namespace=name.namespace or "", prefix=source.prefix or "")
    prefixes = {uri: prefix for prefix, uri in source.nsmap.items() if prefix}
    prefixes["http://www.w3.org/XML/1998/namespace"] = "xml"
    for key, value in source.attrib.items():
        attribute = etree.QName(key)
        uri = attribute.namespace or ""
        node.set_attribute(attribute.localname, str(value), namespace=uri, prefix=prefixes.get(uri, "") if uri else "")
    if not len(source):
        node.text = source.text or ""
        return node
    _text(node, source.text)
    for child in source:
        node.append(_node(child))
        _text(node, child.tail)
    return node


def _text(node: Node, text: str | None) -> None:
    if text:
        node.append(Node("", kind=NodeKind.TEXT, text=text))


def node_at(document: Node, path: str) -> Node:
    """The node that a positional path names; raises LookupError where there is none."""
    node = document
    for step in path.strip("/").split("/") if path != "/" else ():
        found = _PLACE.fullmatch(step)
        if found is None:
            raise LookupError(path)
        if found[3]:
            node = next((each for each in node.attributes if _attribute_name(each) == found[3]), document)
            if node is document:
                raise LookupError(path)
        else:
            siblings = [child for child in node.child_nodes() if child.kind is _KINDS[found[1]]]
            node = siblings[int(found[2]) - 1]
    return node


def path_of(node: Node) -> str:
    """The positional path of a node."""
    steps: list[str] = []
    while node.parent is not None:
        steps.append(_step(node, node.parent))
        node = node.parent
    return "/" + "/".join(reversed(steps))


def _step(node: Node, parent: Node) -> str:
    if node.kind is NodeKind.ATTRIBUTE:
        return f"@{_attribute_name(node)}"
    alike = [child for child in parent.child_nodes() if child.kind is node.kind]
    place = next(index for index, child in enumerate(alike, 1) if child is node)
    return f"{_NAMES[node.kind]}[{place}]"


def _attribute_name(attribute: Node) -> str:
    return f"{attribute.prefix}:{attribute.name}" if attribute.prefix else attribute.name
