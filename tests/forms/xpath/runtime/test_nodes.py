from __future__ import annotations

from kuule.forms.xpath.runtime.nodes import Node, NodeKind, document_node, sort_in_document_order


def _family() -> tuple[Node, Node, Node]:
    data = Node("data")
    first, second = data.append(Node("child", text="a")), data.append(Node("child", text="b"))
    return data, first, second


def test_string_value_of_a_leaf_is_its_text() -> None:
    assert Node("a", text="yes").string_value() == "yes"


def test_string_value_of_a_group_joins_all_text_below() -> None:
    data, first, _ = _family()
    first.append(Node("name", text="x"))
    assert data.string_value() == "xb"


def test_named_after_a_change_of_children() -> None:
    data, first, second = _family()
    assert data.children_named("child") == [first, second]
    data.remove(first)
    assert data.children_named("child") == [second]
    third = data.insert(0, Node("child"))
    assert data.children_named("child") == [third, second]


def test_remove_takes_out_that_node_and_not_its_like() -> None:
    data, first, second = _family()
    data.remove(second)
    assert (data.children, second.parent) == ([first], None)


def test_child_nodes_of_a_leaf_are_one_text_node_each_time_the_same() -> None:
    leaf = Node("a", text="yes")
    (text,) = leaf.child_nodes()
    leaf.text = "no"
    assert leaf.child_nodes() == [text]
    assert (text.kind, text.text, text.parent) == (NodeKind.TEXT, "no", leaf)


def test_child_nodes_of_a_blank_leaf_are_none() -> None:
    assert Node("a").child_nodes() == []


def test_child_nodes_cannot_change_the_tree() -> None:
    data, first, second = _family()
    data.child_nodes().clear()
    assert data.children == [first, second]


def test_attribute_by_name_and_namespace() -> None:
    node = Node("a")
    node.set_attribute("id", "x")
    node.set_attribute("id", "y", namespace="urn:z")
    assert (node.attribute("id"), node.attribute("id", "urn:z"), node.attribute("other")) == ("x", "y", "")


def test_document_order_of_nodes_attributes_and_parents_each_once() -> None:
    data, first, second = _family()
    attribute = data.set_attribute("id", "d")
    top = document_node(data)
    assert sort_in_document_order([second, attribute, first, second, data, top]) == [
        top,
        data,
        attribute,
        first,
        second,
    ]


def test_root_is_the_document() -> None:
    data, first, _ = _family()
    top = document_node(data, "countries")
    assert (first.root(), top.name) == (top, "countries")
