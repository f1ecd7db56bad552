"""A text in another language than the page's says so in HTML, and is else a text like any other."""

from __future__ import annotations

from markupsafe import escape

from kuule.languages.markup.fallback_text import ForeignText, in_language_of, with_language_attribute
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
