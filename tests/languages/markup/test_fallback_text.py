"""A text in another language than the page's says so in HTML, and is else a text like any other."""

from __future__ import annotations

from markupsafe import escape

from kuule.languages.hyphenation.soft_hyphens import SoftHyphens
from kuule.languages.markup.fallback_text import (
    ForeignText,
    HyphenatedText,
    in_language_of,
    with_hyphens,
    with_language_attribute,
)
from kuule.web.templates import environment

HERE = "{{ text }}|{{ text | inline }}|{{ text | block }}|{{ text | plain }}|{{ text | inline | striptags }}"


def test_text_of_another_language_says_which_and_its_side() -> None:
    assert str(escape(ForeignText("a < b", "en"))) == '<span lang="en" dir="ltr">a &lt; b</span>'
    assert str(escape(ForeignText("ا", "ar"))) == '<span lang="ar" dir="rtl">ا</span>'
    assert str(escape("a < b")) == "a &lt; b"


def test_text_is_equal_to_itself_in_any_language() -> None:
    assert ForeignText("Go on", "en") == "Go on"
    assert {ForeignText("Go on", "en"): 1}["Go on"] == 1


def test_what_is_made_of_it_is_of_its_language_where_that_is_asked_for() -> None:
    source = ForeignText("{n} days", "en")
    made = in_language_of(source.format(n=3), source)
    assert (made, type(made), type(source.format(n=3))) == ("3 days", ForeignText, str)
    assert type(in_language_of("3 days", "plain")) is str
    assert with_language_attribute("<b>x</b>", "plain") == "<b>x</b>"


def test_templates_mark_it_where_an_element_can_say_so_and_nowhere_else() -> None:
    drawn = environment().from_string(HERE).render(text=ForeignText("**a** & b", "en"))
    assert drawn.split("|") == [
        '<span lang="en" dir="ltr">**a** &amp; b</span>',
        '<span lang="en" dir="ltr"><strong>a</strong> &amp; b</span>',
        '<div lang="en" dir="ltr"><p><strong>a</strong> &amp; b</p>\n</div>',
        "**a** &amp; b",
        "a &amp; b",
    ]


PARTED = SoftHyphens.from_words(["bera-tungs-stelle"])
SHOWN = "Bera\u00adtungs\u00adstelle"


def test_long_word_has_soft_hyphens_where_it_is_shown_and_nowhere_else() -> None:
    text = HyphenatedText("*Beratungsstelle* & co", PARTED)
    assert environment().from_string(HERE).render(text=text).split("|") == [
        f"*{SHOWN}* &amp; co",
        f"<em>{SHOWN}</em> &amp; co",
        f"<p><em>{SHOWN}</em> &amp; co</p>\n",
        "*Beratungsstelle* &amp; co",
        "Beratungsstelle &amp; co",
    ]


def test_text_that_is_shown_twice_is_the_same_and_each_has_its_own() -> None:
    text, other = HyphenatedText("Beratungsstelle", PARTED), HyphenatedText("Beratungsstelle", SoftHyphens())
    assert [str(escape(one)) for one in (text, other, text, other)] == [SHOWN, "Beratungsstelle"] * 2


def test_words_without_tags_keep_them_where_they_are_seen() -> None:
    drawn = (
        environment()
        .from_string("{{ text | inline | untagged }}")
        .render(text=HyphenatedText("*Beratungsstelle*", PARTED))
    )
    assert drawn == SHOWN


def test_string_of_it_is_the_text_as_it_was_written() -> None:
    text = HyphenatedText("Beratungsstelle", PARTED)
    assert (text, str(text), type(str(text)), text.encode()) == (
        "Beratungsstelle",
        "Beratungsstelle",
        str,
        b"Beratungsstelle",
    )
    assert {text: 1}["Beratungsstelle"] == 1


def test_text_made_of_it_keeps_them() -> None:
    made = in_language_of("Zur Beratungsstelle", HyphenatedText("Zur {place}", PARTED))
    assert str(escape(made)) == f"Zur {SHOWN}"


def test_text_in_another_language_has_those_of_its_own_language() -> None:
    other = SoftHyphens.from_words(["bera-tungsstelle"])
    made = with_hyphens(ForeignText("Beratungsstelle", "de"), other, PARTED)
    assert str(escape(made)) == f'<span lang="de" dir="ltr">{SHOWN}</span>'
    assert str(escape(with_hyphens("Beratungsstelle", PARTED, other))) == SHOWN
    assert str(escape(in_language_of("Beratungsstelle", made))) == f'<span lang="de" dir="ltr">{SHOWN}</span>'
