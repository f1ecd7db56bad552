"""The process that works for the lead's desk: one errand, with little memory and time, and nothing of what the site
knows.

Nothing that can open an answer is imported here, and nobody imports this module: it is started.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kuule.core.files import write_new
from kuule.core.problems import KuuleError, WorkbenchError
from kuule.study.edition.readiness import closed_lines
from kuule.usecases.authoring.freeze_study import freeze_edition
from kuule.usecases.authoring.print_booklets import print_booklets
from kuule.usecases.study_errands.form_trying import try_form, try_text_file
from kuule.usecases.study_errands.setting_editing import change_setting_text, is_setting_text
from kuule.usecases.study_errands.study_checking import check_for_desk
from kuule.usecases.study_errands.text_editing import change_text
from kuule.workbench.errands.errand_limits import serve_one_errand
from kuule.workbench.errands.problem_tables import cut_text, without_place
from kuule.workbench.study_desk.desk_remedies import for_the_desk
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand


def run_study_errand(errand: Mapping[str, Any]) -> dict[str, Any]:
    """Do what is asked. Raises KuuleError."""
    study = Path(errand["study"])
    with TemporaryDirectory() as place:
        try:
            return _ERRANDS[StudyErrand(errand["do"])](study, Path(place), errand)
        except KuuleError as error:
            raise WorkbenchError(
                *(for_the_desk(without_place(one, (study, Path(place)))) for one in error.problems)
            ) from None


def _check(study: Path, place: Path, errand: Mapping[str, Any]) -> dict[str, Any]:
    return {"findings": check_for_desk(study, map(Path, errand["editions"]), _day(errand)).to_table()}


def _try(study: Path, place: Path, errand: Mapping[str, Any]) -> dict[str, Any]:
    return {"trial": try_form(study, Path(errand["form"]), errand["name"], _day(errand)).to_table()}


def _try_text_file(study: Path, place: Path, errand: Mapping[str, Any]) -> dict[str, Any]:
    return {"trial": try_text_file(study, errand["name"], errand["text"], _day(errand)).to_table()}


def _print(study: Path, place: Path, errand: Mapping[str, Any]) -> dict[str, Any]:
    since = Path(errand["since"]) if errand["since"] else None
    [made] = print_booklets(
        study, place, languages=[errand["language"]], formats=[errand["format"]], room=errand["room"], compare=since
    )
    write_new(Path(errand["out"]), made.read_bytes())
    return {"name": made.name}


def _freeze(study: Path, place: Path, errand: Mapping[str, Any]) -> dict[str, Any]:
    key = place / "public.key"
    key.write_text(errand["key"], "utf-8", newline="\n")
    made = freeze_edition(study, key, Path(errand["out"]), drafts=errand["drafts"], today=_day(errand))
    return {"closed": [cut_text(line.strip()) for line in closed_lines(made.languages)]}


def _edit(study: Path, place: Path, errand: Mapping[str, Any]) -> dict[str, Any]:
    change = change_setting_text if is_setting_text(errand["key"]) else change_text
    write_new(Path(errand["out"]), change(study, errand["key"], errand["text"]))
    return {}


def _day(errand: Mapping[str, Any]) -> date:
    return date.fromisoformat(errand["today"])


_ERRANDS: Mapping[StudyErrand, Callable[[Path, Path, Mapping[str, Any]], dict[str, Any]]] = {
    StudyErrand.CHECK: _check,
    StudyErrand.TRY_FORM: _try,
    StudyErrand.TRY_TEXT_FILE: _try_text_file,
    StudyErrand.EDIT_TEXT: _edit,
    StudyErrand.PRINT: _print,
    StudyErrand.FREEZE: _freeze,
}


if __name__ == "__main__":
    serve_one_errand(STUDY_ERRANDS, run_study_errand)
