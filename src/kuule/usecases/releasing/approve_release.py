"""Approving a release: a person says by name that they looked at what it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, PublishingError
from kuule.disclosure.ledger import Ledger
from kuule.releases.approvals import approval_state, with_approval
from kuule.releases.lineage import check_predecessors_known, read_releases
from kuule.releases.publication_checks import amendment_problems
from kuule.releases.publication_release import ApprovalState, PublicationRelease, ReleaseApproval
from kuule.releases.release_folder import ReleaseFolder, read_release, write_approvals
from kuule.usecases.releasing.ledger_lookup import find_in_ledger

_DIGITS = 12
"""How many digits of a hash are enough to name a release."""


@dataclass(frozen=True, slots=True)
class ApprovedRelease:
    """A release after an approval, and how far it has come with it."""

    release: PublicationRelease
    state: ApprovalState

    @property
    def is_enough(self) -> bool:
        """Whether nobody else has to approve it."""
        return self.state is ApprovalState.APPROVED_TWICE


def approve_release(
    path: Path, name: str, role: str, *, day: date, ledger: Path | None = None, seen: str = ""
) -> ApprovedRelease:
    """Add a person's approval of what the release is now. With `ledger`, the file of the ledger, its tables must be in
    there. `seen` is how the hash of what they looked at begins: the release must not have changed since.

    Raises PublishingError RELEASE_001 to RELEASE_005 (the release cannot be read), RELEASE_013 (this person approved it
    already), RELEASE_014 (a name or role that says nothing), RELEASE_015 (it is not what they looked at), RELEASE_020
    (it does not say what changed), RELEASE_021 and RELEASE_024 (the release before is not beside it, or does not fit),
    RELEASE_030 (the ledger has no such tables).
    """
    path = read_release(path).path.resolve()
    with exclusive_lock(path.with_name(f".{path.name}.held"), lambda: None):
        found = read_release(path)
        _check_seen(found, seen)
        release = with_approval(found.release, ReleaseApproval(name.strip(), role.strip(), day, found.content))
        if problems := tuple(amendment_problems(release)):
            raise PublishingError(*problems)
        check_predecessors_known(found, read_releases(path.parent)[0])
        if ledger is not None:
            find_in_ledger(found, Ledger(ledger))
        write_approvals(replace(found, release=release))
    return ApprovedRelease(release, approval_state(release, found.content))


def _check_seen(found: ReleaseFolder, seen: str) -> None:
    """Raise PublishingError RELEASE_015 unless the hash of the release begins with `seen`, which may be ""."""
    if seen and (len(seen) < _DIGITS or not found.content.startswith(seen.lower())):
        cause = f"the hash of the release is {found.content[:_DIGITS]}…, and {seen[:64]!r} was looked at"
        remedy = f"look at it again; give at least the first {_DIGITS} digits that kuule release show prints"
        raise PublishingError(Problem("RELEASE_015", "--hash", cause, remedy))
