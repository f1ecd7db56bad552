"""`kuule translate export`: the texts of a study, or the words of Kuule, as files for those who translate them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from kuule.durable import write_atomically
from kuule.errors import Problem, StudyError
from kuule.translating.po_files import po_file
from kuule.translating.reading import of_form, texts_of
from kuule.translating.study_texts import chosen
from kuule.translating.texts import Texts
from kuule.translating.xliff_out import xliff_file
from kuule.translating.xlsform_out import xlsform_file


class Format(StrEnum):
    """PO for Weblate and Poedit, XLIFF for agencies, an XLSForm with every language for ODK and KoboToolbox."""

    PO = "po"
    XLIFF = "xliff"
    XLSFORM = "xlsform"


def export_files(
    path: Path, kind: Format, languages: tuple[str, ...], to: Path, *, blank: bool, words: bool = False
) -> list[Path]:
    """Write the files into the folder `to`, and return their paths. `words`: Kuule's own words as the study has them.

    Raises StudyError: what keeps the folder from being read; LANG_052 (a language that is not offered); LANG_058 (one
    of the files is there already); LANG_059 (a text too long for a cell); LANG_061 (an XLSForm of the words of Kuule).
    """
    texts = texts_of(path, languages, words=words)
    files = {to / name: content for name, content in _files(texts, kind, languages, blank=blank).items()}
    there = [path for path in files if path.exists()]
    if there:
        raise StudyError(*map(_in_the_way, there))
    to.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        write_atomically(path, content)
    return list(files)


def _files(texts: Texts, kind: Format, languages: tuple[str, ...], *, blank: bool) -> Mapping[str, bytes]:
    catalogues = chosen(texts, languages)
    if kind is Format.XLSFORM:
        form = of_form(texts, "--format xlsform")
        return {f"{form.settings.id}.xlsx": xlsform_file(form, catalogues, blank=blank)}
    if kind is Format.PO:
        return {f"{tag}.po": po_file(catalogue, blank=blank) for tag, catalogue in catalogues.items()}
    within = f"{texts.name}/{texts.folder.resolve().name}"
    return {
        f"{tag}.xlf": xliff_file(catalogue, within, texts.source_language, blank=blank)
        for tag, catalogue in catalogues.items()
    }


def _in_the_way(path: Path) -> Problem:
    cause = "a file is there already, perhaps with somebody's work in it"
    return Problem("LANG_058", str(path), cause, "take it in first, or give another folder")
