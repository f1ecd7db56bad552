"""A released quote in a reader's language: its words as a quotation in Markdown, and what is said below it."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.workflow.states import TextOrigin
from kuule.publishing.report_catalogue import Words
from kuule.publishing.view.group_labels import subpopulation_labels
from kuule.publishing.view.live_values import markdown_literal
from kuule.tables.released_quotes import ReleasedQuote, ReleasedTranslation
from kuule.tables.wording import Wording


def quotation(quote: ReleasedQuote, tag: str) -> str:
    """The words in the language `tag` as a quotation in Markdown that shows exactly them; "" if they are in no such
    language."""
    translation = _translation(quote, tag)
    words = quote.words if quote.language == tag else "" if translation is None else translation.words
    return f"> {markdown_literal(words)}" if words else ""


def below_quotation(quote: ReleasedQuote, wording: Wording, words: Words) -> str:
    """What is said of it in Kuule's words, as Markdown: that it is a translation and whose, or that there is none, and
    the one group that is named; "" if nothing has to be said."""
    return markdown_literal(" ".join(_sentences(quote, wording, words)))


def _sentences(quote: ReleasedQuote, wording: Wording, words: Words) -> Iterator[str]:
    written_in = words.language(quote.language)
    if quote.language != wording.language:
        translation = _translation(quote, wording.language)
        if translation is None:
            yield words.say("quote_untranslated", language=written_in)
            return
        yield _translated(translation, written_in, words)
    if quote.group is not None:
        cut, group = subpopulation_labels(quote.group, (), wording, words)
        yield words.say("quote_group", cut=cut, group=group)


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
