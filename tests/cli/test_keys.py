"""`kuule keys`: a rehearsal key in two files, what a file is, that a key was destroyed. For the ceremony see there."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from kuule.cli.app import run
from kuule.cli.console import Exit
from kuule.core.problems import KeyMaterialError
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import Argon2Parameters, Passphrase, protect_key
from kuule.study.folder.key_record import DestroyedKey, read_key_record
from kuule.usecases.input_files import read_public_key
from kuule.usecases.key_custody.key_files import read_private_key
from kuule.usecases.key_custody.typed_sheets import read_share_file
from tests.cli.conftest import STUDY
from tests.frozen import in_few_languages


def new(folder, *options: str) -> int:
    return run(["keys", "new", str(STUDY), "--to", str(folder), "--rehearsal", *options])


def test_pair_belongs_together_and_says_what_it_is_for(tmp_path):
    assert new(tmp_path) == Exit.DONE
    public = read_public_key(tmp_path / "our-voice.rehearsal.public-key")
    assert read_private_key(tmp_path / "our-voice.rehearsal.secret-key").public == public
    assert public.rehearsal is True


def test_secret_is_for_its_owner_only(tmp_path):
    new(tmp_path)
    assert stat.S_IMODE((tmp_path / "our-voice.rehearsal.secret-key").stat().st_mode) == 0o600


@pytest.mark.parametrize("there", ["our-voice.rehearsal.public-key", "our-voice.rehearsal.secret-key"])
def test_key_that_is_there_is_never_overwritten(tmp_path, capsys, there):
    (tmp_path / there).write_text("the only copy")
    assert new(tmp_path) == Exit.PROBLEM
    assert "CLI_001" in capsys.readouterr().err
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {there: "the only copy"}


def test_folder_that_is_not_there_is_made(tmp_path):
    assert new(tmp_path / "practice" / "keys") == Exit.DONE
    assert read_public_key(tmp_path / "practice" / "keys" / "our-voice.rehearsal.public-key").rehearsal is True


def test_two_keys_are_two(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        new(tmp_path / name)
    first, second = (read_public_key(tmp_path / name / "our-voice.rehearsal.public-key") for name in ("a", "b"))
    assert first != second


def test_missing_key_file_is_said(tmp_path):
    with pytest.raises(KeyMaterialError, match="CLI_002"):
        read_private_key(tmp_path / "none")


def test_key_comes_through_a_pipe_and_what_does_not_end_is_none(tmp_path):
    """As of `--key <(gpg --decrypt …)`. Of a link to an endless device all was read until memory ended."""
    new(tmp_path)
    text = (tmp_path / "our-voice.rehearsal.secret-key").read_bytes()
    reads, writes = os.pipe()
    os.write(writes, text)
    os.close(writes)
    public = read_public_key(tmp_path / "our-voice.rehearsal.public-key")
    assert read_private_key(Path(f"/dev/fd/{reads}")).public == public
    os.close(reads)
    (tmp_path / "endless").symlink_to("/dev/zero")
    for read in (read_private_key, read_public_key, read_share_file):
        with pytest.raises(KeyMaterialError, match="CLI_002"):
            read(tmp_path / "endless")


def test_public_key_given_as_secret_is_refused(tmp_path):
    new(tmp_path)
    with pytest.raises(KeyMaterialError, match="KEY_"):
        read_private_key(tmp_path / "our-voice.rehearsal.public-key")


@pytest.mark.parametrize(("suffix", "kind"), [("public-key", "public"), ("secret-key", "secret, not protected")])
def test_show_says_which_key_a_file_is(tmp_path, capsys, suffix, kind):
    new(tmp_path)
    public = read_public_key(tmp_path / "our-voice.rehearsal.public-key")
    capsys.readouterr()
    assert run(["keys", "show", str(tmp_path / f"our-voice.rehearsal.{suffix}")]) == Exit.DONE
    said = capsys.readouterr().out
    for part in (public.key_id.hex(), public.fingerprint, public.fingerprint_words, "for rehearsal", kind):
        assert part in said


def test_show_of_a_protected_key_needs_no_passphrase(tmp_path, capsys):
    key = PrivateKey.generate(bytes(range(32)), rehearsal=False)
    text = protect_key(key, Passphrase("academic acid"), salt=bytes(16), cost=Argon2Parameters(64, 1, 1))
    (tmp_path / "a.secret-key").write_text(text)
    assert run(["keys", "show", str(tmp_path / "a.secret-key")]) == Exit.DONE
    said = capsys.readouterr().out
    assert key.public.key_id.hex() in said
    assert "with a passphrase" in said


@pytest.mark.parametrize("content", [None, "nothing of the kind"])
def test_show_of_what_is_no_key_is_said(tmp_path, capsys, content):
    path = tmp_path / "x"
    if content is not None:
        path.write_text(content)
    assert run(["keys", "show", str(path)]) == Exit.PROBLEM
    assert ("CLI_002" if content is None else "KEY_001") in capsys.readouterr().err


def study_with_keys(folder):
    study = folder / "study"
    in_few_languages(study, "sv")
    new(study)
    (study / "later").mkdir()
    new(study / "later")
    first, second = (
        read_public_key(place / "our-voice.rehearsal.public-key").key_id.hex() for place in (study, study / "later")
    )
    return study, first, second


def test_list_has_every_key_and_says_which_were_destroyed(tmp_path, capsys):
    study, first, second = study_with_keys(tmp_path)
    destroyed = ["keys", "destroyed", first, "--study", str(study), "--on", "2026-01-31", "--by", "research lead"]
    assert run(destroyed) == Exit.DONE
    capsys.readouterr()
    assert run(["keys", "list", str(study)]) == Exit.DONE
    lines = capsys.readouterr().out.splitlines()
    assert sorted({line.split()[0] for line in lines}) == sorted({first, second})
    assert len(lines) == 4
    assert {line.split()[0] for line in lines if "destroyed 2026-01-31" in line} == {first}


def test_destroyed_key_is_written_down_once_and_freezes_no_more(tmp_path, capsys):
    study, first, _ = study_with_keys(tmp_path)
    key = str(study / "our-voice.rehearsal.public-key")
    command = [
        "keys",
        "destroyed",
        key,
        "--study",
        str(study),
        "--on",
        "2026-01-31",
        "--by",
        'the "lead" \\ two holders',
    ]
    assert run(command) == Exit.DONE
    [entry] = read_key_record(study)
    assert entry == DestroyedKey(first, date(2026, 1, 31), 'the "lead" \\ two holders')
    assert run(["check", str(study)]) == Exit.DONE
    capsys.readouterr()
    assert run(command) == Exit.PROBLEM
    assert "STUDY_347" in capsys.readouterr().err
    assert run(["freeze", str(study), "--key", key, "--to", str(tmp_path / "e"), "--drafts"]) == Exit.PROBLEM
    assert "KEY_050" in capsys.readouterr().err
    assert not (tmp_path / "e").exists()


def test_destroyed_with_a_file_that_still_opens_says_so(tmp_path, capsys):
    study, _, _ = study_with_keys(tmp_path)
    key = str(study / "our-voice.rehearsal.secret-key")
    assert run(["keys", "destroyed", key, "--study", str(study), "--on", "2026-01-31", "--by", "lead"]) == Exit.DONE
    assert "still opens what it sealed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "on", "by", "said"),
    [
        ("7aef564a14c1f668", "2026-13-01", "lead", "--on: '2026-13-01' is no day\n  write it like"),
        ("7aef564a14c1f668", "2999-01-01", "lead", "--on: 2999-01-01 is still to come"),
        ("7aef564a14c1f66", "2026-01-31", "lead", "7aef564a14c1f66: it is neither a file nor the id of a key"),
        ("keyz/a.public-key", "2026-01-31", "lead", "keyz/a.public-key: it is neither a file nor the id of a key"),
        ("7aef564a14c1f668", "2026-01-31", " ", "--by: who did it is a role"),
        ("7aef564a14c1f668", "2026-01-31", "ada@example.org", "--by: who did it is a role, not an address"),
        ("7aef564a14c1f668", "2026-01-31", "x" * 201, "--by: who did it is a role"),
        ("7aef564a14c1f668", "2026-01-31", "two\nlines", "--by: who did it is a role"),
    ],
)
def test_destroyed_with_what_cannot_be_is_said_and_nothing_is_written(tmp_path, capsys, key, on, by, said):
    in_few_languages(tmp_path / "study")
    command = ["keys", "destroyed", key, "--study", str(tmp_path / "study"), "--on", on, "--by", by]
    assert run(command) == Exit.PROBLEM
    assert f"CLI_009 {said}" in capsys.readouterr().err
    assert not (tmp_path / "study" / "keys.toml").exists()


def test_list_of_a_folder_that_is_not_there_is_no_empty_list(tmp_path, capsys):
    assert run(["keys", "list", str(tmp_path / "kyes")]) == Exit.PROBLEM
    assert "there is no such folder, and so no key file" in capsys.readouterr().err
