"""Which responses the study's cleaning rules set aside. They are never deleted: each has the names of the rules, and
each rule is counted.

A rule looks at answers and never at free text. Docs: docs/reference/dataset.md, "Cleaning".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import polars as pl

from kuule.dataset.duplicates import DuplicateSearch, find_duplicates
from kuule.dataset.schema.chunks import CHUNK_ROWS, read_chunks
from kuule.dataset.schema.codebook import CodebookItem
from kuule.dataset.schema.columns import CLEANING_COLUMN, RECORD_KEY, week_thursday
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.tables.result import KEY_MODULUS, DataOrigin, MonthlyResponses, SetAside

_NEVER = pl.col("edition").is_null()
"""False for each response. A literal would be a single false and not one for each row."""
_FLAG, _INSIDE, _ALONE = "\0flag:", "\0inside", "\0alone"
"""Columns whose names no question can have."""


@dataclass(frozen=True, slots=True)
class CleaningResult:
    """What cleaning gave. `kept` is true or false for each response, in the order of the dataset: false if a rule set
    it aside.

    `origin` is that of `cleaned_origin`. `late` are the rows that `CleaningPass.add` kept, as only the reading of all
    rows could tell that they are duplicates.
    """

    kept: pl.Series
    origin: DataOrigin
    late: pl.Series


class CleaningPass:
    """Applies the rules while somebody reads the dataset in chunks, for a purpose of their own.

    In memory are one bit for each rule and response, the record keys, and what `DuplicateSearch` holds.
    """

    def __init__(self, dataset: Dataset, inside: pl.Expr | None = None) -> None:
        self._dataset = dataset
        self._rules = _Rules(dataset, dataset.study.cleaning)
        flags = self._rules.flag_expressions(_NEVER)
        self._flags = {name: flag.fill_null(value=False).alias(f"{_FLAG}{name}") for name, flag in flags}
        self._inside = (~_NEVER if inside is None else inside).alias(_INSIDE)
        self._search = self._rules.duplicate_search() if dataset.study.cleaning.doubles_from else None
        self._parts: list[pl.DataFrame] = []

    @property
    def columns(self) -> tuple[pl.Expr, ...]:
        """The columns that each chunk needs, beside the record key and any others."""
        searched = () if self._search is None else self._search.columns
        return (self._inside, *self._flags.values(), *searched)

    def add(self, chunk: pl.DataFrame) -> pl.Series:
        """Take the next responses. Says of each whether it is kept by the rules that look at one response alone."""
        if self._search is not None:
            self._search.add(chunk)
        names = [f"{_FLAG}{name}" for name in self._flags]
        none = ~pl.any_horizontal(pl.col(_INSIDE).is_null(), *names)
        part = chunk.select(RECORD_KEY, _INSIDE, *names, none.alias(_ALONE))
        self._parts.append(part)
        return part[_ALONE]

    def result(self, chunk_rows: int = CHUNK_ROWS) -> CleaningResult:
        """What the rules say, once all responses were added."""
        frame = pl.concat(self._parts)
        if self._search is not None:
            doubles = self._search.rows(self._dataset.frame, chunk_rows)
            frame = frame.with_columns(_is_in_rows(doubles).alias(f"{_FLAG}doubles"))
        keys, here = frame[RECORD_KEY], frame[_INSIDE]
        kept = pl.repeat(value=True, n=frame.height, dtype=pl.Boolean, eager=True)
        aside = []
        for name in self._flags:
            kept &= ~frame[f"{_FLAG}{name}"]
            flagged = frame[f"{_FLAG}{name}"] & here
            aside.append(SetAside(name, int(flagged.sum()), int((kept & here).sum()), _sum(keys.filter(flagged))))
        origin = replace(
            self._dataset.origin,
            responses=int(here.sum()),
            set_aside=tuple(aside),
            responses_by_month=_sent(self._dataset),
            key=_sum(keys.filter(here)),
        )
        return CleaningResult(kept, origin, (frame[_ALONE] & ~kept).arg_true())


def apply_cleaning(dataset: Dataset, chunk_rows: int = CHUNK_ROWS, inside: pl.Expr | None = None) -> CleaningResult:
    """Apply the rules. `inside` is as in `cleaned_origin`."""
    cleaning = CleaningPass(dataset, inside)
    for chunk in read_chunks(dataset.frame, [RECORD_KEY, *cleaning.columns], chunk_rows):
        cleaning.add(chunk)
    return cleaning.result(chunk_rows)


def _sum(keys: pl.Series) -> int:
    return int(keys.cast(pl.UInt64).sum()) % KEY_MODULUS


def cleaned_responses(dataset: Dataset) -> pl.LazyFrame:
    """The responses that no rule set aside, with the dataset's own columns."""
    rules = [flag for _, flag in cleaning_rules(dataset)]
    return dataset.frame.filter(~pl.any_horizontal(rules)) if rules else dataset.frame


def cleaned_origin(dataset: Dataset, inside: pl.Expr | None = None) -> DataOrigin:
    """Where the data comes from, with its cell key and what each rule set aside: how many by the rule alone, and how
    many remained after it and all rules before it.

    With `inside`, only these responses are counted. What the rules say about one response still depends on all.
    """
    return apply_cleaning(dataset, inside=inside).origin


def _sent(dataset: Dataset) -> tuple[MonthlyResponses, ...]:
    """All responses by the month of their week."""
    month = week_thursday(pl.col("week")).dt.strftime("%Y-%m").alias("month")
    weeks = dataset.frame.group_by("week").agg(
        pl.len().alias("responses"), pl.col(RECORD_KEY).cast(pl.UInt64).sum().alias("key")
    )
    months = weeks.group_by(month).agg(pl.col("responses", "key").sum()).drop_nulls("month").sort("month")
    found = months.collect(engine="streaming").iter_rows()
    return tuple(MonthlyResponses(month, responses, key % KEY_MODULUS) for month, responses, key in found)


def cleaning_flags(dataset: Dataset) -> pl.Expr:
    """For each response, the names of the rules that set it aside, separated by spaces."""
    names = [pl.when(flag).then(pl.lit(name)) for name, flag in cleaning_rules(dataset)]
    joined = pl.concat_str(names, separator=" ", ignore_nulls=True) if names else pl.lit("")
    return joined.fill_null("").alias(CLEANING_COLUMN)


def cleaning_rules(dataset: Dataset) -> tuple[tuple[str, pl.Expr], ...]:
    """Each rule's name, with an expression for whether it sets a response aside: true or false, never null. Use the
    expressions on the whole frame only, because a duplicate can only be found among all rows."""
    rules = _Rules(dataset, dataset.study.cleaning)
    found = find_duplicates(dataset.frame, rules.duplicate_search()) if rules.cleaning.doubles_from else None
    duplicate_flag = _NEVER if found is None else _is_in_rows(found)
    return tuple((name, flag.fill_null(value=False)) for name, flag in rules.flag_expressions(duplicate_flag))


def _is_in_rows(rows: pl.Series) -> pl.Expr:
    """Whether a row has one of these numbers."""
    return pl.int_range(pl.len(), dtype=pl.UInt32).is_in(rows.implode())


class _Rules:
    """The expressions of the rules, in the order of `CleaningSettings.rules`."""

    def __init__(self, dataset: Dataset, cleaning: CleaningSettings) -> None:
        self.cleaning, self.frame = cleaning, dataset.frame
        self.items: dict[str, list[CodebookItem]] = defaultdict(list)
        for item in dataset.codebook.items.values():
            if not item.repeats:
                self.items[item.path.rpartition("/")[2]].append(item)
        gates = {gate.question for gate in dataset.study.gates.values()}
        self.asked = [
            item
            for item in dataset.codebook.items.values()
            if f"{item.name}:missing" in item.columns and not item.repeats and item.question not in gates
        ]

    def flag_expressions(self, duplicate_flag: pl.Expr) -> Iterator[tuple[str, pl.Expr]]:
        """Each rule with its expression. Each looks at one row only, except that of duplicates, which depends on other
        rows and is given."""
        if self.cleaning.empty:
            yield "empty", self._answers() == 0
        for flag in self.cleaning.flags:
            yield flag, _has_flag(flag)
        if self.cleaning.doubles_from:
            yield "doubles", duplicate_flag
        for name, questions in self.cleaning.straight_lines.items():
            yield f"straight_line:{name}", self._is_straight_line(questions)
        for name, answers in self.cleaning.contradictions.items():
            matches = [self._is_given(question, codes) for question, codes in answers.items()]
            yield f"contradiction:{name}", pl.all_horizontal(matches)

    def _answers(self) -> pl.Expr:
        """How many questions have an answer with content, apart from those on consent and age."""
        given = [pl.col(f"{item.name}:missing").is_null().cast(pl.UInt32) for item in self.asked]
        return pl.sum_horizontal(given or [_NEVER.cast(pl.UInt32)])

    def duplicate_search(self) -> DuplicateSearch:
        """A search for responses in which all answers equal those of another one. Of a set of equal rows, the first
        that no flag sets aside counts."""
        columns = [pl.col(name) for item in self.asked for name in item.columns]
        aside = [_has_flag(flag).fill_null(value=False).alias(f"\0{flag}") for flag in self.cleaning.flags]
        return DuplicateSearch([*columns, *aside] or [_NEVER], self._answers() >= self.cleaning.doubles_from)

    def _is_straight_line(self, questions: Sequence[str]) -> pl.Expr:
        """Whether every one of the questions has the same answer."""
        answers = [self._answer(question) for question in questions]
        return pl.all_horizontal([answer == answers[0] for answer in answers])

    def _answer(self, question: str) -> pl.Expr:
        """The answer to a question of the form. It is in several columns if an edition moved the question."""
        columns = [pl.col(item.name).cast(pl.String) for item in self.items[question] if item.name in item.columns]
        return pl.coalesce(columns) if columns else pl.lit(None, pl.String)

    def _is_given(self, question: str, codes: Sequence[str]) -> pl.Expr:
        """Whether one of these answers was given. A reason for no answer that is an answer of the form is one of
        them."""
        matches = [_is_chosen(item, code) for item in self.items[question] for code in codes]
        return pl.any_horizontal([_NEVER, *matches])


def _has_flag(flag: str) -> pl.Expr:
    return (" " + pl.col("flags") + " ").str.contains(f" {flag} ", literal=True)


def _is_chosen(item: CodebookItem, code: str) -> pl.Expr:
    """Whether one answer was given: true or false. An edition can lack the code, or have had another kind of item."""
    matches = [
        pl.col(name).cast(pl.String) == code for name in (item.name, f"{item.name}:missing") if name in item.columns
    ]
    if item.multiple and item.columns.get(f"{item.name}/{code}") == "Boolean":
        matches.append(pl.col(f"{item.name}/{code}"))
    return pl.any_horizontal([_NEVER, *(one.fill_null(value=False) for one in matches)])
