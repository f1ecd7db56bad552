"""Proposing a quote, its words and its translations."""

from __future__ import annotations

import pytest

from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.quote_acts import QuoteNumber
from kuule.qualitative.quotes.proposing import (
    TranslatedQuote,
    free_number,
    proposal_of,
    quote_translation,
    reviewed_translation,
)
from kuule.qualitative.quotes.quote_states import quote_standing
from kuule.qualitative.quotes.quoted_words import in_one_line, words_of_span
from tests.qualitative.quotes.released_tables import proposed, redacted_project
from tests.qualitative.small_project import DAY, memory_project, text_of, with_texts

WHOLE = TextSpan(0, 5)


def test_a_text_that_one_person_redacted_is_not_quoted() -> None:
    project = with_texts(memory_project())
    text = text_of(project, "I told nobody.")
    with pytest.raises(ProjectError, match=r"^QUOTE_003 text .*: its redaction is 'unread'"):
        proposal_of(project.log, text, WHOLE, role="reader-1")


@pytest.mark.parametrize(
    ("group", "told"),
    [
        ("nordic", "QUOTE_013 --group: 'nordic' is no group"),
        ("@language=fi", "QUOTE_013 --group: the text is in 'en', and the group says 'fi'"),
    ],
)
def test_a_group_is_written_like_one_and_is_no_other_language(group: str, told: str) -> None:
    project, text = redacted_project()
    with pytest.raises(ProjectError, match=f"^{told}"):
        proposal_of(project.log, text, WHOLE, role="reader-1", group=group)


def test_what_was_redacted_is_no_quote_and_neither_is_half_of_it() -> None:
    project, text = redacted_project()
    assert words_of_span(project.log, text, TextSpan(3, 10)) == "aunt [a name]"
    with pytest.raises(ProjectError, match=r"^QUOTE_011 .* nothing is left of it but what was redacted"):
        proposal_of(project.log, text, TextSpan(9, 11), role="reader-1")


def test_a_long_piece_is_no_quote() -> None:
    project, text = redacted_project("a word " * 100)
    with pytest.raises(ProjectError, match=r"^QUOTE_011 .* it has 699 characters; quote 600 at most"):
        proposal_of(project.log, text, TextSpan(0, 700), role="reader-1")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("one\nline\u2028here\0 ", "one line here"),
        ("\u202eback\u202c and \u2067again\u2069", "back and again"),
        ("z" + "\u0301" * 40, "z" + "\u0301" * 4),
        ("👩‍👧 می‌خواهم", "👩‍👧 می‌خواهم"),
        ("<b>bold</b> {{ quote 12 }}", "<b>bold</b> {{ quote 12 }}"),
    ],
)
def test_words_are_one_line_of_what_can_be_seen(words: str, shown: str) -> None:
    assert in_one_line(words) == shown


def test_numbers_are_drawn_and_never_given_twice() -> None:
    project = memory_project()
    numbers = set()
    for quote in range(60):
        number = free_number(project.log)
        numbers.add(number)
        project.save([QuoteNumber(number, f"{quote:032x}")], role="lead", day=DAY)
    assert len(numbers) == 60
    assert min(numbers) >= 10
    assert list(numbers) != sorted(numbers) or max(numbers) > 99


def test_a_translation_is_reviewed_by_another_person() -> None:
    project, text = redacted_project()
    number = proposed(project, text)

    def translated(language: str, words: str = "Tätini [nimi]") -> object:
        standing = quote_standing(project.log, number)
        written = TranslatedQuote(language, words, TranslationOrigin.PERSON)
        said = quote_translation(project.log, standing, text, written, role="translator")
        return project.save([said], role="translator", day=DAY)

    for language in ("en", "Finnish?"):
        with pytest.raises(ProjectError, match=r"^QUOTE_012 .* is no other language than its own, 'en'"):
            translated(language)
    with pytest.raises(ProjectError, match=r"^QUOTE_011 "):
        translated("fi", "[a name]")
    with pytest.raises(ProjectError, match=r"^QUOTE_012 .* it has no translation into 'fi'"):
        reviewed_translation(quote_standing(project.log, number), "fi", role="lead")
    translated("fi")
    with pytest.raises(ProjectError, match=r"^QUOTE_012 .*: translator translated it; have somebody else review it"):
        reviewed_translation(quote_standing(project.log, number), "fi", role="translator")
    project.save([reviewed_translation(quote_standing(project.log, number), "fi", role="lead")], role="lead", day=DAY)
    assert [one.reviewed for one in quote_standing(project.log, number).translations] == [True]


@pytest.mark.parametrize("written", ["Tätini [nimi] tiesi.", "Tätini [a name] tiesi.", "Tätini [ nimi] [a name]"])
def test_a_translation_has_the_labels_of_its_own_language(written: str) -> None:
    project, text = redacted_project()
    standing = quote_standing(project.log, proposed(project, text))
    said = TranslatedQuote("fi", written, TranslationOrigin.PERSON)
    kept = quote_translation(project.log, standing, text, said, role="translator").words
    assert kept == written.replace("[a name]", "[nimi]")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("Tätini Maija tiesi.", r"it lacks \[nimi\]"),
        ("Tätini [nimi] tiesi sen [paikka].", r"it has \[paikka\], which the original does not have"),
        ("Tätini [a place] tiesi.", r"it lacks \[nimi\] and it has \[paikka\], which the original does not have"),
    ],
)
def test_a_translation_takes_out_what_its_original_does_and_nothing_else(written: str, told: str) -> None:
    project, text = redacted_project()
    standing = quote_standing(project.log, proposed(project, text))
    said = TranslatedQuote("fi", written, TranslationOrigin.PERSON)
    with pytest.raises(ProjectError, match=rf"^QUOTE_018 quote \d+, translation into fi: {told}; write each label"):
        quote_translation(project.log, standing, text, said, role="translator")
