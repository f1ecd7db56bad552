"""Ways to reach somebody that a translation has and its source has not."""

import tomllib
import unicodedata
from pathlib import Path

import pytest

from kuule.core.problems import Severity
from kuule.languages.checks.contact_checks import contacts, invisible_characters
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.workflow.entries import Catalogue, SourceText, untranslated_entry, with_translation
from kuule.languages.workflow.states import State, TextOrigin

SPELLINGS = tomllib.loads(Path(__file__).with_name("contacts.toml").read_text("utf-8"))


def problems(source, text):
    entry = untranslated_entry(SourceText("form:/data/a:label", source, "a label"))
    made = with_translation(entry, text, state=State.REVIEWED, origin=TextOrigin.PERSON)
    return list(catalogue_problems(Catalogue("sv", {entry.key: made}), "sv.po"))


def causes(source, text):
    own = [problem for problem in problems(source, text) if problem.code == contacts.CODE]
    return [(problem.code, problem.cause.split("'")[1]) for problem in own]


def refusals(source, text):
    return {problem.code for problem in problems(source, text) if problem.severity is Severity.ERROR}


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


def test_spellings_are_sixty_and_more_in_ten_scripts():
    letters = {letter for text in SPELLINGS["refused"] for letter in text if letter.isalpha()}
    scripts = {unicodedata.name(letter).split()[0] for letter in letters}
    assert len({*SPELLINGS["refused"], *SPELLINGS["invisible"]}) >= 60
    assert len(scripts - {"MATHEMATICAL", "FULLWIDTH", "CIRCLED", "NEGATIVE", "REGIONAL"}) >= 10


@pytest.mark.parametrize("text", SPELLINGS["refused"])
def test_contact_in_any_spelling_is_refused(text):
    assert [code for code, _ in causes("Talk to someone", text)][:1] == ["LANG_016"]
    assert causes(text, text) == []


@pytest.mark.parametrize("text", SPELLINGS["invisible"], ids=ascii)
def test_contact_with_what_nobody_sees_is_refused_and_so_is_what_nobody_sees(text):
    assert [code for code, _ in causes("Talk to someone", text)] == ["LANG_016"]
    joined = set(text) & {"\u200c", "\u200d"}
    assert (invisible_characters.CODE in refusals("Talk to someone", text)) is not bool(joined)


@pytest.mark.parametrize("text", SPELLINGS["ordinary"])
def test_abbreviations_and_sentences_without_a_space_are_let_through(text):
    assert causes("Talk to someone", text) == []


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
        ("In 2014 and in 2015, from 18 to 24 or 25 to 34", "2014–2015, 18–24, 25–34"),
        ("9 to 17, 18 to 24 and 25", "9–17, 18–24, 25"),
        ("Of 12 people", "Avslutat.12 personer, i skolan.12 personer"),
        ("Does it end in .onion?", "Slutar den på .onion?"),
    ],
)
def test_ordinary_words_and_what_the_source_has_are_let_through(source, text):
    assert causes(source, text) == []


def test_a_name_with_a_number_is_let_through_where_a_sentence_goes_on_with_a_number_of_the_source():
    assert causes("Those over 18 may write", "kidshelp.18") == [("LANG_016", "kidshelp.18")]
    assert causes("Those over 18 may write", "Det gäller inte barn.18 år är gränsen") == []


@pytest.mark.parametrize(
    "text", ["com" + "_" * 100_000, "a-" * 50_000 + "a:", "_-" * 50_000 + "com", "a." * 50_000, "a:" * 50_000]
)
def test_time_grows_with_the_length_of_a_text(text):
    """A pattern that tries each place in it, and goes on to its end from each, would take hours."""
    assert causes("Yes", text) == []


@pytest.mark.parametrize("text", ["Ja@_ dot com", "Ja@__dot_com", "a_-_ DOT -_com", "ja@b.example@c.example"])
def test_signs_between_words_hide_nothing(text):
    assert len(causes("Yes", text)) == 1
