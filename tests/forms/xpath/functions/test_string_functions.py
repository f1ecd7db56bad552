from __future__ import annotations

import pytest

from tests.forms.xpath.asking import ask

WORDS = "<data><w>one</w><w>two</w><blank/><spaced>  a \n b </spaced></data>"


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("string(w)", "one"),
        ("string(1 div 3)", "0.3333333333333333"),
        ("concat(w)", "onetwo"),
        ("concat('a', w, 1, true())", "aonetwo1true"),
        ("concat()", ""),
        ("join(', ', w, 'three')", "one, two, three"),
        ("join('-')", ""),
        ("substr('hello', 1, 3)", "el"),
        ("substr('hello', -3)", "llo"),
        ("substr('hello', -9, -1)", "hell"),
        ("substr('hello', 4, 2)", ""),
        ("substr('hello', number('x'))", "hello"),
        ("substring('12345', 2, 3)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 7)", ""),
        ("substring-before('2026-11', '-')", "2026"),
        ("substring-before('2026', '-')", ""),
        ("substring-after('2026-11', '-')", "11"),
        ("substring-after('2026', '')", "2026"),
        ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
        ("normalize-space(spaced)", "a b"),
        ("base64-decode('w6U=')", "å"),
        ("base64-decode('not base64')", ""),
        ("name(w)", "w"),
        ("local-name(nothing)", ""),
    ],
)
def test_string_functions(expression: str, text: str) -> None:
    assert ask(expression, WORDS).string == text


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("contains('abc', 'bc')", True),
        ("contains('abc', '')", True),
        ("starts-with('abc', 'b')", False),
        ("ends-with('abc', 'bc')", True),
        ("ends-with(nothing, '')", True),
    ],
)
def test_parts_of_texts(expression: str, truth: bool) -> None:
    assert ask(expression, WORDS).boolean is truth


def test_string_length_counts_characters_of_any_script() -> None:
    assert [ask(f"string-length('{text}')").number for text in ("", "åäö", "مرحبا")] == [0.0, 3.0, 5.0]


def test_functions_without_argument_read_the_context_node() -> None:
    assert ask("string-length()", WORDS, "/*[1]/*[1]").number == 3.0
    assert ask("w[string() = 'two']", WORDS).texts == ["two"]
