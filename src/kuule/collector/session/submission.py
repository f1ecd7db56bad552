"""What is sent: the record of a visit, with its week, sealed to the key of the edition and bound to its row id."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from kuule.collector.session.session_state import SessionState
from kuule.collector.session.stripped_visit import strip_visit
from kuule.forms.record import build_record
from kuule.sealing.envelope import SealedResponse, seal
from kuule.study.edition.study_edition import Edition


def seal_visit(edition: Edition, state: SessionState, now: datetime, flags: Sequence[str]) -> SealedResponse:
    """The envelope of a visit, stripped as the study says. Raises ContentTooLong."""
    stripped = strip_visit(edition, state.visit)
    record = build_record(
        edition.form,
        stripped.visit,
        study=edition.study.id,
        edition=edition.id,
        language=state.language,
        link=state.link,
        week=_week(now),
        today=now.date(),
        flags=(*flags, *stripped.flags),
        longest_text=edition.study.answers.longest_text,
    )
    return seal(
        record.to_bytes(),
        key=edition.key,
        study_id=edition.study.id,
        edition_id=edition.id,
        row_id=state.row_id(edition.study.id),
        size=edition.envelope_size,
    )


def _week(now: datetime) -> str:
    """The ISO 8601 week, which belongs to the year of its Thursday."""
    year, week, _ = now.isocalendar()
    return f"{year}-W{week:02d}"
