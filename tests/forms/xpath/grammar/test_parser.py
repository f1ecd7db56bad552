from __future__ import annotations

import pytest

from kuule.forms.xpath.grammar.parser import MAX_DEPTH, MAX_LENGTH, parse
from kuule.forms.xpath.grammar.syntax_tree import (
    DESCENDANT_OR_SELF_STEP,
    PARENT_STEP,
    SELF_STEP,
    FilterExpression,
    FunctionCall,
    KindTest,
    Literal,
    NameTest,
    Negation,
    Number,
    OperatorChain,
    PathExpression,
    Step,
    VariableReference,
    XPathAxis,
)
from kuule.forms.xpath.grammar.xpath_errors import XPathSyntaxError


def _child(name: str) -> Step:
    prefix, _, local = name.rpartition(":")
    return Step(XPathAxis.CHILD, NameTest(prefix, local))


ONE, TWO, THREE = Number(1.0), Number(2.0), Number(3.0)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 or 2 or 3", OperatorChain(ONE, (("or", TWO), ("or", THREE)))),
        ("1 or 2 and 3", OperatorChain(ONE, (("or", OperatorChain(TWO, (("and", THREE),))),))),
        ("1 - 2 - 3", OperatorChain(ONE, (("-", TWO), ("-", THREE)))),
        ("1 + 2 * 3", OperatorChain(ONE, (("+", OperatorChain(TWO, (("*", THREE),))),))),
        ("1 = 2 < 3", OperatorChain(ONE, (("=", OperatorChain(TWO, (("<", THREE),))),))),
        ("(1 + 2) * 3", OperatorChain(OperatorChain(ONE, (("+", TWO),)), (("*", THREE),))),
        ("--1", Negation(ONE, 2)),
        ("-1 * 2", OperatorChain(Negation(ONE, 1), (("*", TWO),))),
        (
            "a | b",
            OperatorChain(PathExpression(False, (_child("a"),)), (("|", PathExpression(False, (_child("b"),))),)),
        ),
    ],
)
def test_precedence_and_flat_chains(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("3mod2", OperatorChain(THREE, (("mod", TWO),))),
        ("3 div2", OperatorChain(THREE, (("div", TWO),))),
        ("1 and1", OperatorChain(ONE, (("and", ONE),))),
        (
            "* * *",
            OperatorChain(PathExpression(False, (_child("*"),)), (("*", PathExpression(False, (_child("*"),))),)),
        ),
        (
            "or or or",
            OperatorChain(PathExpression(False, (_child("or"),)), (("or", PathExpression(False, (_child("or"),))),)),
        ),
        ("div", PathExpression(False, (_child("div"),))),
        ("a-b", PathExpression(False, (_child("a-b"),))),
        ("a -b", OperatorChain(PathExpression(False, (_child("a"),)), (("-", PathExpression(False, (_child("b"),))),))),
    ],
)
def test_operator_names_are_operators_only_after_an_operand(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("/", PathExpression(True, ())),
        (".", PathExpression(False, (SELF_STEP,))),
        ("../a", PathExpression(False, (PARENT_STEP, _child("a")))),
        ("//a", PathExpression(True, (DESCENDANT_OR_SELF_STEP, _child("a")))),
        ("a//b", PathExpression(False, (_child("a"), DESCENDANT_OR_SELF_STEP, _child("b")))),
        ("@id", PathExpression(False, (Step(XPathAxis.ATTRIBUTE, NameTest("", "id")),))),
        ("ancestor::x", PathExpression(False, (Step(XPathAxis.ANCESTOR, NameTest("", "x")),))),
        ("orx:*", PathExpression(False, (_child("orx:*"),))),
        ("text()", PathExpression(False, (Step(XPathAxis.CHILD, KindTest("text")),))),
        (
            "processing-instruction('x')",
            PathExpression(False, (Step(XPathAxis.CHILD, KindTest("processing-instruction", "x")),)),
        ),
        ("a[1]", PathExpression(False, (Step(XPathAxis.CHILD, NameTest("", "a"), (ONE,)),))),
        ("now()", FunctionCall("now", (), 0)),
        ("jr:itext('a')", FunctionCall("jr:itext", (Literal("a"),), 0)),
        ("f(g(), 1)", FunctionCall("f", (FunctionCall("g", (), 1), ONE), 0)),
        ("f()[1]", FilterExpression(FunctionCall("f", (), 0), (ONE,))),
        ("f()/a", PathExpression(False, (_child("a"),), FunctionCall("f", (), 0))),
        ("$x", VariableReference("x")),
        ("'it\"s'", Literal('it"s')),
        (".5", Number(0.5)),
        ("5.", Number(5.0)),
    ],
)
def test_paths_calls_and_literals(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "1 +", "(1", "1)", "a[1", "f(1,", "f(,1)", "'open", "1 == 1", "1 <> 2", "5abc", "//", "..[1]"),
        *("a//", "child::.", "nowhere::a", "@", "$", "a b", "comment(x)", "8|-9", "/5", "a::b", "1 ! 2"),
        "٣ + ١",
    ],
)
def test_what_cannot_be_read_is_refused_with_the_place(text: str) -> None:
    with pytest.raises(XPathSyntaxError) as raised:
        parse(text, "form.md, survey, row 12")
    (problem,) = raised.value.problems
    assert (problem.code, problem.place) == ("FORM_100", "form.md, survey, row 12")


def test_a_syntax_error_names_the_character() -> None:
    with pytest.raises(XPathSyntaxError) as raised:
        parse("1 + 2 ]")
    assert raised.value.problems[0].cause == "']' cannot stand at character 7 of '1 + 2 ]'"


@pytest.mark.parametrize("nest", [("(", ")"), ("not(", ")"), ("a[", "]"), ("-(", ")")])
def test_nesting_is_capped_and_what_is_within_the_cap_is_read(nest: tuple[str, str]) -> None:
    opening, closing = nest
    deep = MAX_DEPTH - 1
    parse(opening * deep + "1" + closing * deep)
    with pytest.raises(XPathSyntaxError) as raised:
        parse(opening * (deep + 1) + "1" + closing * (deep + 1))
    assert raised.value.problems[0].code == "FORM_102"


def test_long_chains_are_not_deep() -> None:
    chain = parse("+".join(["1"] * 20_000))
    assert isinstance(chain, OperatorChain)
    assert len(chain.rest) == 19_999


def test_an_endless_expression_is_refused() -> None:
    with pytest.raises(XPathSyntaxError) as raised:
        parse("1" * (MAX_LENGTH + 1))
    assert raised.value.problems[0].code == "FORM_102"
