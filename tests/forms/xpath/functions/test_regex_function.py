from __future__ import annotations

import time

import pytest
import re2

from kuule.core.problems import KuuleError
from kuule.forms.xpath.compiler.expression_compiler import compile_expression
from kuule.forms.xpath.functions.regex_function import REGEX_FUNCTIONS
from kuule.forms.xpath.grammar.xpath_errors import EvaluationError
from tests.conformance.documents import read_document
from tests.forms.xpath.asking import ask, context_of

XML = "<data><t>ab12</t><pattern>^[a-z]+[0-9]+$</pattern><bad>(</bad></data>"


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("regex(t, '[0-9]+')", True),
        ("regex(t, '^[0-9]+$')", False),
        ("regex(t, pattern)", True),
        ("regex(nothing, '^$')", True),
        ("regex('å', '^\\u00e5$')", True),
        ("regex('1٣', '^\\d+$')", False),
        ("regex('a/b', 'a\\/b')", True),
    ],
)
def test_regex_searches(expression: str, truth: bool) -> None:
    assert ask(expression, XML).boolean is truth


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)*$", "(.*a){20}", "(a*)*b"])
def test_regex_on_a_long_text_takes_no_exponential_time(pattern: str) -> None:
    document = read_document(f"<data>{'a' * 20_000}!</data>")
    compiled = compile_expression(f"regex(/data, '{pattern}')")
    begin = time.thread_time()
    compiled.boolean(context_of(document), document)
    assert time.thread_time() - begin < 1


@pytest.mark.parametrize("pattern", ["(?=a)", "(?!a)", "(?<=a)b", "(a)\\1", "(", "[z-a]", "a{2000}"])
def test_a_pattern_that_cannot_be_linear_or_read_is_refused_beforehand(pattern: str) -> None:
    with pytest.raises(KuuleError, match="FORM_109"):
        compile_expression(f"regex(., '{pattern}')")


def test_a_computed_pattern_that_cannot_be_read_has_no_value() -> None:
    with pytest.raises(EvaluationError, match="FORM_121"):
        ask("regex(t, bad)", XML)


def test_a_computed_pattern_is_not_kept_after_its_use() -> None:
    document = read_document("<data><answer>whispered</answer></data>")
    compiled = compile_expression("regex('x', /data/answer)")
    compiled.boolean(context_of(document), document)
    assert re2._Regexp._make.cache_info().currsize == 0
    assert list(REGEX_FUNCTIONS) == ["regex"]
