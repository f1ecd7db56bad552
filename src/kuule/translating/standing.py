"""`kuule translate status`: how far each language is, and what keeps it from opening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kuule.errors import Problem, Severity
from kuule.languages.catalogue import Catalogue
from kuule.languages.checks.registry import catalogue_problems
from kuule.languages.states import Origin, State
from kuule.study.check import check_study
from kuule.study.report_text import is_of_report, is_of_survey
from kuule.translating.reading import texts_of
from kuule.translating.study_texts import StudyTexts
from kuule.translating.texts import Texts


@dataclass(frozen=True, slots=True)
class Standing:
    """One language. `states` counts its texts by the state that counts (a stale one is a draft), `machine` those whose
    wording is a machine's; `failing` are the keys that a check refuses; `keeps` says what keeps the language closed, or
    its report a draft. The texts of the report stand apart in `report`: no survey waits for them."""

    tag: str
    texts: int
    states: Mapping[State, int]
    machine: int = 0
    stale: int = 0
    failing: tuple[str, ...] = ()
    keeps: tuple[str, ...] = field(default=())
    report: Standing | None = None


def standings(path: Path) -> list[Standing]:
    """All languages of a study, or of the words of Kuule, the source first.

    Raises StudyError with what keeps it from being read.
    """
    texts = texts_of(path)
    failing = _failing(path, texts)
    found = []
    for belongs in (is_of_survey, is_of_report):
        sources = sum(belongs(source.key) for source in texts.sources)
        rows = [_of_source(texts, sources)]
        rows += [
            _of_language(catalogue.part(belongs), tuple(filter(belongs, failing.get(tag, ()))), texts.demanded)
            for tag, catalogue in texts.catalogues.items()
        ]
        found.append(rows if sources else [None] * len(rows))
    return [replace(survey, report=report) for survey, report in zip(*found, strict=True) if survey is not None]


def _of_source(texts: Texts, count: int) -> Standing:
    machine = count if texts.source_origin is Origin.MACHINE else 0
    keeps = () if texts.source_state.reaches(texts.demanded) else (_below(count, texts.demanded),)
    return Standing(texts.source_language, count, {texts.source_state: count}, machine, keeps=keeps)


def _of_language(catalogue: Catalogue, failing: tuple[str, ...], demanded: State) -> Standing:
    entries = catalogue.entries.values()
    states = Counter(entry.standing for entry in entries)
    stale = sum(entry.stale for entry in entries if entry.text)
    machine = sum(entry.origin is Origin.MACHINE for entry in entries if entry.text)
    return Standing(
        tag=catalogue.language,
        texts=len(catalogue.entries),
        states=states,
        machine=machine,
        stale=stale,
        failing=failing,
        keeps=tuple(_keeps(states, stale, failing, demanded)),
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


def _failing(path: Path, texts: Texts) -> dict[str, tuple[str, ...]]:
    """The keys, by language, of texts that a check refuses: the places of problems are `languages/sv.po, <key>`."""
    found: dict[str, dict[str, None]] = {}
    for problem in check_study(path) if isinstance(texts, StudyTexts) else _of_words(texts):
        file, _, key = problem.place.partition(", ")
        tag = file.removeprefix("languages/").removesuffix(".po")
        if problem.severity is Severity.ERROR and file.startswith("languages/") and tag in texts.catalogues and key:
            found.setdefault(tag, {})[key] = None
    return {tag: tuple(keys) for tag, keys in found.items()}


def _of_words(texts: Texts) -> Iterator[Problem]:
    for tag, catalogue in texts.catalogues.items():
        yield from catalogue_problems(catalogue, f"languages/{tag}.po")
