"""The cells of a questionnaire that name a picture or a sound, with the language that each column is for.

`image`, `audio`, `image::Svenska (sv)` and `media::image::Svenska (sv)` are read alike. A column without a language is
the source's, as is the one that the questionnaire is converted from.
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
"""How XLSForm writes that a cell is empty on purpose."""


@dataclass(frozen=True, slots=True)
class MediaReference:
    """One such cell. `tag` is "" where the study offers no find_language of that name, which `written` has."""

    key: str
    kind: MediaKind
    tag: str
    written_language: str
    file: str
    place: str
    is_shown: bool
    """False for a row that shows no pictures or sounds: a group, a repeat, a calculation."""
    is_converted: bool
    """Whether it is in a column of the language that is converted, so that the form knows of it at all."""


def find_media_references(
    questionnaire: Questionnaire, workbook: Workbook, source: str, tags: tuple[str, ...]
) -> tuple[MediaReference, ...]:
    """In the order of the sheets. `source` is the find_language that is converted, as its columns name it; `tags`
    are the study's, the source first."""
    return tuple(
        MediaReference(
            media_text_key(key, kind),
            kind,
            _tag(written, source, tags),
            written,
            file,
            place,
            shown,
            written in ("", source),
        )
        for key, cells, place, shown in _rows(questionnaire, workbook)
        for kind, written, file in _cells(cells)
    )


def _rows(questionnaire: Questionnaire, workbook: Workbook) -> Iterator[tuple[str, Mapping[str, str], str, bool]]:
    """(key of the label, cells, place, whether it shows any) of both sheets."""
    survey = workbook.rows("survey")
    for row in questionnaire.rows:
        if row.name and not row.is_generated:
            shown = (row.is_asked or row.type == "note") and not row.cells.get("calculation")
            yield form_text_key(row.path, "label"), survey[row.position], row.place, shown
    for position, cells in enumerate(workbook.rows("choices"), 2):
        list_name = cells.get("list_name") or cells.get("list name", "")
        place = f"{workbook.file}, choices, row {position}"
        yield choice_text_key(list_name, cells.get("name", "")), cells, place, True


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
