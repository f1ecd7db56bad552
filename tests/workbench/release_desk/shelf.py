"""A folder of releases for tests of the workbench: one that two people approved, and one that corrects it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from kuule.releases.publication_release import EarlyAccess, PublicationRelease, ReleaseApproval, ReleaseChange
from kuule.releases.release_folder import ReleaseFolder, release_content_hash, write_release
from tests.releases.small_release import small_release

STUDY = "small-study"
LATER, EARLIER = date(2999, 3, 1), date(2024, 3, 1)
"""Days that have not come, and that have, whenever tests run."""
CHANGED = "The figure on help was read out wrongly."
MINISTRY = EarlyAccess("the press desk of a ministry", date(2024, 2, 20), "to prepare an answer")


def release_of_study(study: str = STUDY, **described: object) -> PublicationRelease:
    """The small release, as if of this study. `described` are fields of its description."""
    made = small_release()
    origin = replace(made.origin, study=study)
    tables = tuple(replace(table, origin=origin) for table in made.tables)
    description = replace(made.description, **{"day": EARLIER, **described})
    return replace(made, study=study, origin=origin, tables=tables, description=description)


def approved(release: PublicationRelease, *names: str) -> PublicationRelease:
    """The release as these people approved it."""
    content = release_content_hash(release)
    given = tuple(ReleaseApproval(name, "of the study", date(2024, 2, 1), content) for name in names)
    return replace(release, approvals=given)


def make_shelf(folder: Path) -> dict[str, ReleaseFolder]:
    """`1` may be published and was given early to a ministry; `1.1` corrects it, one person approved it, and its day
    has not come."""
    first = approved(release_of_study(early_access=(MINISTRY,)), "Anna Virtanen", "Bo Ek")
    content = release_content_hash(first)
    changes = (ReleaseChange("en", CHANGED),)
    second = approved(release_of_study(version="1.1", day=LATER, amends=content, changes=changes), "Anna Virtanen")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {version: write_release(one, folder / version) for version, one in (("1", first), ("1.1", second))}
