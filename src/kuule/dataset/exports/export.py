"""A dataset to a folder of files in one format, whole or not at all."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

from polars.exceptions import ComputeError
from pyreadstat import ReadstatError

from kuule.core.files import json_bytes
from kuule.core.problems import ArchiveError, Problem
from kuule.dataset.exports.csv_files import codebook_frame, write_csv, write_open_text_csv
from kuule.dataset.exports.export_columns import export_columns
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_tables import ExportTable, export_tables, open_text_table
from kuule.dataset.exports.format_registry import FORMAT_WRITERS
from kuule.dataset.exports.format_writer import ExportFolder
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
) -> None:
    """Write the folder `to`: the tables in a format, codebook.csv, and export.json, which says of what it is.

    `language` is that of the labels and of codebook.csv, which has those of `codebook` beside it (ALL for every one).
    Free text goes only with the items named in `open_text`, as a table of its own.

    Raises ArchiveError DATA_003 (something stands at `to`), DATA_016 (another command makes it), DATA_018 (nothing can
    be written there), DATA_021 (a language that the study does not have), DATA_022 (an item without free text),
    DATA_024 (it grew meanwhile), DATA_045 (more than a spreadsheet holds); OSError where the disk does not take it.
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
            _write(ExportFolder(folder, dataset, language, tuple(languages)), form, texts)
            check_unchanged(dataset)
    except (OSError, ReadstatError, ComputeError) as error:
        if said := _said_by_the_disk(error):
            raise OSError(*said, str(to)) from error
        raise


def _check_known(option: str, tag: str, known: Sequence[str]) -> None:
    if tag not in known:
        raise ArchiveError(
            Problem("DATA_021", f"{option} {tag}", f"the study has {', '.join(known)}", "name one of these")
        )


def _said_by_the_disk(error: BaseException) -> tuple[int, str] | None:
    """Number and text of what kept a writer from writing: Polars gives the number in words, others none."""
    if isinstance(error, ReadstatError | ComputeError) and any(said in str(error) for said in _UNWRITTEN):
        return errno.EIO, "unable to write"
    number = _OS_ERROR.search(str(error)) if getattr(error, "errno", None) is None else None
    return None if number is None else (int(number[1]), os.strerror(int(number[1])))


def _write(folder: ExportFolder, form: ExportFormat, texts: ExportTable | None) -> None:
    dataset, writer = folder.dataset, FORMAT_WRITERS[form]
    for table in export_tables(dataset):
        writer.write_table(folder, table, export_columns(dataset.codebook, table.frame.columns))
    if writer.write_codebook is not None:
        writer.write_codebook(folder)
    if texts is not None:
        (writer.write_open_text or write_open_text_csv)(folder, texts)
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
