"""Each case: what the source says, what a translator wrote, and what is said about it."""

import pytest

from kuule.core.problems import Severity
from kuule.languages.checks.text_checks import TEXT_CHECKS, catalogue_problems
from kuule.languages.workflow.entries import Catalogue, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin

OPEN_ISOLATE = (
    "it has an invisible isolate (U+2066 to U+2068) without its end (U+2069), or an end without its beginning"
)


def problems(source, text, key="form:/data/a:label"):
    entry = with_translation(
        untranslated_entry(SourceText(key, source)), text, state=State.REVIEWED, origin=TextOrigin.PERSON
    )
    return [(problem.code, problem.cause) for problem in catalogue_problems(Catalogue("sv", {key: entry}), "sv.po")]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Hello ${name}", "Hej ${name}", []),
        ("Hello ${name}", "Hej", [("LANG_011", "${name} of the source is missing")]),
        ("Hello", "Hej ${secret}", [("LANG_011", "${secret} is not in the source")]),
        ("${a} and ${b}", "${b} och ${a}", []),
        ("See [help](https://a.example)", "Se [hjälp](https://a.example)", []),
        (
            "See help",
            "Se [hjälp](https://b.example)",
            [("LANG_012", "it has the address 'https://b.example', which the source does not have")],
        ),
        (
            "See help",
            "Se https://b.example.",
            [("LANG_012", "it has the address 'https://b.example', which the source does not have")],
        ),
        (
            "See help",
            "Se www.b.example",
            [("LANG_012", "it has the address 'www.b.example', which the source does not have")],
        ),
        ('Begins with "https://"', "Börjar med ”https://”", []),
        ("a", "b\u202e", [("LANG_013", "it has the invisible character U+202E, which turns the direction")]),
        ("a", "b\u200f", []),
        ("a", "\u2068b\u2069 och \u2067\u2068c\u2069\u2069", []),
        ("a", "b\x1b[J", [("LANG_013", "it has the control character U+001B, which nobody sees")]),
        ("a\x0b", "b\x0b", []),
        ("a", "\u2067b", [("LANG_013", OPEN_ISOLATE)]),
        ("a", "b\u2069", [("LANG_013", OPEN_ISOLATE)]),
        ("a", "\u2067b\nc\u2069", [("LANG_013", OPEN_ISOLATE)]),
        ("100 % {sure}", "100 % {säker", []),
        ("Male", "x" * 212, []),
        ("Male", "x" * 213, [("LANG_015", "it has 213 characters, and its source 4")]),
    ],
)
def test_text_of_a_form_is_held_to_its_source(source, text, found):
    assert problems(source, text) == found


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Page {n}", "Sida {n}", []),
        (
            "Page {n}",
            "Sida {m}",
            [("LANG_011", "{n} of the source is missing"), ("LANG_011", "{m} is not in the source")],
        ),
        ("Page", "Sida {", [("LANG_014", "it has a brace { or } that belongs to no placeholder")]),
        (
            "Page {n}",
            "Sida {n.__class__}",
            [("LANG_011", "{n} of the source is missing"), ("LANG_011", "{n.__class__} is not in the source")],
        ),
    ],
)
def test_text_of_the_interface_is_held_to_its_placeholders(source, text, found):
    assert problems(source, text, key="interface:page") == found


def test_missing_stale_and_left_over_texts_are_warnings_once_each():
    one, two, three = (untranslated_entry(SourceText(f"choice:a/{name}:label", name)) for name in "abc")
    stale = with_translation(two, "x", state=State.REVIEWED, origin=TextOrigin.PERSON)
    stale = type(stale)(**{**{name: getattr(stale, name) for name in stale.__slots__}, "stale": True})
    gone = with_translation(three, "y", state=State.REVIEWED, origin=TextOrigin.PERSON)
    found = list(
        catalogue_problems(Catalogue("sv", {one.key: one, two.key: stale}, obsolete=(gone,)), "languages/sv.po")
    )
    assert [(problem.code, problem.severity) for problem in found] == [
        ("LANG_021", Severity.WARNING),
        ("LANG_022", Severity.WARNING),
        ("LANG_023", Severity.WARNING),
    ]
    assert found[0].cause == "1 of 2 texts have no translation yet (choice:a/a:label)"


def test_every_check_has_a_code_of_its_own():
    assert len({check.CODE for check in TEXT_CHECKS}) == len(TEXT_CHECKS)
