"""What `export` needs of a format: the writer of its files, and the folder that they go into."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.exports.export_variables.export_columns import ExportColumn, columns_as_in_dataset
from kuule.dataset.exports.export_variables.variable_names import variable_names
from kuule.dataset.schema.dataset_reader import Dataset

MAX_NAME_LENGTH = 64
"""As SPSS has it, so that a column has one name in every format but Stata's."""


@dataclass(slots=True)
class ExportFolder:
    """The folder that is being written: the columns and names of each file, for the codebook."""

    path: Path
    dataset: Dataset
    language: str
    languages: Sequence[str]
    """The languages of codebook.csv."""
    files: dict[str, tuple[Sequence[ExportColumn], Mapping[str, str]]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    as_in_dataset: set[str] = field(default_factory=set)
    """The files whose answers are codes of the form, with reasons in columns of their own."""

    @property
    def title(self) -> str:
        title = self.dataset.codebook.titles[self.language]
        return f"PRACTICE: {title}" if self.dataset.info.rehearsal else title

    def file(self, table: str, ending: str) -> Path:
        """The path of a file. If the people are those of a rehearsal, its name says so."""
        return self.path / f"{'practice-' if self.dataset.info.rehearsal else ''}{table}.{ending}"

    def note_file(self, path: Path, columns: Sequence[ExportColumn], names: Mapping[str, str], rows: int) -> None:
        """Note what a file holds: its columns, and their names in it."""
        self.files[path.name] = columns, names
        self.rows[path.name] = rows

    def note_file_as_in_dataset(self, path: Path, table: ExportTable, columns: Sequence[ExportColumn]) -> pl.DataFrame:
        """The same for a file that has the columns of the dataset. Returns its table, whose names no program has to
        quote."""
        own = columns_as_in_dataset(columns, table.frame.columns)
        names = variable_names((column.source for column in own), MAX_NAME_LENGTH)
        self.note_file(path, own, names, table.frame.height)
        self.as_in_dataset.add(path.name)
        return table.frame.rename(names)


@dataclass(frozen=True, slots=True)
class FormatWriter:
    """One export format. `write_table` writes a table into a file of its own, and notes that file."""

    write_table: Callable[[ExportFolder, ExportTable, Sequence[ExportColumn]], None]
    write_open_text: Callable[[ExportFolder, ExportTable], None] | None = None
    """Writes the free text that was asked for; None if it is written as CSV."""
    write_codebook: Callable[[ExportFolder], None] | None = None
    """Writes a codebook in the format's own form, besides codebook.csv, when all tables are written."""
