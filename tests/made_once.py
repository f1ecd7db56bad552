"""What every process of the tests would work out again and again, and always the same: a file of translations, the key
that a passphrase gives, a command's options. `tests/conftest.py` has more of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from kuule.core.problems import Problem
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import read_po
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.opening import protected_key
from kuule.study import check
from kuule.study.folder import folder_languages

_MOST_CATALOGUES = 64
"""Those of two studies in all languages: each of 29 has 700 texts."""


@pytest.fixture(autouse=True, scope="session")
def _translations_are_read_once() -> Iterator[None]:
    """The file of a language with the same bytes, for whoever reads a study with the same texts: nothing changes a
    catalogue, and to read those of the study that ships takes longer than most of what is tried of it. Reading itself
    is tried below languages/gettext/, and by every process of its own."""
    known: dict[object, Catalogue] = {}

    def read_once(path: Path, sources: Sequence[SourceText], language: str | None = None) -> Catalogue:
        asked = (path.stem, path.read_bytes() if path.is_file() else None, tuple(sources), language)
        if asked not in known:
            known[asked] = read_po(path, sources, language)
        found = known[asked]
        while len(known) > _MOST_CATALOGUES:
            known.pop(next(iter(known)))
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder_languages, "read_po", read_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _translations_are_checked_once() -> Iterator[None]:
    """A catalogue that was read once, beside the same words: a check of the study that ships goes through all of its
    29. Checking is tried below languages/checks/."""
    known: dict[int, tuple[Catalogue, tuple[Any, ...], tuple[Problem, ...]]] = {}

    def check_once(catalogue: Catalogue, file: str, *beside: Any, **how: Any) -> Iterator[Problem]:
        asked = (file, beside, how)
        last = known.get(id(catalogue))
        if last is None or last[0] is not catalogue or last[1] != asked:
            last = known[id(catalogue)] = catalogue, asked, tuple(catalogue_problems(catalogue, file, *beside, **how))
        while len(known) > _MOST_CATALOGUES:
            known.pop(next(iter(known)))
        return iter(last[2])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "catalogue_problems", check_once)
        yield


@pytest.fixture(autouse=True, scope="session")
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
