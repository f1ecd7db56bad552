"""The texts of a register of law: titles, questions, instructions, standards; in every language that it names, and in
those that have a file already."""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.core.regular_files import is_named_as_file
from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.catalogue import read_po
from kuule.languages.gettext.catalogue_folder import finish_replacement
from kuule.languages.workflow.entries import Catalogue
from kuule.languages.workflow.states import State, TextOrigin
from kuule.register.reading.register_folder import read_register
from kuule.register.texts.register_texts import LANGUAGES_FOLDER, SOURCE_LANGUAGE, text_sources
from kuule.translation.language_files import LOCK_PATIENCE
from kuule.translation.text_sets.text_set import TextSet, untranslated_catalogue

_HEADER = " The texts of a register of law. CC BY 4.0."


def read_register_text_set(path: Path, languages: tuple[str, ...] = ()) -> TextSet:
    """Read the texts of the register in a folder. `languages` may be some that have no file yet.

    Raises RegisterError as `read_register` does, StudyError LANG_001 (no such language), LANG_002 to LANG_005 (a file),
    LANG_052 (the source is not translated). An interrupted import is completed first.
    """
    folder = path / LANGUAGES_FOLDER
    finish_replacement(folder, LOCK_PATIENCE)
    register = read_register(path).register
    sources = text_sources(register)
    files = sorted(file.stem for file in folder.glob("*.po"))
    named = [tag for tag in register.settings.languages if tag != SOURCE_LANGUAGE]
    catalogues: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for tag in dict.fromkeys([*named, *files, *languages]):
        try:
            find_language(tag)
            if tag == SOURCE_LANGUAGE:
                problems.append(_is_the_source(tag))
                continue
            file = folder / f"{tag}.po"
            unwritten = untranslated_catalogue(tag, sources, _HEADER)
            catalogues[tag] = read_po(file, sources) if is_named_as_file(file) else unwritten
        except KuuleError as error:
            problems += error.problems
    if problems:
        raise StudyError(*problems)
    by_a_person = (State.REVIEWED, TextOrigin.PERSON)
    return TextSet(folder, register.settings.id, SOURCE_LANGUAGE, *by_a_person, State.REVIEWED, sources, catalogues)


def _is_the_source(tag: str) -> Problem:
    remedy = f"name another language; change {tag} in the files of the register"
    return Problem("LANG_052", tag, f"a register is written in {tag}", remedy)
