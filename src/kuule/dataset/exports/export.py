"""Exports a dataset to a folder of files in one format, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from polars.exceptions import ComputeError
from pyreadstat import ReadstatError

from kuule.core.files import json_bytes
from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.exports.csv_files import codebook_frame, write_csv, write_open_text_csv
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_tables import ExportTable, export_tables, open_text_table
from kuule.dataset.exports.export_variables.export_columns import export_columns
from kuule.dataset.exports.format_registry import FORMAT_WRITERS
from kuule.dataset.exports.format_writer import ExportFolder
from kuule.dataset.exports.guides.checked_number import CheckedNumber
from kuule.dataset.exports.guides.codebook_page import write_codebook_page
from kuule.dataset.exports.guides.first_steps import write_first_steps
from kuule.dataset.lifecycle.dataset_folder import new_folder
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.schema.dataset_reader import Dataset, check_unchanged

ALL_LANGUAGES = "all"
_OS_ERROR = re.compile(r"\(os error ([0-9]+)\)")
_UNWRITTEN = ("Unable to write data", "transport error")


def export_dataset(
    dataset: Dataset,
    form: ExportFormat,
    to: Path,
    *,
    language: str,
    open_text: Sequence[str] = (),
    codebook: Sequence[str] = (),
    number: CheckedNumber | None = None,
) -> None:
    """Write the folder `to`: the tables in a format, the codebook as a page and as a table, first steps in the programs
    that read the format, and export.json, which says which data this is.

    `language` is the language of labels and codebook.csv; codebook.csv also has the languages of `codebook` (ALL for
    every one). The first steps find `number` again. Free text is exported only for the items that `open_text` names, in
    a table of its own.

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
            _write(ExportFolder(folder, dataset, language, tuple(languages)), form, texts, number)
            check_unchanged(dataset)
    except (OSError, ReadstatError, ComputeError) as error:
        check_unchanged(dataset)  # what cannot be read may be half of two versions
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


def _responses_by_edition(dataset: Dataset) -> dict[str, int]:
    """How many people answered each edition, and so could have been asked what is in it."""
    counted = dict(dataset.frame.group_by(pl.col("edition").cast(pl.String)).len().collect().iter_rows())
    return {edition: int(counted.get(edition, 0)) for edition in dataset.info.editions}


def _write(folder: ExportFolder, form: ExportFormat, texts: ExportTable | None, number: CheckedNumber | None) -> None:
    dataset, writer = folder.dataset, FORMAT_WRITERS[form]
    for table in export_tables(dataset):
        writer.write_table(folder, table, export_columns(dataset.codebook, table.frame.columns))
    if writer.write_codebook is not None:
        writer.write_codebook(folder)
    if texts is not None:
        (writer.write_open_text or write_open_text_csv)(folder, texts)
    write_csv(codebook_frame(folder.files, folder.languages, dataset.codebook), folder.file("codebook", "csv"))
    write_codebook_page(folder, form)
    write_first_steps(folder, form, number)
    said = {
        "study": dataset.info.study,
        "dataset": dataset.info.version,
        "editions": dataset.info.editions,
        "practice": dataset.info.rehearsal,
        "locked": is_locked(dataset.path),
        "format": str(form),
        "language": folder.language,
        "rows": folder.rows,
        "responses": _responses_by_edition(dataset),
    }
    (folder.path / "export.json").write_bytes(json_bytes(said))
