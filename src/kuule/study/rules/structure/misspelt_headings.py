"""pyxform silently ignores a sheet or column with a misspelt name, so that for example all relevance would be lost.

An author may add columns, such as comments. Only names close to a known one are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kuule.core.problems import Problem
from kuule.core.suggestions import near_names
from kuule.study.folder.questionnaire import Questionnaire, plain_column

CODE = "STUDY_336"

_CLOSE = 0.8
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
_SURVEY = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "calculation", "default", "appearance", "parameters", "choice_filter", "repeat_count",
    "trigger", "readonly", "read_only", "image", "big-image", "audio", "video", "media",
    "image-description", "autoplay", "rows",
    "save_to", "compact_tag", "intent", "instance", "note", "notes", "comment", "comments", "query", "disabled",
)  # fmt: skip
_SETTINGS = (
    "form_title", "form_id", "title", "id_string", "version", "default_language", "public_key", "submission_url",
    "auto_send", "auto_delete", "style", "name", "instance_name", "allow_choice_duplicates", "instance_xmlns",
    "namespaces", "clean_text_values", "client_editable", "omit_instanceid", "prefix", "set_form_title", "set_form_id",
    "sms_keyword", "sms_separator", "sms_allow_media", "sms_date_format", "sms_datetime_format", "attribute",
)  # fmt: skip
_CHOICES = (
    "list_name", "list name", "name", "label", "image", "image-description", "big-image", "audio", "video", "media",
    "geometry",
)  # fmt: skip


def check(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield a problem for each misspelt sheet, and for each misspelt column of the survey, the choices and the
    settings."""
    file = questionnaire.file
    yield from _close(file, "sheet", questionnaire.sheets, _SHEETS)
    named = {one.partition("::")[0].strip().lower() for one in _in_a_language(questionnaire, "survey")}
    yield from _close(f"{file}, survey", "column", [one for one in questionnaire.columns if one not in named], _SURVEY)
    for sheet, known in (("survey", _SURVEY), ("choices", _CHOICES)):
        yield from _close(f"{file}, {sheet}", "column", _in_a_language(questionnaire, sheet), known)
    yield from _close(f"{file}, settings", "column", questionnaire.settings, _SETTINGS)
    choices = dict.fromkeys(column for choice in questionnaire.choices for column in choice.cells)
    if "name" not in choices or "label" not in choices:
        yield from _close(f"{file}, choices", "column", choices, _CHOICES)


def _in_a_language(questionnaire: Questionnaire, sheet: str) -> tuple[str, ...]:
    """The columns that name a language, whole: beside a column that is right, one that is misspelt would be lost."""
    headings = questionnaire.headings.get(sheet, ())
    return tuple(one for one in headings if "::" in one and plain_column(one) == one.partition("::")[0].strip().lower())


def _close(place: str, what: str, written: Iterable[str], known: tuple[str, ...]) -> Iterator[Problem]:
    names = [name.strip() for name in written]
    for name in names:
        first, between, language = name.partition("::")
        near = near_names(first.lower(), known, cutoff=_CLOSE)
        meant = f"{near[0]}{between}{language}" if near else ""
        if first.lower() not in known and near and meant not in names:
            cause = f"the {what} {name!r} is passed over"
            yield Problem(CODE, place, cause, f"did you mean {meant!r}?")
