"""All that is a partner's own, as files: its counts, its texts, its statements, tasks and dates, its kit, and what is
published about its country.

Counts are those of the first page: at least so many, in tens. What others put into the folder of downloads is handed on
as it lies there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kuule.core.formula_escaping import escape_formulas
from kuule.languages.workflow.entries import Entry
from kuule.network.launches import read_launches
from kuule.network.signatures import signature_of
from kuule.network.study_network import SignedStatement
from kuule.register.calendars.calendar_feeds import CalendarFeed, feed_bytes
from kuule.register.data_model.planned_actions import PlannedAction
from kuule.register.data_model.whole_register import Register
from kuule.study.folder.partner_files import StudyPartner
from kuule.study.settings.study_settings import Study
from kuule.workbench.member_words.saying import say_plain
from kuule.workbench.store_proxy import HELP_OPENED

COUNTRIES_FOLDER = "_countries"
"""In the folder of downloads: what everyone of a country may have, by its code. Beside it is a folder for each partner,
whose code never has a line in it."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of the download: its name there, and its content or where it lies."""

    name: str
    content: bytes = b""
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class OwnSources:
    """What the files are made of. `texts` are reviewed translations by language: a PO file also has drafts, which
    another translator must not see. `counts` are by kind and name as the collector's store gives them, None where
    nobody counts; `actions` are the partner's own of `register`."""

    study: Study
    folder: Path
    partner: StudyPartner
    statements: Sequence[SignedStatement]
    texts: Mapping[str, Sequence[Entry]]
    counts: Mapping[tuple[str, str], int] | None
    register: Register | None
    actions: Sequence[PlannedAction]
    downloads: Path | None
    today: date


def own_files(sources: OwnSources) -> tuple[OwnFile, ...]:
    """The files, the one to read first at the beginning. Raises StudyError and NetworkError."""
    found = tuple(_files(sources))
    return (OwnFile("README.txt", _readme(sources, found)), *found)


def _files(sources: OwnSources) -> Iterator[OwnFile]:
    partner = sources.partner
    yield OwnFile("partner.toml", path=sources.folder / partner.file)
    if sources.counts is not None:
        yield OwnFile("counts.csv", _table(("kind", "name", "at least"), _counts(sources.counts, sources)))
    for tag, entries in sources.texts.items():
        rows = [(entry.key, entry.source, entry.text) for entry in entries]
        yield OwnFile(f"texts/{tag}.csv", _table(("key", "source", "translation"), rows))
    for signed in sources.statements:
        yield from _statement_files(signed, partner)
    if tasks := list(_tasks(sources)):
        yield OwnFile("tasks.csv", _table(("launch", "what", "by", "country", "languages", "done on"), tasks))
    if sources.register is not None and sources.actions:
        feed = CalendarFeed("dates.ics", sources.study.title, tuple(sources.actions))
        yield OwnFile("dates.ics", feed_bytes(feed, sources.register))
    if sources.downloads is not None:
        yield from _laid_ready(sources.downloads / partner.code, "for-you")
        if partner.country:
            yield from _laid_ready(sources.downloads / COUNTRIES_FOLDER / partner.country, "your-country")


def _counts(counts: Mapping[tuple[str, str], int], sources: OwnSources) -> Iterator[Sequence[str]]:
    partner, study = sources.partner, sources.study
    own = [("link", code) for code in partner.links] + [("language", tag) for tag in partner.languages]
    wanted = (*(own if study.counts else ()), *([HELP_OPENED] if study.count_help else ()))
    return ((kind, name, str(counts.get((kind, name), 0))) for kind, name in wanted)


def _statement_files(signed: SignedStatement, partner: StudyPartner) -> Iterator[OwnFile]:
    statement = signed.statement
    for text in statement.texts.values():
        words = "\n\n".join((text.title, *text.paragraphs))
        yield OwnFile(f"statements/{statement.id}/{text.tag}.txt", f"{words}\n".encode())
    own = signature_of(statement, signed.entries, partner.code)
    day = own.on.date().isoformat() if own.on else ""
    row = (statement.id, str(own.state), day, " ".join(own.languages))
    yield OwnFile(f"statements/{statement.id}/signature.csv", _table(("statement", "state", "on", "languages"), [row]))


def _tasks(sources: OwnSources) -> Iterator[Sequence[str]]:
    for launch in read_launches(sources.folder).values():
        for task in launch.tasks:
            if task.who == sources.partner.code:
                by, done = (day.isoformat() if day else "" for day in (task.by, task.done_on))
                yield launch.title, task.what, by, task.country, " ".join(task.languages), done


def _laid_ready(folder: Path, name: str) -> Iterator[OwnFile]:
    """Plain files below a folder. A link is left out: it could lead to what is nobody's to have."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        steps = path.relative_to(folder).parts
        is_hidden = any(step.startswith(".") for step in steps)
        is_linked = any((folder / Path(*steps[:end])).is_symlink() for end in range(1, len(steps) + 1))
        if path.is_file() and not is_hidden and not is_linked:
            yield OwnFile(f"{name}/{'/'.join(steps)}", path=path)


def _table(head: Sequence[str], rows: Iterator[Sequence[str]] | Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(head)
    table.writerows([escape_formulas(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def _readme(sources: OwnSources, files: Sequence[OwnFile]) -> bytes:
    partner, names = sources.partner, {one.name.partition("/")[0] for one in files}
    title, name = sources.study.title, partner.name
    lines = [say_plain("readme", study=title, organisation=name, day=sources.today), ""]
    lines += [f"{name}: {say_plain(said)}" for name, said in _SAID.items() if name in names]
    lines += ["", say_plain("readme_end")]
    return ("\n".join(lines) + "\n").encode()


_SAID: Mapping[str, str] = {
    "partner.toml": "readme_partner",
    "counts.csv": "readme_counts",
    "texts": "readme_texts",
    "statements": "readme_statements",
    "tasks.csv": "readme_tasks",
    "dates.ics": "readme_dates",
    "for-you": "readme_for_you",
    "your-country": "readme_country",
}
