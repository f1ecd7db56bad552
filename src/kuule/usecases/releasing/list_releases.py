"""What there is of releases: all in a folder, or one with who approved it and what it corrects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.problems import Problem
from kuule.releases.approvals import approval_state, valid_approvals
from kuule.releases.lineage import lineage_problems, predecessors, read_releases
from kuule.releases.publication_checks import can_release_be_published, publication_problems
from kuule.releases.release_folder import ReleaseFolder, read_release

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ListedReleases:
    """The rows of a table, its heading first, and what is wrong with folders that are not in it or lack another."""

    rows: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...]


def list_releases(folder: Path, *, today: date) -> ListedReleases:
    """The releases in a folder, by study and version."""
    found, problems = read_releases(folder)
    heading = ("study", "version", "day", "state", "published from now", "before", "hash", "folder")
    rows = (_row(one, found, today) for one in found)
    return ListedReleases((heading, *rows) if found else (), problems)


def show_release(path: Path, *, today: date) -> ListedReleases:
    """One release: what it says of itself, who approved it, and what keeps it from being published. The releases before
    it are looked for beside it. Raises PublishingError RELEASE_001 to RELEASE_005."""
    found = read_release(path)
    known, _ = read_releases(path.resolve().parent)
    problems = lineage_problems([found, *predecessors(found, known)])
    return ListedReleases(tuple(_facts(found, known)), (*publication_problems(found, today=today), *problems))


def _row(one: ReleaseFolder, known: tuple[ReleaseFolder, ...], today: date) -> tuple[str, ...]:
    release, description = one.release, one.release.description
    before = next(predecessors(one, known), None)
    verb = "amends" if description.amends else "follows"
    said = "" if before is None else f"{verb} {before.release.description.version}"
    state = "practice" if release.origin.rehearsal else str(approval_state(release, one.content))
    can = "yes" if can_release_be_published(one, today=today) else "no"
    return (
        release.study,
        description.version,
        description.day.isoformat(),
        state,
        can,
        said,
        one.content[:_DIGITS],
        str(one.path),
    )


def _facts(one: ReleaseFolder, known: tuple[ReleaseFolder, ...]) -> Iterator[tuple[str, ...]]:
    release, description = one.release, one.release.description
    yield "study", release.study
    yield "version", description.version
    yield "day", description.day.isoformat()
    yield "state", "practice" if release.origin.rehearsal else str(approval_state(release, one.content))
    yield "hash", one.content
    yield "dataset", release.origin.dataset
    yield "ledger entry", release.ledger_entry
    yield "tables", str(len(release.tables))
    yield "languages", ", ".join(release.languages)
    for quote in release.quotes:
        yield f"quote {quote.number}, {quote.language}", quote.words
        for translation in quote.translations:
            yield f"quote {quote.number}, {translation.language}", translation.words
    yield "citation", description.citation
    yield "licence", description.licence
    valid = valid_approvals(release, one.content)
    for approval in release.approvals:
        said = f"{approval.name} ({approval.role}), {approval.day}"
        yield "approved by", said if approval in valid else f"{said}: of what it was before it was changed"
    for access in description.early_access:
        yield "given early to", f"{access.who}, {access.since}: {access.reason}"
    for change in description.changes:
        yield f"changes, {change.language}", change.text
    verb = "amends" if description.amends else "follows"
    for before in predecessors(one, known):
        yield verb, f"{before.release.description.version}, {before.release.description.day}: {before.path}"
        verb = "which amends" if before.release.description.amends else "which follows"
