"""What the first page of a released report says of it as a publication: its day, and how others may use and cite it."""

from __future__ import annotations

from collections.abc import Iterator

from kuule.languages.cldr.locale_formats import format_day
from kuule.publishing.report_catalogue import Words
from kuule.releases.publication_release import ReleaseDescription


def publication_lines(description: ReleaseDescription, words: Words) -> Iterator[str]:
    """One sentence each; none for what nobody wrote into release.toml."""
    day = format_day(description.day.isoformat(), words.tag)
    yield words.say("published", day=day, version=words.digits(description.version))
    if description.citation:
        yield words.say("cite", citation=description.citation)
    if description.licence:
        yield words.say("licence", licence=description.licence)
    if description.contact:
        yield words.say("contact", contact=description.contact)
