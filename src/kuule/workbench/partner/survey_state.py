"""How the survey is just now, on the first page of members: the phase of its field period, in the words that
`kuule status` has, and what `kuule verify --watch` saw of it last from outside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from kuule.core.problems import KuuleError, Problem
from kuule.study.edition.edition_files import MANIFEST
from kuule.study.edition.study_edition import read_edition
from kuule.study.settings.field_phase import FieldStatus, field_status
from kuule.study.settings.study_settings import Study
from kuule.verification.look_record import LookRecord, read_look_record
from kuule.verification.site_findings import SiteFinding, SiteState
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.store_proxy import StoreSnapshot


@dataclass(frozen=True, slots=True)
class SurveyState:
    """`phase`: None where no collector's database is known. `look`: None where nobody looks from outside. `faults` and
    `warnings` are those of that look. `problems`: why something cannot be read."""

    phase: FieldStatus | None
    look: LookRecord | None
    problems: tuple[Problem, ...] = ()

    @property
    def faults(self) -> Sequence[SiteFinding]:
        """What was wrong."""
        return self._in(SiteState.WRONG)

    @property
    def warnings(self) -> Sequence[SiteFinding]:
        """What should be known."""
        return self._in(SiteState.WARNING)

    def _in(self, state: SiteState) -> Sequence[SiteFinding]:
        found = self.look.findings.values() if self.look else ()
        return [one for one in found if one.state is state]


def survey_state(study: Study, store: StoreSnapshot | None, now: datetime) -> SurveyState:
    """What is known. The days are those of the newest edition that is served, else those of the study's folder."""
    problems: list[Problem] = []
    phase = look = None
    try:
        if store is not None and store.order is not None:
            served = _served_study() or study
            phase = field_status(served.field_period, served.coming_back.pause_days, store.order, now)
    except KuuleError as error:
        problems += error.problems
    path = running_site().options.verified
    try:
        look = read_look_record(path) if path is not None else None
    except KuuleError as error:
        problems += error.problems
    return SurveyState(phase, look, tuple(problems))


def _served_study() -> Study | None:
    editions = running_site().options.editions
    if not editions:
        return None
    return _study_of(editions[-1], (editions[-1] / MANIFEST).stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _study_of(edition: Path, changed: int) -> Study:
    """The study of an edition, read once."""
    return read_edition(edition).study
