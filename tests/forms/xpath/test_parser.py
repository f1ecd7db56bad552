from __future__ import annotations

import pytest

from kuule.forms.xpath.errors import XPathSyntaxError
from kuule.forms.xpath.parser import DEEPEST, LONGEST, parse
from kuule.forms.xpath.syntax import (
    DESCENT_STEP,
    PARENT_STEP,
    SELF_STEP,
    Axis,
    Call,
    Chain,
    Filter,
    KindTest,
    Literal,
    NameTest,
    Negation,
    Number,
    Path,
    Step,
    Variable,
)


def _child(name: str) -> Step:
    prefix, _, local = name.rpartition(":")
    return Step(Axis.CHILD, NameTest(prefix, local))


ONE, TWO, THREE = Number(1.0), Number(2.0), Number(3.0)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("1 or 2 or 3", Chain(ONE, (("or", TWO), ("or", THREE)))),
        ("1 or 2 and 3", Chain(ONE, (("or", Chain(TWO, (("and", THREE),))),))),
        ("1 - 2 - 3", Chain(ONE, (("-", TWO), ("-", THREE)))),
        ("1 + 2 * 3", Chain(ONE, (("+", Chain(TWO, (("*", THREE),))),))),
        ("1 = 2 < 3", Chain(ONE, (("=", Chain(TWO, (("<", THREE),))),))),
        ("(1 + 2) * 3", Chain(Chain(ONE, (("+", TWO),)), (("*", THREE),))),
        ("--1", Negation(ONE, 2)),
        ("-1 * 2", Chain(Negation(ONE, 1), (("*", TWO),))),
        ("a | b", Chain(Path(False, (_child("a"),)), (("|", Path(False, (_child("b"),))),))),
    ],
)
def test_precedence_and_flat_chains(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("3mod2", Chain(THREE, (("mod", TWO),))),
        ("3 div2", Chain(THREE, (("div", TWO),))),
        ("1 and1", Chain(ONE, (("and", ONE),))),
        ("* * *", Chain(Path(False, (_child("*"),)), (("*", Path(False, (_child("*"),))),))),
        ("or or or", Chain(Path(False, (_child("or"),)), (("or", Path(False, (_child("or"),))),))),
        ("div", Path(False, (_child("div"),))),
        ("a-b", Path(False, (_child("a-b"),))),
        ("a -b", Chain(Path(False, (_child("a"),)), (("-", Path(False, (_child("b"),))),))),
    ],
)
def test_operator_names_are_operators_only_after_an_operand(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("/", Path(True, ())),
        (".", Path(False, (SELF_STEP,))),
        ("../a", Path(False, (PARENT_STEP, _child("a")))),
        ("//a", Path(True, (DESCENT_STEP, _child("a")))),
        ("a//b", Path(False, (_child("a"), DESCENT_STEP, _child("b")))),
        ("@id", Path(False, (Step(Axis.ATTRIBUTE, NameTest("", "id")),))),
        ("ancestor::x", Path(False, (Step(Axis.ANCESTOR, NameTest("", "x")),))),
        ("orx:*", Path(False, (_child("orx:*"),))),
        ("text()", Path(False, (Step(Axis.CHILD, KindTest("text")),))),
        ("processing-instruction('x')", Path(False, (Step(Axis.CHILD, KindTest("processing-instruction", "x")),))),
        ("a[1]", Path(False, (Step(Axis.CHILD, NameTest("", "a"), (ONE,)),))),
        ("now()", Call("now", (), 0)),
        ("jr:itext('a')", Call("jr:itext", (Literal("a"),), 0)),
        ("f(g(), 1)", Call("f", (Call("g", (), 1), ONE), 0)),
        ("f()[1]", Filter(Call("f", (), 0), (ONE,))),
        ("f()/a", Path(False, (_child("a"),), Call("f", (), 0))),
        ("$x", Variable("x")),
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
    deep = DEEPEST - 1
    parse(opening * deep + "1" + closing * deep)
    with pytest.raises(XPathSyntaxError) as raised:
        parse(opening * (deep + 1) + "1" + closing * (deep + 1))
    assert raised.value.problems[0].code == "FORM_102"


def test_long_chains_are_not_deep() -> None:
    chain = parse("+".join(["1"] * 20_000))
    assert isinstance(chain, Chain)
    assert len(chain.rest) == 19_999


def test_an_endless_expression_is_refused() -> None:
    with pytest.raises(XPathSyntaxError) as raised:
        parse("1" * (LONGEST + 1))
    assert raised.value.problems[0].code == "FORM_102"
