"""Every rule about a register, and all that they find at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kuule.core.problems import Problem, Severity
from kuule.register.check_rules import (
    answer_kinds,
    readable_texts,
    register_dates,
    register_languages,
    reported_law,
    uncovered,
    undecided,
    unknown_names,
)
from kuule.register.check_rules.checked_register import CheckedRegister
from kuule.register.reading.register_folder import RegisterFolder

RULES: tuple[Callable[[CheckedRegister], Iterable[Problem]], ...] = (
    unknown_names.check,
    answer_kinds.check_answers,
    answer_kinds.check_tests,
    reported_law.check_wording,
    reported_law.check_confidence,
    reported_law.check_rankings,
    reported_law.check_dated,
    reported_law.check_articles,
    register_dates.check_future,
    register_dates.check_changes,
    register_dates.check_reviews,
    undecided.check_contradictions,
    undecided.check_disputes,
    undecided.check_settlements,
    readable_texts.check_lengths,
    readable_texts.check_unseen,
    readable_texts.check_comments,
    register_languages.check,
    uncovered.check_countries,
    uncovered.check_standards,
)


def check_register(folder: RegisterFolder, today: date) -> tuple[Problem, ...]:
    """All that is wrong with a register whose files are well formed: errors first, then by file and line."""
    checked = CheckedRegister(folder, today)
    found = dict.fromkeys(problem for rule in RULES for problem in rule(checked))
    return tuple(sorted(found, key=_order))


def _order(problem: Problem) -> tuple[bool, str, int]:
    return problem.severity is Severity.WARNING, problem.file, problem.excerpt.line if problem.excerpt else 0
