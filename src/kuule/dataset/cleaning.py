"""Which responses the study's rules set aside: never deleted, flagged by name, and each rule counted.

A rule looks at answers, never at free text. Docs: docs/reference/dataset.md, "Cleaning".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from kuule.dataset.codebook import CodebookItem
from kuule.dataset.columns import CLEANING, RECORD_KEY
from kuule.dataset.read import Dataset
from kuule.study.cleaning import Cleaning
from kuule.tables.result import KEYS, Origin, Sent, SetAside

_KEY = pl.col(RECORD_KEY).cast(pl.UInt64)
_NEVER = pl.col("edition").is_null()
"""False for each response; a literal would be false once."""


def cleaned(dataset: Dataset) -> pl.LazyFrame:
    """The responses that count, with the dataset's own columns."""
    rules = [flag for _, flag in rules_of(dataset)]
    return dataset.frame.filter(~pl.any_horizontal(rules)) if rules else dataset.frame


def cleaned_origin(dataset: Dataset, inside: pl.Expr | None = None) -> Origin:
    """Where the data is from, with its cell key and with what each rule set aside: `flagged` by the rule alone, `left`
    after it and those before it. Of the responses that are `inside`, where that is given: what the rules say of one
    depends on all.
    """
    rules = rules_of(dataset)
    here = pl.col("edition").is_not_null() if inside is None else inside
    keys = [_KEY.filter(flag & here).sum().alias(f"key:{name}") for name, flag in rules]
    flagged = [(flag & here).sum().alias(f"flagged:{name}") for name, flag in rules]
    left = [
        (here & ~pl.any_horizontal([flag for _, flag in rules[: number + 1]])).sum().alias(f"left:{name}")
        for number, (name, _) in enumerate(rules)
    ]
    all_of_them = (here.sum().alias("responses"), _KEY.filter(here).sum().alias("key"))
    counts = dataset.frame.select(*all_of_them, *flagged, *left, *keys).collect().row(0, named=True)
    aside = tuple(
        SetAside(name, counts[f"flagged:{name}"], counts[f"left:{name}"], counts[f"key:{name}"] % KEYS)
        for name, _ in rules
    )
    return replace(
        dataset.origin,
        responses=counts["responses"],
        set_aside=aside,
        sent=_sent(dataset),
        key=counts["key"] % KEYS,
    )


def _sent(dataset: Dataset) -> tuple[Sent, ...]:
    """All responses by the month of their week."""
    thursday = (pl.col("week") + "-4").str.to_date("%G-W%V-%u", strict=False).dt.strftime("%Y-%m").alias("month")
    weeks = dataset.frame.group_by("week").agg(pl.len().alias("responses"), _KEY.sum().alias("key"))
    months = weeks.group_by(thursday).agg(pl.col("responses", "key").sum()).drop_nulls("month").sort("month").collect()
    return tuple(Sent(month, responses, key % KEYS) for month, responses, key in months.iter_rows())


def flags_of(dataset: Dataset) -> pl.Expr:
    """For each response the names of the rules that set it aside, with spaces between."""
    names = [pl.when(flag).then(pl.lit(name)) for name, flag in rules_of(dataset)]
    joined = pl.concat_str(names, separator=" ", ignore_nulls=True) if names else pl.lit("")
    return joined.fill_null("").alias(CLEANING)


def rules_of(dataset: Dataset) -> tuple[tuple[str, pl.Expr], ...]:
    """Each rule's name, with whether it sets a response aside: true or false, never null."""
    cleaning = dataset.study.cleaning
    found = _Rules(dataset, cleaning)
    return tuple((name, flag.fill_null(value=False)) for name, flag in found.all())


class _Rules:
    """The expressions of the rules, in the order of `Cleaning.rules`."""

    def __init__(self, dataset: Dataset, cleaning: Cleaning) -> None:
        self.cleaning = cleaning
        self.items: dict[str, list[CodebookItem]] = defaultdict(list)
        for item in dataset.codebook.items.values():
            if not item.repeats:
                self.items[item.path.rpartition("/")[2]].append(item)
        gates = {gate.question for gate in dataset.study.gates.values()}
        self.asked = [
            item
            for item in dataset.codebook.items.values()
            if f"{item.name}:missing" in item.columns and not item.repeats and item.name not in gates
        ]

    def all(self) -> Iterator[tuple[str, pl.Expr]]:
        if self.cleaning.empty:
            yield "empty", self._answers() == 0
        for flag in self.cleaning.flags:
            yield flag, _noted(flag)
        if self.cleaning.doubles_from:
            yield "doubles", self._doubles()
        for name, questions in self.cleaning.straight_lines.items():
            yield f"straight_line:{name}", self._line(questions)
        for name, answers in self.cleaning.contradictions.items():
            said = [self._said(question, codes) for question, codes in answers.items()]
            yield f"contradiction:{name}", pl.all_horizontal(said)

    def _answers(self) -> pl.Expr:
        """How many questions have an answer with content, those of consent and age apart."""
        given = [pl.col(f"{item.name}:missing").is_null().cast(pl.UInt32) for item in self.asked]
        return pl.sum_horizontal(given or [_NEVER.cast(pl.UInt32)])

    def _doubles(self) -> pl.Expr:
        """All answers are those of another response; of the ones that are alike, the first counts that no flag sets
        aside."""
        columns = [name for item in self.asked for name in item.columns]
        aside = [_noted(flag).fill_null(value=False).alias(f"\0{flag}") for flag in self.cleaning.flags]
        content = pl.struct(*columns, *aside)
        return (self._answers() >= self.cleaning.doubles_from) & ~content.is_first_distinct()

    def _line(self, questions: Sequence[str]) -> pl.Expr:
        """One and the same answer to every question."""
        answers = [self._answer(question) for question in questions]
        return pl.all_horizontal([answer == answers[0] for answer in answers])

    def _answer(self, question: str) -> pl.Expr:
        """The answer to a question of the form, which stands in several columns where an edition moved it."""
        columns = [pl.col(item.name).cast(pl.String) for item in self.items[question] if item.name in item.columns]
        return pl.coalesce(columns) if columns else pl.lit(None, pl.String)

    def _said(self, question: str, codes: Sequence[str]) -> pl.Expr:
        """Whether one of the answers was given. A reason for no answer is an answer of the form, and can be meant."""
        said = [_chosen(item, code) for item in self.items[question] for code in codes]
        return pl.any_horizontal([_NEVER, *said])


def _noted(flag: str) -> pl.Expr:
    return (" " + pl.col("flags") + " ").str.contains(f" {flag} ", literal=True)


def _chosen(item: CodebookItem, code: str) -> pl.Expr:
    """Whether one answer was given: true or false. An edition can lack the code, or have had another kind of item."""
    said = [
        pl.col(name).cast(pl.String) == code for name in (item.name, f"{item.name}:missing") if name in item.columns
    ]
    if item.multiple and item.columns.get(f"{item.name}/{code}") == "Boolean":
        said.append(pl.col(f"{item.name}/{code}"))
    return pl.any_horizontal([_NEVER, *(one.fill_null(value=False) for one in said)])
