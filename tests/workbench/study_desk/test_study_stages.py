"""How far a study is: only what is known is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kuule.releases.publication_release import ApprovalState
from kuule.sealing.keys import PublicKey
from kuule.study.edition.study_edition import Edition
from kuule.study.folder.key_record import DestroyedKey
from kuule.study.settings.coming_back_settings import ComingBackSettings
from kuule.study.settings.field_period_settings import FieldPeriodSettings
from kuule.study.settings.field_phase import FieldOrder, FieldPhase, StandingOrder
from kuule.workbench.release_desk.shelved_release import ShelvedRelease
from kuule.workbench.store_proxy import StoreSnapshot
from kuule.workbench.study_desk.desk_editions import DeskEdition
from kuule.workbench.study_desk.study_findings import FoundLanguage, FoundProblem, StudyFindings
from kuule.workbench.study_desk.study_stages import (
    CollectorKnowledge,
    Standing,
    StudyKnowledge,
    StudyStage,
    next_stage,
    stage_standings,
)
from tests.study.small_study import make_edition

TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
FINE = StudyFindings((), (FoundLanguage("en"),))
ERROR = FoundProblem("FORM_001", "form.xlsx", "something is wrong", "mend it", is_error=True)
NOTHING = StudyKnowledge(FINE, (), (), CollectorKnowledge(connected=False), counts=True, releases=None, now=NOW)
COUNTED = CollectorKnowledge(True, "", StoreSnapshot({("language", "en"): 120, ("link", "k7"): 30}, frozenset()))
RELEASE = ShelvedRelease(
    "1",
    64 * "a",
    "small-study",
    "1",
    TODAY,
    False,
    ApprovalState.APPROVED_TWICE,
    (),
    (),
    (),
    (),
    False,
    "",
    "",
    ("en",),
    3,
)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> DeskEdition:
    """An edition, as if its key were for real answers."""
    made: Edition = make_edition(tmp_path_factory.mktemp("stages"))
    return DeskEdition(Path("edition"), replace(made, key=PublicKey(made.key.raw, rehearsal=False)), frozen_here=True)


def practice(edition: DeskEdition) -> DeskEdition:
    return replace(edition, edition=replace(edition.edition, key=PublicKey(edition.edition.key.raw, rehearsal=True)))


def test_study_with_an_error_is_to_be_mended_first() -> None:
    standings = stage_standings(replace(NOTHING, findings=replace(FINE, problems=(ERROR,))))
    assert (standings[StudyStage.WRITE], next_stage(standings)) == (Standing.BEGUN, StudyStage.WRITE)


def test_warning_keeps_nobody() -> None:
    warned = replace(FINE, problems=(replace(ERROR, is_error=False),))
    assert next_stage(stage_standings(replace(NOTHING, findings=warned))) == StudyStage.FREEZE


def test_languages_are_ready_when_each_may_open() -> None:
    shut, open_ = FoundLanguage("sv", ("not reviewed",)), FoundLanguage("en")
    found = {
        languages: stage_standings(replace(NOTHING, findings=StudyFindings((), languages)))[StudyStage.TRANSLATE]
        for languages in ((), (open_,), (open_, shut), (shut,))
    }
    assert list(found.values()) == [Standing.UNKNOWN, Standing.DONE, Standing.BEGUN, Standing.AHEAD]


def test_edition_for_practice_or_from_before_is_not_the_one_that_is_waited_for(edition: DeskEdition) -> None:
    old = replace(FINE, changed_since=(edition.edition.id,))
    found = [
        stage_standings(replace(NOTHING, findings=findings, editions=editions))[StudyStage.FREEZE]
        for findings, editions in (
            (FINE, ()), (FINE, (practice(edition),)), (old, (edition,)), (FINE, (edition,)),
        )
    ]  # fmt: skip
    assert found == [Standing.AHEAD, Standing.BEGUN, Standing.BEGUN, Standing.DONE]


def test_nobody_says_that_a_survey_is_open_who_cannot_know_it(edition: DeskEdition) -> None:
    frozen = replace(NOTHING, editions=(edition,))
    silent = CollectorKnowledge(True, "it did not answer")
    empty = CollectorKnowledge(True, "", StoreSnapshot({}, frozenset()))
    found = [
        stage_standings(facts)[StudyStage.COLLECT]
        for facts in (
            NOTHING,
            frozen,
            replace(frozen, collector=silent),
            replace(frozen, collector=empty),
            replace(frozen, collector=COUNTED, counts=False),
            replace(frozen, collector=COUNTED),
        )
    ]
    assert found == [Standing.AHEAD, *4 * [Standing.UNKNOWN], Standing.BEGUN]
    assert COUNTED.answered == 120


def test_study_is_over_once_the_key_of_each_edition_is_destroyed(edition: DeskEdition) -> None:
    gone = DestroyedKey(edition.edition.key.key_id.hex(), TODAY, "the board")
    frozen = replace(NOTHING, editions=(edition,), destroyed=(gone,), collector=COUNTED)
    assert stage_standings(frozen)[StudyStage.COLLECT] is Standing.DONE
    assert stage_standings(frozen)[StudyStage.CLOSE] is Standing.DONE
    other = replace(gone, key_id=16 * "0")
    assert stage_standings(replace(frozen, destroyed=(other,)))[StudyStage.COLLECT] is Standing.BEGUN


def with_days(edition: DeskEdition, opens: date | None, closes: date | None) -> DeskEdition:
    period = FieldPeriodSettings(opens, closes)
    study = replace(edition.edition.study, field_period=period, coming_back=ComingBackSettings(pause_days=30))
    return replace(edition, edition=replace(edition.edition, study=study))


def ordered(order: StandingOrder | None, answered: int = 120) -> CollectorKnowledge:
    counts = {("language", "en"): answered}
    return CollectorKnowledge(connected=True, snapshot=StoreSnapshot(counts, frozenset(), order))


MARCH, JULY, MAY = date(2026, 3, 1), date(2026, 7, 1), date(2027, 5, 1)
CLOSED = StandingOrder(FieldOrder.CLOSE, date(2026, 11, 27), 2)
U, A, B, D = Standing.UNKNOWN, Standing.AHEAD, Standing.BEGUN, Standing.DONE


@pytest.mark.parametrize(
    ("days", "order", "answered", "phase", "standings"),
    [
        ((MAY, None), StandingOrder(), 0, FieldPhase.BEFORE, (A, A)),
        ((MARCH, MAY), StandingOrder(), 120, FieldPhase.OPEN, (B, A)),
        ((MARCH, MAY), StandingOrder(), 0, FieldPhase.OPEN, (U, A)),
        ((MARCH, JULY), StandingOrder(), 120, FieldPhase.OVER, (D, D)),
        ((MARCH, JULY), StandingOrder(FieldOrder.OPEN), 120, FieldPhase.OPEN, (B, A)),
        ((MARCH, MAY), CLOSED, 120, FieldPhase.FINISHING, (D, B)),
        ((MARCH, MAY), replace(CLOSED, closed_on=date(2026, 11, 20)), 0, FieldPhase.CLOSED, (D, B)),
        ((MARCH, JULY), None, 120, FieldPhase.OVER, (B, U)),
    ],
)
def test_closing_is_told_from_days_and_orders(
    edition: DeskEdition,
    days: tuple[date | None, date | None],
    order: StandingOrder | None,
    answered: int,
    phase: FieldPhase,
    standings: tuple[Standing, Standing],
) -> None:
    facts = replace(NOTHING, editions=(with_days(edition, *days),), collector=ordered(order, answered))
    found = stage_standings(facts)
    assert [one.status.phase for one in facts.in_field] == [phase]
    assert (found[StudyStage.COLLECT], found[StudyStage.CLOSE]) == standings


def test_closing_is_unknown_without_a_database_and_no_step_before_it_happened(edition: DeskEdition) -> None:
    apart = replace(NOTHING, editions=(with_days(edition, MARCH, JULY),))
    assert stage_standings(apart)[StudyStage.CLOSE] is Standing.UNKNOWN
    assert stage_standings(NOTHING)[StudyStage.CLOSE] is Standing.AHEAD
    quiet = replace(apart, editions=(edition,), collector=ordered(StandingOrder(), 0), releases=())
    assert next_stage(stage_standings(quiet)) is StudyStage.PUBLISH
    finishing = replace(quiet, collector=ordered(CLOSED))
    assert next_stage(stage_standings(finishing)) is StudyStage.CLOSE


def test_answers_were_opened_if_a_release_was_counted_from_them(edition: DeskEdition) -> None:
    frozen = replace(NOTHING, editions=(edition,))
    tomorrow = replace(RELEASE, day=date(2026, 11, 29))
    draft, practised = replace(RELEASE, state=ApprovalState.DRAFT), replace(RELEASE, practice=True)
    found = [
        tuple(
            stage_standings(replace(frozen, releases=releases))[stage]
            for stage in (StudyStage.OPEN, StudyStage.PUBLISH)
        )
        for releases in (None, (), (practised,), (draft,), (tomorrow,), (RELEASE,))
    ]
    assert found == [
        (Standing.UNKNOWN, Standing.UNKNOWN),
        (Standing.UNKNOWN, Standing.AHEAD),
        (Standing.UNKNOWN, Standing.AHEAD),
        (Standing.DONE, Standing.BEGUN),
        (Standing.DONE, Standing.BEGUN),
        (Standing.DONE, Standing.DONE),
    ]
