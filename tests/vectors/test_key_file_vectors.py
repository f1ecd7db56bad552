"""Key files and sheets that were released go on opening, and broken ones go on being refused for the same reason."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from kuule.core.problems import KeyMaterialError
from kuule.opening.key_shares import KeyShare, ShareSet
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import Passphrase, ProtectedKey
from kuule.opening.slip39_words import typed_words

FILE = Path(__file__).with_name("key-file-1.json")
RELEASED = "b27d4eabbd00bb46f958d68a2a5050e73d2c88c2e52f03b5fe677e21a60812e0"
VECTORS = json.loads(FILE.read_text("utf-8"))
SECRET = bytes.fromhex(VECTORS["secret"])


def test_released_vectors_are_not_edited() -> None:
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == RELEASED


def test_key_of_the_vectors_has_its_names() -> None:
    public = PrivateKey.generate(SECRET, rehearsal=False).public
    assert base64.b64encode(public.raw).decode() == VECTORS["public"]
    assert (public.key_id.hex(), public.fingerprint) == (VECTORS["key_id"], VECTORS["fingerprint"])
    assert public.fingerprint_words == VECTORS["fingerprint_words"]


def unlocked(vector: dict[str, Any]) -> bytes:
    return ProtectedKey.from_text(vector["text"]).unlock(Passphrase(vector["passphrase"])).reveal()


def recovered(vector: dict[str, Any]) -> bytes:
    shares = [KeyShare(typed_words(" ".join(words))) for words in vector["sheets"]]
    gathering = ShareSet(shares[0])
    for share in shares[1:]:
        gathering.add(share, "vector")
    return gathering.secret()


@pytest.mark.slow
@pytest.mark.parametrize("vector", VECTORS["files"], ids=lambda vector: vector["name"])
def test_key_file(vector: dict[str, Any]) -> None:
    check(unlocked, vector)


@pytest.mark.parametrize("vector", VECTORS["sheets"], ids=lambda vector: vector["name"])
def test_sheets(vector: dict[str, Any]) -> None:
    check(recovered, vector)


def check(outcome: Any, vector: dict[str, Any]) -> None:
    if "code" not in vector:
        assert outcome(vector) == SECRET
        return
    with pytest.raises(KeyMaterialError) as raised:
        outcome(vector)
    assert [problem.code for problem in raised.value.problems] == [vector["code"]]
