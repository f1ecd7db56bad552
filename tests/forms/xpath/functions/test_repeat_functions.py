from __future__ import annotations

import pytest

from kuule.core.problems import KuuleError
from kuule.forms.xpath.runtime.evaluation_context import StaticContext
from tests.forms.xpath.asking import ask

XML = """<data><pick>2</pick><child><name>Ana</name><toy><t>a1</t></toy><toy><t>a2</t></toy></child>
<child><name>Bo</name><toy><t>b1</t></toy></child></data>"""
STATIC = StaticContext(node_path="/data/child/name", repeats=frozenset({"/data/child", "/data/child/toy"}))
INSIDE = "/*[1]/*[2]/*[1]"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("indexed-repeat(/data/child/name, /data/child, 2)", "Bo"),
        ("indexed-repeat(/data/child/name, /data/child, /data/pick)", "Bo"),
        ("indexed-repeat(/data/child/name, /data/child, 3)", ""),
        ("indexed-repeat(/data/child/name, /data/child, 0)", ""),
        ("indexed-repeat(/data/child/name, /data/child, 1.5)", ""),
        ("indexed-repeat(/data/child/name, /data/child, 'x')", ""),
        ("indexed-repeat(/data/child/toy/t, /data/child, 1, /data/child/toy, 2)", "a2"),
        ("indexed-repeat(/data/child/toy/t, /data/child, 2, /data/child/toy, 2)", ""),
        ("indexed-repeat(/data/child/toy/t, /data/child/toy, 2, /data/child, 1)", "a2"),
        ("concat(indexed-repeat(/data/child/toy/t, /data/child, 1))", "a1a2"),
        ("indexed-repeat(../name, .., 2)", "Bo"),
        ("indexed-repeat(../toy/t, /data/child, 2, ../toy, 1)", "b1"),
        ("indexed-repeat(/data/child/name, /data/child, position(..) + 1)", "Bo"),
    ],
)
def test_indexed_repeat_inside_the_repeat_means_all_instances(expression: str, text: str) -> None:
    assert ask(expression, XML, INSIDE, static=STATIC).string == text


def test_indexed_repeat_without_a_known_place() -> None:
    assert ask("indexed-repeat(child/toy/t, child, 1, child/toy, 1)", XML).string == "a1"


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("indexed-repeat('x', /data/child, 1)", "FORM_107"),
        ("indexed-repeat(/data/child/name, /data/child)", "FORM_105"),
        ("indexed-repeat(/data/child/name, /data/child, 1, /data/child/toy)", "FORM_105"),
    ],
)
def test_indexed_repeat_written_wrong_is_refused(expression: str, code: str) -> None:
    with pytest.raises(KuuleError, match=code):
        ask(expression, XML)
