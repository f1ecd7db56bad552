"""Reading the languages of a study folder: the study's translations, and Kuule's own words in each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from kuule.core.problems import KuuleError, Problem, Severity
from kuule.core.regular_files import is_named_as_file
from kuule.core.suggestions import did_you_mean
from kuule.languages.gettext.catalogue import match_sources
from kuule.languages.gettext.catalogue_folder import is_replacement_pending
from kuule.languages.gettext.plain_po import WrittenPo
from kuule.languages.gettext.po_parsing import read_written_po
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE, shipped_catalogue
from kuule.languages.workflow.entries import SourceText
from kuule.study.folder.folder_reading import FolderReading, translatable_sources, unreadable_file
from kuule.study.folder.interface_words import INTERFACE_WORDS_FOLDER, interface_words_folder, read_interface_words
from kuule.study.settings.settings_so_far import as_far_as_read


def read_language(gathered: FolderReading, tag: str) -> FolderReading:
    """The reading of a folder with the files of one language as they are now, and no problems but theirs."""
    alone = replace(gathered, catalogues={}, words={}, problems=[])
    gather_translations(alone, (tag,))
    return alone


def read_ahead(gathered: FolderReading) -> dict[str, WrittenPo]:
    """The study's translations as they are written, by language, and Kuule's own words as they are shipped: what can be
    read while the questionnaire is converted. A file that cannot be read is left to `gather_translations`, which says
    why."""
    written: dict[str, WrittenPo] = {}
    settings = gathered.settings
    for tag in {} if settings is None else settings.languages:
        with suppress(KuuleError, OSError):
            if tag != SOURCE_LANGUAGE:
                shipped_catalogue(tag)  # which is kept
            if settings is not None and tag != settings.source_language:
                written[tag] = read_written_po(_po_file(gathered, tag))
    return written


def gather_translations(
    gathered: FolderReading, languages: Collection[str] | None, written: Mapping[str, WrittenPo] = MappingProxyType({})
) -> None:
    """Read the translations into the study's languages, or into those of `languages` alone, and Kuule's own words.
    `written` has files that were read already."""
    if is_replacement_pending(gathered.path / "languages") or is_replacement_pending(
        interface_words_folder(gathered.path)
    ):
        cause = "an import of translations was broken off before all of its files were in their places"
        remedy = "run kuule translate status, which finishes it"
        gathered.problems.append(Problem("LANG_060", "languages", cause, remedy, file="languages"))
    if languages is None:
        gathered.problems += as_far_as_read(_left_behind(gathered))
    if gathered.settings is None or gathered.form is None:
        missing = as_far_as_read(_without_file(gathered))
        gathered.problems += (one for one in missing if languages is None or one.language in languages)
        return
    sources = translatable_sources(gathered.settings, gathered.form, gathered.report)
    wanted = gathered.settings.languages if languages is None else languages
    for tag in (tag for tag in gathered.settings.languages if tag in wanted):
        if tag != gathered.settings.source_language:
            _translation(gathered, tag, sources, written.get(tag))
        if tag != SOURCE_LANGUAGE:
            _words(gathered, tag)


def _left_behind(gathered: FolderReading) -> Iterator[Problem]:
    """Files of languages that the study does not offer: nobody is asked in what stands there."""
    settings = gathered.settings_so_far
    files = sorted((gathered.path / "languages").glob("*.po"))
    for tag in () if settings is None else (file.stem for file in files):
        if settings is not None and tag not in settings.languages:
            cause = f"study.toml does not offer {tag}, so that nobody is asked in what stands there"
            remedy = did_you_mean(
                tag, settings.languages, "offer it in [languages], or take the file out of the folder"
            )
            name = f"languages/{tag}.po"
            yield Problem("LANG_065", name, cause, remedy, Severity.WARNING, file=name, language=tag)


def _without_file(gathered: FolderReading) -> Iterator[Problem]:
    """The languages that have no file, where the texts to translate cannot be told yet."""
    settings = gathered.settings_so_far
    for tag in () if settings is None else settings.languages:
        if settings is not None and tag != settings.source_language and not is_named_as_file(_po_file(gathered, tag)):
            yield _no_file(tag)


def _po_file(gathered: FolderReading, tag: str) -> Path:
    return gathered.path / "languages" / f"{tag}.po"


def _no_file(tag: str) -> Problem:
    cause = f"study.toml offers {tag}, and there is no languages/{tag}.po"
    remedy = (
        "begin it: `kuule translate export`; or take in a form that has it,"
        " `kuule translate import STUDY form.xlsx`; or take the language out of study.toml"
    )
    name, shared = f"languages/{tag}.po", "study.toml offers them, and they have no file in languages"
    return Problem("STUDY_005", name, cause, remedy, file=name, language=tag, shared_cause=shared)


def _translation(gathered: FolderReading, tag: str, sources: Sequence[SourceText], written: WrittenPo | None) -> None:
    file = _po_file(gathered, tag)
    if not is_named_as_file(file):
        gathered.problems.append(_no_file(tag))
        return
    try:
        gathered.catalogues[tag] = match_sources(written or read_written_po(file), sources, tag)
    except KuuleError as error:
        gathered.problems += [_of_translation(problem, "languages", tag) for problem in error.problems]
    except OSError as error:
        gathered.problems.append(_of_translation(unreadable_file(file, error), "languages", tag))


def _words(gathered: FolderReading, tag: str) -> None:
    folder = f"languages/{INTERFACE_WORDS_FOLDER}"
    try:
        gathered.words[tag] = read_interface_words(gathered.path, tag)
    except KuuleError as error:
        gathered.problems += [_of_translation(problem, folder, tag) for problem in error.problems]
    except OSError as error:
        file = interface_words_folder(gathered.path) / f"{tag}.po"
        gathered.problems.append(_of_translation(unreadable_file(file, error), folder, tag))


def _of_translation(problem: Problem, folder: str, tag: str) -> Problem:
    """A problem of a language's file, with the folder that the file is in."""
    return replace(problem, place=f"{folder}/{problem.place}", file=f"{folder}/{tag}.po")
