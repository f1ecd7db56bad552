"""What a country's table says, before it is HTML or text: by year of birth and kind of act, and by year of the act
where a clock starts with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from itertools import groupby

from kuule.languages.cldr.locale_formats import format_day, join_names
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
    """A year, or the first and the last of several that are alike, and what is said of each kind of act."""

    year: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableContent:
    """`kinds` are the heads of the columns: kinds of which both tables say the same have one together. `by_act` is
    empty where no rule counts from the act. `dispute` and what rules say is in English."""

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
    columns = _columns((*by_birth, *by_act))
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
        kinds=tuple(_head(column, words) for column in columns),
        by_birth=tuple(_folded(by_birth, columns, words)),
        by_act=tuple(_folded(by_act, columns, words)),
        rules=known.rules,
        dispute=known.dispute,
        register=words.say("from_register", **about),
    )


def counts_from_act(rule: LimitRule) -> bool:
    """Whether the year of the act moves the end of a rule, and not the year of birth alone."""
    return bool(rule.years) and not rule.start_ages and rule.start in _FROM_ACT


_FROM_ACT = (PeriodStart.OFFENCE, PeriodStart.UNKNOWN, PeriodStart.OTHER, PeriodStart.RECOVERY)
_Column = tuple[int, ...]
"""The places of the kinds of act that a column is about."""
_Line = tuple[int, tuple[str, ...]]
"""A year, and a cell for each kind of act."""


def _columns(lines: Sequence[_Line]) -> tuple[_Column, ...]:
    """Kinds of act of which every line says the same are one column, where the first of them stood."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(TABLE_KINDS)):
        alike.setdefault(tuple(cells[place] for _year, cells in lines), []).append(place)
    return tuple(map(tuple, alike.values()))


def _head(column: _Column, words: DeadlineWords) -> str:
    names = [words.say(f"kind_{TABLE_KINDS[place]}") for place in column]
    if len(names) == len(TABLE_KINDS):
        return words.say("table_every")
    return words.say("table_same", kinds=join_names(names, words.tag)) if len(names) > 1 else names[0]


def _folded(lines: Sequence[_Line], columns: Sequence[_Column], words: DeadlineWords) -> Iterator[TableRow]:
    """Years of which the same is said stand in one line."""
    for cells, alike in groupby(lines, key=lambda line: tuple(line[1][column[0]] for column in columns)):
        years = [year for year, _cells in alike]
        yield TableRow(_year_span(years[0], years[-1], words), cells)


def _by_birth(answers: _Answers, words: DeadlineWords) -> Iterator[_Line]:
    """Whenever in childhood it happened."""
    this_year = answers.today.year
    for born in range(this_year - OLDEST, this_year + 1):
        last = min(born + answers.book.majority - 1, this_year)
        ends = (answers.overview(born, born, last, kind) for kind in TABLE_KINDS)
        yield born, tuple(cell_in_words(end, words) for end in ends)


def _by_act(answers: _Answers, words: DeadlineWords) -> Iterator[_Line]:
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
        yield act, tuple(cell_in_words(end, words) for end in ends)


def _between(one: Overview | None, other: Overview | None) -> Overview | None:
    """From the earliest year of one to the latest of the other. Both are of the same rules."""
    if one is None or other is None:
        return None
    court = one.until_court
    if court is not None and other.until_court is not None:
        court = replace(court, latest=other.until_court.latest)
    return replace(one, latest=other.latest, until_court=court)


def cell_in_words(overview: Overview | None, words: DeadlineWords) -> str:
    """All rules together, as short as a cell of a table."""
    if overview is None:
        return words.say("cell_nothing")
    if overview.earliest is None:
        unknown = [words.say("cell_unknown")] if overview.unknown else []
        return _either([*_of_court(overview, words), *_without_limit(overview, words), *unknown], words)
    said = _year_span(overview.earliest, overview.latest, words)
    said = words.say("cell_or_longer", years=said) if overview.unknown else said
    if not overview.court:
        return words.say("cell_or_none", years=said) if overview.no_limit else said
    return _either([said, *_of_court(overview, words), *_without_limit(overview, words)], words)


def _of_court(overview: Overview, words: DeadlineWords) -> Iterator[str]:
    """Until when a report can be made before a court decides, where that is known."""
    until = overview.until_court
    if until is not None:
        years = _year_span(until.earliest, until.latest, words)
        open_ended = until.latest is None
        yield words.say("cell_or_court", years=words.say("cell_or_longer", years=years) if open_ended else years)
    elif overview.court:
        yield words.say("cell_court")


def _without_limit(overview: Overview, words: DeadlineWords) -> Iterator[str]:
    if overview.no_limit:
        yield words.say("cell_none")


def _either(said: Sequence[str], words: DeadlineWords) -> str:
    """One or more answers, each by another rule."""
    return reduce(lambda one, other: words.say("cell_either", first=one, second=other), said)


def _year_span(first: int, last: int | None, words: DeadlineWords) -> str:
    return words.year(first) if last in (None, first) else f"{words.year(first)}–{words.year(last)}"
