"""How far publishing is, as a team at its desk sees it: whether the dataset is locked, which releases there are of it,
and which quotes are released, or wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem
from kuule.qualitative.quotes.quote_states import QuoteState
from kuule.releases.approvals import approval_state
from kuule.releases.lineage import read_releases
from kuule.releases.publication_checks import can_release_be_published
from kuule.releases.publication_release import ApprovalState
from kuule.releases.release_folder import ReleaseFolder
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.quoting import list_quotes

WAITING = (QuoteState.UNDECIDED, QuoteState.STALE, QuoteState.CONTESTED)


@dataclass(frozen=True, slots=True)
class SeenRelease:
    """A release beside the dataset. `fits` says that it is of the version of the dataset that the project's texts are
    of: only beside its tables can a quote be released now."""

    path: Path
    version: str
    day: date
    state: ApprovalState
    practice: bool
    tables: int
    quotes: tuple[int, ...]
    fits: bool
    can_be_published: bool


@dataclass(frozen=True, slots=True)
class ReleaseStanding:
    """Releases of the project's study, by version, and quotes by what became of them. `problems` are of folders beside
    the dataset that look like a release and cannot be read."""

    releases: tuple[SeenRelease, ...]
    problems: tuple[Problem, ...]
    quotes: Mapping[QuoteState, tuple[int, ...]]

    @property
    def waiting(self) -> tuple[int, ...]:
        return tuple(sorted(number for state in WAITING for number in self.quotes.get(state, ())))


def release_standing(
    session: ProjectSession, folder: Path, *, release: Path | None = None, today: date
) -> ReleaseStanding:
    """What there is of releases in a folder, that of the dataset as a rule; quotes are compared with the tables of
    `release` where one is given. Raises what `list_quotes` raises."""
    found, problems = _releases_in(folder)
    studies = {one.study for one in session.project.datasets}
    quotes: dict[QuoteState, list[int]] = {}
    for one in list_quotes(session, release):
        quotes.setdefault(one.state, []).append(one.number)
    return ReleaseStanding(
        releases=tuple(_seen(session, one, today) for one in found if one.release.study in studies),
        problems=problems,
        quotes={state: tuple(numbers) for state, numbers in quotes.items()},
    )


def _releases_in(folder: Path) -> tuple[tuple[ReleaseFolder, ...], tuple[Problem, ...]]:
    try:
        return read_releases(folder)
    except OSError as error:
        cause = f"what is in it cannot be looked at ({error.strerror or 'it cannot be read'})"
        remedy = "keep releases in a folder that you can read, or type where the release is"
        return (), (Problem("DESK_021", str(folder), cause, remedy),)


def _seen(session: ProjectSession, one: ReleaseFolder, today: date) -> SeenRelease:
    release = one.release
    here = [(taken.study, taken.version) for taken in session.project.datasets]
    return SeenRelease(
        path=one.path,
        version=release.description.version,
        day=release.description.day,
        state=approval_state(release, one.content),
        practice=release.origin.rehearsal,
        tables=len(release.tables),
        quotes=tuple(quote.number for quote in release.quotes),
        fits=here == [(release.study, release.origin.dataset)],
        can_be_published=can_release_be_published(one, today=today),
    )
