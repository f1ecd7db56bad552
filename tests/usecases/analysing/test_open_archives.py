"""Opening without a terminal: three steps, and keys that are wiped however the last one ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from kuule.core.problems import KeyMaterialError
from kuule.opening.private_key import PrivateKey
from kuule.usecases.analysing.open_archives import open_archives, read_archives
from kuule.usecases.key_custody.key_files import read_private_key
from tests.cli.conftest import Kit, answer_edition


def is_wiped(key: PrivateKey) -> bool:
    try:
        key.reveal()
    except ValueError:
        return True
    return False


def test_keys_are_wiped_when_the_answers_are_open(kit: Kit, tmp_path: Path) -> None:
    archives = read_archives([answer_edition(kit.folder / "edition", tmp_path, 3)], tmp_path / "dataset")
    key = read_private_key(Path(kit.secret))
    assert not is_wiped(key)
    opened = open_archives(archives, [key])
    assert (opened.responses, opened.unopened, is_wiped(key)) == (3, (), True)
    assert next(opened.lines(archives.to)) == "3 answers opened, 0 could not be opened"


def test_keys_are_wiped_where_none_of_them_opens(kit: Kit, tmp_path: Path) -> None:
    archives = read_archives([answer_edition(kit.folder / "edition", tmp_path, 1)], tmp_path / "dataset")
    key = PrivateKey(bytes(range(1, 33)), rehearsal=True)
    with pytest.raises(KeyMaterialError, match="CLI_004"):
        open_archives(archives, [key])
    assert is_wiped(key)
    assert not archives.to.exists()
