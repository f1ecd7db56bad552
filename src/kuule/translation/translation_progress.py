"""`kuule translate status`: how far each language is, and what keeps it from opening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from kuule.core.problems import Problem
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE, shipped_sources, source_state
from kuule.languages.workflow.entries import Catalogue
from kuule.languages.workflow.states import State, TextOrigin
from kuule.study.check import check_folder
from kuule.study.edition.language_readiness import folder_readiness, refused_keys_by_file
from kuule.study.edition.readiness import LanguageReadiness
from kuule.study.folder.interface_words import INTERFACE_WORDS_FOLDER
from kuule.study.folder.report_text import is_report_key, is_survey_key
from kuule.translation.text_sets.folder_text_set import read_text_set
from kuule.translation.text_sets.study_text_set import StudyTextSet
from kuule.translation.text_sets.text_set import TextSet


@dataclass(frozen=True, slots=True)
class TranslationProgress:
    """The progress of one language.

    `states` counts texts by their effective state (a stale one is a draft), `machine` counts those written by a
    machine; `refused_keys` are the texts that a check refuses; `shortcomings` say what keeps the language a draft. In a
    study, `words` has Kuule's own words and `report` the texts of the report, which do not hold up the survey.
    `readiness` says whether the language may open.
    """

    tag: str
    texts: int
    states: Mapping[State, int]
    machine: int = 0
    stale: int = 0
    refused_keys: tuple[str, ...] = ()
    shortcomings: tuple[str, ...] = field(default=())
    words: TranslationProgress | None = None
    report: TranslationProgress | None = None
    readiness: LanguageReadiness | None = None


def measure_progress(path: Path, today: date | None = None) -> list[TranslationProgress]:
    """All languages of a study, or of Kuule's own catalogues, the source first. `today`, in UTC by default, decides
    which services were checked recently. Raises StudyError if they cannot be read."""
    texts = read_text_set(path)
    if not isinstance(texts, StudyTextSet):
        return _of_part(texts, lambda _: True, refused_keys_by_file(_of_words(texts)))
    gathered = texts.reading
    problems = check_folder(gathered)
    refused = refused_keys_by_file(problems)
    surveys = _of_part(texts, is_survey_key, refused)
    reports: Sequence[TranslationProgress | None] = [None] * len(surveys)
    if any(is_report_key(source.key) for source in texts.sources):
        reports = _of_part(texts, is_report_key, refused)
    answers = folder_readiness(gathered, problems, today or datetime.now(UTC).date())
    return [
        replace(survey, words=_words(texts, survey.tag, refused), report=report, readiness=answer)
        for survey, report, answer in zip(surveys, reports, answers, strict=True)
    ]


def _of_part(
    texts: TextSet, belongs: Callable[[str], bool], refused: Mapping[str, Sequence[str]]
) -> list[TranslationProgress]:
    sources = sum(belongs(source.key) for source in texts.sources)
    rows = [_of_source(texts.source_language, sources, texts.source_state, texts.source_origin, texts.opening_state)]
    for tag, catalogue in texts.catalogues.items():
        failing = tuple(filter(belongs, refused.get(f"languages/{tag}.po", ())))
        rows.append(_of_language(catalogue.select(belongs), failing, texts.opening_state))
    return rows


def _words(texts: StudyTextSet, tag: str, refused: Mapping[str, Sequence[str]]) -> TranslationProgress:
    if tag == SOURCE_LANGUAGE:
        return _of_source(tag, len(shipped_sources()), *source_state(), texts.opening_state)
    failing = tuple(refused.get(f"languages/{INTERFACE_WORDS_FOLDER}/{tag}.po", ()))
    return _of_language(texts.reading.words[tag], failing, texts.opening_state)


def _of_source(tag: str, count: int, state: State, origin: TextOrigin, demanded: State) -> TranslationProgress:
    machine = count if origin is TextOrigin.MACHINE else 0
    keeps = () if state.reaches(demanded) else (_below(count, demanded),)
    return TranslationProgress(tag, count, {state: count}, machine, shortcomings=keeps)


def _of_language(catalogue: Catalogue, failing: tuple[str, ...], demanded: State) -> TranslationProgress:
    entries = catalogue.entries.values()
    states = Counter(entry.effective_state for entry in entries)
    stale = sum(entry.stale for entry in entries if entry.text)
    machine = sum(entry.origin is TextOrigin.MACHINE for entry in entries if entry.text)
    return TranslationProgress(
        tag=catalogue.language,
        texts=len(catalogue.entries),
        states=states,
        machine=machine,
        stale=stale,
        refused_keys=failing,
        shortcomings=tuple(_keeps(states, stale, failing, demanded)),
    )


def _keeps(states: Mapping[State, int], stale: int, failing: tuple[str, ...], demanded: State) -> Iterator[str]:
    if failing:
        yield f"{len(failing)} that a check refuses"
    missing = states.get(State.UNTRANSLATED, 0)
    if missing and demanded is not State.UNTRANSLATED:
        yield f"{missing} not translated"
    if stale and demanded.reaches(State.DRAFT_TWO):
        yield f"{stale} whose source has changed"
    below = sum(count for state, count in states.items() if not state.reaches(demanded)) - missing
    fresh = below - (stale if demanded.reaches(State.DRAFT_TWO) else 0)
    if fresh > 0:
        yield _below(fresh, demanded)


def _below(count: int, demanded: State) -> str:
    return f"{count} not {demanded} yet"


def _of_words(texts: TextSet) -> Iterator[Problem]:
    for tag, catalogue in texts.catalogues.items():
        yield from catalogue_problems(catalogue, f"languages/{tag}.po")
