from __future__ import annotations

import pytest

from kuule.forms.xpath.context import StaticContext
from kuule.forms.xpath.parser import parse
from kuule.forms.xpath.references import References, references

AT = StaticContext(context="/data/child/name")


def _read(expression: str, static: StaticContext = AT) -> References:
    return references(parse(expression), static)


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("/data/a = 'x' and ../b > 1", {"/data/a", "/data/child/b"}),
        (".", {"/data/child/name"}),
        ("count(/data/child)", {"/data/child"}),
        ("/data/child[age > /data/limit]/name", {"/data/child/age", "/data/limit", "/data/child/name"}),
        ("/data/child[position() = 1][../x]/name", {"/data/x", "/data/child/name"}),
        ("(/data/child)[age]/name", {"/data/child", "/data/child/age", "/data/child/name"}),
        ("current()/../b", {"/data/child/b"}),
        ("instance('p')/root/item[c = current()/../b][d = /data/e]/label", {"/data/child/b", "/data/e"}),
        ("jr:choice-name(/data/a, '../b')", {"/data/a", "/data/child/b"}),
        ("indexed-repeat(/data/child/age, /data/child, 1)", {"/data/child/age", "/data/child"}),
        ("randomize(instance('p')/root/item[c = ../../z])/label", set()),
        ("/data/*/age", {"/data/*/age"}),
        ("/data/a/@id", {"/data/a"}),
        ("if(/data/a, today(), -/data/b)", {"/data/a", "/data/b"}),
    ],
)
def test_paths_that_are_read(expression: str, paths: set[str]) -> None:
    found = _read(expression)
    assert (set(found.paths), found.anything) == (paths, False)


@pytest.mark.parametrize("expression", ["//age", "ancestor::child/age", "../../../..", "id('x')/a"])
def test_what_cannot_be_known_reads_anything(expression: str) -> None:
    assert _read(expression).anything is True


def test_relative_path_without_a_place_reads_anything() -> None:
    assert _read("../a", StaticContext()) == References(frozenset(), frozenset(), frozenset(), anything=True)


def test_instances_and_functions_are_named() -> None:
    found = _read("pulldata('p', 'a', 'b', string(/data/a)) = instance('q')/root/item[1]")
    assert (found.instances, found.functions) == ({"p", "q"}, {"pulldata", "string", "instance"})
