"""The first line of every file of an analysis: what it is, for whom, from which data, and that it must not be
published."""

from __future__ import annotations

from kuule.tables.result import DataOrigin

CHANCE_LABEL = "chance alone, as if drawn at random"
"""What every interval and every test is called (decision 0000, section 14)."""


def first_line(origin: DataOrigin) -> str:
    """The heading as one line."""
    practice = "PRACTICE answers, of people who do not exist. " if origin.rehearsal else ""
    return (
        f"{practice}Analysis for the analyst's eyes only: exact numbers of the study {origin.study}, dataset version "
        f"{origin.dataset}. {cleaning_sentence(origin)} It went through no disclosure control and must not be "
        f"published; what is published comes from `kuule report`. Intervals and tests: {CHANCE_LABEL}."
    )


def cleaning_sentence(origin: DataOrigin) -> str:
    """Which cleaning rules were applied, and how many responses each flagged."""
    if not origin.set_aside:
        return f"No rules of cleaning: all {origin.responses:,} responses are counted."
    rules = ", ".join(f"{rule.rule} {rule.flagged:,}" for rule in origin.set_aside)
    return (
        f"Cleaning applied: {origin.counted:,} of {origin.responses:,} responses are counted; set aside by each rule "
        f"alone: {rules}."
    )
