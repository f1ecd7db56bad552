"""Beginning a study: a folder that passes `kuule check` and can be rehearsed, made of a template and a few answers.

The folder is there whole or not at all. What is still to be done before anyone is asked, its README says.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kuule.core.folders import atomic_folder, unfinished_folders
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, Severity, StudyError, raise_errors
from kuule.ethics.ethics_answers import ETHICS_FILE, begin_ethics_file
from kuule.ethics.ethics_questions import SPLIT
from kuule.forms.xlsform.workbook import Workbook, read_workbook
from kuule.languages.gettext.catalogue import po_bytes
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.languages.workflow.states import State
from kuule.study.settings.rehearsal_settings import REHEARSAL_FILE
from kuule.study.settings.study_toml import SETTINGS_FILE
from kuule.translation.formats.xlsform_workbook import SheetRow, workbook_bytes
from kuule.translation.text_sets.study_text_set import read_study_texts
from kuule.usecases.authoring.check_study import check_study_folder
from kuule.usecases.authoring.new_study_answers import (
    TEMPLATE_LANGUAGE,
    NewStudyAnswers,
    NewStudyError,
    study_id,
)
from kuule.usecases.authoring.settings_text import settings_text
from kuule.usecases.authoring.study_readme import TEMPLATES_FOLDER, study_readme

_READABLE = 0o777
"""What the umask leaves of it: a study is for a whole team."""
_COUNTRY_LIST = "country"
_RESIDENCE_PAGE = "page_residence"
_ROWS_OF_RESIDENCE = 3
_WIKIPEDIA = {"nb": "no"}
"""Languages whose Wikipedia has another name than the first part of the tag."""
_SOURCE = {"leave_to": "https://en.wikipedia.org/wiki/Main_Page", "state": str(State.DRAFT_ONE)}
"""Nobody has read the wording of a template for this study yet."""


@dataclass(frozen=True, slots=True)
class BegunStudy:
    """The folder and its files, and the warnings of a check: what is still to be done."""

    folder: Path
    files: tuple[str, ...]
    warnings: tuple[Problem, ...]
    without_words: tuple[str, ...]
    """Languages in which Kuule has no words yet."""


def check_folder_is_free(folder: Path) -> None:
    """Raise NewStudyError NEW_001 if anything has that name, NEW_008 if no id can be made of it."""
    study_id(folder.absolute().name)
    if folder.exists() or folder.is_symlink():
        raise NewStudyError(
            Problem("NEW_001", str(folder), "something is there already", "give a folder that does not exist yet")
        )


def begin_study(
    folder: Path,
    answers: NewStudyAnswers,
    *,
    today: date,
    new_code: Callable[[frozenset[str]], str],
) -> BegunStudy:
    """Write the folder of a new study. `new_code` draws a code for a partner's link that is none of those given.

    Raises NewStudyError NEW_001, NEW_008, NEW_009 (it cannot be written); StudyError if the answers make a study that
    `kuule check` would refuse.
    """
    without_words = tuple(tag for tag in answers.languages if tag not in shipped_languages())

    def write(draft: Path) -> None:
        settings = new_settings(folder, answers, new_code)
        for name, content in _files(settings, answers).items():
            (draft / name).write_bytes(content)
        readme = study_readme(
            answers, title=str(settings["title"]), folder_name=folder.absolute().name, without_words=without_words
        )
        (draft / "README.md").write_bytes(readme.encode())
        begin_ethics(draft, answers)
        begin_languages(draft, answers)

    files, warnings = begin_folder(folder, write, today=today)
    return BegunStudy(folder.absolute(), files, warnings, without_words)


def begin_folder(
    folder: Path, write: Callable[[Path], None], *, today: date
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write a study's folder that is there whole or not at all; its files, and the warnings of a check. `write` fills
    the folder that it is given. Raises what `begin_study` does."""
    check_folder_is_free(folder)
    folder = folder.absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with exclusive_lock(folder.with_name(f".{folder.name}.held"), waiting=lambda: None):
            check_folder_is_free(folder)
            for left in unfinished_folders(folder):
                shutil.rmtree(left)
            with atomic_folder(folder, mode=_READABLE, synced=True) as draft:
                write(draft)
                problems = check_study_folder(draft, today=today).problems
                raise_errors(problems, StudyError)
                files = tuple(sorted(path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()))
    except OSError as error:
        cause = f"the study cannot be written there ({error.strerror})"
        raise NewStudyError(Problem("NEW_009", str(folder), cause, "make room or give another folder")) from None
    return files, tuple(one for one in problems if one.severity is Severity.WARNING)


def _files(settings: Mapping[str, object], answers: NewStudyAnswers) -> Mapping[str, bytes]:
    template = TEMPLATES_FOLDER / answers.template
    form = read_workbook(template / "form.md")
    return {
        "form.xlsx": _form(form, answers.countries),
        SETTINGS_FILE: settings_text(settings).encode(),
        "report.md": (template / "report.md").read_bytes(),
        REHEARSAL_FILE: (template / REHEARSAL_FILE).read_bytes(),
    }


def template_title(template: str) -> str:
    """The title of a study that is given none."""
    return str(_template_settings(template)["title"])


def _template_settings(template: str) -> dict[str, Any]:
    return tomllib.loads((TEMPLATES_FOLDER / template / "settings.toml").read_text("utf-8"))


def new_settings(
    folder: Path,
    answers: NewStudyAnswers,
    new_code: Callable[[frozenset[str]], str],
    *,
    source: str = TEMPLATE_LANGUAGE,
) -> dict[str, object]:
    """The settings of a study in a folder of that name, whose form is written in the language `source`. Raises
    NewStudyError NEW_008."""
    settings = _template_settings(answers.template)
    settings |= {
        "id": study_id(folder.absolute().name),
        "organisation": answers.organisation,
        "audience": str(answers.audience),
    }
    if answers.title:
        settings["title"] = answers.title
    others = {tag: {"leave_to": f"https://{_wikipedia(tag)}.wikipedia.org/"} for tag in (source, *answers.languages)}
    own = _SOURCE if source == TEMPLATE_LANGUAGE else {**_SOURCE, **others[source]}
    settings |= {"source_language": source, "languages": others | {source: own}}
    settings["help"] = {"countries": list(answers.countries)}
    if not answers.countries:
        settings["answers"].pop("territories", None)
    codes: dict[str, str] = {}
    for name in answers.partners:
        codes[new_code(frozenset(codes))] = name
    return {**settings, "links": {"partners": codes}}


def _wikipedia(tag: str) -> str:
    language = tag.partition("-")[0]
    return _WIKIPEDIA.get(language, language)


def _form(form: Workbook, countries: tuple[str, ...]) -> bytes:
    """The questionnaire as a workbook. Its list of countries has those of the study, and is not there without any."""
    survey, choices = [dict(row) for row in form.rows("survey")], [dict(row) for row in form.rows("choices")]
    at = next((n for n, row in enumerate(choices) if row.get("list_name") == _COUNTRY_LIST), None)
    if at is not None and countries:
        choices[at:at] = [{"list_name": _COUNTRY_LIST, "name": code, "label": code} for code in countries]
    elif at is not None:
        choices = [row for row in choices if row.get("list_name") != _COUNTRY_LIST]
        start = next(n for n, row in enumerate(survey) if row.get("name") == _RESIDENCE_PAGE)
        del survey[start : start + _ROWS_OF_RESIDENCE]
    sheets: dict[str, list[SheetRow]] = {"survey": survey, "choices": choices}
    return workbook_bytes(sheets, {name: list(form.sheets[name].header) for name in sheets})


def begin_ethics(draft: Path, answers: NewStudyAnswers) -> None:
    """Write ethics.toml, with how the key is split."""
    begin_ethics_file(draft)
    path = draft / ETHICS_FILE
    said = re.sub(
        rf'(?m)^{SPLIT.name} = ""$', f'{SPLIT.name} = "{answers.key_split}"', path.read_text("utf-8"), count=1
    )
    path.write_bytes(said.encode())


def begin_languages(draft: Path, answers: NewStudyAnswers) -> None:
    """Write an empty PO file for each language."""
    if answers.languages:
        texts = read_study_texts(draft)
        texts.folder.mkdir()
        for tag, catalogue in texts.catalogues.items():
            (texts.folder / f"{tag}.po").write_bytes(po_bytes(catalogue))
