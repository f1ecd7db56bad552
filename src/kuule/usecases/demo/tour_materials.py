"""What the tour needs besides the survey and the report: a codebook to read, and a copy of the study to translate."""

from __future__ import annotations

import shutil
from pathlib import Path

from kuule.core.problems import KuuleError
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.usecases.analysing.export_dataset import export_answers
from kuule.usecases.demo.practice_folder import PracticeFolder
from kuule.usecases.progress import ProgressListener


def make_tour_materials(study: Path, practice: PracticeFolder, progress: ProgressListener) -> None:
    """Export the dataset as CSV, for its codebook, and copy the study. What cannot be made is said, and left out: the
    demo goes on without it."""
    with progress.spinner("writing a codebook"):
        try:
            export_answers(practice.dataset, ExportFormat.CSV, practice.export)
        except KuuleError as error:
            progress.warn(error.problems)
    try:
        shutil.copytree(study, practice.study, ignore=shutil.ignore_patterns(".*", practice.folder.name))
    except OSError as error:  # shutil.Error, which lists the files, is one
        shutil.rmtree(practice.study, ignore_errors=True)
        progress.note(f"the study could not be copied, so partners have none to translate: {error}")
