"""How far a language is: one number for one thing, the texts that its opening waits for. Those of the report, for which
no survey waits, are counted apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kuule.core.problems import Severity
from kuule.languages.workflow.states import State
from kuule.study.edition.language_readiness import language_readiness
from kuule.study.edition.readiness import LanguageReadiness
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.translation_desk import text_rows
from kuule.workbench.translation_desk.current_study import CurrentStudy
from kuule.workbench.translation_desk.request_context import DeskContext
from kuule.workbench.translation_desk.text_rows import TextRow


@dataclass(frozen=True, slots=True)
class ProgressSegment:
    """One segment of a progress bar; `start` and `width` are in thousandths."""

    state: str
    count: int
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class LanguageProgress:
    """The progress of a language. `texts` are those that its opening waits for, of which `words` are Kuule's own and
    `done` as far as the study demands; `report` are those of the report beside them. `answer` says whether it may open,
    and `steps` how many steps of the workflow lie before that. `awaited` is the first text that waits for the member,
    None if none does."""

    texts: int
    parts: tuple[ProgressSegment, ...]
    done: int
    steps: int
    answer: LanguageReadiness
    machine: int = 0
    failing: int = 0
    words: int = 0
    report: int = 0
    report_parts: tuple[ProgressSegment, ...] = ()
    waiting: int = 0
    awaited: TextRow | None = field(default=None, repr=False)


def language_progress(desk: DeskContext) -> LanguageProgress:
    """The progress of a language as the member sees it. It is counted once a day, until a file of the study changes or
    the member is another: role, languages and name are part of who that is."""
    today = running_site().clock().date()
    found = desk.now.counted.get(desk.language_member)
    if not isinstance(found, _CountedProgress) or found.day != today:
        found = _CountedProgress(today, _count_progress(desk, desk.rows(), today))
        desk.now.counted[desk.language_member] = found
    return found.progress


@dataclass(frozen=True, slots=True)
class _CountedProgress:
    """On which day it was counted, since services of help have days."""

    day: date
    progress: LanguageProgress


def _count_progress(desk: DeskContext, rows: Sequence[TextRow], today: date) -> LanguageProgress:
    survey = [row for row in rows if not row.of_report]
    report = [row for row in rows if row.of_report]
    demanded = desk.study.settings.opening_state
    return LanguageProgress(
        texts=len(survey),
        parts=_segments(survey),
        done=sum(_steps(row, demanded) == 0 for row in survey),
        steps=sum(_steps(row, demanded) for row in survey),
        answer=_answer(desk, today),
        machine=sum(row.machine for row in survey),
        failing=sum(row.refused for row in survey),
        words=sum(row.of_kuule for row in survey),
        report=len(report),
        report_parts=_segments(report),
        waiting=sum(row.waits for row in rows),
        awaited=next((row for row in rows if row.waits), None),
    )


def source_progress(study: CurrentStudy) -> LanguageProgress:
    """The progress of the source language, whose texts are all in one state."""
    settings, today = study.settings, running_site().clock().date()
    source = settings.languages[settings.source_language]
    answer = language_readiness(study.gathered, study.sources, source.tag, None, None, frozenset(), today)
    texts = answer.lacks.texts if answer.lacks is not None else 0
    reached = source.state.reaches(settings.opening_state)
    return LanguageProgress(
        texts=texts,
        parts=(ProgressSegment(str(source.state), texts, 0, 1000),),
        done=texts if reached else 0,
        steps=0 if reached else texts * (settings.opening_state.rank - source.state.rank),
        answer=answer,
    )


def _segments(rows: Sequence[TextRow]) -> tuple[ProgressSegment, ...]:
    total, start, parts = max(1, len(rows)), 0, []
    for state, count in text_rows.count_states(rows):
        left, right = (round(1000 * number / total) for number in (start, start + count))
        parts.append(ProgressSegment(state, count, left, right - left))
        start += count
    return tuple(parts)


def _steps(row: TextRow, demanded: State) -> int:
    """How many steps a text is from the state that the study demands; what a check refuses is one away at least."""
    return max(demanded.rank - row.entry.effective_state.rank, int(row.refused), 0)


def _answer(desk: DeskContext, today: date) -> LanguageReadiness:
    """This depends on the files only and not on who is looking: how many texts a check refuses is no secret, but what
    it says about them may be."""
    found = desk.now.findings.items()
    refused = frozenset(key for key, ones in found if any(one.severity is Severity.ERROR for one in ones))
    tag = desk.language_member.tag
    return language_readiness(
        desk.study.gathered, desk.study.sources, tag, desk.now.catalogue, desk.now.words, refused, today
    )
