"""The releases that lie in the folder now. They are read once, and again when a file of them changed or a day began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.http import Http404

from kuule.core.problems import Problem
from kuule.releases.release_folder import EVERY_FILE
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import errand_turn, run_errand_process
from kuule.workbench.errands.problem_tables import problems_from_table
from kuule.workbench.release_desk.release_kinds import RELEASE_ERRANDS
from kuule.workbench.release_desk.shelf_reading import MOST_FOLDERS, release_folder_names
from kuule.workbench.release_desk.shelved_release import ShelvedRelease, shelved_from_table


@dataclass(frozen=True, slots=True)
class CurrentShelf:
    """The releases, the newest first, and what is wrong with other folders or between them."""

    folder: Path
    today: date
    releases: tuple[ShelvedRelease, ...] = ()
    problems: tuple[Problem, ...] = ()

    def find(self, digits: str) -> ShelvedRelease | None:
        """The release that an address names; None if there is none as it was."""
        return next((one for one in self.releases if one.digits == digits), None)

    def find_predecessor(self, one: ShelvedRelease) -> ShelvedRelease | None:
        """The release that this one corrects or comes after, if it is here."""
        return next((each for each in self.releases if each.content == one.predecessor), None)

    def list_successors(self, one: ShelvedRelease) -> tuple[ShelvedRelease, ...]:
        """The releases that correct or follow this one."""
        return tuple(each for each in self.releases if each.predecessor == one.content)


class _LastRead:
    """What was read last, and of which files on which day. Both are replaced at once."""

    known: tuple[object, CurrentShelf] | None = None


def read_current_shelf(site: WorkbenchSite) -> CurrentShelf:
    """Raises Http404 where there are no releases, StudyError, and WorkbenchError WORKBENCH_014 and WORKBENCH_017."""
    folder, today, study = site.releases_folder, site.clock().date(), site.read_study_settings().id
    if folder is None:
        raise Http404
    # The stamp is taken before reading, so that a change in between is noticed the next time.
    stamp = (folder, today, study, _stamp(folder))
    if (shelf := _find_read(stamp)) is not None:
        return shelf
    with errand_turn(RELEASE_ERRANDS):
        if (shelf := _find_read(stamp)) is not None:  # somebody else had it read meanwhile
            return shelf
        asked = {"do": "list", "folder": str(folder), "study": study, "today": today.isoformat()}
        answer = run_errand_process(RELEASE_ERRANDS, asked)
        releases = tuple(map(shelved_from_table, answer["releases"]))
        shelf = CurrentShelf(folder, today, releases, problems_from_table(answer["shelf_problems"]))
        _LastRead.known = (stamp, shelf)
        return shelf


def _find_read(stamp: object) -> CurrentShelf | None:
    known = _LastRead.known
    return known[1] if known is not None and known[0] == stamp else None


def _stamp(folder: Path) -> tuple[object, ...]:
    names = list(release_folder_names(folder))
    found: list[object] = [len(names)]
    for name in names[:MOST_FOLDERS]:
        for file in (folder / name, *(folder / name / each for each in EVERY_FILE)):
            try:
                there = file.lstat()
            except OSError:
                continue
            found.append((str(file), there.st_mode, there.st_mtime_ns, there.st_size, there.st_ino))
    return tuple(found)
