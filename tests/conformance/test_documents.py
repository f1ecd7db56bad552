from __future__ import annotations

import pytest

from kuule.forms.xpath.runtime.nodes import NodeKind
from tests.conformance.documents import node_at, path_of, read_document

XML = '<!--before--><data id="d" xmlns:o="urn:o" o:x="y">a<b/>c<?go now?><b>text</b></data>'


@pytest.mark.parametrize(
    ("path", "kind", "text"),
    [
        ("/comment()[1]", NodeKind.COMMENT, "before"),
        ("/*[1]/@id", NodeKind.ATTRIBUTE, "d"),
        ("/*[1]/@o:x", NodeKind.ATTRIBUTE, "y"),
        ("/*[1]/text()[2]", NodeKind.TEXT, "c"),
        ("/*[1]/*[2]", NodeKind.ELEMENT, "text"),
        ("/*[1]/*[2]/text()[1]", NodeKind.TEXT, "text"),
        ("/*[1]/processing-instruction()[1]", NodeKind.INSTRUCTION, "now"),
    ],
)
def test_positional_path_leads_to_the_node_and_back(path: str, kind: NodeKind, text: str) -> None:
    node = node_at(read_document(XML), path)
    assert (node.kind, node.text, path_of(node)) == (kind, text, path)


def test_string_value_of_mixed_content_has_no_comments() -> None:
    assert node_at(read_document("<a>x<b>y</b><!--no-->z</a>"), "/*[1]").string_value() == "xyz"


def test_a_path_to_nowhere_is_an_error() -> None:
    with pytest.raises(LookupError):
        node_at(read_document(XML), "/*[1]/@nothing")
