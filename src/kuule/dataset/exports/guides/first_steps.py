"""First steps in each program: a short script beside the files of an export, which reads them, applies the cleaning,
leaves out who gave no answer, and finds a number again that Kuule counted.

They are templates in `templates/`. A text of the study gets into one only as a literal (`program_texts`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kuule.dataset.exports.export_formats import ExportFormat
from kuule.dataset.exports.export_variables.response_sets import response_sets
from kuule.dataset.exports.format_writer import ExportFolder
from kuule.dataset.exports.guides.checked_number import CheckedNumber
from kuule.dataset.exports.guides.program_texts import (
    comment_text,
    markdown_text,
    quoted_names,
    quoted_text,
    variable_list,
)
from kuule.dataset.schema.columns import CLEANING_COLUMN

_FOLDER = Path(__file__).parent / "templates"
_STEPS: Mapping[ExportFormat, Sequence[str]] = {
    ExportFormat.PARQUET: ("py",),
    ExportFormat.CSV: ("R", "qmd"),
    ExportFormat.XLSX: ("R",),
    ExportFormat.SAV: ("sps", "R", "qmd"),
    ExportFormat.ZSAV: ("sps", "R", "qmd"),
    ExportFormat.DTA: ("do", "R", "qmd"),
    ExportFormat.DDI: (),
}
"""The programs for which each format has first steps, by the ending of their scripts."""
_STEM = "first-steps"


@dataclass(frozen=True, slots=True)
class StepsExample:
    """The question that the steps count: its variables and its codes in the file. `variable` is the one that has the
    answer, `code` the answer in it; `reasons` is the one with the reasons, or "" if they stand in `variable`."""

    variable: str
    code: str | int | bool
    reasons: str
    number: CheckedNumber
    label: str
    answer_label: str
    is_several: bool


def write_first_steps(folder: ExportFolder, form: ExportFormat, number: CheckedNumber | None) -> None:
    """Write the scripts that a format has. The tables have to be written. Without a number, nothing is found again."""
    file = next(iter(folder.files))
    columns, names = folder.files[file]
    known = {
        "file": file,
        "form": str(form),
        "codebook": folder.file("codebook", "csv").name,
        "script": folder.file(_STEM, "R").name,
        "title": folder.title,
        "study": folder.dataset.info.study,
        "version": folder.dataset.info.version,
        "language": folder.language,
        "cleaning": CLEANING_COLUMN in names,
        "sets": response_sets(columns, names, folder.language),
        "example": None if number is None else _example(folder, file, number),
    }
    for ending in _STEPS.get(form, ()):
        text = _drawing().get_template(f"{_STEM}.{ending}.jinja").render(known)
        folder.file(_STEM, ending).write_text(text, encoding="utf-8", newline="\n")


def _example(folder: ExportFolder, file: str, number: CheckedNumber) -> StepsExample | None:
    columns, names = folder.files[file]
    item = folder.dataset.codebook.items[number.item]
    source = f"{item.name}/{number.answer}" if item.multiple else item.name
    column = next((one for one in columns if one.source == source), None)
    if column is None:
        return None
    reasons = names.get(f"{item.name}:missing", "")
    code: str | int | bool = True if item.multiple else number.answer
    if not reasons:
        code = 1 if item.multiple else column.codes[number.answer]
    return StepsExample(
        variable=names[source],
        code=code,
        reasons=reasons,
        number=number,
        label=item.labels[folder.language],
        answer_label=item.answers[folder.language].get(number.answer, number.answer),
        is_several=item.multiple,
    )


@cache
def _drawing() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=False,  # noqa: S701 - no HTML: each text is a literal of its program
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="{##",
        comment_end_string="##}",
    )
    environment.filters |= {"comment": comment_text, "markdown": markdown_text, "quoted": quoted_text}
    environment.filters |= {"names": quoted_names, "varlist": variable_list}
    return environment
