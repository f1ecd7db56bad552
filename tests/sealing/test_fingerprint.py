"""The fingerprint in words: the digits once more, in words that can stand before anyone."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic.wordlist import WORDLIST

from kuule.opening.private_key import PrivateKey
from kuule.sealing.fingerprint import FINGERPRINT_WORDS, WORD_COUNT, words_for_fingerprint
from kuule.sealing.keys import PublicKey
from tests.architecture.sources import ROOT

FINGERPRINT = "01218 40165 53676 04353 18358 81700"
"""Of the key in docs/reference/envelope.md, section 5: the secret 00 01 … 1f, for rehearsal."""
HURTFUL = {
    "slavery",
    "victim",
    "violence",
    "predator",
    "bedroom",
    "skin",
    "shame",
    "guilt",
    "prisoner",
    "pregnant",
    "hush",
}


def test_words_are_frozen() -> None:
    """Another list would give the keys that there are other words than those on printed sheets."""
    assert hashlib.sha256(" ".join(FINGERPRINT_WORDS).encode()).hexdigest() == (
        "9ecaa003c6411668746e102a0cb5917f3deff1a6182bc07006b37766aa3df33d"
    )


def test_words_are_256_of_slip_39_and_differ_in_four_letters() -> None:
    assert len(FINGERPRINT_WORDS) == len({word[:4] for word in FINGERPRINT_WORDS}) == 256
    assert set(FINGERPRINT_WORDS) <= set(WORDLIST)
    assert list(FINGERPRINT_WORDS) == sorted(FINGERPRINT_WORDS)


def test_words_that_hurt_are_in_slip_39_and_not_here() -> None:
    assert set(WORDLIST) >= HURTFUL
    assert HURTFUL & set(FINGERPRINT_WORDS) == set()


def test_words_of_a_key_are_those_of_the_documentation() -> None:
    key = PrivateKey.generate(bytes(range(32)), rehearsal=True).public
    words = "clay gray guitar theater temple story plains camera sled square desktop tracks"
    assert (key.fingerprint, key.fingerprint_words) == (FINGERPRINT, words)
    documented = (ROOT / "docs" / "reference" / "envelope.md").read_text(encoding="utf-8")
    assert words in documented
    assert FINGERPRINT in documented


def test_list_in_the_documentation_is_this_list() -> None:
    documented = (ROOT / "docs" / "reference" / "fingerprint-words.md").read_text(encoding="utf-8")
    assert tuple(documented.split("```")[1].split()) == FINGERPRINT_WORDS


@given(st.integers(0, 10**30 - 1))
def test_words_are_the_number_of_the_digits(number: int) -> None:
    digits = f"{number:030d}"
    grouped = " ".join(digits[at : at + 5] for at in range(0, 30, 5))
    words = words_for_fingerprint(grouped).split()
    assert len(words) == WORD_COUNT
    assert int.from_bytes(bytes(map(FINGERPRINT_WORDS.index, words)), "big") == number % 2**96


@given(st.binary(min_size=32, max_size=32), st.binary(min_size=32, max_size=32))
def test_words_of_two_keys_differ(one: bytes, other: bytes) -> None:
    keys = {PrivateKey.generate(secret, rehearsal=False).public.fingerprint_words for secret in (one, other)}
    assert len(keys) == len({one, other})


def test_words_of_a_rehearsal_key_are_not_those_of_the_real_one() -> None:
    raw = PrivateKey.generate(bytes(range(32)), rehearsal=True).public.raw
    assert PublicKey(raw, True).fingerprint_words != PublicKey(raw, False).fingerprint_words


@pytest.mark.parametrize("text", ["", "clay gray", "12a"])
def test_words_are_of_digits_only(text: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        words_for_fingerprint(text)
