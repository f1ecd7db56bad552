"""Whatever is given as a sheet or as a key's file, a person is told in words what it is not."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from shamir_mnemonic.rs1024 import create_checksum

from kuule.core.problems import KeyMaterialError
from kuule.opening.key_shares import SHARE_WORDS, KeyShare, ShareSet
from kuule.opening.protected_key import Passphrase, ProtectedKey
from kuule.opening.slip39_words import WORDLIST, UnknownWord, typed_words
from kuule.sealing.key_text import KeyText, key_text_kind, write_key_text

LENGTH = 82


def code_of(read: Callable[[], object]) -> str:
    """The code of the problem that reading ends in, or "" where it reads. Anything else is a bug and goes on up."""
    try:
        read()
    except KeyMaterialError as error:
        return error.problems[0].code
    return ""


@given(st.text(max_size=300))
def test_any_text_is_words_or_a_slip_at_a_place(text: str) -> None:
    try:
        words, place = typed_words(text), 0
    except UnknownWord as unknown:
        words, place = list(unknown.known_words), unknown.place
    assert set(words) <= set(WORDLIST)
    assert place in {0, len(words) + 1}


@given(st.lists(st.sampled_from(WORDLIST), max_size=40))
def test_any_words_are_a_share_or_a_problem(words: list[str]) -> None:
    assert code_of(lambda: KeyShare(words)) in {"", "KEY_032", "KEY_033", "KEY_038"}


@given(st.lists(st.integers(0, 1023), min_size=SHARE_WORDS - 3, max_size=SHARE_WORDS - 3))
def test_any_words_with_a_checksum_that_fits_are_a_share_or_a_problem(places: list[int]) -> None:
    """As from other software: all fields of a share can be anything."""
    words = [WORDLIST[place] for place in [*places, *create_checksum(places, b"shamir_extendable")]]
    assert code_of(lambda: ShareSet(KeyShare(words)).secret()) in {"", "KEY_033", "KEY_036", "KEY_038"}


@given(st.text(max_size=400))
def test_any_text_is_a_key_file_or_a_problem(text: str) -> None:
    assert key_text_kind(text) in {"", "public", "secret", "protected"}
    assert code_of(lambda: ProtectedKey.from_text(text)) in {"KEY_001", "KEY_002", "KEY_003", "KEY_004"}


@given(st.binary(min_size=LENGTH, max_size=LENGTH), st.booleans())
def test_any_content_of_the_right_length_is_read_or_refused_at_once(content: bytes, rehearsal: bool) -> None:
    text = write_key_text(KeyText("protected", rehearsal, content), "made up")
    assert code_of(lambda: ProtectedKey.from_text(text)) in {"", "KEY_041"}


@given(st.text(max_size=100))
def test_any_passphrase_is_one(typed: str) -> None:
    assert Passphrase(typed).text == Passphrase(Passphrase(typed).text).text
