"""The key of a study: which of the two ways it is made, and what a folder of keys then holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kuule.core.problems import KeyMaterialError
from kuule.usecases.key_custody.key_files import ListedKey, find_keys, identify_key_file
from kuule.usecases.key_custody.key_pair import record_destruction
from kuule.usecases.key_custody.study_key import StudyKeyRequest, make_study_key
from tests.cli.conftest import STUDY


class NobodyToAsk:
    """A prompt that no rehearsal key in plain files may need."""

    def can_ask(self) -> bool:
        return False

    def ask(self, question: str) -> str:
        raise AssertionError(question)

    ask_hidden = ask

    def clear(self) -> None:
        raise AssertionError


def test_rehearsal_key_without_a_ceremony_is_two_plain_files(tmp_path: Path) -> None:
    made = make_study_key(StudyKeyRequest(STUDY, tmp_path, rehearsal=True), NobodyToAsk())
    assert made.in_plain_files
    assert made.files == tuple(tmp_path / f"our-voice.rehearsal.{kind}-key" for kind in ("public", "secret"))
    assert identify_key_file(made.files[1]).public == made.public


def test_key_is_split_or_has_a_passphrase(tmp_path: Path) -> None:
    request = StudyKeyRequest(STUDY, tmp_path / "keys", shares="2of3", passphrase=True)
    with pytest.raises(KeyMaterialError, match="KEY_030"):
        make_study_key(request, NobodyToAsk())
    assert not request.to.exists()


def test_keys_of_a_folder_are_its_files_and_then_what_was_destroyed(tmp_path: Path) -> None:
    for file in STUDY.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    made = make_study_key(StudyKeyRequest(STUDY, tmp_path, rehearsal=True), NobodyToAsk())
    today = date(2027, 1, 31)
    gone = record_destruction(tmp_path, "00" * 8, on="2027-01-30", by="key keeper", today=today).entry
    files = [ListedKey(made.public.key_id.hex(), identify_key_file(path), None) for path in sorted(made.files)]
    assert find_keys(tmp_path) == (*files, ListedKey(gone.key_id, None, gone))
