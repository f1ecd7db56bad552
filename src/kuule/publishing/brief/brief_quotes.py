"""Released quotes in a brief: `{{ quote 12 }}` on a line of its own. What somebody said is no number of the brief, and
is not searched for any."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.core.problems import Problem
from kuule.publishing.brief.brief_parts import BriefText, brief_place
from kuule.publishing.report_catalogue import Words
from kuule.publishing.template.quote_checks import quote_problems
from kuule.publishing.view.quoted import notes_below, quotation
from kuule.releases.publication_release import PublicationRelease


def brief_quote_problems(text: BriefText, release: PublicationRelease) -> Iterator[tuple[int, Problem]]:
    """What a brief quotes that the release does not have (QUOTE_021), with its line."""
    released = release.released_quotes
    for one in text.quotes:
        asked = [(int(one.item), brief_place(text.file, one.line))]
        yield from ((one.line, problem) for problem in quote_problems(asked, released))


def quoted_in_brief(number: int, release: PublicationRelease, tag: str, words: Words) -> str:
    """The words as a quotation in Markdown, and what is said below it. Raises ValueError if it is not released."""
    quote = release.released_quotes.quote(number)
    if quote is None:
        raise ValueError(f"quote {number} is not released")
    notes = (note.text for note in notes_below(quote, release.wordings[tag], words))
    return "\n\n".join(filter(None, (quotation(quote, tag), *notes)))
