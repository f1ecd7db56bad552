"""Sheets and columns that are nearly those that XLSForm knows: what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kuule.core.suggestions import near_names
from kuule.languages.gettext.shipped_words import shipped_languages
from kuule.study.folder.language_columns import tag_of_column
from kuule.study.folder.questionnaire import Questionnaire, plain_column

_CLOSE = 0.8
_CLOSE_IN_OTHER_ORDER = 0.7
"""For a name with the same letters: `nmae` and `tpye` are further from what was meant than other slips."""
_SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm")
SURVEY_COLUMNS = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "calculation", "default", "appearance", "parameters", "choice_filter", "repeat_count",
    "trigger", "readonly", "read_only", "image", "big-image", "audio", "video", "media",
    "image-description", "autoplay", "rows",
    "save_to", "compact_tag", "intent", "instance", "note", "notes", "comment", "comments", "query", "disabled",
)  # fmt: skip
SETTING_COLUMNS = (
    "form_title", "form_id", "title", "id_string", "version", "default_language", "public_key", "submission_url",
    "auto_send", "auto_delete", "style", "name", "instance_name", "allow_choice_duplicates", "instance_xmlns",
    "namespaces", "clean_text_values", "client_editable", "omit_instanceid", "prefix", "set_form_title", "set_form_id",
    "sms_keyword", "sms_separator", "sms_allow_media", "sms_date_format", "sms_datetime_format", "attribute",
)  # fmt: skip
CHOICE_COLUMNS = (
    "list_name", "list name", "name", "label", "image", "image-description", "big-image", "audio", "video", "media",
    "geometry",
)  # fmt: skip
_CONDITION = re.compile(r"\$\{[^}]+\}\s*(?:=|!=|<|>)|selected\s*\(\s*\$\{")
_NO_COLON_PAIR = re.compile(
    r"(?P<column>label|hint|guidance[_ ]hint|constraint[_ ]message|required[_ ]message|image|audio|video)"
    r"(?:\s*:\s*|[\s_-]+|\s*(?=[\[(]))(?P<language>[^:\s].*)",
    re.IGNORECASE,
)
"""A column of texts and a language without the two colons that belong between them."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A sheet or a column that is passed over, and the name that was probably meant. `sheet` is "" for a sheet. `found`
    is a condition that stands in such a column, if nothing but that tells what it is."""

    sheet: str
    written: str
    meant: str
    found: str = ""

    @property
    def column(self) -> str:
        """The plain name of the column that was meant."""
        return plain_column(self.meant)


def near_misses(questionnaire: Questionnaire) -> Iterator[NearMiss]:
    """What is nearly the name of a sheet, or of a column of its sheet."""
    yield from _close("", questionnaire.sheets, _SHEETS)
    of_languages = [
        *_without_colons(questionnaire, "survey", SURVEY_COLUMNS),
        *_without_colons(questionnaire, "choices", CHOICE_COLUMNS),
    ]
    yield from of_languages
    named = {one.partition("::")[0].strip().lower() for one in _in_a_language(questionnaire, "survey")}
    named |= {plain_column(one.written) for one in of_languages}
    yield from _close("survey", [one for one in questionnaire.columns if one not in named], SURVEY_COLUMNS)
    for sheet, known in (("survey", SURVEY_COLUMNS), ("choices", CHOICE_COLUMNS)):
        yield from _close(sheet, _in_a_language(questionnaire, sheet), known)
    yield from _with_conditions(questionnaire)
    yield from _close("settings", questionnaire.settings, SETTING_COLUMNS)
    choices = tuple(dict.fromkeys(plain_column(one) for one in questionnaire.headings.get("choices", ())))
    needed = ({"list_name", "list name"}, {"name"}, {"label"})
    if not all(each & {*choices} for each in needed):
        yield from _close("choices", [one for one in choices if one not in named], CHOICE_COLUMNS)


def unread_conditions(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Columns of the survey that nothing reads although a condition stands in them: the name, and the first one."""
    for column in questionnaire.columns:
        if column in SURVEY_COLUMNS or ":" in column or nearest_column(column, SURVEY_COLUMNS):
            continue
        cells = (row.cells.get(column, "") for row in questionnaire.rows)
        found = next((cell for cell in cells if _CONDITION.search(cell)), "")
        if found:
            yield column, found


def is_nearly_there(questionnaire: Questionnaire, sheet: str, *columns: str) -> bool:
    """Whether one of these columns, or the sheet `columns[0]` of the whole file for `sheet` "", is there but for its
    spelling: what follows from its absence is not a separate mistake."""
    return any(one.sheet == sheet and one.column in columns for one in near_misses(questionnaire))


def _with_conditions(questionnaire: Questionnaire) -> Iterator[NearMiss]:
    """The columns that may be that of the conditions, if it is not there."""
    if "relevant" not in map(plain_column, questionnaire.headings.get("survey", ())):
        for column, found in unread_conditions(questionnaire):
            yield NearMiss("survey", _as_written(questionnaire, column), "relevant", found)


def _as_written(questionnaire: Questionnaire, column: str) -> str:
    headings = questionnaire.headings.get("survey", ())
    return next((one for one in headings if plain_column(one) == column), column)


def _in_a_language(questionnaire: Questionnaire, sheet: str) -> tuple[str, ...]:
    """The columns that name a language, whole: beside a column that is right, one that is misspelt would be lost."""
    headings = questionnaire.headings.get(sheet, ())
    return tuple(one for one in headings if "::" in one and plain_column(one) == one.partition("::")[0].strip().lower())


def _close(sheet: str, written: Iterable[str], known: tuple[str, ...]) -> Iterator[NearMiss]:
    names = [name.strip() for name in written]
    for name in names:
        first, between, language = (part.strip() for part in name.partition("::"))
        near = nearest_column(first.lower(), known)
        meant = f"{near}{between}{language}"
        if near and first.lower() not in known and meant not in names:
            yield NearMiss(sheet, name, meant)


def nearest_column(written: str, known: tuple[str, ...]) -> str:
    """The name among `known` that was probably meant, or ""."""
    near = near_names(written, known, cutoff=_CLOSE)
    if not near:
        same_letters = [one for one in known if sorted(one) == sorted(written)]
        near = near_names(written, same_letters, cutoff=_CLOSE_IN_OTHER_ORDER)
    return near[0] if near else ""


def _without_colons(questionnaire: Questionnaire, sheet: str, known: tuple[str, ...]) -> Iterator[NearMiss]:
    headings = questionnaire.headings.get(sheet, ())
    for heading in headings:
        match = _NO_COLON_PAIR.fullmatch(heading)
        if match is None or heading.lower() in known:
            continue
        language = match["language"].removeprefix("(").removeprefix("[").removesuffix("]").strip()
        language = language if "(" in language else language.removesuffix(")")
        meant = f"{match['column'].lower().replace(' ', '_')}::{language}"
        names_one = any(tag_of_column(one, shipped_languages()) for one in (language, f"({language})"))
        if names_one and meant not in headings:
            yield NearMiss(sheet, heading, meant)
