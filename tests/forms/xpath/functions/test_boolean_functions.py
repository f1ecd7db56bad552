from __future__ import annotations

import pytest

from tests.forms.xpath.asking import ask

XML = "<data><a>yes</a><blank/><n>0</n><n>3</n><n>x</n></data>"
STOPS = "indexed-repeat(a, a, count(if(true(), 'no nodes', a)))"
"""An expression that has no value: whoever evaluates it gets an EvaluationError."""


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("if(a = 'yes', 'asked', 'not')", "asked"),
        (f"if(true(), 'x', {STOPS})", "x"),
        (f"if(false(), {STOPS}, 'y')", "y"),
        ("coalesce(blank, 'second')", "second"),
        (f"coalesce(a, {STOPS})", "yes"),
        ("coalesce(nothing, blank)", ""),
        ("coalesce(nothing * 2, 7)", "7"),
        ("coalesce(blank, nothing, 'third')", "third"),
        ("coalesce(false(), 'x')", "false"),
    ],
)
def test_lazy_functions_evaluate_only_what_counts(expression: str, text: str) -> None:
    assert ask(expression, XML).string == text


@pytest.mark.parametrize("expression", [f"true() or {STOPS}", f"not(false() and {STOPS})", f"a or blank or {STOPS}"])
def test_and_and_or_stop_at_the_operand_that_decides(expression: str) -> None:
    assert ask(expression, XML).boolean is True


def test_once_keeps_the_value_that_is_there() -> None:
    assert ask("once('new')", XML, "/*[1]/*[1]").string == "yes"
    assert ask("once('new')", XML, "/*[1]/*[2]").string == "new"
    assert ask("once(. * 2)", XML, "/*[1]/*[2]").string == ""


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        ("boolean(blank)", True),
        ("boolean(nothing)", False),
        ("not('')", True),
        ("boolean-from-string('true')", True),
        ("boolean-from-string(1)", True),
        ("boolean-from-string('TRUE')", False),
        ("boolean-from-string(blank)", False),
        ("checklist(1, 2, a, nothing)", True),
        ("checklist(-1, 1, true(), true())", False),
        ("checklist(2, -1, n)", True),
        ("checklist(3, -1, n)", False),
        ("weighted-checklist(5, 5, a, 2, true(), 3, false(), 9)", True),
        ("weighted-checklist(-1, 4, a, 2, true(), 3)", False),
        ("weighted-checklist(6, 6, n, n)", False),
        ("lang('sv')", False),
    ],
)
def test_boolean_functions(expression: str, truth: bool) -> None:
    assert ask(expression, XML).boolean is truth


def test_lang_of_the_nearest_element_that_says_it() -> None:
    xml = '<data xml:lang="en"><a xml:lang="pt-BR"><b/></a></data>'
    asked = [ask(f"lang('{tag}')", xml, "/*[1]/*[1]/*[1]").boolean for tag in ("pt", "PT-br", "pt-PT", "en")]
    assert asked == [True, True, False, False]
