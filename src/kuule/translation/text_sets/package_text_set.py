"""Kuule's own catalogues: a folder with `interface.pot`, the English texts, and a PO file for each language.

There are two: the words around the questions (`languages/catalogues/interface`) and around the figures of a report
(`languages/catalogues/report`). There is no list of languages: each file is one, and the first export with `--language`
starts a new one.
"""

from __future__ import annotations

from pathlib import Path

from kuule.core.problems import KuuleError, Problem, StudyError
from kuule.core.regular_files import is_named_as_file
from kuule.languages.cldr.tags import find_language
from kuule.languages.gettext.catalogue import read_po, read_pot, template_state
from kuule.languages.gettext.catalogue_folder import finish_replacement
from kuule.languages.gettext.po_parsing import parse_po
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.languages.workflow.states import State
from kuule.translation.language_files import LOCK_PATIENCE
from kuule.translation.text_sets.text_set import TextSet, untranslated_catalogue

TEMPLATE_FILE = "interface.pot"
SOURCE_LANGUAGE = "en"


def is_package_folder(path: Path) -> bool:
    """Whether a folder is one of these and not a study's."""
    return (path / TEMPLATE_FILE).is_file()


def read_package_texts(path: Path, languages: tuple[str, ...] = ()) -> TextSet:
    """Read such a folder. `languages` may be some that have no file yet.

    Raises StudyError LANG_001 (no such language), LANG_002 to LANG_005 (a file), LANG_052 (the source is not
    translated). An interrupted import is completed first.
    """
    finish_replacement(path, LOCK_PATIENCE)
    template = path / TEMPLATE_FILE
    sources = read_pot(template)
    header = parse_po(template).header
    catalogues: dict[str, Catalogue] = {}
    problems: list[Problem] = []
    for tag in dict.fromkeys([*sorted(file.stem for file in path.glob("*.po")), *languages]):
        try:
            catalogues[tag] = _catalogue(path / f"{tag}.po", tag, sources, header)
        except KuuleError as error:
            problems += error.problems
    if problems:
        raise StudyError(*problems)
    state, origin = template_state(template)
    return TextSet(path, "kuule", SOURCE_LANGUAGE, state, origin, State.REVIEWED, sources, catalogues)


def _catalogue(file: Path, tag: str, sources: tuple[SourceText, ...], header: str) -> Catalogue:
    find_language(tag)
    if tag == SOURCE_LANGUAGE:
        cause = f"the words of Kuule are written in {tag}"
        raise StudyError(
            Problem("LANG_052", tag, cause, f"name another language; change {tag} in {TEMPLATE_FILE} itself")
        )
    return read_po(file, sources) if is_named_as_file(file) else untranslated_catalogue(tag, sources, header)
