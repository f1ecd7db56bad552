"""A release as its page at the workbench knows it: what it says of itself and how far it has come, without any number.

The process that reads releases writes it as JSON; the process of the site reads that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from kuule.core.problems import Problem
from kuule.releases.approvals import approval_state, valid_approvals
from kuule.releases.lineage import predecessor_hash
from kuule.releases.publication_checks import publication_problems
from kuule.releases.publication_release import ApprovalState, EarlyAccess, ReleaseChange
from kuule.releases.release_folder import ReleaseFolder
from kuule.workbench.errands.problem_tables import cut_text, problems_from_table, problems_to_table

DIGITS = 16
"""How many digits of a content hash name a release in an address."""
_MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class ShelvedApproval:
    """An approval. One that is not `valid` is of what the release was before it was changed."""

    name: str
    role: str
    day: date
    valid: bool


@dataclass(frozen=True, slots=True)
class ShelvedRelease:
    """`folder` is the name of its folder, `content` its content hash, `predecessor` that of the release before or "".
    `problems` say what keeps it from being published today. Texts are cut and lists end where a page has enough."""

    folder: str
    content: str
    study: str
    version: str
    day: date
    practice: bool
    state: ApprovalState
    problems: tuple[Problem, ...]
    approvals: tuple[ShelvedApproval, ...]
    early_access: tuple[EarlyAccess, ...]
    changes: tuple[ReleaseChange, ...]
    amends: bool
    predecessor: str
    citation: str
    languages: tuple[str, ...]
    tables: int

    @property
    def digits(self) -> str:
        """What names it in an address."""
        return self.content[:DIGITS]

    @property
    def can_be_published(self) -> bool:
        return not self.problems

    @property
    def title(self) -> str:
        """Its name in a sentence and in the audit trail, where the digits tell two apart that have one version."""
        return f"release {self.version} ({self.digits})"

    def is_under_embargo(self, today: date) -> bool:
        """Whether its day has not come. Practice has no embargo."""
        return not self.practice and today < self.day


def shelved_release(found: ReleaseFolder, *, today: date) -> ShelvedRelease:
    """What a page needs to know of a release."""
    release, description = found.release, found.release.description
    valid = valid_approvals(release, found.content)
    return ShelvedRelease(
        folder=found.path.name,
        content=found.content,
        study=release.study,
        version=description.version,
        day=description.day,
        practice=release.origin.rehearsal,
        state=approval_state(release, found.content),
        problems=publication_problems(found, today=today),
        approvals=tuple(
            ShelvedApproval(one.name, one.role, one.day, one in valid)
            for one in islice(reversed(release.approvals), _MOST_LINES)
        ),
        early_access=tuple(
            EarlyAccess(cut_text(one.who), one.since, cut_text(one.reason))
            for one in islice(description.early_access, _MOST_LINES)
        ),
        changes=tuple(
            ReleaseChange(one.language, cut_text(one.text)) for one in islice(description.changes, _MOST_LINES)
        ),
        amends=bool(description.amends),
        predecessor=predecessor_hash(description),
        citation=cut_text(description.citation),
        languages=tuple(release.wordings),
        tables=len(release.tables),
    )


def shelved_to_table(one: ShelvedRelease) -> dict[str, Any]:
    """For JSON."""
    return {
        **{name: getattr(one, name) for name in _PLAIN},
        "day": one.day.isoformat(),
        "problems": problems_to_table(one.problems),
        "approvals": [[each.name, each.role, each.day.isoformat(), each.valid] for each in one.approvals],
        "early_access": [[each.who, each.since.isoformat(), each.reason] for each in one.early_access],
        "changes": [[each.language, each.text] for each in one.changes],
    }


def shelved_from_table(table: Mapping[str, Any]) -> ShelvedRelease:
    """The reverse."""
    day = date.fromisoformat
    known = {name: table[name] for name in _PLAIN}
    known |= {"state": ApprovalState(table["state"]), "languages": tuple(table["languages"])}
    return ShelvedRelease(
        **known,
        day=day(table["day"]),
        problems=problems_from_table(table["problems"]),
        approvals=tuple(ShelvedApproval(name, role, day(on), ok) for name, role, on, ok in table["approvals"]),
        early_access=tuple(EarlyAccess(who, day(since), why) for who, since, why in table["early_access"]),
        changes=tuple(ReleaseChange(tag, text) for tag, text in table["changes"]),
    )


_PLAIN = (
    "folder", "content", "study", "version", "practice", "state", "amends", "predecessor", "citation", "languages",
    "tables",
)  # fmt: skip
"""Fields that JSON has as they are."""
