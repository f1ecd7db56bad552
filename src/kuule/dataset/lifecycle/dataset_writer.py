"""Writes a dataset folder from tables (docs/reference/dataset.md). No row is dropped silently, nothing keeps the order
in which responses arrived, and real answers never mix with rehearsed ones."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from kuule.core.files import file_sha256, json_bytes
from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.ingest.table_schemas import RESPONSES, ROW_ID, TableFrames
from kuule.dataset.lifecycle.dataset_folder import atomic_dataset_folder
from kuule.dataset.lifecycle.opened_rows import OPENED_ROWS, OpenedRows, write_next_opened_rows
from kuule.dataset.lifecycle.row_map import NO_OWNER, ROW_MAP, RowMap, write_next_row_map
from kuule.dataset.schema.codebook_maker import make_codebook
from kuule.dataset.schema.columns import DatasetVariable
from kuule.dataset.schema.dataset_info import DATASET_FORMAT, INFO_FILE, DatasetInfo
from kuule.study.edition.report_languages import REPORT_LANGUAGES_FILE as REPORT_LANGUAGES
from kuule.study.edition.report_languages import languages_table, report_languages
from kuule.study.settings.analysis_plan import ANALYSIS_PLAN_FILE as PLAN
from kuule.study.settings.study_toml import table_from_settings

if TYPE_CHECKING:
    from kuule.opening.archive_rows import UnopenedEntry
    from kuule.study.edition.study_edition import Edition

SIDECARS = (ROW_MAP, OPENED_ROWS)


@dataclass(frozen=True, slots=True)
class DatasetContent:
    """What a dataset is written from. ROW_ID in the tables is NOBODY for rows that cannot be withdrawn."""

    tables: TableFrames
    unopened: Sequence[UnopenedEntry]
    opened_rows: OpenedRows


def check_compatible_editions(editions: Sequence[Edition], to: Path) -> None:
    """Raise ArchiveError DATA_001 or DATA_002 if the editions cannot be in one dataset."""
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
    """The tables with NOBODY in place of the row ids of people who cannot withdraw what they sent."""
    lenient = [edition.id for edition in editions if edition.study.coming_back.withdraw_until]
    if len(lenient) == len(editions):
        return tables
    kept = tables[RESPONSES].filter(pl.col("edition").cast(pl.String).is_in(lenient))[ROW_ID].implode()
    owner = pl.when(pl.col(ROW_ID).is_in(kept)).then(ROW_ID).otherwise(NO_OWNER).alias(ROW_ID)
    return {name: table.with_columns(owner) for name, table in tables.items()}


def last_withdrawal_day(editions: Sequence[Edition]) -> date | None:
    """The last day on which any of these answers can be withdrawn, or None."""
    days = [edition.study.coming_back.withdraw_until for edition in editions]
    return max((day for day in days if day is not None), default=None)


def write_dataset(
    content: DatasetContent,
    editions: Sequence[Edition],
    known: Sequence[DatasetVariable],
    to: Path,
    kept: Iterable[str] = (),
) -> DatasetInfo:
    """Write the folder and the files beside it, whole or not at all. `kept` are the files of the dataset that it
    replaces. Raises ArchiveError DATA_018."""
    newest = editions[-1]
    with atomic_dataset_folder(to, SIDECARS, kept) as folder:
        owners = write_tables(content.tables, folder)
        unopened = unopened_json(content.unopened)
        write_json(folder / "unopened.json", unopened)
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
            unopened=len(unopened),
            files=file_hashes(folder),
            salt=secrets.token_hex(16),
        )
        until = last_withdrawal_day(editions)
        write_info_and_sidecars(folder, to, info, content.opened_rows, RowMap(owners, until) if until else None)
    return info


def write_tables(tables: TableFrames, folder: Path) -> dict[str, pl.Series]:
    """Write each table, and return the row id of each of its rows.

    Rows are sorted by content, so that their order reveals nothing but how often each occurs. Among equal answers the
    record keys, the last column, decide: they are random and reveal nothing either. Among rows that are equal
    throughout, the row ids decide which is whose in the row map. The written rows are counted again.
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
    """Write what the folder, which will be called `to`, says about itself, and the next files beside it."""
    write_json(folder / INFO_FILE, {"format": DATASET_FORMAT, **info.to_json()})
    if found is not None:
        write_next_row_map(to, info.version, found)
    if rows is not None:
        write_next_opened_rows(to, info.version, rows)


def file_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder."""
    return {path.name: file_sha256(path) for path in sorted(folder.iterdir())}


def unopened_json(unopened: Iterable[UnopenedEntry]) -> list[dict[str, str]]:
    """The entries for unopened.json."""
    pairs = sorted((one.place, one.reason) for one in unopened)
    return [{"place": place, "reason": reason} for place, reason in pairs]


def write_json(path: Path, content: object) -> None:
    path.write_bytes(json_bytes(content))
