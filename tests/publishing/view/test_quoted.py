"""Released quotes on a page: words are words, whoever wrote them, and a translation says that it is one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.core.problems import PublishingError
from kuule.languages.markup.markdown import block_html, block_tree
from kuule.languages.workflow.states import TextOrigin
from kuule.publishing.brief.literal_check import inline_text
from kuule.publishing.render.report_html import report_html
from kuule.publishing.render.report_pdf import report_pdf
from kuule.publishing.report_catalogue import words_for
from kuule.publishing.view.quoted import QuoteNote, notes_below, quotation
from kuule.publishing.view.release_view import release_report_view
from kuule.tables.released_quotes import ReleasedQuote, ReleasedTranslation
from kuule.tables.request import Subpopulation
from tests.publishing.brief.small_brief import in_brief, made_brief
from tests.publishing.released import wording
from tests.releases.small_release import TEXT, small_release

NORDIC = Subpopulation("land", "nordic")
FINNISH = ReleasedQuote(12, "fi", "Olisi kysytty.", NORDIC)


def in_english(origin: TextOrigin, *, reviewed: bool) -> ReleasedQuote:
    made = ReleasedTranslation("en", "I wish they had asked.", origin, reviewed)
    return replace(FINNISH, translations=(made,))


@pytest.mark.parametrize(
    ("origin", "reviewed", "said"),
    [
        (TextOrigin.PERSON, True, "Translated from Finnish."),
        (TextOrigin.PERSON, False, "Translated from Finnish. Nobody else has reviewed the translation."),
        (TextOrigin.MACHINE, False, "Translated from Finnish by a machine. Nobody has reviewed the translation."),
        (TextOrigin.MACHINE, True, "Translated from Finnish by a machine, and reviewed by a person."),
    ],
)
def test_translation_says_whose_it_is(origin: TextOrigin, reviewed: bool, said: str) -> None:
    quote = in_english(origin, reviewed=reviewed)
    assert quotation(quote, "en") == "> I wish they had asked."
    notes = list(notes_below(quote, wording(), words_for("en")))
    assert notes == [QuoteNote(said), QuoteNote("Region: Nordic countries.")]


def test_without_a_translation_a_sentence_stands_there_and_no_hole() -> None:
    assert quotation(FINNISH, "en") == ""
    [note] = notes_below(FINNISH, wording(), words_for("en"))
    assert (
        note.text
        == "Words that somebody wrote in Finnish are quoted here. They are not translated into this language yet."
    )


def test_words_in_their_own_language_are_not_marked() -> None:
    quote = ReleasedQuote(12, "en", "I wish.")
    assert (quotation(quote, "en"), list(notes_below(quote, wording(), words_for("en")))) == ("> I wish.", [])


def test_sentences_that_nobody_translated_are_in_english_as_a_whole_and_say_so() -> None:
    [note] = notes_below(FINNISH, wording("sv"), words_for("sv"))
    assert (note.language, "in Finnish are quoted" in note.text) in {("en", True), ("", False)}


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> <b onclick=x>",
        "# no heading\n\n- no list",
        "1. no list",
        "[no link](https://example.org) <https://example.org> https://example.org",
        "![no picture](x.png) `no code` **no weight** _no_ ~~no~~",
        "{{ share told yes }} {{ quote 12 }}",
        "&amp; &lt; \\ | ' \" > >> ***",
        "👩‍👧 أن يسمعني أحد",
        "    no code, = no line",
    ],
)
def test_hostile_words_are_words(words: str) -> None:
    made = quotation(ReleasedQuote(12, "en", words), "en")
    [quote] = block_tree(made)
    assert quote["kind"] == "quote"
    paragraphs = quote["children"]
    assert isinstance(paragraphs, list)
    shown = inline_text(paragraphs[0]["children"])
    assert shown == " ".join(words.split())
    html = block_html(made)
    assert html.startswith("<blockquote>\n<p>")
    assert not any(mark in html for mark in ("<script", "<b ", "<a ", "<img", "<code", "<strong", "<em"))


def test_report_page_has_a_quotation_and_the_pdf_is_whole() -> None:
    quotes = (in_english(TextOrigin.MACHINE, reviewed=False), ReleasedQuote(31, "ar", "ليتها سألتني"))
    release = small_release(text=f"{TEXT}\n{{{{ quote 31 }}}}\n\n{{{{ quote 12 }}}}\n", quotes=quotes)
    view = release_report_view(release, "en")
    html = report_html(view)
    assert "<blockquote>\n<p>I wish they had asked.</p>\n</blockquote>" in html
    assert html.index("wrote in Arabic") < html.index("I wish they had asked.")
    assert report_pdf(view).startswith(b"%PDF")


def test_report_that_quotes_what_the_release_does_not_have_is_not_made() -> None:
    release = small_release(text=f"{TEXT}\n{{{{ quote 8 }}}}\n", quotes=(FINNISH,))
    with pytest.raises(PublishingError, match=r"QUOTE_021 report.md, line 10: no released quote has the number 8"):
        release_report_view(release, "sv")


def test_brief_quotes_and_its_quotes_are_not_searched_for_numbers(tmp_path: Path) -> None:
    release = small_release(quotes=(ReleasedQuote(12, "en", "Five of us waited 30 years."),))
    brief = made_brief(in_brief("{{ quote 12 }}"), tmp_path / "one", release=release)
    assert "> Five of us waited 30 years." in [section.text for section in brief.sections]
    with pytest.raises(PublishingError, match=r"QUOTE_021 brief.md, line \d+: no released quote has the number 8"):
        made_brief(in_brief("{{ quote 8 }}"), tmp_path / "two", release=release)
    with pytest.raises(PublishingError, match=r"BRIEF_001 .* is in a sentence; write it on a line of its own"):
        made_brief(in_brief("They said {{ quote 12 }}."), tmp_path / "three", release=release)
