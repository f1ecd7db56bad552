"""The page "Until when can I report?" beside help: what was asked, what is not known, and what the rules come to.

It is there in an edition that has rules, in the languages that have all of its words (decision 0074). What somebody
asks makes one page and is forgotten: no address, token or log has it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kuule.collector.pages.help_services import NumberLine, help_for_edition
from kuule.collector.served.served_editions import ServedEdition, ServedLanguage
from kuule.languages.cldr.locale_formats import format_day, format_partial_day
from kuule.languages.cldr.territories import territory_names
from kuule.limitation.country_deadlines import CountryDeadlines, RuleDeadline, RulePlace, country_deadlines
from kuule.limitation.deadline_words import (
    DeadlineWords,
    SourceInWords,
    deadline_words,
    ending_in_words,
    not_known_in_words,
    remarks_in_words,
    source_in_words,
    together_in_words,
)
from kuule.limitation.limit_rule import RuleBook
from kuule.limitation.report_question import ActKind, AskedField, ReadQuestion, ReportQuestion, read_question
from kuule.web.length_hiding.field_padding import field_length, longest_encoded_length

KIND_WIDTH = longest_encoded_length(ActKind)
"""Bytes of the longest of the four kinds: all are as long as that on the line."""
QUESTION_LENGTH = field_length(AskedField.COUNTRY, 2) + sum(
    field_length(one, KIND_WIDTH if one is AskedField.KIND else 0)
    for one in AskedField
    if one is not AskedField.COUNTRY
)
"""Bytes of the fields of the question with nothing typed."""
_PLACES = {RulePlace.NOW: "now", RulePlace.EARLIER: "earlier", RulePlace.NOT_BACK: "not_back"}


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One rule on the page. `says` and `note` are in English; `address` can be shown as a link."""

    heading: str
    remarks: tuple[str, ...]
    source: SourceInWords
    says: str
    note: str
    address: str
    read: str


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """Rules of today, older ones, and newer ones that may not count. `name` begins the names of its texts."""

    name: str
    rules: tuple[DeadlineRule, ...]


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """The answer. What is not known comes first; `together` is empty where there is no rule of today. `numbers` are
    those to press in that country."""

    country: str
    country_name: str
    not_known: tuple[str, ...]
    together: tuple[str, ...]
    groups: tuple[RuleGroup, ...]
    dispute: str
    numbers: tuple[NumberLine, ...]
    register: str


@dataclass(frozen=True, slots=True)
class DeadlinePage:
    """`countries`: (code, name) to choose from. `read`: what was typed, and what of it does not fit. `view`: the
    answer, once there is a question that has one."""

    words: DeadlineWords
    countries: tuple[tuple[str, str], ...]
    read: ReadQuestion
    view: DeadlineView | None

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(ActKind)

    def typed_text(self, field: str) -> str:
        """What stands in a field."""
        return self.read.typed.get(AskedField(field), "")

    def unfit_text(self, field: str) -> str:
        """What does not fit there, "" if it does."""
        problem = self.read.problems.get(AskedField(field))
        return "" if problem is None else self.words.say(problem)


def offered_words(served: ServedEdition, language: ServedLanguage) -> DeadlineWords | None:
    """The words of the page, or None where the edition has no rules, or the language no words that are ready. Words
    that nobody has reviewed are shown only where each page says that its language is a draft."""
    words = deadline_words(language.language.tag) if served.edition.report_rules is not None else None
    if words is None:
        return None
    return words if language.draft_notice or words.state.reaches(served.edition.study.opening_state) else None


def deadline_page(
    served: ServedEdition,
    language: ServedLanguage,
    typed: Mapping[str, str],
    *,
    hidden: Collection[int],
    drafts: bool,
    today: date,
) -> DeadlinePage | None:
    """The page; None where it is not offered. Nothing typed is a page that asks, without saying what is missing.
    `hidden`: ids of services that are not shown."""
    book, words = served.edition.report_rules, offered_words(served, language)
    if book is None or words is None:
        return None
    names = territory_names(words.tag)
    countries = tuple((code, name) for code, name in names.items() if code in book.countries)
    asked = any(typed.get(one, "").strip() for one in (AskedField.BORN, AskedField.FIRST, AskedField.LAST))
    read = read_question(typed, countries=frozenset(book.countries), this_year=today.year)
    if not asked and read.question is None:
        read = ReadQuestion(read.typed, {})
    view = None
    if read.question is not None:
        country = read.question.country
        found = help_for_edition(served, language, country, hidden=hidden, drafts=drafts, today=today)
        view = _view(book, read.question, words, found.numbers, today)
    return DeadlinePage(words, countries, read, view)


def _view(
    book: RuleBook, asked: ReportQuestion, words: DeadlineWords, numbers: tuple[NumberLine, ...], today: date
) -> DeadlineView:
    answer = country_deadlines(book, asked, today=today)
    name = territory_names(words.tag).get(asked.country, asked.country)
    return DeadlineView(
        country=asked.country,
        country_name=name,
        not_known=not_known_in_words(answer, words, country=name, majority=book.majority),
        together=together_in_words(answer.overview, words) if answer.overview else (),
        groups=_groups(answer, words),
        dispute=answer.dispute,
        numbers=numbers,
        register=words.say(
            "from_register",
            title=book.title,
            publisher=book.publisher,
            date=format_day(book.as_of.isoformat(), words.tag),
        ),
    )


def _groups(answer: CountryDeadlines, words: DeadlineWords) -> tuple[RuleGroup, ...]:
    found = ((name, answer.rules_at(place)) for place, name in _PLACES.items())
    return tuple(RuleGroup(name, tuple(_rule(one, words) for one in rules)) for name, rules in found if rules)


def _rule(one: RuleDeadline, words: DeadlineWords) -> DeadlineRule:
    rule, source = one.rule, one.rule.source
    remarks = list(remarks_in_words(one, words))
    if rule.in_force_from:
        remarks.append(words.say("in_force", date=format_partial_day(rule.in_force_from, words.tag)))
    read = ""
    if source.read_on is not None:
        day = format_day(source.read_on.isoformat(), words.tag)
        read = words.say("source_read", date=day, confidence=source.confidence)
    return DeadlineRule(
        heading=ending_in_words(one.ending, words),
        remarks=tuple(remarks),
        source=source_in_words(source, words),
        says=rule.says,
        note=rule.in_force_note,
        address=source.address,
        read=read,
    )
