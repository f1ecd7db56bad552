"""`kuule translate import`: translators' files into the PO files of a study or of Kuule, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.languages.gettext.catalogue_folder import lock_catalogues, replace_catalogues
from kuule.languages.workflow.entries import Catalogue, Entry
from kuule.languages.workflow.states import TextOrigin
from kuule.languages.workflow.workflow_steps import TakenStep, WorkflowStep, is_role_name
from kuule.translation.formats.po_files import import_po
from kuule.translation.formats.returned_texts import ReturnedFile
from kuule.translation.formats.xliff_import import import_xliff
from kuule.translation.formats.xlsform_import import import_xlsform
from kuule.translation.history import history_entries
from kuule.translation.language_files import LOCK_PATIENCE, language_files
from kuule.translation.merge import TextChange, merge_file
from kuule.translation.text_sets.folder_text_set import po_folder, read_text_set, require_study_texts
from kuule.translation.text_sets.study_text_set import selected_catalogues
from kuule.translation.text_sets.text_set import TextSet

MAX_IMPORT_BYTES = 20 * 1024 * 1024
"""The largest file that is accepted, in bytes."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What one file did to one language."""

    file: str
    language: str
    changes: tuple[TextChange, ...]
    set_aside: int


def _po(path: Path, texts: TextSet) -> list[ReturnedFile]:
    return [import_po(path, texts.languages, texts.source_language)]


def _xliff(path: Path, texts: TextSet) -> list[ReturnedFile]:
    return [import_xliff(path, texts.languages, texts.source_language)]


def _xlsform(path: Path, texts: TextSet) -> list[ReturnedFile]:
    return import_xlsform(path, require_study_texts(texts, path.name))


_READERS: Mapping[str, Callable[[Path, TextSet], list[ReturnedFile]]] = {
    ".po": _po,
    ".xlf": _xliff,
    ".xliff": _xliff,
    ".xlsx": _xlsform,
    ".md": _xlsform,
}


def import_translations(
    folder: Path,
    files: Sequence[Path],
    taken: TakenStep,
    *,
    languages: tuple[str, ...] = (),
    words: bool = False,
    theirs: bool = False,
    only_say: bool = False,
) -> list[ImportResult]:
    """Import files as one step, and say what each of them did.

    `only_say` writes nothing. `languages` may be some that have no file yet. `words`: the files are Kuule's own words,
    for the folder of the study. Raises StudyError, and then nothing has changed: whatever prevents reading the folder,
    LANG_002 to LANG_005 and LANG_051 to LANG_055 (a file), LANG_056 (somebody else is writing), LANG_057 (not a valid
    role), LANG_061 (an XLSForm for Kuule's words).
    """
    _check_taken(taken)
    if not folder.is_dir():
        read_text_set(folder)
    place = po_folder(folder, words=words)
    place.parent.mkdir(exist_ok=True)
    with lock_catalogues(place, LOCK_PATIENCE):
        texts = read_text_set(folder, languages, words=words)
        selected_catalogues(texts, languages)
        given = _given(files, texts)
        catalogues: dict[str, Catalogue] = {}
        apart: dict[str, list[Entry]] = {}
        brought = []
        for file in given:
            before = catalogues.get(file.language, texts.catalogues[file.language])
            result = merge_file(before, file, taken, theirs=theirs)
            catalogues[file.language] = result.catalogue
            apart.setdefault(file.language, []).extend(result.set_aside)
            brought.append(ImportResult(file.name, file.language, result.changes, len(result.set_aside)))
        if not only_say:
            replace_catalogues(texts.folder, _written(texts, catalogues, apart, taken))
    return brought


def _check_taken(taken: TakenStep) -> None:
    if not is_role_name(taken.by):
        cause = f"{taken.by!r} is no role: a file says who by role, never by name"
        raise StudyError(Problem("LANG_057", "--by", cause, "write one like translator, second-translator or reviewer"))
    if taken.origin is TextOrigin.MACHINE and taken.step is not WorkflowStep.DRAFT:
        cause = f"a machine does not take the step {taken.step}"
        remedy = "leave --step away: a machine makes first drafts alone"
        raise StudyError(Problem("LANG_057", "--origin", cause, remedy))


def _given(files: Sequence[Path], texts: TextSet) -> list[ReturnedFile]:
    """The texts of all files. The problems of every file are reported at once."""
    found: list[ReturnedFile] = []
    problems: list[Problem] = []
    for path in files:
        try:
            found += _READERS[_kind(path)](path, texts)
        except KuuleError as error:
            problems += error.problems
    if problems:
        raise StudyError(*problems)
    return found


def _kind(path: Path) -> str:
    kind = path.suffix.lower()
    if kind not in _READERS:
        cause = f"a file that ends in {kind!r} is none that can be taken in" if kind else "its name has no ending"
        raise StudyError(Problem("LANG_051", path.name, cause, f"give one of {', '.join(_READERS)}"))
    try:
        size = path.stat().st_size
    except OSError as error:
        cause = f"it cannot be read ({error.strerror})"
        raise StudyError(Problem("LANG_051", path.name, cause, "see that it is there and readable")) from None
    if size > MAX_IMPORT_BYTES:
        cause = f"it is larger than {MAX_IMPORT_BYTES:,} bytes"
        raise StudyError(Problem("LANG_051", path.name, cause, "see that it is the right file"))
    return kind


def _written(
    texts: TextSet, catalogues: Mapping[str, Catalogue], apart: Mapping[str, Sequence[Entry]], taken: TakenStep
) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for tag, catalogue in catalogues.items():
        lines = history_entries(texts.catalogues[tag], catalogue, taken)
        files |= language_files(texts.folder, texts.stored_part(catalogue), apart.get(tag, ()), lines)
    return files
