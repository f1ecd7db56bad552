"""Writing a dataset for the analyst's own programs. These are answers of single people, not for publication."""

from __future__ import annotations

from pathlib import Path

from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.lifecycle.lock_marker import is_locked
from kuule.dataset.schema.dataset_reader import read_dataset
from kuule.usecases.analysing.checked_numbers import checked_number


def export_answers(
    dataset: Path,
    format: ExportFormat,  # noqa: A002 -- what it is called everywhere
    to: Path,
    *,
    language: str = "",
    open_text: tuple[str, ...] = (),
    codebook: tuple[str, ...] = (),
) -> bool:
    """Write a dataset into the folder `to`, with labels in one language (the study's own by default).

    Returns True if the answers are real and the dataset is not locked: responses that people withdraw from now on then
    stay in this copy. Raises ArchiveError like `read_dataset` and `export_dataset`.
    """
    found = read_dataset(dataset)
    language = language or found.info.source_language
    number = checked_number(found)
    export_dataset(found, format, to, language=language, open_text=open_text, codebook=codebook, number=number)
    return not (found.info.rehearsal or is_locked(dataset))
