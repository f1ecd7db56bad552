"""Approving a release: a person says by name that they looked at what it is now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kuule.core.locks import exclusive_lock
from kuule.core.problems import PublishingError
from kuule.disclosure.ledger import Ledger
from kuule.releases.approvals import approval_state, with_approval
from kuule.releases.lineage import check_predecessors_known, read_releases
from kuule.releases.publication_checks import amendment_problems
from kuule.releases.publication_release import ApprovalState, PublicationRelease, ReleaseApproval
from kuule.releases.release_folder import read_release, write_approvals
from kuule.usecases.releasing.ledger_lookup import find_in_ledger


@dataclass(frozen=True, slots=True)
class ApprovedRelease:
    """A release after an approval, and how far it has come with it."""

    release: PublicationRelease
    state: ApprovalState

    @property
    def is_enough(self) -> bool:
        """Whether nobody else has to approve it."""
        return self.state is ApprovalState.APPROVED_TWICE


def approve_release(path: Path, name: str, role: str, *, day: date, ledger: Path | None = None) -> ApprovedRelease:
    """Add a person's approval of what the release is now. With `ledger`, the file of the ledger, its tables must be in
    there.

    Raises PublishingError RELEASE_001 to RELEASE_005 (the release cannot be read), RELEASE_013 (this person approved it
    already), RELEASE_014 (a name or role that says nothing), RELEASE_020 (it does not say what changed), RELEASE_021
    and RELEASE_024 (the release before is not beside it, or does not fit), RELEASE_030 (the ledger has no such tables).
    """
    path = read_release(path).path.resolve()
    with exclusive_lock(path.with_name(f".{path.name}.held"), lambda: None):
        found = read_release(path)
        release = with_approval(found.release, ReleaseApproval(name.strip(), role.strip(), day, found.content))
        if problems := tuple(amendment_problems(release)):
            raise PublishingError(*problems)
        check_predecessors_known(found, read_releases(path.parent)[0])
        if ledger is not None:
            find_in_ledger(found, Ledger(ledger))
        write_approvals(replace(found, release=release))
    return ApprovedRelease(release, approval_state(release, found.content))
