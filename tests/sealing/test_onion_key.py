"""The key of an onion service: its two halves, and the text that can be kept elsewhere."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from kuule.sealing.onion_key import OnionKey, key_as_text, key_from_files, key_from_text

ADDRESS = f"http://{'a' * 56}.onion"


def made(seed: bytes) -> OnionKey:
    """As tor makes one (rend-spec-v3, appendix A.2): the hash of the seed, with some bits set."""
    digest = bytearray(hashlib.sha512(seed).digest())
    digest[0] &= 248
    digest[31] = digest[31] & 63 | 64
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return OnionKey(bytes(digest), public)


@given(st.binary(min_size=32, max_size=32))
def test_key_comes_back_from_its_files_and_from_its_text(seed: bytes) -> None:
    key = made(seed)
    assert key_from_files(*key.files) == key
    assert key_from_text(key_as_text(key, ADDRESS)) == (key, ADDRESS)


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_halves_of_two_keys_do_not_belong_together(one: bytes, other: bytes) -> None:
    assert OnionKey(made(one).secret, made(other).public).belongs_together == (one == other)


@pytest.mark.parametrize("public", [bytes(32), b"\x01" + bytes(31), b"\xff" * 32])
def test_point_that_is_none_is_refused(public: bytes) -> None:
    assert not OnionKey(made(bytes(32)).secret, public).belongs_together


@given(st.integers(0, 400), st.characters(codec="ascii"))
def test_one_wrong_letter_is_found(place: int, letter: str) -> None:
    text = key_as_text(made(bytes(32)), ADDRESS)
    changed = f"{text[:place]}{letter}{text[place + 1 :]}"
    if place < len(text) - 1 and changed != text:
        assert key_from_text(changed) is None


def test_later_version_and_what_is_cut_off_are_no_key() -> None:
    key = made(bytes(32))
    text = key_as_text(key, ADDRESS)
    assert key_from_text(text.replace("version 1", "version 2")) is None
    assert [key_from_text(text[:end]) for end in (0, 40, 150, 260)] == [None] * 4
    secret, public = key.files
    assert [key_from_files(secret[:-1], public), key_from_files(public, secret), key_from_files(b"", b"")] == [None] * 3


def test_key_is_shown_nowhere() -> None:
    key = made(bytes(32))
    assert key.secret.hex() not in repr(key)
