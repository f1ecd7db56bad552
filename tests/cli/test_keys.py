"""`kuule keys new`: two files, one of them secret, neither ever overwritten."""

from __future__ import annotations

import stat

import pytest

from kuule.cli.app import run
from kuule.cli.files import read_private_key, read_public_key
from kuule.cli.voice import Exit
from kuule.errors import KeyProblem
from tests.cli.conftest import STUDY


def new(folder, *options: str) -> int:
    return run(["keys", "new", str(STUDY), "--to", str(folder), *options])


@pytest.mark.parametrize(
    ("options", "stem", "rehearsal"), [([], "our-voice", False), (["--rehearsal"], "our-voice.rehearsal", True)]
)
def test_pair_belongs_together_and_says_what_it_is_for(tmp_path, options, stem, rehearsal):
    assert new(tmp_path, *options) == Exit.DONE
    public = read_public_key(tmp_path / f"{stem}.public-key")
    assert read_private_key(tmp_path / f"{stem}.secret-key").public == public
    assert public.rehearsal is rehearsal


def test_secret_is_for_its_owner_only(tmp_path):
    new(tmp_path)
    assert stat.S_IMODE((tmp_path / "our-voice.secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("there", ["our-voice.public-key", "our-voice.secret-key"])
def test_key_that_is_there_is_never_overwritten(tmp_path, capsys, there):
    (tmp_path / there).write_text("the only copy")
    assert new(tmp_path) == Exit.PROBLEM
    assert "CLI_001" in capsys.readouterr().err
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {there: "the only copy"}


def test_real_key_comes_with_the_warning_that_it_is_not_split(tmp_path, capsys):
    new(tmp_path)
    assert "not yet split" in capsys.readouterr().err


def test_two_keys_are_two(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        new(tmp_path / name)
    first, second = (read_public_key(tmp_path / name / "our-voice.public-key") for name in ("a", "b"))
    assert first != second


def test_missing_key_file_is_said(tmp_path):
    with pytest.raises(KeyProblem, match="CLI_002"):
        read_private_key(tmp_path / "none")


def test_public_key_given_as_secret_is_refused(tmp_path):
    new(tmp_path)
    with pytest.raises(KeyProblem, match="KEY_"):
        read_private_key(tmp_path / "our-voice.public-key")
