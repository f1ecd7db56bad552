"""How far the study is, told from what is there: its files, the editions, the collector's counts, the releases.

Nothing is guessed. What cannot be told from these is said to be unknown, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kuule.releases.publication_release import ApprovalState
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.key_record import DestroyedKey
from kuule.study.settings.field_phase import FieldPhase, FieldStatus, StandingOrder, field_status
from kuule.workbench.release_desk.shelved_release import ShelvedRelease
from kuule.workbench.store_proxy import StoreSnapshot
from kuule.workbench.study_desk.desk_editions import DeskEdition
from kuule.workbench.study_desk.study_findings import StudyFindings


class StudyStage(StrEnum):
    """What a study goes through, in this order."""

    WRITE = "write"
    TRANSLATE = "translate"
    FREEZE = "freeze"
    COLLECT = "collect"
    CLOSE = "close"
    OPEN = "open"
    PUBLISH = "publish"


class Standing(StrEnum):
    """How a stage is: all of it is there, some of it is, nothing yet, or nobody can tell it here."""

    DONE = "done"
    BEGUN = "begun"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CollectorKnowledge:
    """What is known of the collector. Without `connected` there is no database; `trouble` says why it does not
    answer."""

    connected: bool
    trouble: str = ""
    snapshot: StoreSnapshot | None = None

    @property
    def answered(self) -> int:
        """At least how many sent their answers: the counts by language together, which move in tens."""
        counts = self.snapshot.counts.items() if self.snapshot is not None else ()
        return sum(figure for (kind, _), figure in counts if kind == "language")

    @property
    def order(self) -> StandingOrder | None:
        """What was ordered of the field period, such as a closing; None where that is not known."""
        return None if self.snapshot is None else self.snapshot.order


@dataclass(frozen=True, slots=True)
class EditionInField:
    """An edition for real answers: its first and its last day, None where none is set, and the phase that they come to,
    with what was ordered where that is known."""

    short: str
    opens: date | None
    closes: date | None
    status: FieldStatus


@dataclass(frozen=True, slots=True)
class StudyKnowledge:
    """All that is known. `releases` are None where the workbench was given no folder of them, or cannot read it."""

    findings: StudyFindings
    editions: tuple[DeskEdition, ...]
    destroyed: tuple[DestroyedKey, ...]
    collector: CollectorKnowledge
    counts: bool
    releases: tuple[ShelvedRelease, ...] | None
    now: datetime

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def real_editions(self) -> tuple[DeskEdition, ...]:
        """Those that are sealed to a key for real answers."""
        return tuple(one for one in self.editions if not one.edition.rehearsal)

    @property
    def current_editions(self) -> tuple[DeskEdition, ...]:
        """Those that ask what the study asks now."""
        return tuple(one for one in self.editions if one.edition.id not in self.findings.changed_since)

    @property
    def is_closed_for_good(self) -> bool:
        """Whether the key of every edition for real answers is said to be destroyed."""
        gone = {one.key_id for one in self.destroyed}
        return bool(self.real_editions) and all(one.edition.key.key_id.hex() in gone for one in self.real_editions)

    @property
    def in_field(self) -> tuple[EditionInField, ...]:
        """The editions for real answers that ask what the study asks now, or all of them if none does, each with its
        phase. Only a collector knows which of them it serves."""
        order = self.collector.order or StandingOrder()
        chosen = [one for one in self.real_editions if one in self.current_editions] or self.real_editions
        return tuple(_in_field(one.edition, order, self.now) for one in chosen)

    @property
    def has_closed(self) -> bool:
        """Whether each of these takes no visit any more."""
        return bool(self.in_field) and all(one.status.has_closed for one in self.in_field)

    @property
    def real_releases(self) -> tuple[ShelvedRelease, ...]:
        """Those that are no practice."""
        return tuple(one for one in self.releases or () if not one.practice)

    @property
    def due_releases(self) -> tuple[ShelvedRelease, ...]:
        """Those that are approved and whose day has come."""
        return tuple(
            one
            for one in self.real_releases
            if one.state is ApprovalState.APPROVED_TWICE and not one.is_under_embargo(self.today)
        )


def stage_standings(facts: StudyKnowledge) -> Mapping[StudyStage, Standing]:
    """How each stage is."""
    return {
        StudyStage.WRITE: Standing.BEGUN if facts.findings.errors else Standing.DONE,
        StudyStage.TRANSLATE: _translating(facts),
        StudyStage.FREEZE: _freezing(facts),
        StudyStage.COLLECT: _collecting(facts),
        StudyStage.CLOSE: _closing(facts),
        StudyStage.OPEN: _opening(facts),
        StudyStage.PUBLISH: _publishing(facts),
    }


def next_stage(standings: Mapping[StudyStage, Standing]) -> StudyStage | None:
    """The first stage that is not done, of those that can be told; None if nothing of the kind is left. That a survey
    has not closed yet is no step to take."""
    return next(
        (
            stage
            for stage, one in standings.items()
            if one is Standing.BEGUN or (one is Standing.AHEAD and stage is not StudyStage.CLOSE)
        ),
        None,
    )


def _translating(facts: StudyKnowledge) -> Standing:
    languages = facts.findings.languages
    if not languages:
        return Standing.UNKNOWN
    if not facts.findings.closed_languages:
        return Standing.DONE
    return Standing.AHEAD if len(facts.findings.closed_languages) == len(languages) else Standing.BEGUN


def _freezing(facts: StudyKnowledge) -> Standing:
    if not facts.editions:
        return Standing.AHEAD
    return Standing.DONE if _any_real(facts.current_editions) else Standing.BEGUN


def _collecting(facts: StudyKnowledge) -> Standing:
    if not facts.real_editions:
        return Standing.AHEAD
    if facts.is_closed_for_good or (facts.collector.order is not None and facts.has_closed):
        return Standing.DONE
    if facts.collector.order is not None and all(one.status.phase is FieldPhase.BEFORE for one in facts.in_field):
        return Standing.AHEAD
    return Standing.BEGUN if facts.counts and facts.collector.answered else Standing.UNKNOWN


def _closing(facts: StudyKnowledge) -> Standing:
    if facts.is_closed_for_good:
        return Standing.DONE
    if not facts.real_editions:
        return Standing.AHEAD
    if facts.collector.order is None:
        return Standing.UNKNOWN
    if not facts.has_closed:
        return Standing.AHEAD
    return Standing.BEGUN if any(one.status.lets_finish(paused=True) for one in facts.in_field) else Standing.DONE


def _in_field(edition: Edition, order: StandingOrder, now: datetime) -> EditionInField:
    period, pause_days = edition.study.field_period, edition.study.coming_back.pause_days
    return EditionInField(edition.short, period.opens, period.closes, field_status(period, pause_days, order, now))


def _opening(facts: StudyKnowledge) -> Standing:
    if facts.real_releases:
        return Standing.DONE
    return Standing.UNKNOWN if facts.real_editions else Standing.AHEAD


def _publishing(facts: StudyKnowledge) -> Standing:
    if facts.due_releases:
        return Standing.DONE
    if facts.real_releases:
        return Standing.BEGUN
    return Standing.UNKNOWN if facts.releases is None else Standing.AHEAD


def _any_real(editions: Iterable[DeskEdition]) -> bool:
    return any(not one.edition.rehearsal for one in editions)
