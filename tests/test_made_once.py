"""What is read once in a process of the tests is what reading it again would give, and is read anew when it changed."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from kuule.cli import app
from kuule.cli.console import Exit
from kuule.languages.checks.check_context import CheckContext
from kuule.languages.checks.text_checks import catalogue_problems
from kuule.languages.gettext.catalogue import match_sources
from kuule.languages.gettext.po_parsing import read_written_po
from kuule.languages.workflow.entries import Catalogue, SourceText
from kuule.opening import protected_key
from kuule.opening.protected_key import Argon2Parameters, Passphrase, derive_passphrase_key
from kuule.study import check
from kuule.study.folder import folder_languages
from kuule.study.folder.study_folder import complete_study_folder, read_study_folder
from tests import made_once
from tests.study.small_study import make_study

CHEAP, DEARER = (Argon2Parameters(memory=64, passes=passes, lanes=1) for passes in (1, 2))


def test_catalogue_of_a_study_is_that_of_its_file(tmp_path: Path) -> None:
    folder = make_study(tmp_path / "study")
    path = folder / "languages" / "sv.po"
    sources = complete_study_folder(read_study_folder(folder)).sources
    match_here: Any = vars(folder_languages)["match_sources"]
    assert match_here is not match_sources

    def matched(texts: tuple[SourceText, ...]) -> Catalogue:
        found = match_here(read_written_po(path), texts, "sv")
        assert found == match_sources(read_written_po(path), texts, "sv")
        return found

    first, read = matched(sources), read_study_folder(folder).catalogues["sv"]
    assert first == read is read_study_folder(folder).catalogues["sv"]
    path.write_text(path.read_text("utf-8").replace("sv: A small study", "En liten studie"), "utf-8")
    assert matched(sources) == read_study_folder(folder).catalogues["sv"] != first
    assert matched(sources[1:]) != matched(sources)


def test_check_of_a_catalogue_is_that_beside_the_words_that_are_given(tmp_path: Path) -> None:
    folder = make_study(tmp_path / "study")
    path = folder / "languages" / "sv.po"
    path.write_text(path.read_text("utf-8").replace("sv: A small study", "En liten studie av 7 saker"), "utf-8")
    catalogue = read_study_folder(folder).catalogues["sv"]
    check_here: Any = vars(check)["catalogue_problems"]
    assert check_here is not catalogue_problems
    for words in ({}, {"study:title": "it is said otherwise"}, {}):
        spoken = CheckContext("sv", adapted=words)
        found = [tuple(check_here(catalogue, "sv.po", spoken)) for _ in "12"]
        assert found == [tuple(catalogue_problems(catalogue, "sv.po", spoken))] * 2
        assert bool(found[0]) or words


def test_key_is_that_of_its_passphrase_salt_and_cost() -> None:
    asked = list(product("ab", (bytes(16), bytes(range(16))), (CHEAP, DEARER)))
    keys = [[derive_passphrase_key(Passphrase(words), salt, cost, "here") for words, salt, cost in asked] for _ in "12"]
    assert keys[0] == keys[1]
    assert len({*keys[0]}) == len(asked)
    assert vars(protected_key)["Argon2id"].__module__ == "tests.made_once"


def test_command_that_is_made_once_is_told_something_else_each_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program: Any = vars(app)["program"]
    assert program("check") is program("check") is not program("freeze")
    said = []
    for more in (["first"], ["second", "--json"], ["third", "--nonsense"], ["--help"]):
        code = app.run(["check", *(str(tmp_path / one) if one in "first second" else one for one in more)])
        said.append((code, capsys.readouterr()))
    assert [code for code, _ in said] == [Exit.CHECK_FOUND_ERRORS] * 2 + [Exit.USAGE, Exit.DONE]
    assert str(tmp_path / "first") in said[0][1].err
    assert str(tmp_path / "second") in said[1][1].out
    assert ("--nonsense" in said[2][1].err, "Usage: kuule check" in said[3][1].out) == (True, True)


def test_every_fixture_of_the_module_is_asked_for() -> None:
    text = Path(made_once.__file__).read_text("utf-8")
    assert re.findall(r"^@pytest\.fixture\b.*\ndef (\w+)", text, re.MULTILINE) == [*made_once.FIXTURES]
