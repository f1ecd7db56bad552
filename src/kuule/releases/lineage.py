"""The releases of a study in their order: which one each corrects or comes after, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kuule.core.problems import Problem, PublishingError
from kuule.releases.publication_release import ReleaseDescription
from kuule.releases.release_folder import RELEASE_FILES, ReleaseFolder, read_release


def version_order(version: str) -> tuple[int, ...]:
    """What versions are sorted by: 1, 1.1, 1.2, 2, 10."""
    return tuple(map(int, version.split(".")))


def following_version(version: str) -> str:
    """The version of the release after one: 2 after 1 or after 1.3."""
    return str(version_order(version)[0] + 1)


def amending_version(version: str) -> str:
    """The version of a release that corrects one: 1.1 for 1, and 1.4 for 1.3."""
    major, minor = (*version_order(version), 0)[:2]
    return f"{major}.{minor + 1}"


def read_releases(folder: Path) -> tuple[tuple[ReleaseFolder, ...], tuple[Problem, ...]]:
    """The releases in the folders of a folder, by study and version, and the problems of those that cannot be read and
    of those whose predecessor is not among them."""
    found: list[ReleaseFolder] = []
    problems: list[Problem] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or not any((path / name).exists() for name in RELEASE_FILES):
            continue
        try:
            found.append(read_release(path))
        except PublishingError as error:
            problems += (replace(problem, place=f"{path.name}, {problem.place}") for problem in error.problems)
    found.sort(key=lambda one: (one.release.study, version_order(one.release.description.version)))
    return tuple(found), (*problems, *lineage_problems(found))


def predecessor_hash(description: ReleaseDescription) -> str:
    """The content hash of the release before, or ""."""
    return description.amends or description.follows


def predecessors(release: ReleaseFolder, known: Iterable[ReleaseFolder]) -> Iterator[ReleaseFolder]:
    """The releases before one, the newest first, as far as they are among those that are `known`."""
    by_content = {one.content: one for one in known}
    before = by_content.pop(predecessor_hash(release.release.description), None)
    while before is not None:
        yield before
        before = by_content.pop(predecessor_hash(before.release.description), None)


def check_predecessors_known(release: ReleaseFolder, known: Iterable[ReleaseFolder]) -> None:
    """Raise PublishingError RELEASE_021 or RELEASE_024 if the release before one, or one before that, is missing or
    does not fit."""
    known = tuple(known)
    if problems := tuple(lineage_problems([release, *predecessors(release, known)])):
        raise PublishingError(*problems)


def lineage_problems(releases: Iterable[ReleaseFolder]) -> Iterator[Problem]:
    """RELEASE_021 for each release whose predecessor is not among them, and RELEASE_024 for each that has not the study
    or a later version and a later or equal day than its predecessor."""
    releases = tuple(releases)
    by_content = {one.content: one for one in releases}
    for one in releases:
        description, wanted = one.release.description, predecessor_hash(one.release.description)
        if not wanted:
            continue
        before = by_content.get(wanted)
        if before is None:
            verb = "amends" if description.amends else "follows"
            cause = f"the release that it {verb} ({wanted[:12]}…) is not here, or was changed since"
            remedy = "put the folder of that release beside it, as it was published"
            yield Problem("RELEASE_021", str(one.path), cause, remedy)
        elif cause := _misfit(one, before):
            yield Problem("RELEASE_024", str(one.path), cause, f"compare it with {before.path}")


def _misfit(one: ReleaseFolder, before: ReleaseFolder) -> str:
    mine, other = one.release.description, before.release.description
    if one.release.study != before.release.study:
        return f"it is of the study {one.release.study!r}, and its predecessor of {before.release.study!r}"
    if version_order(mine.version) <= version_order(other.version):
        return f"its version {mine.version} does not come after {other.version}"
    if mine.day < other.day:
        return f"its day {mine.day} comes before {other.day}, that of its predecessor"
    return ""
