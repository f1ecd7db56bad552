"""Ways to reach somebody that a translation has and its source has not."""

import pytest

from kuule.languages.catalogue import Catalogue, Source, translated, untranslated
from kuule.languages.checks import contacts
from kuule.languages.checks.registry import catalogue_problems
from kuule.languages.states import Origin, State


def causes(source, text):
    entry = untranslated(Source("form:/data/a:label", source, "a label"))
    made = translated(entry, text, state=State.REVIEWED, origin=Origin.PERSON)
    problems = catalogue_problems(Catalogue("sv", {entry.key: made}), "sv.po")
    own = [problem for problem in problems if problem.code == contacts.CODE]
    return [(problem.code, problem.cause.split("'")[1]) for problem in own]


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Ring +46 (8) 123-456", "468123456"),
        ("Ring 116 111", "116111"),
        ("اتصل على ١١٦ ١١١", "116111"),
        ("Skriv till anna@exempel.example", "anna@exempel.example"),
        ("Gå till exempel.example/x", "exempel.example"),
        ("Gå till ｅｘｅｍｐｅｌ．ｅｘａｍｐｌｅ", "exempel.example"),
        ("Gå till exempel。example", "exempel.example"),
        ("Gå till expyuzz4wqqyqhjn.onion", "expyuzz4wqqyqhjn.onion"),
    ],
)
def test_contact_that_the_source_does_not_have_is_found(text, contact):
    assert causes("Call someone", text) == [("LANG_016", contact)]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Call 116 111", "Ring 116111"),
        ("Call 116 111", "اتصل على ١١٦١١١"),
        ("See example.org.", "Se example.org."),
        ("For example, at school", "T.ex. i skolan, bl.a. på rasten, o.s.v., d.v.s. i z.B."),
        ("In 2026", "År 2026. Mellan 18–24 år, 1.5 timmar, kl. 12.30"),
        ("1,000 people or 10.5 %", "1 000 personer eller 10,5 %"),
        ("One. Two", "Ett.Två"),
    ],
)
def test_ordinary_words_and_what_the_source_has_are_let_through(source, text):
    assert causes(source, text) == []
