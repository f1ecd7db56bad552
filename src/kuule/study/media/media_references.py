"""The cells of a questionnaire that name a picture or a sound, with the language of each column.

`image`, `audio`, `image::Svenska (sv)` and `media::image::Svenska (sv)` are all understood. A column without a language
belongs to the source language, as does the one in the language that the questionnaire is converted from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kuule.forms.model.text_keys import choice_text_key, form_text_key, media_text_key
from kuule.forms.xlsform.workbook import Workbook
from kuule.languages.cldr.tags import find_language
from kuule.study.folder.questionnaire import Questionnaire
from kuule.study.media.medium import MediaKind

_TAG = re.compile(r"\(([A-Za-z0-9-]+)\)$")
_NOTHING = "-"
"""How XLSForms mark a cell that is deliberately empty."""


@dataclass(frozen=True, slots=True)
class MediaReference:
    """One such cell. `tag` is "" if the study does not offer the language, whose name is then in `written`."""

    key: str
    kind: MediaKind
    tag: str
    written_language: str
    file: str
    sheet: str
    place: str
    is_shown: bool
    """False for a row that shows no pictures or sounds: a group, a repeat, a calculation."""
    is_converted: bool
    """Whether its column is in the language that is converted, so that the form knows about it."""


def find_media_references(
    questionnaire: Questionnaire, workbook: Workbook, source: str, tags: tuple[str, ...]
) -> tuple[MediaReference, ...]:
    """In the order of the sheets. `source` is the language that is converted, as its columns name it; `tags` are those
    of the study, the source first."""
    return tuple(
        MediaReference(
            media_text_key(key, kind),
            kind,
            _tag(written, source, tags),
            written,
            file,
            sheet,
            place,
            shown,
            written in ("", source),
        )
        for key, cells, sheet, place, shown in _rows(questionnaire, workbook)
        for kind, written, file in _cells(cells)
    )


def _rows(questionnaire: Questionnaire, workbook: Workbook) -> Iterator[tuple[str, Mapping[str, str], str, str, bool]]:
    """(key of the label, cells, sheet, place, whether it shows any) of both sheets."""
    survey = workbook.rows("survey")
    for row in questionnaire.rows:
        if row.name and not row.is_generated:
            shown = (row.is_asked or row.type == "note") and not row.cells.get("calculation")
            yield form_text_key(row.path, "label"), survey[row.position], f"{workbook.file}, survey", row.place, shown
    for position, cells in enumerate(workbook.rows("choices"), 2):
        list_name = cells.get("list_name") or cells.get("list name", "")
        sheet = f"{workbook.file}, choices"
        yield choice_text_key(list_name, cells.get("name", "")), cells, sheet, f"{sheet}, row {position}", True


def _cells(cells: Mapping[str, str]) -> Iterator[tuple[MediaKind, str, str]]:
    """(kind, language as written, file)."""
    for header, text in cells.items():
        parts = [part.strip() for part in header.split("::")]
        if parts[0].lower() == "media":
            parts = parts[1:]
        if len(parts) <= 2 and parts and parts[0].lower() in tuple(MediaKind) and text != _NOTHING:
            yield MediaKind(parts[0].lower()), parts[1] if len(parts) > 1 else "", text


def _tag(written: str, source: str, tags: tuple[str, ...]) -> str:
    if written in ("", source):
        return tags[0]
    match = _TAG.search(written)
    if match is not None:
        return match[1] if match[1] in tags else ""
    named = {
        name.casefold(): tag for tag in tags for name in (tag, find_language(tag).english, find_language(tag).autonym)
    }
    return named.get(written.casefold(), "")
