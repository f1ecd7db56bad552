"""Opened records to a dataset folder (architecture.md, "A dataset"). Nothing is dropped in silence, nothing keeps an
order of arrival, and real answers never mix with rehearsed ones.
"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

import polars as pl

from kuule.dataset.codebook import codebook_of
from kuule.dataset.columns import FIRST, RECORD_KEY, Variable, variables
from kuule.dataset.fitting import Cell, Fitting, Misfit, Row
from kuule.dataset.info import FORMAT, DatasetInfo
from kuule.dataset.report_languages import FILE as REPORT_LANGUAGES
from kuule.dataset.report_languages import languages_table, report_languages
from kuule.dataset.row_map import NOBODY, RowMap, map_path, write_map
from kuule.errors import ArchiveError, Problem
from kuule.opening.archive import Opened, TakenBack, Unopened
from kuule.study.analysis_plan import FILE as PLAN
from kuule.study.edition import Edition
from kuule.study.settings import settings_to_table
from kuule.tables.result import KEYS

RESPONSES, OPEN_TEXT = "responses.parquet", "open_text.parquet"
_PLACE = "\0place"
"""No item has such a name."""
OPENED_PLACE = "an opened response"
"""Where a response stood in the archive is not told once it is opened."""


def build_dataset(
    opened: Iterable[Opened | Unopened | TakenBack], editions: Sequence[Edition], to: Path
) -> DatasetInfo:
    """Write the dataset folder `to`, whole or not at all. `editions` are those of the archives, the newest last.

    Where an edition lets people take back what they sent, a map of rows is written beside it (`row_map`).

    Raises ArchiveError DATA_001 (rehearsed and real), DATA_002 (two studies), DATA_003 (something stands at `to`).
    """
    _check(editions, to)
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    try:
        gathered = _gather(opened, editions)
        info = _write(gathered, editions, beside)
        beside.chmod(0o700)
        if until := _last_day(editions):
            write_map(map_path(to), RowMap(gathered.owners, info.version, until))
        beside.rename(to)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return info


def _check(editions: Sequence[Edition], to: Path) -> None:
    if not editions:
        raise ValueError("a dataset has at least one edition")
    if len({edition.rehearsal for edition in editions}) > 1:
        cause = "rehearsed and real answers would stand in one dataset"
        raise ArchiveError(Problem("DATA_001", str(to), cause, "open practice archives into a dataset of their own"))
    studies = sorted({edition.study.id for edition in editions})
    if len(studies) > 1:
        cause = f"the editions are of different studies ({', '.join(studies)})"
        raise ArchiveError(Problem("DATA_002", str(to), cause, "open each study into a dataset of its own"))
    if to.exists():
        raise ArchiveError(Problem("DATA_003", str(to), "something stands there already", "give a new folder"))


@dataclass(slots=True)
class _Gathered:
    """All columns of all rows, as lists; and what was left out, with the reason."""

    schema: Mapping[str, pl.DataType]
    variables: Sequence[Variable]
    columns: dict[str, list[Cell]]
    texts: list[tuple[str, str, str]] = field(default_factory=list)
    repeats: dict[str, list[Mapping[str, Cell]]] = field(default_factory=lambda: defaultdict(list))
    left: list[Unopened] = field(default_factory=list)
    takes_back: frozenset[str] = frozenset()
    """Editions whose answers can be taken back."""
    owners: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """The row id of each row of each table, by its file: as gathered, and once written, as sorted."""

    def add(self, row: Row, one: Opened) -> None:
        """One without a record key gets one at random: it was not opened from an archive."""
        row_id, key = one.row_id, secrets.randbelow(KEYS) if one.record_key is None else one.record_key
        for name, values in self.columns.items():
            values.append(key if name == RECORD_KEY else row.cells[name])
        self.texts.extend((item, str(row.cells["language"]), text) for item, text in row.texts)
        owner = row_id if row.cells["edition"] in self.takes_back else NOBODY
        self.owners[RESPONSES].append(owner)
        self.owners[OPEN_TEXT].extend(owner for _ in row.texts)
        for repeat, cells in row.repeated:
            self.repeats[repeat].append(cells)
            self.owners[_table_of(repeat)].append(owner)

    def write(self, frame: pl.DataFrame, file: Path) -> None:
        """Sorted by their content, rows tell nothing but how often each stands there. Where all answers are the same,
        the record keys, last of the columns, decide: they are random, so they tell nothing either."""
        order = frame.with_row_index(_PLACE).sort(frame.columns, nulls_last=True)
        if file.name in self.owners:
            owners = self.owners[file.name]
            self.owners[file.name] = [owners[place] for place in order[_PLACE].to_list()]
        order.drop(_PLACE).write_parquet(file)


def _gather(opened: Iterable[Opened | Unopened | TakenBack], editions: Sequence[Edition]) -> _Gathered:
    known = variables(editions)
    first = {"edition": pl.Enum([edition.id for edition in editions]), **dict.fromkeys(FIRST[1:], pl.String())}
    schema: dict[str, pl.DataType] = dict(first)
    for variable in known:
        if not variable.repeats:
            schema |= variable.schema()
    schema[RECORD_KEY] = pl.UInt32()
    fitting = Fitting({edition.id: edition for edition in editions}, known)
    takes_back = frozenset(edition.id for edition in editions if edition.study.coming_back.withdraw_until)
    gathered = _Gathered(schema, known, {name: [] for name in schema}, takes_back=takes_back)
    for one in opened:
        if isinstance(one, Unopened):
            gathered.left.append(one)
        if not isinstance(one, Opened):
            continue
        try:
            gathered.add(fitting.row(one.record), one)
        except Misfit as misfit:
            gathered.left.append(Unopened(OPENED_PLACE, str(misfit)))
    return gathered


def _write(gathered: _Gathered, editions: Sequence[Edition], folder: Path) -> DatasetInfo:
    frame = pl.DataFrame(gathered.columns, schema=gathered.schema, strict=True)
    gathered.write(frame, folder / RESPONSES)
    texts = pl.DataFrame(gathered.texts, schema=dict.fromkeys(("item", "language", "text"), pl.String), orient="row")
    gathered.write(texts, folder / OPEN_TEXT)
    _write_repeats(gathered, folder)
    newest = editions[-1]
    left = sorted(({"place": one.place, "reason": one.reason} for one in gathered.left), key=lambda one: one["place"])
    _write_json(folder / "unopened.json", left)
    _write_json(folder / "codebook.json", codebook_of(editions, gathered.variables).to_json())
    _write_json(folder / "study.json", settings_to_table(newest.study))
    (folder / "report.md").write_text(newest.report, encoding="utf-8")
    _write_json(folder / REPORT_LANGUAGES, languages_table(report_languages(newest)))
    if newest.plan:
        (folder / PLAN).write_text(newest.plan, encoding="utf-8")
    info = DatasetInfo(
        study=newest.study.id,
        editions=tuple(edition.id for edition in editions),
        rehearsal=newest.rehearsal,
        key_fingerprints=tuple(dict.fromkeys(edition.key.fingerprint for edition in editions)),
        source_language=newest.study.source_language,
        languages=tuple(newest.languages),
        responses=frame.height,
        unopened=len(left),
        files={file.name: sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())},
        salt=secrets.token_hex(16),
    )
    _write_json(folder / "dataset.json", {"format": FORMAT, **info.to_json()})
    return info


def _write_repeats(gathered: _Gathered, folder: Path) -> None:
    """A table for each repeat, without a link to the response: how many rows one person has would be such a link."""
    for repeat in dict.fromkeys(variable.repeats[-1] for variable in gathered.variables if variable.repeats):
        schema = {"edition": gathered.schema["edition"]}
        for variable in gathered.variables:
            if variable.repeats and variable.repeats[-1] == repeat:
                schema |= variable.schema()
        rows = [{**dict.fromkeys(schema), **cells} for cells in gathered.repeats[repeat]]
        table = pl.DataFrame(rows, schema=schema, orient="row", strict=True)
        gathered.write(table, folder / _table_of(repeat))


def _table_of(repeat: str) -> str:
    return f"repeat.{'.'.join(repeat.split('/')[2:])}.parquet"


def _last_day(editions: Sequence[Edition]) -> date | None:
    """Until when any of these answers can be taken back."""
    days = [edition.study.coming_back.withdraw_until for edition in editions]
    return max((day for day in days if day is not None), default=None)


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
