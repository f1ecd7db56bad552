"""Launches: what has to be done before something goes out, by whom, and until when.

`launches/<id>.toml` is for the partners alone: no page for the public shows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from kuule.core.problems import Problem
from kuule.network.network_problems import NetworkError
from kuule.study.settings.table_reader import TableReader
from kuule.study.settings.toml_reading import UnreadableToml, read_toml

LAUNCHES_FOLDER = "launches"
_ID = r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?"
_LINE = r"[^\n]*\S[^\n]*"


class LaunchTaskKind(StrEnum):
    """What a task is about. A launch that lacks one of the first four is not prepared."""

    EMBARGO = "embargo"
    LANGUAGES = "languages"
    SPOKESPEOPLE = "spokespeople"
    HELP_LINES = "help-lines"
    SPREADING = "spreading"
    OTHER = "other"


NEEDED_KINDS: Mapping[LaunchTaskKind, str] = {
    LaunchTaskKind.EMBARGO: "who may have it before, and until which hour nobody says anything of it",
    LaunchTaskKind.LANGUAGES: "in which languages it goes out, and who has read them",
    LaunchTaskKind.SPOKESPEOPLE: "who speaks in which country, and what they do not say",
    LaunchTaskKind.HELP_LINES: "who tells the help lines of each country that more people may call",
}


@dataclass(frozen=True, slots=True)
class LaunchTask:
    """One thing to do. `who` is the code of a partner, "" for those who run the study."""

    kind: LaunchTaskKind
    what: str
    by: date | None
    who: str = ""
    country: str = ""
    languages: tuple[str, ...] = ()
    done_on: date | None = None

    @property
    def mark(self) -> str:
        """12 hexadecimal digits of what it says and whom it concerns. It keeps them when its day moves or it is done,
        and wherever it stands among the others."""
        says = json.dumps([self.kind, self.what, self.who, self.country, self.languages])
        return sha256(says.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Launch:
    """Something that goes out on a day, and its checklist. `id` may be that of an action of the register."""

    id: str
    title: str
    on: date | None
    tasks: tuple[LaunchTask, ...] = ()

    @property
    def file(self) -> str:
        """The name of its file within the study's folder."""
        return f"{LAUNCHES_FOLDER}/{self.id}.toml"

    @property
    def lacks(self) -> tuple[LaunchTaskKind, ...]:
        """The kinds of tasks that every launch has and this one does not."""
        there = {task.kind for task in self.tasks}
        return tuple(kind for kind in NEEDED_KINDS if kind not in there)

    def open_tasks(self, partner: str) -> tuple[LaunchTask, ...]:
        """What a partner still has to do, the soonest first; "" for those who run the study."""
        own = [task for task in self.tasks if task.who == partner and task.done_on is None]
        return tuple(sorted(own, key=lambda task: task.by or date.max))


def read_launches(study: Path) -> Mapping[str, Launch]:
    """The launches of a study by id, the soonest first. Raises NetworkError NETWORK_020 (no TOML, or a name that does
    not fit) and STUDY_102 to STUDY_105 as for study.toml, with every problem of every file."""
    problems: list[Problem] = []
    launches = []
    folder = study / LAUNCHES_FOLDER
    for file in sorted(folder.glob("*.toml")) if folder.is_dir() else ():
        if file.name.startswith("."):
            continue
        reader = TableReader(f"{LAUNCHES_FOLDER}/{file.name}", "", _table(file, problems), problems)
        if reader.table:
            launches.append(_launch(file.stem, reader))
    if problems:
        raise NetworkError(*problems)
    return {one.id: one for one in sorted(launches, key=lambda one: (one.on or date.max, one.id))}


def _table(file: Path, problems: list[Problem]) -> Mapping[str, object]:
    place = f"{LAUNCHES_FOLDER}/{file.name}"
    try:
        if not re.fullmatch(_ID, file.stem):
            raise ValueError("its name is not made of a-z, 0-9 and hyphens")
        return read_toml(file.read_bytes().decode()) or {"title": ""}
    except UnreadableToml as error:
        problems.append(Problem("NETWORK_020", place, error.cause, error.remedy, excerpt=error.excerpt))
        return {}
    except (OSError, ValueError) as error:
        cause = f"it cannot be read: {error}" if isinstance(error, OSError) else f"it is no launch: {error}"
        problems.append(Problem("NETWORK_020", place, cause, "mend it there: TOML in UTF-8 (docs/how-to/partners.md)"))
        return {}


def _launch(launch_id: str, reader: TableReader) -> Launch:
    remedy = "write it on one line"
    title, day = reader.text("title", pattern=_LINE, remedy=remedy), reader.day("on")
    reader.known_keys.add("tasks")
    listed = reader.table.get("tasks", [])
    tables = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if not isinstance(listed, list) or len(tables) != len(listed):
        reader.add_problem("STUDY_104", "tasks", "this is no list of tables", "write each task below [[tasks]]")
    tasks = tuple(
        _task(TableReader(reader.file, f"tasks {n}", one, reader.problems)) for n, one in enumerate(tables, 1)
    )
    reader.reject_unknown_keys()
    return Launch(launch_id, title, day, tasks)


def _task(reader: TableReader) -> LaunchTask:
    task = LaunchTask(
        kind=reader.one_of("kind", LaunchTaskKind),
        what=reader.text("what", pattern=_LINE, remedy="write it on one line"),
        by=reader.day("by"),
        who=reader.text("who", "", pattern="(?s).*"),
        country=reader.text("country", "", pattern="([A-Z]{2})?", remedy="write its ISO 3166-1 code, like SE"),
        languages=reader.texts("languages"),
        done_on=reader.day("done_on"),
    )
    reader.reject_unknown_keys()
    return task
