"""What every process of the tests would work out again and again, and always the same: a form, an edition, a file of
translations, the key that a passphrase gives, a command's options."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pyxform import xls2xform

from kuule.core.problems import Problem
from kuule.forms.compile.form import Form, compile_form
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext import catalogue
from kuule.languages.gettext.catalogue import match_sources
from kuule.languages.gettext.plain_po import WrittenPo
from kuule.languages.gettext.po_parsing import read_written_po
from kuule.languages.hyphenation.word_breaks import word_breaks
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.opening import protected_key
from kuule.study import check, freeze
from kuule.study.edition import study_edition
from kuule.study.edition.study_edition import Edition, edition_from_files
from kuule.study.folder import folder_languages, study_folder
from tests.read_once import by_content, by_sheets, by_texts

_MOST_CATALOGUES = 64
"""Those of two studies in all languages: each of 29 has 700 texts."""
FIXTURES = (
    "_form_is_made_once",
    "_translations_are_read_once",
    "_translations_are_checked_once",
    "_key_of_a_passphrase_is_derived_once",
)
"""Of this module, which `tests/conftest.py` asks for."""


@pytest.fixture(scope="session")
def _form_is_made_once() -> Iterator[None]:
    """In each process of the session, for all who read a study or an edition with the same bytes in it: nothing changes
    a form that is converted or compiled, nor an edition, nor texts in a language and the long words in them, and all
    take longer than most of what is tried of them.
    Reading itself is tried where its bytes are other ones, below forms/, and by every process of its own."""
    compile_once = lru_cache(maxsize=32)(lambda xform, places: compile_form(xform, dict(places)))
    edition_once = lru_cache(maxsize=8)(lambda files, media: edition_from_files(dict(files), with_media=media))

    def compiled(xform: str, places: Mapping[str, str] | None = None) -> Form:
        return compile_once(xform, tuple((places or {}).items()))

    def edition(files: Mapping[str, bytes], *, with_media: bool = True) -> Edition:
        return edition_once(tuple(files.items()), with_media)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(study_edition, "compile_form", compiled)
        patch.setattr(study_edition, "edition_from_files", edition)
        patch.setattr(study_folder, "compile_form", compiled)
        patch.setattr(xls2xform, "convert", by_sheets(xls2xform.convert))
        for module in (catalogue, folder_languages):
            patch.setattr(module, "read_written_po", by_content(read_written_po))
        patch.setattr(freeze, "word_breaks", by_texts(word_breaks))
        yield


@pytest.fixture(scope="session")
def _translations_are_read_once() -> Iterator[None]:
    """What a file that was read once (above) is to the same texts of a study: nothing changes a catalogue,
    and to match those of the study that ships takes longer than most of what is tried of it. Matching itself is tried
    below languages/gettext/, and by every process of its own."""
    known: dict[object, tuple[WrittenPo, Catalogue]] = {}  # with the file, so that its id stays its own

    def match_once(file: WrittenPo, sources: Sequence[SourceText], language: str) -> Catalogue:
        asked = (id(file), tuple(sources), language)
        if asked not in known:
            known[asked] = file, match_sources(file, sources, language)
        found = known[asked][1]
        while len(known) > _MOST_CATALOGUES:
            known.pop(next(iter(known)))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder_languages, "match_sources", match_once)
        yield


@pytest.fixture(scope="session")
def _translations_are_checked_once() -> Iterator[None]:
    """A catalogue that was read once, beside the same words: a check of the study that ships goes through all of its
    29. Checking is tried below languages/checks/."""
    known: dict[int, tuple[Catalogue, tuple[Any, ...], tuple[Problem, ...]]] = {}

    def check_once(texts: Catalogue, file: str, *beside: Any, **how: Any) -> Iterator[Problem]:
        asked = (file, beside, how)
        last = known.get(id(texts))
        if last is None or last[0] is not texts or last[1] != asked:
            last = known[id(texts)] = texts, asked, tuple(catalogue_problems(texts, file, *beside, **how))
        while len(known) > _MOST_CATALOGUES:
            known.pop(next(iter(known)))
        return iter(last[2])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "catalogue_problems", check_once)
        yield


@pytest.fixture(scope="session")
def _key_of_a_passphrase_is_derived_once() -> Iterator[None]:
    """The same passphrase, salt and cost always give the same key, and Argon2id takes up to a second for each. What it
    gives is held to released vectors, each asked once; what it costs is tried on a process that Python starts
    (tests/cli/test_ceremony.py)."""
    argon_anew = Argon2id
    derive = cache(lambda material, **how: argon_anew(**how).derive(material))

    def argon(**how: Any) -> SimpleNamespace:
        return SimpleNamespace(derive=lambda material: derive(material, **how))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(protected_key, "Argon2id", argon)
        yield


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Typer makes a command anew each time that it is run, which takes longer than most of what tests run; where the
    command line is loaded at all. How a process begins is tried on processes of their own."""
    app: Any = sys.modules.get("kuule.cli.app")
    if app is not None and hasattr(app, "run") and not hasattr(app.program, "makes"):
        app.program = _made_once(app.program)


def _made_once(program: Callable[[str], Any]) -> Callable[[str], Any]:
    from typer.main import get_command  # slow: only where commands are loaded

    @cache
    def made(command: str) -> Any:
        return get_command(program(command))

    made.makes = program  # type: ignore[attr-defined]  # what it stands for
    return made
