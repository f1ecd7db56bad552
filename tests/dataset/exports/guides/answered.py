"""An export of people whose answers have gaps, some of whom a rule of cleaning excludes, with the number to find."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kuule.dataset.exports.export import export_dataset
from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.guides.checked_number import CheckedNumber
from kuule.dataset.schema.dataset_reader import Dataset
from kuule.study.settings.cleaning_settings import CleaningSettings
from kuule.usecases.analysing.checked_numbers import checked_number
from tests.analysis.inference.responses import dataset_of, some_people


def answered_dataset(folder: Path, people: int = 120, seed: int = 3) -> Dataset:
    """Some of them gave no answer at all, and are excluded."""
    found = dataset_of([*some_people(people, seed), *[{}] * 7], folder)
    return replace(found, study=replace(found.study, cleaning=CleaningSettings(empty=True)))


def exported_to(folder: Path, dataset: Dataset, form: ExportFormat, language: str = "en") -> CheckedNumber:
    """Write the export, and return the number that its first steps find again."""
    number = checked_number(dataset)
    assert number is not None
    export_dataset(dataset, form, folder, language=language, number=number)
    return number
