"""Exports a dataset to a folder of files in one format, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from polars.exceptions import ComputeError
from pyreadstat import ReadstatError

from kuule.core.files import json_bytes
from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.exports import spss, stata
from kuule.dataset.exports.csv_files import codebook_frame, write_csv
from kuule.dataset.exports.ddi import write_ddi
from kuule.dataset.exports.export_columns import ExportColumn, columns_as_in_dataset, export_columns
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_tables import ExportTable, export_tables, open_text_table
from kuule.dataset.exports.numeric_table import NumericTable, numeric_table
from kuule.dataset.exports.variable_names import variable_names
from kuule.dataset.exports.xlsx import write_xlsx
from kuule.dataset.lifecycle.dataset_folder import new_folder
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.schema.dataset_reader import Dataset, check_unchanged

ALL_LANGUAGES = "all"
_OS_ERROR = re.compile(r"\(os error ([0-9]+)\)")
_UNWRITTEN = ("Unable to write data", "transport error")


@dataclass(slots=True)
class _Folder:
    """The folder that is being written: the columns and names of each file, for the codebook."""

    path: Path
    dataset: Dataset
    language: str
    languages: Sequence[str]
    """The languages of codebook.csv."""
    files: dict[str, tuple[Sequence[ExportColumn], Mapping[str, str]]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def title(self) -> str:
        title = self.dataset.codebook.titles[self.language]
        return f"PRACTICE: {title}" if self.dataset.info.rehearsal else title

    def file(self, table: str, ending: str) -> Path:
        """The path of a file. If the people are those of a rehearsal, its name says so."""
        return self.path / f"{'practice-' if self.dataset.info.rehearsal else ''}{table}.{ending}"

    def note_file(self, path: Path, columns: Sequence[ExportColumn], names: Mapping[str, str], rows: int) -> None:
        self.files[path.name] = columns, names
        self.rows[path.name] = rows


def export_dataset(
    dataset: Dataset,
    form: ExportFormat,
    to: Path,
    *,
    language: str,
    open_text: Sequence[str] = (),
    codebook: Sequence[str] = (),
) -> None:
    """Write the folder `to`: the tables in a format, codebook.csv, and export.json, which says which data this is.

    `language` is the language of labels and codebook.csv; codebook.csv also has the languages of `codebook` (ALL for
    every one). Free text is exported only for the items that `open_text` names, in a table of its own.

    Raises ArchiveError DATA_003 (something is at `to`), DATA_016 (another command is making it), DATA_018 (nothing can
    be written there), DATA_021 (a language that the study does not have), DATA_022 (an item without free text),
    DATA_024 (the dataset grew in the meantime), DATA_045 (more than a spreadsheet can hold); OSError if the disk cannot
    take it.
    """
    known = dataset.codebook.languages
    _check_known("--language", language, known)
    for tag in codebook:
        if tag != ALL_LANGUAGES:
            _check_known("--codebook-language", tag, known)
    languages = (
        dict.fromkeys((language, *(known if ALL_LANGUAGES in codebook else codebook))) if codebook else (language,)
    )
    texts = open_text_table(dataset, open_text)
    try:
        with new_folder(to) as folder:
            _write(_Folder(folder, dataset, language, tuple(languages)), form, texts)
            check_unchanged(dataset)
    except (OSError, ReadstatError, ComputeError) as error:
        if said := _disk_error(error):
            raise OSError(*said, str(to)) from error
        raise


def _check_known(option: str, tag: str, known: Sequence[str]) -> None:
    if tag not in known:
        raise ArchiveError(
            Problem("DATA_021", f"{option} {tag}", f"the study has {', '.join(known)}", "name one of these")
        )


def _disk_error(error: BaseException) -> tuple[int, str] | None:
    """The number and text of the disk error that stopped a writer. Polars gives the number in words, others give
    none."""
    if isinstance(error, ReadstatError | ComputeError) and any(said in str(error) for said in _UNWRITTEN):
        return errno.EIO, "unable to write"
    number = _OS_ERROR.search(str(error)) if getattr(error, "errno", None) is None else None
    return None if number is None else (int(number[1]), os.strerror(int(number[1])))


def _write(folder: _Folder, form: ExportFormat, texts: ExportTable | None) -> None:
    dataset = folder.dataset
    for table in export_tables(dataset):
        _WRITERS[form](folder, table, export_columns(dataset.codebook, table.frame.columns))
    if form is ExportFormat.DDI:
        write_ddi(dataset, folder.files, folder.file("codebook", "xml"))
    if texts is not None and form is ExportFormat.PARQUET:
        texts.frame.write_parquet(folder.file(texts.name, "parquet"))
    elif texts is not None and form is ExportFormat.XLSX:
        write_xlsx([(texts.name, texts.frame)], folder.file(texts.name, "xlsx"))
    elif texts is not None:
        write_csv(texts.frame, folder.file(texts.name, "csv"))
    write_csv(codebook_frame(folder.files, folder.languages), folder.file("codebook", "csv"))
    said = {
        "study": dataset.info.study,
        "dataset": dataset.info.version,
        "editions": dataset.info.editions,
        "practice": dataset.info.rehearsal,
        "locked": is_locked(dataset.path),
        "format": str(form),
        "language": folder.language,
        "rows": folder.rows,
    }
    (folder.path / "export.json").write_bytes(json_bytes(said))


def _parquet(folder: _Folder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    path = folder.file(table.name, "parquet")
    table.frame.write_parquet(path)
    _wrote_as_it_is(folder, path, table, columns)


def _csv(folder: _Folder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    path = folder.file(table.name, "csv")
    write_csv(table.frame, path)
    _wrote_as_it_is(folder, path, table, columns)


def _xlsx(folder: _Folder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    """As CSV, and the meaning of columns and codes in the export's language on a sheet of its own."""
    path = folder.file(table.name, "xlsx")
    _wrote_as_it_is(folder, path, table, columns)
    codebook = codebook_frame({path.name: folder.files[path.name]}, [folder.language])
    write_xlsx([(table.name, table.frame), ("codebook", codebook)], path)


def _sav(folder: _Folder, table: ExportTable, columns: Sequence[ExportColumn], *, zipped: bool = False) -> None:
    numbers, names = _numbers(table, columns, spss.MAX_NAME_LENGTH)
    path = folder.file(table.name, "zsav" if zipped else "sav")
    spss.write_sav(numbers, names, path, language=folder.language, title=folder.title, zipped=zipped)
    folder.note_file(path, numbers.columns, names, table.frame.height)


def _dta(folder: _Folder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    numbers, names = _numbers(table, columns, stata.MAX_NAME_LENGTH)
    path = folder.file(table.name, "dta")
    stata.write_dta(numbers, names, path, language=folder.language, title=folder.title)
    folder.note_file(path, numbers.columns, names, table.frame.height)


def _ddi(folder: _Folder, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    """The numbers that the DDI describes."""
    numbers, names = _numbers(table, columns, spss.MAX_NAME_LENGTH)
    path = folder.file(table.name, "csv")
    write_csv(numbers.frame.rename(names), path)
    folder.note_file(path, numbers.columns, names, table.frame.height)


_WRITERS: Mapping[ExportFormat, Callable[[_Folder, ExportTable, Sequence[ExportColumn]], None]] = {
    ExportFormat.PARQUET: _parquet,
    ExportFormat.CSV: _csv,
    ExportFormat.XLSX: _xlsx,
    ExportFormat.SAV: _sav,
    ExportFormat.ZSAV: partial(_sav, zipped=True),
    ExportFormat.DTA: _dta,
    ExportFormat.DDI: _ddi,
}


def _numbers(table: ExportTable, columns: Sequence[ExportColumn], longest: int) -> tuple[NumericTable, dict[str, str]]:
    numbers = numeric_table(table.frame, columns)
    return numbers, variable_names((column.source for column in numbers.columns), longest)


def _wrote_as_it_is(folder: _Folder, path: Path, table: ExportTable, columns: Sequence[ExportColumn]) -> None:
    own = columns_as_in_dataset(columns, table.frame.columns)
    folder.note_file(path, own, {column.source: column.source for column in own}, table.frame.height)
