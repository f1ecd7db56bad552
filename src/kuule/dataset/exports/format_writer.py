"""What a format of exports is to `export`, and the folder that a writer of one fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kuule.dataset.exports.export_columns import ExportColumn, columns_as_in_dataset
from kuule.dataset.exports.export_tables import ExportTable
from kuule.dataset.schema.dataset_reader import Dataset


@dataclass(slots=True)
class ExportFolder:
    """What is being written: the columns and names of each file, for the codebook."""

    path: Path
    dataset: Dataset
    language: str
    languages: Sequence[str]
    """Those of codebook.csv."""
    files: dict[str, tuple[Sequence[ExportColumn], Mapping[str, str]]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        title = self.dataset.codebook.titles[self.language]
        return f"PRACTICE: {title}" if self.dataset.info.rehearsal else title

    def file(self, table: str, ending: str) -> Path:
        """A file's place. That the people of a rehearsal do not exist stands in its name."""
        return self.path / f"{'practice-' if self.dataset.info.rehearsal else ''}{table}.{ending}"

    def note_file(self, path: Path, columns: Sequence[ExportColumn], names: Mapping[str, str], rows: int) -> None:
        """Keep what a file holds: its columns, and what each is called there."""
        self.files[path.name] = columns, names
        self.rows[path.name] = rows

    def note_file_as_in_dataset(self, path: Path, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
        """The same of a file that has the columns of the dataset under their own names."""
        own = columns_as_in_dataset(columns, table.frame.columns)
        self.note_file(path, own, {column.source: column.source for column in own}, table.frame.height)


@dataclass(frozen=True, slots=True)
class FormatWriter:
    """One format of exports. It writes a table into a file of its own and notes that file."""

    write_table: Callable[[ExportFolder, ExportTable, Sequence[ExportColumn]], None]
    write_open_text: Callable[[ExportFolder, ExportTable], None] | None = None
    """Free text that was asked for; None where it goes as CSV."""
    write_codebook: Callable[[ExportFolder], None] | None = None
    """A codebook of the format's own, beside codebook.csv, once all tables are written."""
