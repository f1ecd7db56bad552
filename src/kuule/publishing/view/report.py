"""From a template, released tables and their wording to a report without a format: everything that it says, as words in
order. report_html and report_pdf render it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from kuule.core.problems import Problem, PublishingError
from kuule.languages.cldr.tags import find_language
from kuule.languages.markup.markdown import markdown_literal
from kuule.publishing.report_catalogue import Words, words_for
from kuule.publishing.template.live_number_syntax import line_place
from kuule.publishing.template.quote_checks import quote_problems
from kuule.publishing.template.template_parts import (
    ReportTemplate,
    TemplateComparison,
    TemplateFigure,
    TemplateHeading,
    TemplateProse,
    TemplateQuote,
)
from kuule.publishing.template.template_reader import check_template
from kuule.publishing.view.figures import FigureView, figure_view
from kuule.publishing.view.group_labels import subpopulation_labels
from kuule.publishing.view.key_findings import KeyFinding, finding_remarks, key_findings
from kuule.publishing.view.live_values import LiveValues
from kuule.publishing.view.methods_section import MethodsSection, methods_section, reading_key, report_basis
from kuule.publishing.view.quoted import notes_below, quotation
from kuule.publishing.view.report_identity import ReportIdentity
from kuule.publishing.view.short_report import is_short, short_template
from kuule.publishing.view.side_by_side import ComparisonView, comparison_view
from kuule.tables.released import ReleasedOrigin, ReleasedTable
from kuule.tables.released_quotes import ReleasedQuotes
from kuule.tables.wording import Wording


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One piece of a report, in order. `kind` is heading, prose, figure, comparison or key. `text` is Markdown with its
    numbers filled in: the heading, the prose, or the author's note below a figure. Headings and the key have a `level`
    from 1 to 4. `language` is that of the text if it differs from the report's, or "". What a figure found is plain
    text, "" where one of its numbers is not shown, and `asked` is the author's sentence on who was asked; each has a
    language of its own."""

    kind: str
    text: str = ""
    level: int = 0
    anchor: str = ""
    figure: FigureView | None = None
    language: str = ""
    finding: str = ""
    finding_language: str = ""
    asked: str = ""
    asked_language: str = ""
    comparison: ComparisonView | None = None


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """One line of the table of contents: a section, or a figure that is in none, and the figures of the section."""

    section: ReportSection
    figures: tuple[ReportSection, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report in the language `tag`, with all numbers filled in. `words` are Kuule's own words, in the same language
    or, if there are none yet, in English. `title` is plain text, and `heading` the same as Markdown."""

    tag: str
    words: Words
    title: str
    heading: str
    organisation: str
    rehearsal: bool
    sections: tuple[ReportSection, ...]
    key: tuple[str, ...]
    methods: MethodsSection
    dataset: str
    """The version of the dataset that everything was counted from. `release` is the name of the release."""
    release: str
    draft: str = ""
    """The key of the banner that says whose draft the report is in its language; "" if it is none."""
    title_language: str = ""
    short: bool = False
    """Whether the report is on so few people that it only lists what can be shown of each question, without charts."""
    identity: ReportIdentity = field(default_factory=ReportIdentity)
    """The study's own colour, and the partners whose logos are on the report."""
    findings: tuple[KeyFinding, ...] = ()
    """The three to five that are on its first page; fewer where their numbers are not shown."""
    basis: tuple[str, ...] = ()
    """The sentences below them: who answered and when, and what the numbers are of."""
    publication: tuple[str, ...] = ()
    """Of a release: its day and version, and how to cite it."""

    @property
    def borrowed(self) -> str:
        """The language of the texts that nobody has translated yet; "" if there are none."""
        found = [each.language for each in self.sections]
        found += [each.finding_language or each.asked_language for each in self.sections]
        found += [each.language for each in self.findings]
        return next(filter(None, found), self.title_language)

    @property
    def opening(self) -> tuple[ReportSection, ...]:
        """What comes before the first section: it is on the first page, above the key findings."""
        return tuple(takewhile(lambda each: each.kind == "prose", self.sections))

    @property
    def body(self) -> tuple[ReportSection, ...]:
        """Everything after that."""
        return self.sections[len(self.opening) :]

    @property
    def contents(self) -> tuple[ContentsEntry, ...]:
        """What is in the report, in order. A section with figures is one of its topics."""
        found: list[ContentsEntry] = []
        for each in self.body:
            if each.level == 2 or (each.kind == "figure" and not found):
                found.append(ContentsEntry(each))
            elif each.kind == "figure":
                found[-1] = ContentsEntry(found[-1].section, (*found[-1].figures, each))
        return tuple(found)

    @property
    def figures(self) -> tuple[FigureView, ...]:
        """Every figure, in order."""
        return tuple(section.figure for section in self.sections if section.figure is not None)

    @property
    def direction(self) -> str:
        return find_language(self.tag).direction

    @property
    def rtl(self) -> bool:
        return find_language(self.tag).rtl

    @property
    def catalogue_language_differs(self) -> bool:
        """Whether Kuule's own words are in another language than the report."""
        return self.words.tag != self.tag

    @property
    def watermark(self) -> str:
        """The word that is written across every chart of a practice report, or ""."""
        return self.words.say("watermark") if self.rehearsal else ""


def report_view(
    template: ReportTemplate,
    tables: Iterable[ReleasedTable],
    wording: Wording,
    origin: ReleasedOrigin,
    *,
    draft: str = "",
    identity: ReportIdentity | None = None,
    quotes: ReleasedQuotes | None = None,
) -> ReportView:
    """The report in the language of `wording`.

    `tables` are those of `template.requests`, of one release. `draft` is what `draft_banner` returns; `identity` is the
    study's own. `quotes` are those of a release; None if the text can have none. Raises PublishingError REPORT_005 to
    REPORT_007 and REPORT_009 if the text asks for what the study does not have, QUOTE_021 to QUOTE_023 if it quotes
    what is not released.
    """
    if problems := (*check_template(template, wording), *template_quote_problems(template, quotes)):
        raise PublishingError(*problems)
    words = words_for(wording.language)
    released = {table.request.unrestricted: table for table in tables}
    numbers = LiveValues(released, wording, origin, words)
    if brief := is_short(template, origin):
        template = short_template(template, released, words)
    shown = [table for request, table in released.items() if request.cut is None or not brief]
    sections = _with_reading_key(list(_sections(template, numbers, quotes, brief=brief)), brief=brief)
    figures = tuple(section.figure for section in sections if section.figure is not None)
    title, plain, heading, only = _title(template, numbers)
    return ReportView(
        tag=wording.language,
        words=words,
        title=plain,
        heading=heading,
        organisation=wording.organisation,
        rehearsal=origin.rehearsal,
        sections=tuple(each for each in (*only, *sections) if not (each.kind == "heading" and each.level == 1)),
        key=reading_key(origin, words, made=template.is_default, brief=brief),
        methods=methods_section(origin, shown, wording, words, brief=brief),
        dataset=origin.dataset,
        release=origin.release,
        draft=draft,
        title_language=title.language,
        short=brief,
        identity=identity or ReportIdentity(),
        findings=() if brief else key_findings(template, numbers, figures),
        basis=() if brief else (*report_basis(origin, wording, words), *finding_remarks(template, numbers)),
    )


def template_quote_problems(template: ReportTemplate, quotes: ReleasedQuotes | None) -> tuple[Problem, ...]:
    """What is wrong with the quotes of a text: QUOTE_021 to QUOTE_023."""
    return tuple(quote_problems(((one.number, line_place(one.line)) for one in template.quotes), quotes))


def _title(template: ReportTemplate, numbers: LiveValues) -> tuple[TemplateHeading, str, str, list[ReportSection]]:
    """The title as it was written, as plain text and as Markdown, and the sentence that says on which group the report
    is."""
    first = (part for part in template.parts if isinstance(part, TemplateHeading) and part.level == 1)
    title, origin, words = next(first, TemplateHeading(1, "{{ title }}", 0)), numbers.origin, numbers.words
    plain, heading = numbers.plain_text(title.text), numbers.markdown(title.text)
    if origin.within is None:
        return title, plain, heading, []
    cut, group = subpopulation_labels(origin.within, origin.editions, numbers.wording, words)
    said = markdown_literal(words.say("only", cut=cut, group=group))
    return title, f"{plain}: {group}", f"{heading}: {markdown_literal(group)}", [ReportSection("prose", f"**{said}**")]


def _with_reading_key(sections: list[ReportSection], *, brief: bool) -> list[ReportSection]:
    """Insert how to read the figures before the section with the first figure; in a brief report, right before the
    figure."""
    first = next((number for number, section in enumerate(sections) if section.kind == "figure"), None)
    if first is None:
        return sections
    headings = [n for n, section in enumerate(sections[:first]) if section.kind == "heading" and not brief]
    sectioned = [number for number in headings if sections[number].level == 2]
    at = (sectioned or [headings[-1] + 1 if headings else first])[-1]
    return [*sections[:at], ReportSection("key", level=2, anchor="reading"), *sections[at:]]


def _sections(
    template: ReportTemplate, numbers: LiveValues, quotes: ReleasedQuotes | None, *, brief: bool
) -> Iterator[ReportSection]:
    figures = 0
    for number, part in enumerate(template.parts):
        if isinstance(part, TemplateHeading):
            level = min(max(part.level, 1), 4)
            yield ReportSection("heading", numbers.markdown(part.text), level, f"part-{number}", language=part.language)
        elif isinstance(part, TemplateProse):
            yield ReportSection("prose", numbers.markdown(part.text), language=part.language)
        elif isinstance(part, TemplateComparison):
            compared = comparison_view(part, template, numbers)
            yield ReportSection("comparison", anchor=f"part-{number}", comparison=compared)
        elif isinstance(part, TemplateQuote):
            yield from _quote_sections(part, numbers, quotes)
        elif isinstance(part, TemplateFigure):
            figures += 1
            figure = figure_view(part, figures, numbers.tables, numbers.wording, numbers.words, brief=brief)
            yield _figure_section(part, figure, numbers)


def _quote_sections(part: TemplateQuote, numbers: LiveValues, quotes: ReleasedQuotes | None) -> Iterator[ReportSection]:
    """The words of somebody as a quotation, and below it what Kuule says of them in its own words."""
    quote = None if quotes is None else quotes.quote(part.number)
    if quote is None:
        raise ValueError(f"quote {part.number} is not released")  # checked before
    wording, words = numbers.wording, numbers.words
    if said := quotation(quote, wording.language):
        yield ReportSection("prose", said)
    for note in notes_below(quote, wording, words):
        yield ReportSection("prose", note.text, language=note.language)


def _figure_section(part: TemplateFigure, figure: FigureView, numbers: LiveValues) -> ReportSection:
    found = "" if figure.instead else numbers.whole_text(part.finding)
    return ReportSection(
        "figure",
        numbers.markdown(part.note),
        figure=figure,
        anchor=figure.anchor,
        language=part.language,
        finding=found,
        finding_language=part.finding_language if found else "",
        asked=numbers.plain_text(part.asked),
        asked_language=part.asked_language,
    )
