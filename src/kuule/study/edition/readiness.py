"""May this language open? One answer from the texts of the study, Kuule's own words and the services that help, in the
same sentence everywhere.

`kuule check`, `kuule translate status`, `kuule freeze`, `kuule serve` and the workbench all ask here. The words of a
report, of the study or of Kuule, never hold up a survey.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field, replace
from datetime import date
from typing import Any

from kuule.helplines.coverage import CoverageGap
from kuule.helplines.directory import Directory
from kuule.languages.workflow.entries import Catalogue
from kuule.languages.workflow.states import State
from kuule.study.settings.audience_services import SERVICES_BY_AUDIENCE
from kuule.study.settings.help_demand import help_gaps
from kuule.study.settings.study_toml import Study

_FEW_LANGUAGES = 2
"""Up to this many languages get a sentence each; for more of them, each reason is given once."""


@dataclass(frozen=True, slots=True)
class TranslationGaps:
    """What is missing in texts of one kind in one language, out of `texts`. Each text is counted once."""

    texts: int
    refused: int = 0
    untranslated: int = 0
    stale: int = 0
    below: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.refused or self.untranslated or self.stale or self.below)

    def __add__(self, other: TranslationGaps) -> TranslationGaps:
        return TranslationGaps(*(one + more for one, more in zip(astuple(self), astuple(other), strict=True)))

    def parts(self, demanded: State) -> tuple[str, ...]:
        """What is missing, in words, each kind with its number."""
        return tuple(_parts(self, demanded))

    def to_table(self) -> dict[str, int]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> TranslationGaps:
        """The reverse. Raises TypeError or ValueError if the table is not one of these."""
        lacks = cls(**table)
        if any(type(count) is not int or count < 0 for count in asdict(lacks).values()):
            raise ValueError("a number of texts is not one")
        return lacks


@dataclass(frozen=True, slots=True)
class LanguageReadiness:
    """Whether a language may open, and every reason why not. `shared_reasons` say the same of several languages at
    once. `lacks` is what is missing in its texts, the study's and Kuule's own together, where that was counted, and
    `missing_help` who would find nobody."""

    tag: str
    reasons: tuple[str, ...] = ()
    shared_reasons: tuple[str, ...] = field(default=(), compare=False)
    lacks: TranslationGaps | None = field(default=None, compare=False)
    missing_help: tuple[CoverageGap, ...] = field(default=(), compare=False)

    @property
    def may_open(self) -> bool:
        return not self.reasons

    def __str__(self) -> str:
        if self.may_open:
            return f"{self.tag} may open"
        return f"{self.tag} may not open yet: {'; '.join(self.reasons)}"


def closed_lines(answers: Iterable[LanguageReadiness]) -> Iterator[str]:
    """What keeps languages from opening: a line for each of a few or, of many, a line for each reason."""
    closed = [answer for answer in answers if not answer.may_open]
    if len(closed) <= _FEW_LANGUAGES:
        yield from map(str, closed)
        return
    yield f"{len(closed)} languages may not open yet: {', '.join(answer.tag for answer in closed)}"
    tags_by_reason: dict[str, list[str]] = {}
    for answer in closed:
        for reason in answer.shared_reasons or answer.reasons:
            tags_by_reason.setdefault(reason, []).append(answer.tag)
    for reason, tags in sorted(tags_by_reason.items(), key=lambda item: -len(item[1])):
        yield f"  {_who(tags, [answer.tag for answer in closed])}: {reason}"


def _who(tags: Sequence[str], closed: Sequence[str]) -> str:
    others = [tag for tag in closed if tag not in tags]
    if not others:
        return "all of them"
    return f"all but {', '.join(others)}" if len(others) <= _FEW_LANGUAGES < len(tags) else ", ".join(tags)


def assess_language(
    study: Study, tag: str, texts: TranslationGaps | State, words: TranslationGaps, support: Directory, today: date
) -> LanguageReadiness:
    """The answer for one language of a study. `texts` are those of the survey (of an edition of format 1 only the state
    is known), `words` Kuule's own; `support` has all services that the study knows, of which those count that a person
    has checked recently."""
    demanded = study.opening_state
    known = replace(support.of_kinds(SERVICES_BY_AUDIENCE[study.audience]), months=study.help.checked_within_months)
    reasons = [*_of("the survey's", texts, "texts", demanded), *_of("Kuule's own", words, "words", demanded)]
    missing = help_gaps(study, known.shown_services(drafts=False, today=today), (tag,))
    return LanguageReadiness(
        tag,
        (*reasons, *(gap.cause for gap in missing)),
        (*reasons, *(gap.shared_cause or gap.cause for gap in missing)),
        None if isinstance(texts, State) else texts + words,
        missing,
    )


def translation_gaps(catalogue: Catalogue, demanded: State, refused: Iterable[str] = ()) -> TranslationGaps:
    """What a language lacks for its texts to be in the state `demanded`. `refused` are the keys of those that a check
    refuses."""
    bad = frozenset(refused)
    counts = dict.fromkeys(("refused", "untranslated", "stale", "below"), 0)
    for key, entry in catalogue.entries.items():
        if key in bad:
            counts["refused"] += 1
        elif not entry.effective_state.reaches(demanded):
            counts["untranslated" if not entry.text else "stale" if entry.stale else "below"] += 1
    return TranslationGaps(len(catalogue.entries), **counts)


def source_gaps(texts: int, state: State, demanded: State) -> TranslationGaps:
    """What the source language lacks: all its texts are in one state."""
    return TranslationGaps(texts, below=0 if state.reaches(demanded) else texts)


def _of(whose: str, lacks: TranslationGaps | State, what: str, demanded: State) -> Iterator[str]:
    if isinstance(lacks, State):
        if not lacks.reaches(demanded):
            yield f"{whose} {what} are {lacks}, not {demanded}"
    elif not lacks.is_empty:
        yield f"of {whose} {lacks.texts} {what} {', '.join(_parts(lacks, demanded))}"


def _parts(lacks: TranslationGaps, demanded: State) -> Iterator[str]:
    if lacks.refused:
        yield f"{lacks.refused} that a check refuses"
    if lacks.untranslated:
        yield f"{lacks.untranslated} not translated"
    if lacks.stale:
        yield f"{lacks.stale} whose source has changed"
    if lacks.below:
        yield f"{lacks.below} not {demanded} yet"
