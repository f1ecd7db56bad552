"""What every file of numbers says of itself: who published it, under which licence, and how its numbers are to be read.

A file is passed on without the page that it was beside, so it has to say all of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kuule.publishing.publication_catalogue import publication_words
from kuule.publishing.report_catalogue import Words, words_for
from kuule.publishing.view.figure_sentences import asked_in_sentence
from kuule.static_site.catalogue_words import CatalogueWords
from kuule.static_site.page_links import is_web_address

if TYPE_CHECKING:
    from kuule.releases.publication_release import PublicationRelease
    from kuule.tables.released import ReleasedTable
    from kuule.tables.wording import ItemWording

_LICENCES = {
    "cc0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc by 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "cc by-sa 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}
"""Licences that people name in two words, and where their text is."""


@dataclass(frozen=True, slots=True)
class FileNotes:
    """What the files of a release say in the language `tag`. `licence_address` is "" if it is not known."""

    tag: str
    title: str
    publisher: str
    version: str
    day: date
    citation: str
    licence: str
    licence_address: str
    address: str
    contact: str
    content: str
    rehearsal: bool
    words: Words
    ours: CatalogueWords
    items: Mapping[str, ItemWording]

    def column(self, name: str) -> str:
        """What a column of a table means."""
        return self.ours.say_plain(f"column_{name}")

    def sentences(self, table: ReleasedTable) -> tuple[str, ...]:
        """How the numbers of a table are to be read."""
        practice = (f"{self.words.say('practice')}. {self.words.say('practice_note')}",) if self.rehearsal else ()
        several = (self.words.say("several"),) if table.multiple else ()
        overlapping = (self.words.say("overlapping"),) if table.overlapping else ()
        smallest, base = self.words.number(table.smallest_count), self.words.number(table.smallest_base)
        return (
            *practice,
            self.words.say("chosen"),
            *asked_in_sentence(self.items[table.request.item], self.words),
            *several,
            *overlapping,
            self.words.say("k_noise", bound=self.words.number(table.origin.noise_bound)),
            self.words.say("why_not_shown", smallest=smallest, base=base),
            self.ours.say_plain("share_ends"),
        )


def file_notes(release: PublicationRelease, tag: str, content: str) -> FileNotes:
    """What the files of a release say in a language. `content` is its content hash."""
    known, wording = release.description, release.wordings[tag]
    licence = known.licence.strip()
    return FileNotes(
        tag=tag,
        title=wording.title,
        publisher=wording.organisation,
        version=known.version,
        day=known.day,
        citation=known.citation,
        licence=licence,
        licence_address=licence if is_web_address(licence) else _LICENCES.get(licence.casefold(), ""),
        address=known.address,
        contact=known.contact,
        content=content,
        rehearsal=release.origin.rehearsal,
        words=words_for(tag),
        ours=publication_words(tag, "site:"),
        items=wording.items,
    )
