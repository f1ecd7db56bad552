"""What is read once in a process of the tests is what reading it again would give, and is read anew when it changed."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from kuule.languages.gettext.catalogue import read_po
from kuule.opening import protected_key
from kuule.opening.protected_key import Argon2Parameters, Passphrase, derive_passphrase_key
from kuule.study.folder import folder_languages
from kuule.study.folder.study_folder import complete_study_folder, read_study_folder
from tests.study.small_study import make_study

CHEAP, DEARER = (Argon2Parameters(memory=64, passes=passes, lanes=1) for passes in (1, 2))


def test_catalogue_of_a_study_is_that_of_its_file(tmp_path: Path) -> None:
    folder = make_study(tmp_path / "study")
    path = folder / "languages" / "sv.po"
    sources = complete_study_folder(read_study_folder(folder)).sources
    assert folder_languages.read_po is not read_po
    first = folder_languages.read_po(path, sources)
    assert first == read_po(path, sources)
    assert folder_languages.read_po(path, sources) is first
    path.write_text(path.read_text("utf-8").replace("sv: A small study", "En liten studie"), "utf-8")
    assert folder_languages.read_po(path, sources) == read_po(path, sources) != first
    assert folder_languages.read_po(path, sources[1:]) == read_po(path, sources[1:])


def test_key_is_that_of_its_passphrase_salt_and_cost() -> None:
    asked = list(product("ab", (bytes(16), bytes(range(16))), (CHEAP, DEARER)))
    keys = [[derive_passphrase_key(Passphrase(words), salt, cost, "here") for words, salt, cost in asked] for _ in "12"]
    assert keys[0] == keys[1]
    assert len({*keys[0]}) == len(asked)
    assert protected_key.Argon2id.__module__ == "tests.made_once"
