"""The sources of a brief, numbered as they are first named: the release, then entries of the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kuule.publishing.brief.brief_words import BriefSaid, BriefWords
from kuule.publishing.brief.register_entries import BriefEntry, carried_numbers
from kuule.register.data_model.sources import SourceKind
from kuule.register.site.site_language import SiteLanguage
from kuule.releases.publication_release import PublicationRelease, ReleaseDescription

REPORTED = (SourceKind.PRESS, SourceKind.NGO, SourceKind.LEAD, SourceKind.LEGAL_PRACTICE)
"""Sources that say what they heard: whatever cites one says so in the sentence itself."""
_QUESTION = "question "


@dataclass(frozen=True, slots=True)
class BriefSource:
    """One source. `said` are its parts in order, each in its language; `place` is the id of the entry in the
    register."""

    number: int
    said: tuple[BriefSaid, ...]
    address: str = ""
    place: str = ""


@dataclass(slots=True)
class BriefSources:
    """Gives each entry its number."""

    site: SiteLanguage
    words: BriefWords
    description: ReleaseDescription
    entries: dict[str, BriefEntry] = field(default_factory=dict)

    def number(self, entry: BriefEntry) -> int:
        """The number of an entry; the release is 1."""
        self.entries.setdefault(entry.place, entry)
        return list(self.entries).index(entry.place) + 2

    def all_sources(self) -> Iterator[BriefSource]:
        """All sources, in the order of their numbers, and at the end the register as a whole."""
        citation = self.words.say("source_numbers", citation=self.description.citation)
        yield BriefSource(1, (citation,), self.description.address)
        for number, entry in enumerate(self.entries.values(), 2):
            yield self._of_entry(number, entry)
        settings = self.site.register.settings
        title = self.site.texts.text("register:title")
        whole = self.words.say(
            "source_register",
            publisher=settings.publisher,
            title=title,
            day=self.site.texts.day(settings.as_of),
        )
        yield BriefSource(len(self.entries) + 2, (whole,), str(settings.address or ""))

    def _of_entry(self, number: int, entry: BriefEntry) -> BriefSource:
        texts, source = self.site.texts, entry.source
        said = [BriefSaid(entry.title.text, entry.title.tag)]
        if source is not None:
            dated = self.words.say("dated", day=texts.day(source.dated)) if source.dated else None
            said += [BriefSaid(source.article, texts.tag)] if source.article else []
            said += [dated] if dated else []
        if entry.read_on:
            said.append(self.words.say("read_on", day=texts.day(entry.read_on)))
        return BriefSource(number, tuple(said), str(source.address) if source else "", entry.place)


def is_question(address: str) -> bool:
    """Whether a citation is of a question of the survey, whose wording was published with the release."""
    return address.startswith(_QUESTION)


def question_of(address: str) -> str:
    """The name of the question that a citation names."""
    return address.removeprefix(_QUESTION)


def question_entry(entry: str, release: PublicationRelease, tag: str) -> BriefEntry | None:
    """The wording of a question that was published with the release, with the numbers in it."""
    item = release.wordings[tag].items.get(question_of(entry))
    if item is None:
        return None
    numbers = carried_numbers((item.question, *item.answers.values()), (), tag)
    return BriefEntry(entry, BriefSaid(item.question, tag), "", numbers)
