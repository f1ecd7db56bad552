"""`kuule translate export`: the texts of a study, or Kuule's own words, as files for translators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.problems import Problem, StudyError
from kuule.languages.workflow.entries import Entry
from kuule.translation.formats.po_files import export_po, import_po
from kuule.translation.formats.returned_texts import ReturnedText
from kuule.translation.formats.xliff12_export import export_xliff12
from kuule.translation.formats.xliff_export import export_xliff
from kuule.translation.formats.xlsform_export import export_xlsform
from kuule.translation.text_sets.folder_text_set import read_text_set, require_study_texts
from kuule.translation.text_sets.study_text_set import selected_catalogues
from kuule.translation.text_sets.text_set import TextSet
from kuule.translation.translation_format import TranslationFormat

_MOST_NAMED = 5


def export_translations(
    path: Path,
    kind: TranslationFormat,
    languages: tuple[str, ...],
    to: Path,
    *,
    blank: bool,
    words: bool = False,
    update: bool = False,
) -> list[Path]:
    """Write the files into the folder `to` and return their paths. `words`: Kuule's own words as the study has them.
    `update` replaces PO files of an earlier export, if everything that was translated in them is in the study.

    Raises StudyError: whatever prevents reading the folder, LANG_052 (a language that is not offered), LANG_058 (a file
    exists already, or has texts that the study does not), LANG_059 (a text too long for a cell), LANG_061 (an XLSForm
    of Kuule's words), LANG_062 (what cannot be updated), and what `import_po` raises for a file that is to be updated.
    """
    if update:
        _check_can_update(kind, blank=blank)
    texts = read_text_set(path, languages, words=words)
    files = {to / name: content for name, content in _files(texts, kind, languages, blank=blank).items()}
    there = [path for path in files if path.exists()]
    problems = list(filter(None, (_unimported(path, texts) if update else _in_the_way(path) for path in there)))
    if problems:
        raise StudyError(*problems)
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


def _check_can_update(kind: TranslationFormat, *, blank: bool) -> None:
    if kind is not TranslationFormat.PO:
        cause, remedy = f"a file in the format {kind} is not updated", "give another folder, or use --format po"
        raise StudyError(Problem("LANG_062", "--update", cause, remedy))
    if blank:
        cause = "--blank would take from a translator's file what is translated there"
        raise StudyError(Problem("LANG_062", "--update", cause, "leave one of the two away"))


def _unimported(path: Path, texts: TextSet) -> Problem | None:
    """What is lost if a file is replaced: texts that were edited after they were sent out and are not in the study."""
    file = import_po(path, texts.languages, texts.source_language)
    entries = texts.catalogues[file.language].entries
    lost = [given.key for given in file.texts if given.was_edited is not False and not _is_kept(given, entries)]
    if not lost:
        return None
    first = ", ".join(lost[:_MOST_NAMED]) + (", …" if len(lost) > _MOST_NAMED else "")
    cause = f"{len(lost)} of its texts {'is' if len(lost) == 1 else 'are'} not in the study ({first})"
    return Problem("LANG_058", str(path), cause, "import it first: kuule translate import")


def _is_kept(given: ReturnedText, entries: Mapping[str, Entry]) -> bool:
    entry = entries.get(given.key)
    known = () if entry is None else (entry.text, *(draft.text for draft in entry.drafts))
    return not given.text or given.text in known
