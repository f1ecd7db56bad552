"""Whatever is written, there is a value or a Problem, and never another error."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import KuuleError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.functions.library import LIBRARY
from kuule.forms.xpath.grammar.parser import parse
from kuule.forms.xpath.grammar.xpath_errors import XPathSyntaxError
from kuule.forms.xpath.runtime.evaluation_context import StaticContext
from tests.conformance.documents import node_at, read_document
from tests.forms.xpath.asking import context_of
from tests.sampling import examples

XML = """<data><a>1</a><b>2026-11-24</b><c>x y</c><big>99999999999999999999</big><r><n>1</n></r><r><n>2</n></r><blank/>
<time>12:30</time></data>"""
STATIC = StaticContext(node_path="/data/r/n", repeats=frozenset({"/data/r"}))

_ATOMS = st.sampled_from(
    [
        "1",
        "0",
        "-1",
        "0.5",
        "1e3",
        "99999999999999999999999",
        "'x'",
        "''",
        "'2026-11-24'",
        "'12:30'",
        "'%Y'",
        "'SHA-256'",
        "'[a-z]+'",
        ".",
        "..",
        "/data/a",
        "/data/b",
        "../n",
        "/data/c",
        "/data/big",
        "/data/r",
        "/data/r/n",
        "/data/nothing",
        "//n",
        "@id",
        "*",
        "text()",
        "today()",
        "now()",
        "true()",
        "random()",
        "(1",
        "div",
        "0)",
        "current()",
        "(-1",
        "div",
        "0)",
        "number('x')",
        "'/data/a'",
        "'p'",
        "'states'",
    ]
)
_NAMES = st.sampled_from(sorted(LIBRARY))
_SIGNS = st.sampled_from(["+", "-", "*", " div ", " mod ", "=", "!=", "<", ">=", " and ", " or ", "|"])


def _bigger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    calls = st.builds(lambda name, parts: f"{name}({','.join(parts)})", _NAMES, st.lists(inner, max_size=4))
    chains = st.builds(lambda left, sign, right: f"({left}{sign}{right})", inner, _SIGNS, inner)
    filters = st.builds(lambda path, condition: f"({path})[{condition}]", inner, inner)
    steps = st.builds(lambda path, condition: f"/data/r[{condition}]/{path}", st.sampled_from(["n", "*", ".."]), inner)
    return st.one_of(calls, chains, filters, steps)


EXPRESSIONS = st.recursive(_ATOMS, _bigger, max_leaves=12)


@settings(max_examples=examples(400), deadline=2000)
@given(EXPRESSIONS)
def test_any_expression_has_a_value_or_a_problem(text: str) -> None:
    document = read_document(XML)
    try:
        compiled = compile_expression(text, STATIC)
        context = context_of(document)
        node = node_at(document, "/*[1]/*[6]/*[1]")
        values = (compiled.string(context, node), compiled.number(context, node), compiled.boolean(context, node))
    except KuuleError:
        return
    assert [type(value) for value in values] == [str, float, bool]


@settings(max_examples=examples(400), deadline=2000)
@given(st.text(alphabet="ab1.'\"/@*()[]<>=!|+- $:,\u0661é\u2028", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse(text)
    except XPathSyntaxError as error:
        assert {problem.code for problem in error.problems} == {"FORM_100"}  # noqa: PT017 - both ways out are good


@settings(max_examples=examples(200), deadline=2000)
@given(EXPRESSIONS)
def test_an_expression_gives_the_same_each_time_in_one_visit(text: str) -> None:
    try:
        compiled = compile_expression(text, STATIC)
        asked = []
        for _ in range(2):
            document = read_document(XML)
            asked.append(compiled.string(context_of(document), node_at(document, "/*[1]/*[6]/*[1]")))
    except KuuleError:
        return
    assert asked[0] == asked[1]
