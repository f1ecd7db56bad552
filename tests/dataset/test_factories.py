"""Datasets of tests are made without a cipher: they are those that come of sealed archives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kuule.dataset.lifecycle.dataset_opening import OpeningRequest, open_dataset
from kuule.opening.decryption import OpenError, UnopenedReason, open_envelope
from kuule.sealing.envelope import SealedResponse, seal
from tests.dataset.small import edition
from tests.factories import KEY, by_row_id, make_dataset, no_cipher, person, source


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_dataset_without_a_cipher_is_the_one_with_it(tmp_path: Path) -> None:
    people = {**by_row_id(map(person, range(40))), 7: b"no record"}
    gone = sorted(people)[1:4]
    told = make_dataset(people, [edition()], tmp_path / "quick", withdrawn=gone)
    archive = source(tmp_path / "archive", people, of=edition(), gone=gone)
    opened = open_dataset(OpeningRequest([archive], [KEY], jobs=1), tmp_path / "sealed")
    assert replace(told, info=replace(told.info, salt=opened.info.salt)) == opened
    assert (opened.withdrawn, len(opened.unopened), opened.added) == (3, 1, 37)
    quick, sealed = files_of(tmp_path / "quick"), files_of(tmp_path / "sealed")
    assert [name for name in sealed if sealed[name] != quick.get(name)] == ["dataset.json"]  # the salt, by chance


def test_ciphers_are_back_afterwards(tmp_path: Path) -> None:
    make_dataset([person(1)], [edition()], tmp_path / "dataset")
    bound = {"study_id": "a-study", "edition_id": 64 * "0"}
    sealed = seal(b"words", key=KEY.public, row_id=1, size=4096, **bound)
    assert b"words" not in sealed.envelope
    assert open_envelope(sealed, KEY, **bound) == b"words"


def test_envelope_without_a_cipher_opens_in_its_own_place_alone() -> None:
    bound = {"study_id": "a-study", "edition_id": 64 * "0"}
    with no_cipher():
        sealed = seal(b"words", key=KEY.public, row_id=1, size=4096, **bound)
        assert open_envelope(sealed, KEY, **bound) == b"words"
        with pytest.raises(OpenError) as raised:
            open_envelope(SealedResponse(2, sealed.key_id, sealed.envelope), KEY, **bound)
    assert raised.value.reason == UnopenedReason.NOT_AUTHENTIC
