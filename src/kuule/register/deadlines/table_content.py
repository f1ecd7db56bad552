"""What a country's table says, before it is HTML or text: by year of birth and kind of act, and by year of the act
where a clock starts with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kuule.languages.cldr.locale_formats import format_day
from kuule.languages.cldr.territories import territory_names
from kuule.limitation.country_deadlines import CountryDeadlines, NotKnown, Overview, country_deadlines
from kuule.limitation.deadline_words import DeadlineWords, not_known_in_words
from kuule.limitation.limit_rule import LimitRule, PeriodStart, RuleBook
from kuule.limitation.report_question import ActKind, ReportQuestion

OLDEST = 90
"""The table begins with people who are so old."""
TABLE_KINDS = (ActKind.GRAVEST, ActKind.OTHER, ActKind.IMAGES, ActKind.UNKNOWN)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A year, and what is said of each kind of act."""

    year: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableContent:
    """`by_act` is empty where no rule counts from the act. `dispute` and what rules say is in English."""

    words: DeadlineWords
    country: str
    not_known: tuple[str, ...]
    kinds: tuple[str, ...]
    by_birth: tuple[TableRow, ...]
    by_act: tuple[TableRow, ...]
    rules: tuple[LimitRule, ...]
    dispute: str
    register: str


@dataclass(slots=True)
class _Answers:
    """Answers each question of the table, and remembers what was not known to any."""

    book: RuleBook
    country: str
    today: date
    seen: dict[NotKnown, None] = field(default_factory=dict)

    def overview(self, born: int, first: int, last: int, kind: ActKind) -> Overview | None:
        """All rules together, for somebody to whom it happened in these years as a child."""
        asked = ReportQuestion(self.country, born, first, last, kind)
        found = country_deadlines(self.book, asked, today=self.today)
        self.seen |= dict.fromkeys(found.not_known)
        return found.overview


def table_content(book: RuleBook, country: str, today: date, words: DeadlineWords) -> TableContent:
    """Raises KeyError for a country that the rules do not have."""
    known = book.countries[country]
    answers = _Answers(book, country, today)
    by_birth = tuple(_by_birth(answers, words))
    by_act = tuple(_by_act(answers, words)) if any(map(counts_from_act, known.rules)) else ()
    name = territory_names(words.tag).get(country, country)
    unknown = tuple(one for one in NotKnown if one in answers.seen)
    whole = CountryDeadlines(ReportQuestion(country, today.year, today.year, today.year), unknown, None, ())
    about: Mapping[str, str] = {
        "title": book.title,
        "publisher": book.publisher,
        "date": format_day(book.as_of.isoformat(), words.tag),
    }
    return TableContent(
        words=words,
        country=name,
        not_known=not_known_in_words(whole, words, country=name, majority=book.majority),
        kinds=tuple(words.say(f"kind_{kind}") for kind in TABLE_KINDS),
        by_birth=by_birth,
        by_act=by_act,
        rules=known.rules,
        dispute=known.dispute,
        register=words.say("from_register", **about),
    )


def counts_from_act(rule: LimitRule) -> bool:
    """Whether the year of the act moves the end of a rule, and not the year of birth alone."""
    return bool(rule.years) and not rule.start_ages and rule.start in _FROM_ACT


_FROM_ACT = (PeriodStart.OFFENCE, PeriodStart.UNKNOWN, PeriodStart.OTHER, PeriodStart.RECOVERY)


def _by_birth(answers: _Answers, words: DeadlineWords) -> Iterator[TableRow]:
    """Whenever in childhood it happened."""
    this_year = answers.today.year
    for born in range(this_year - OLDEST, this_year + 1):
        last = min(born + answers.book.majority - 1, this_year)
        ends = (answers.overview(born, born, last, kind) for kind in TABLE_KINDS)
        yield TableRow(words.year(born), tuple(cell_in_words(end, words) for end in ends))


def _by_act(answers: _Answers, words: DeadlineWords) -> Iterator[TableRow]:
    """At whatever age below majority it happened: who is born later never has an earlier end."""
    oldest = answers.book.majority - 1
    for act in range(answers.today.year - OLDEST, answers.today.year + 1):
        ends = (
            _between(
                answers.overview(act - oldest, act, act, kind),
                answers.overview(act, act, act, kind),
            )
            for kind in TABLE_KINDS
        )
        yield TableRow(words.year(act), tuple(cell_in_words(end, words) for end in ends))


def _between(one: Overview | None, other: Overview | None) -> Overview | None:
    """From the earliest year of one to the latest of the other. Both are of the same rules."""
    if one is None or other is None:
        return None
    return replace(one, latest=other.latest)


def cell_in_words(overview: Overview | None, words: DeadlineWords) -> str:
    """All rules together, as short as a cell of a table."""
    if overview is None:
        return words.say("cell_nothing")
    if overview.earliest is None:
        alone = {"cell_none": overview.no_limit, "cell_court": overview.court, "cell_unknown": overview.unknown}
        return "; ".join(words.say(name) for name, holds in alone.items() if holds)
    said = words.year(overview.earliest)
    if overview.latest is not None and overview.latest != overview.earliest:
        said += f"–{words.year(overview.latest)}"
    more = {"cell_or_longer": overview.unknown, "cell_or_court": overview.court, "cell_or_none": overview.no_limit}
    for name, holds in more.items():
        said = words.say(name, years=said) if holds else said
    return said
