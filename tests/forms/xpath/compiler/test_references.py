from __future__ import annotations

import pytest

from kuule.forms.xpath.compiler.references import Reference, References, find_references
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.runtime.evaluation_context import StaticContext

AT = StaticContext(node_path="/data/r/c")


def _read(expression: str, static: StaticContext = AT) -> References:
    return find_references(parse(expression), static)


@pytest.mark.parametrize(
    ("expression", "read"),
    [
        ("/data/a + ../b", {Reference("/data/a"), Reference("/data/r/b")}),
        (". > 1", set()),
        ("current()/../b", {Reference("/data/r/b")}),
        ("count(/data/r)", {Reference("/data/r")}),
        ("if(/data/a, today(), -/data/b)", {Reference("/data/a"), Reference("/data/b")}),
        ("instance('x')/root/item[name = /data/a]/label", {Reference("/data/a")}),
        ("instance('x')/root/item[name = current()/../b]/label", {Reference("/data/r/b")}),
        ("randomize(instance('p')/root/item[c = ../../z])/label", set()),
        ("sum(/data/r/*)", {Reference("/data/r", includes_descendants=True)}),
        ("/data/r[position() = 1]/a", {Reference("/data/r/a", has_predicate=True)}),
        ("/data/r[b = 2]/a", {Reference("/data/r/a", has_predicate=True), Reference("/data/r/b", has_predicate=True)}),
        ("(/data/r)[b]/a", {Reference("/data/r/a", has_predicate=True), Reference("/data/r/b")}),
        ("indexed-repeat(/data/r/a, /data/r, 1)", {Reference("/data/r/a"), Reference("/data/r")}),
        ("//age", {Reference("", includes_descendants=True)}),
        ("ancestor::child/age", {Reference("", includes_descendants=True)}),
        ("'/data/a'", set()),
    ],
)
def test_nodes_that_are_read(expression: str, read: set[Reference]) -> None:
    assert _read(expression).reads == read


def test_attribute_is_no_node_of_a_response() -> None:
    assert _read("/data/a/@id").reads == frozenset()


def test_relative_path_without_a_place_reads_what_nobody_knows() -> None:
    assert _read("../a", StaticContext()).reads == frozenset()


def test_instances_and_functions_are_named() -> None:
    found = _read("pulldata('p', 'a', 'b', string(/data/a)) = instance('q')/root/item[1]")
    assert (found.instances, found.functions) == ({"p", "q"}, {"pulldata", "string", "instance"})


@pytest.mark.parametrize("written", ["'../b'", "'/data/r/b'", "' /data/r/b '"])
def test_select_whose_label_is_asked_for_is_named(written: str) -> None:
    found = _read(f"jr:choice-name(/data/a, {written})")
    assert (found.labelled_selects, found.reads) == ({"/data/r/b"}, {Reference("/data/a")})
