"""Whether a release can be published: approved by two, its day come, and an amendment says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kuule.core.problems import Problem, PublishingError
from kuule.releases.approvals import approval_state, valid_approvals
from kuule.releases.description_toml import DESCRIPTION_FILE
from kuule.releases.publication_release import ApprovalState, PublicationRelease
from kuule.releases.release_folder import ReleaseFolder


def check_release_can_be_published(folder: ReleaseFolder, *, today: date) -> None:
    """Raise PublishingError with everything that `publication_problems` finds."""
    if problems := publication_problems(folder, today=today):
        raise PublishingError(*problems)


def can_release_be_published(folder: ReleaseFolder, *, today: date) -> bool:
    """Whether `publication_problems` finds nothing."""
    return not publication_problems(folder, today=today)


def publication_problems(folder: ReleaseFolder, *, today: date) -> tuple[Problem, ...]:
    """Every reason why a release of real answers may not be published: RELEASE_010 (fewer than two people approved it),
    RELEASE_011 (it was approved, and changed since), RELEASE_012 (its day has not come), RELEASE_020 (it corrects or
    follows another one and does not say what changed). Practice can be published at any time, and says on every page
    that it is practice."""
    if folder.release.origin.rehearsal:
        return ()
    return (*_approval_problems(folder), *amendment_problems(folder.release), *_embargo_problems(folder, today))


def amendment_problems(release: PublicationRelease) -> Iterator[Problem]:
    """RELEASE_020 if a release corrects or follows another one and does not say, in the language of the study, what
    changed."""
    source, description = next(iter(release.wordings)), release.description
    if (description.amends or description.follows) and source not in {one.language for one in description.changes}:
        cause = f"it does not say in {source!r} what changed since the release before"
        remedy = f'write below [changes] a line like {source} = "…", and the same in its other languages'
        yield Problem("RELEASE_020", f"{DESCRIPTION_FILE}, changes", cause, remedy)


def _approval_problems(folder: ReleaseFolder) -> Iterator[Problem]:
    release, place = folder.release, str(folder.path)
    if approval_state(release, folder.content) is ApprovalState.APPROVED_TWICE:
        return
    names = [one.name for one in valid_approvals(release, folder.content)]
    lapsed = dict.fromkeys(one.name for one in release.approvals if one.content != folder.content)
    if again := [name for name in lapsed if name not in names]:
        cause = f"it was changed after {' and '.join(again)} approved it"
        yield Problem("RELEASE_011", place, cause, "have them look at what it is now, and approve it again")
    said = f"{names[0]} alone approved it" if names else "nobody approved it"
    remedy = "have two people look at its report and approve it: kuule release approve"
    yield Problem("RELEASE_010", place, f"{said}, and two people have to", remedy)


def _embargo_problems(folder: ReleaseFolder, today: date) -> Iterator[Problem]:
    if today < (day := folder.release.description.day):
        remedy = f"wait for that day, or change it in {DESCRIPTION_FILE} and have it approved again"
        yield Problem("RELEASE_012", str(folder.path), f"it is under embargo until {day}", remedy)
