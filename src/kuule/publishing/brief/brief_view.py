"""A brief in one language with everything filled in: what brief_html and brief_pdf set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kuule.core.problems import Problem, PublishingError
from kuule.helplines.help_numbers import help_numbers
from kuule.helplines.short_numbers import ShortNumber
from kuule.languages.cldr.locale_formats import list_mark
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import inline_tree, markdown_literal
from kuule.languages.workflow.states import State, TextOrigin
from kuule.publishing.brief.brief_chart import BriefChart, brief_chart
from kuule.publishing.brief.brief_parts import (
    BriefBlock,
    BriefCitation,
    BriefCountry,
    BriefFigure,
    BriefHeading,
    BriefKeyNumber,
    BriefPart,
    BriefPiece,
    BriefPlainWord,
    BriefProse,
    BriefText,
    brief_place,
)
from kuule.publishing.brief.brief_quotes import brief_quote_problems, quoted_in_brief
from kuule.publishing.brief.brief_sources import REPORTED, BriefSource, BriefSources, is_question, question_entry
from kuule.publishing.brief.brief_words import BriefSaid, BriefWords, brief_words
from kuule.publishing.brief.law_view import (
    BriefCountryRow,
    BriefLaw,
    BriefStandardGroup,
    gap_items,
    law_of_country,
    neighbour_rows,
    standard_groups,
    words_in_language,
)
from kuule.publishing.brief.literal_check import inline_text, literal_problems
from kuule.publishing.brief.register_entries import BriefEntry, find_entry, standard_entry
from kuule.publishing.brief.released_numbers import ReleasedNumbers, number_problems
from kuule.publishing.report_catalogue import Words, words_for
from kuule.publishing.view.report_identity import ReportIdentity, report_identity
from kuule.register.data_model.provisions import Provision
from kuule.register.site.site_language import SiteLanguage
from kuule.releases.publication_release import PublicationRelease

CITED, CITED_END = "\ue001", "\ue002"
"""Around the number of a source in prose; renderers make a link of it."""
_CITATION = re.compile(f"{CITED}[0-9]+{CITED_END}")


@dataclass(frozen=True, slots=True)
class BriefSection:
    """One piece, in order. `kind` is heading, prose, number, chart, or one of the blocks that Kuule writes; which field
    has its content follows from that. `text` is Markdown."""

    kind: str
    text: str = ""
    level: int = 0
    value: str = ""
    base: BriefSaid | None = None
    chart: BriefChart | None = None
    laws: tuple[BriefLaw, ...] = ()
    standards: tuple[BriefStandardGroup, ...] = ()
    head: tuple[BriefSaid, ...] = ()
    countries: tuple[BriefCountryRow, ...] = ()
    items: tuple[tuple[BriefSaid, ...], ...] = ()
    sources: tuple[BriefSource, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefView:
    """All of a brief. `banners` come above the title: practice, a draft, an embargo."""

    tag: str
    title: str
    heading: str
    organisation: str
    kind: BriefSaid
    banners: tuple[BriefSaid, ...]
    help: BriefSaid | None
    help_numbers: tuple[ShortNumber, ...]
    sections: tuple[BriefSection, ...]
    notes: tuple[BriefSaid, ...]
    identity: ReportIdentity
    watermark: str
    numbers_of_sources: Mapping[str, int]

    @property
    def direction(self) -> str:
        return find_language(self.tag).direction

    @property
    def rtl(self) -> bool:
        """Whether the language is read from right to left."""
        return find_language(self.tag).rtl


@dataclass(frozen=True, slots=True)
class BriefOrder:
    """What a brief is asked to be about, and what it is made from."""

    release: PublicationRelease
    site: SiteLanguage
    country: str
    provisions: tuple[Provision, ...]

    @property
    def tag(self) -> str:
        """The language of the brief."""
        return self.site.texts.tag


def brief_view(text: BriefText, order: BriefOrder) -> BriefView:
    """The brief. Raises PublishingError BRIEF_005 to BRIEF_007, BRIEF_010 to BRIEF_012, QUOTE_021, all at
    once."""
    numbers = ReleasedNumbers.of_release(order.release, order.tag)
    entries, problems = _cited_entries(text, order)
    problems += [*number_problems(text, numbers), *literal_problems(text, entries, order.tag)]
    problems += brief_quote_problems(text, order.release)
    if problems:
        raise PublishingError(*(problem for _, problem in sorted(problems, key=lambda found: found[0])))
    return _Maker(order, numbers, entries).view(text)


def _cited_entries(text: BriefText, order: BriefOrder) -> tuple[dict[str, BriefEntry], list[tuple[int, Problem]]]:
    """The entries that a text cites, and problems BRIEF_007 for those that nobody knows."""
    entries, problems = {}, []
    for one in text.citations:
        asked = is_question(one.entry)
        found = question_entry(one.entry, order.release, order.tag) if asked else find_entry(order.site, one.entry)
        if found is not None:
            entries[one.entry] = found
        else:
            cause = f"{one.entry!r} is no entry of the register, and no question of the release"
            remedy = "cite a value (FI/limitation-criminal/r040), a standard (recast-2024-60/s017), or question told"
            problems.append((one.line, Problem("BRIEF_007", brief_place(text.file, one.line), cause, remedy)))
    return entries, problems


class _Maker:
    """Fills a text in, and numbers the sources as they come."""

    def __init__(self, order: BriefOrder, numbers: ReleasedNumbers, entries: Mapping[str, BriefEntry]) -> None:
        self.order, self.numbers, self.entries = order, numbers, entries
        self.words: BriefWords = brief_words(order.tag)
        self.report_words: Words = words_for(order.tag)
        self.level = 1
        """That of the last heading: none is skipped, because people who use a screen reader would look for it."""
        self.sources = BriefSources(order.site, self.words, order.release.description)

    def view(self, text: BriefText) -> BriefView:
        release, site = self.order.release, self.order.site
        title = next(part for part in text.parts if isinstance(part, BriefHeading) and part.level == 1)
        parts = [part for part in text.parts if part is not title]
        heading = self._fill(title.pieces)
        plain = inline_text(inline_tree(_CITATION.sub("", heading))).strip()
        sections = [self._section(part) for part in parts]
        listed = tuple(self.sources.all_sources())
        done = tuple(self._with_sources(one, listed) for one in sections)
        numbers = help_numbers(self.order.country, site.today)
        shown = list_mark(self.order.tag).join(
            f"{one.grouped} ({site.texts.one_of('number', one.meaning).striptags()})" for one in numbers
        )
        here = site.texts.country(self.order.country)
        return BriefView(
            tag=self.order.tag,
            title=plain,
            heading=heading,
            organisation=release.wordings[self.order.tag].organisation,
            kind=self.words.say("kind"),
            banners=tuple(self._banners(text)),
            help=self.words.say("help", country=here, numbers=shown) if numbers else None,
            help_numbers=numbers,
            sections=done,
            notes=tuple(self._notes()),
            identity=report_identity(release.identity),
            watermark=self.report_words.say("watermark") if release.origin.rehearsal else "",
            numbers_of_sources={one.place: one.number for one in listed if one.place},
        )

    def _banners(self, text: BriefText) -> Iterator[BriefSaid]:
        release, words = self.order.release, self.report_words
        if release.origin.rehearsal:
            yield BriefSaid(f"{words.say('practice')}. {words.say('practice_note')}", words.tag)
        if release.description.day > self.order.site.today:
            yield self.words.say("embargo", day=self.order.site.texts.day(release.description.day))
        made = [(text.state, text.origin), (self.words.catalogue.state, self.words.catalogue.origin)]
        origins = {origin for state, origin in made if not state.reaches(State.REVIEWED)}
        if origins:
            yield self.words.say("draft_machine" if TextOrigin.MACHINE in origins else "draft_person")

    def _notes(self) -> Iterator[BriefSaid]:
        release, site = self.order.release, self.order.site
        yield self.words.say("method")
        yield self.words.say("no_advice")
        if self.order.tag != "en":
            yield self.words.say("english")
        study = release.wordings[self.order.tag].title
        day: date = site.today
        known = {"version": release.description.version, "study": study, "day": site.texts.day(day)}
        yield self.words.say("made", **known)
        if release.description.contact:
            yield self.words.say("contact", contact=release.description.contact)

    def _section(self, part: BriefPart) -> BriefSection:
        match part:
            case BriefHeading():
                self.level = min(max(part.level, 2), self.level + 1, 3)
                return BriefSection("heading", self._fill(part.pieces), self.level)
            case BriefProse():
                return BriefSection("prose", self._fill(part.pieces))
            case BriefKeyNumber():
                return self._key_number(part)
            case BriefBlock(kind="chart"):
                chart = brief_chart(self.numbers, part.item)
                return BriefSection("chart", chart=chart, base=self._base(chart.base))
            case BriefBlock(kind="quote"):
                said = quoted_in_brief(int(part.item), self.order.release, self.order.tag, self.report_words)
                return BriefSection("prose", said)
        return self._block(part)

    def _key_number(self, part: BriefKeyNumber) -> BriefSection:
        base = self.numbers.base(part.number.item) if part.number.kind in ("share", "count") else None
        value = self.numbers.say(part.number)
        return BriefSection("number", self._fill(part.says), value=value, base=self._base(base))

    def _base(self, base: int | None) -> BriefSaid | None:
        return None if base is None else self.words.say("base", base=self.report_words.about(base))

    def _block(self, part: BriefBlock) -> BriefSection:
        site, words, country, provisions = self.order.site, self.words, self.order.country, self.order.provisions
        if part.kind == "law":
            laws = law_of_country(site, words, country, provisions)
            for reading in (one for law in laws for one in law.readings):
                self.sources.number(reading.entry)
            return BriefSection("law", level=min(self.level + 1, 3), laws=laws)
        if part.kind == "standards":
            groups = standard_groups(site, country, provisions)
            for row in (one for group in groups for one in group.rows):
                self._note_standard(row.standard)
            return BriefSection("standards", standards=groups, head=self._head("standard", "demands", "outcome"))
        if part.kind == "neighbours":
            titles = [site.texts.short_title(one) for one in provisions]
            head = tuple(BriefSaid(str(one), getattr(one, "tag", site.texts.tag)) for one in titles)
            first = words_in_language(site, site.texts.say("country"))
            return BriefSection(
                "neighbours", countries=neighbour_rows(site, words, country, provisions), head=(first, *head)
            )
        if part.kind == "gap":
            return BriefSection("gap", items=gap_items(site, words, country, provisions))
        return BriefSection("sources")

    def _note_standard(self, standard: str) -> None:
        known = self.order.site.register.standards.get(standard)
        if known is not None:
            self.sources.number(standard_entry(self.order.site, known))

    def _head(self, *names: str) -> tuple[BriefSaid, ...]:
        return tuple(self.words.say(one) for one in names)

    def _with_sources(self, section: BriefSection, listed: tuple[BriefSource, ...]) -> BriefSection:
        return BriefSection("sources", sources=listed) if section.kind == "sources" else section

    def _fill(self, pieces: Sequence[BriefPiece]) -> str:
        """A text with everything filled in, as Markdown; what is filled in is escaped."""
        said = []
        for piece in pieces:
            match piece:
                case BriefFigure():
                    said.append(markdown_literal(self.numbers.say(piece)))
                case BriefCountry():
                    said.append(markdown_literal(self.order.site.texts.country(self.order.country)))
                case BriefPlainWord():
                    said.append(markdown_literal(piece.word))
                case BriefCitation():
                    said.append(self._cited(piece))
                case _:
                    said.append(piece)
        return "".join(said).strip()

    def _cited(self, citation: BriefCitation) -> str:
        entry = self.entries[citation.entry]
        if is_question(citation.entry):
            return f"{CITED}1{CITED_END}"
        number = self.sources.number(entry)
        voice = ""
        if entry.source is not None and (entry.source.kind in REPORTED or (entry.read_on and not entry.is_law)):
            site = self.order.site
            said = words_in_language(site, site.texts.say(entry.voice)).text
            voice = f" ({markdown_literal(said[:1].lower() + said[1:])})"
        return f"{voice.strip()}{' ' if voice else ''}{CITED}{number}{CITED_END}"
