"""A released quote in a reader's language: its words as a quotation in Markdown, and what is said below it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kuule.languages.markup.markdown import markdown_literal
from kuule.languages.workflow.states import TextOrigin
from kuule.publishing.report_catalogue import SOURCE_LANGUAGE, Words, words_for
from kuule.publishing.view.group_labels import subpopulation_labels
from kuule.tables.released_quotes import ReleasedQuote, ReleasedTranslation
from kuule.tables.wording import Wording


def quotation(quote: ReleasedQuote, tag: str) -> str:
    """The words in the language `tag` as a quotation in Markdown that shows exactly them; "" if they are in no such
    language."""
    translation = _translation(quote, tag)
    words = quote.words if quote.language == tag else "" if translation is None else translation.words
    return f"> {markdown_literal(' '.join(words.split()))}" if words.strip() else ""


@dataclass(frozen=True, slots=True)
class QuoteNote:
    """A sentence below a quotation, as Markdown. `language` is its own where it is not that of the reader, or ""."""

    text: str
    language: str = ""


def notes_below(quote: ReleasedQuote, wording: Wording, words: Words) -> Iterator[QuoteNote]:
    """What is said below a quotation: that it is a translation and whose, or that there is none; and the one group that
    is named. Where Kuule's sentences on quotes are not translated, the whole sentence is in English."""
    tag = wording.language
    translation = _translation(quote, tag)
    if quote.language != tag:
        said = words if _are_translated(words) else words_for(SOURCE_LANGUAGE)
        written_in = said.language(quote.language)
        if translation is None:
            sentence = said.say("quote_untranslated", language=written_in)
        else:
            sentence = _translated(translation, written_in, said)
        yield QuoteNote(markdown_literal(sentence), "" if said.tag == tag else said.tag)
    if quote.group is not None and (quote.language == tag or translation is not None):
        cut, group = subpopulation_labels(quote.group, (), wording, words)
        yield QuoteNote(markdown_literal(words.say("quote_group", cut=cut, group=group)))


def _are_translated(words: Words) -> bool:
    keys = [f"report:{key}" for key in _SENTENCES]
    return all(words.texts[key] != words_for(SOURCE_LANGUAGE).texts[key] for key in keys)


_SENTENCES = (
    "quote_translated",
    "quote_translated_unreviewed",
    "quote_by_machine",
    "quote_by_machine_reviewed",
    "quote_untranslated",
)


def _translated(translation: ReleasedTranslation, written_in: str, words: Words) -> str:
    if translation.origin is TextOrigin.MACHINE:
        if translation.reviewed:
            return words.say("quote_by_machine_reviewed", language=written_in)
        return words.say("quote_by_machine", language=written_in)
    if translation.reviewed:
        return words.say("quote_translated", language=written_in)
    return words.say("quote_translated_unreviewed", language=written_in)


def _translation(quote: ReleasedQuote, tag: str) -> ReleasedTranslation | None:
    return next((one for one in quote.translations if one.language == tag), None)
