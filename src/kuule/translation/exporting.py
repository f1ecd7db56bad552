"""`kuule translate export`: the texts of a study, or Kuule's own words, as files for translators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, StudyError
from kuule.translation.formats.po_files import export_po
from kuule.translation.formats.xliff12_export import export_xliff12
from kuule.translation.formats.xliff_export import export_xliff
from kuule.translation.formats.xlsform_export import export_xlsform
from kuule.translation.text_sets.folder_text_set import read_text_set, require_study_texts
from kuule.translation.text_sets.study_text_set import selected_catalogues
from kuule.translation.text_sets.text_set import TextSet
from kuule.translation.translation_format import TranslationFormat


def export_translations(
    path: Path, kind: TranslationFormat, languages: tuple[str, ...], to: Path, *, blank: bool, words: bool = False
) -> list[Path]:
    """Write the files into the folder `to` and return their paths. `words`: Kuule's own words as the study has them.

    Raises StudyError: whatever prevents reading the folder, LANG_052 (a language that is not offered), LANG_058 (a file
    exists already), LANG_059 (a text too long for a cell), LANG_061 (an XLSForm of Kuule's words).
    """
    texts = read_text_set(path, languages, words=words)
    files = {to / name: content for name, content in _files(texts, kind, languages, blank=blank).items()}
    there = [path for path in files if path.exists()]
    if there:
        raise StudyError(*map(_in_the_way, there))
    to.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        write_atomically(path, content)
    return list(files)


def _files(texts: TextSet, kind: TranslationFormat, languages: tuple[str, ...], *, blank: bool) -> Mapping[str, bytes]:
    catalogues = selected_catalogues(texts, languages)
    if kind is TranslationFormat.XLSFORM:
        form = require_study_texts(texts, "--format xlsform")
        return {f"{form.settings.id}.xlsx": export_xlsform(form, catalogues, blank=blank)}
    if kind is TranslationFormat.PO:
        return {
            f"{tag}.po": export_po(catalogue, texts.name, _today(), blank=blank)
            for tag, catalogue in catalogues.items()
        }
    within = f"{texts.name}/{texts.folder.resolve().name}"
    export = export_xliff if kind is TranslationFormat.XLIFF else export_xliff12
    return {
        f"{tag}.xlf": export(catalogue, within, texts.source_language, blank=blank)
        for tag, catalogue in catalogues.items()
    }


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _in_the_way(path: Path) -> Problem:
    cause = "a file is there already, perhaps with somebody's work in it"
    return Problem("LANG_058", str(path), cause, "take it in first, or give another folder")
