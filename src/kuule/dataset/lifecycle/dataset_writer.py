"""A dataset folder written from tables (docs/reference/dataset.md). Nothing is dropped in silence, nothing keeps an
order of arrival, and real answers never mix with rehearsed ones.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import file_digest
from itertools import islice
from pathlib import Path

import polars as pl

from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.ingest.batch_validation import BatchValidator
from kuule.dataset.ingest.combined_parts import OPENED_PLACE, CombinedParts
from kuule.dataset.ingest.record_validation import RecordValidator
from kuule.dataset.ingest.row_ids import RowIds
from kuule.dataset.ingest.table_schemas import RESPONSES, ROW_ID, TableFrames, TableSchemas, concat_tables
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS, OpenedRows, write_next_opened_rows
from kuule.dataset.lifecycle.row_map import NO_OWNER, ROW_MAP, RowMap, write_next_row_map
from kuule.dataset.lifecycle.sidecar import atomic_dataset_folder, check_target_is_free, exclusive_access
from kuule.dataset.schema.codebook import make_codebook
from kuule.dataset.schema.columns import DatasetVariable, dataset_variables
from kuule.dataset.schema.dataset_info import DATASET_FORMAT, INFO_FILE, DatasetInfo
from kuule.dataset.schema.report_languages import REPORT_LANGUAGES_FILE as REPORT_LANGUAGES
from kuule.dataset.schema.report_languages import languages_table, report_languages
from kuule.opening.archive_rows import OpenedRecord, RowOutcome, UnopenedEntry
from kuule.study.edition.study_edition import Edition
from kuule.study.settings.analysis_plan import ANALYSIS_PLAN_FILE as PLAN
from kuule.study.settings.study_toml import table_from_settings
from kuule.tables.result import KEY_MODULUS

SIDECARS = (ROW_MAP, OPENED_ROWS)
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class DatasetContent:
    """What a dataset is written from. ROW_ID of the tables is NOBODY where a row cannot be taken back."""

    tables: TableFrames
    unopened: Sequence[UnopenedEntry]
    opened_rows: OpenedRows | None
    """None where the rows are not those of archives."""


def build_dataset(opened: Iterable[RowOutcome], editions: Sequence[Edition], to: Path) -> DatasetInfo:
    """Write the dataset folder `to` of records that are there one by one, whole or not at all. `editions` are those of
    the archives, the newest last.

    Where an edition lets people take back what they sent, a map of rows is written beside it (`row_map`).

    Raises ArchiveError DATA_001 (rehearsed and real), DATA_002 (two studies), DATA_003 (something stands at `to`),
    DATA_016 (somebody opens into it), DATA_018 (it cannot be written).
    """
    check_compatible_editions(editions, to)
    with exclusive_access(to):
        check_target_is_free(to)
        known = dataset_variables(editions)
        shape = TableSchemas.for_dataset([edition.id for edition in editions], known)
        gathered = _fitted(
            opened, BatchValidator(RecordValidator.from_editions(editions, known), shape, editions[-1].id), shape
        )
        ids = gathered.tables[RESPONSES][ROW_ID]
        apart = bool((ids >= 0).all()) and ids.is_unique().all()
        rows = OpenedRows(RowIds(ids)) if apart else None
        return write_dataset(
            DatasetContent(mask_row_ids(gathered.tables, editions), gathered.unopened, rows), editions, known, to
        )


def check_compatible_editions(editions: Sequence[Edition], to: Path) -> None:
    """Raise ArchiveError DATA_001 or DATA_002 where editions cannot stand in one dataset."""
    if not editions:
        raise ValueError("a dataset has at least one edition")
    if len({edition.rehearsal for edition in editions}) > 1:
        cause = "rehearsed and real answers would stand in one dataset"
        raise ArchiveError(Problem("DATA_001", str(to), cause, "open practice archives into a dataset of their own"))
    studies = sorted({edition.study.id for edition in editions})
    if len(studies) > 1:
        cause = f"the editions are of different studies ({', '.join(studies)})"
        raise ArchiveError(Problem("DATA_002", str(to), cause, "open each study into a dataset of its own"))


def mask_row_ids(tables: TableFrames, editions: Sequence[Edition]) -> TableFrames:
    """The tables with NOBODY in the place of the row ids of those who cannot take back what they sent."""
    lenient = [edition.id for edition in editions if edition.study.coming_back.withdraw_until]
    if len(lenient) == len(editions):
        return tables
    kept = tables[RESPONSES].filter(pl.col("edition").cast(pl.String).is_in(lenient))[ROW_ID].implode()
    owner = pl.when(pl.col(ROW_ID).is_in(kept)).then(ROW_ID).otherwise(NO_OWNER).alias(ROW_ID)
    return {name: table.with_columns(owner) for name, table in tables.items()}


def last_withdrawal_day(editions: Sequence[Edition]) -> date | None:
    """Until when any of these answers can be taken back."""
    days = [edition.study.coming_back.withdraw_until for edition in editions]
    return max((day for day in days if day is not None), default=None)


def write_dataset(
    content: DatasetContent,
    editions: Sequence[Edition],
    known: Sequence[DatasetVariable],
    to: Path,
    kept: Iterable[str] = (),
) -> DatasetInfo:
    """Write the folder and what stands beside it, whole or not at all. `kept` are the files of the dataset in whose
    place it comes. Raises ArchiveError DATA_018."""
    newest = editions[-1]
    with atomic_dataset_folder(to, SIDECARS, kept) as folder:
        owners = write_tables(content.tables, folder)
        left = unopened_json(content.unopened)
        write_json(folder / "unopened.json", left)
        write_json(folder / "codebook.json", make_codebook(editions, known).to_json())
        write_json(folder / "study.json", table_from_settings(newest.study))
        (folder / "report.md").write_text(newest.report, encoding="utf-8", newline="\n")
        write_json(folder / REPORT_LANGUAGES, languages_table(report_languages(newest)))
        if newest.analysis_plan:
            (folder / PLAN).write_text(newest.analysis_plan, encoding="utf-8", newline="\n")
        info = DatasetInfo(
            study=newest.study.id,
            editions=tuple(edition.id for edition in editions),
            rehearsal=newest.rehearsal,
            key_fingerprints=tuple(dict.fromkeys(edition.key.fingerprint for edition in editions)),
            source_language=newest.study.source_language,
            languages=tuple(newest.languages),
            responses=content.tables[RESPONSES].height,
            unopened=len(left),
            files=file_hashes(folder),
            salt=secrets.token_hex(16),
        )
        until = last_withdrawal_day(editions)
        write_info_and_sidecars(folder, to, info, content.opened_rows, RowMap(owners, until) if until else None)
    return info


def write_tables(tables: TableFrames, folder: Path) -> dict[str, pl.Series]:
    """Write each table, and return the row id of each of its rows.

    Sorted by their content, rows tell nothing but how often each stands there. Where all answers are the same, the
    record keys, last of the columns, decide: they are random, so they tell nothing either. Of rows that are the same
    all through, the row ids decide which is whose in the map. What was written is counted once more.
    """
    owners = {}
    for name, table in tables.items():
        ordered = table.sort(table.columns, nulls_last=True)
        ordered.drop(ROW_ID).rechunk().write_parquet(folder / name)
        if pl.scan_parquet(folder / name).select(pl.len()).collect().item() != table.height:
            raise RuntimeError(f"{name} was written with another number of rows than it has")
        owners[name] = ordered[ROW_ID]
    return owners


def write_info_and_sidecars(
    folder: Path, to: Path, info: DatasetInfo, rows: OpenedRows | None, found: RowMap | None
) -> None:
    """Write what the folder, which will be called `to`, says of itself, and the next files beside it."""
    write_json(folder / INFO_FILE, {"format": DATASET_FORMAT, **info.to_json()})
    if found is not None:
        write_next_row_map(to, info.version, found)
    if rows is not None:
        write_next_opened_rows(to, info.version, rows)


def file_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file of a folder."""
    return dict(_hashes(folder))


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            yield path.name, file_digest(file, "sha256").hexdigest()


def unopened_json(left: Iterable[UnopenedEntry]) -> list[dict[str, str]]:
    """As unopened.json has it."""
    pairs = sorted((one.place, one.reason) for one in left)
    return [{"place": place, "reason": reason} for place, reason in pairs]


def write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _fitted(opened: Iterable[RowOutcome], batches: BatchValidator, shape: TableSchemas) -> CombinedParts:
    """One without a record key gets one at random: it was not opened from an archive."""
    left: list[UnopenedEntry] = []
    tables: list[TableFrames] = []
    for batch in _batches(opened):
        left += [one for one in batch if isinstance(one, UnopenedEntry)]
        rows = [one for one in batch if isinstance(one, OpenedRecord)]
        keyed = [
            replace(one, record_key=secrets.randbelow(KEY_MODULUS)) if one.record_key is None else one for one in rows
        ]
        fitted, misfits = batches.validate(keyed)
        tables.append(fitted)
        left += [UnopenedEntry(OPENED_PLACE, str(misfit)) for _, misfit in misfits]
    return CombinedParts(concat_tables(tables, shape), tuple(left))


def _batches(opened: Iterable[RowOutcome]) -> Iterator[list[RowOutcome]]:
    rest = iter(opened)
    while batch := list(islice(rest, _BATCH)):
        yield batch
