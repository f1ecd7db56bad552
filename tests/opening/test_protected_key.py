"""Key files with a passphrase."""

import copy
import dataclasses
import pickle
import struct

import pytest

from kuule.core.problems import KeyMaterialError
from kuule.opening.private_key import PrivateKey
from kuule.opening.protected_key import DEFAULT_ARGON2, Argon2Parameters, Passphrase, ProtectedKey, protect_key
from kuule.sealing.key_text import KeyText, key_text_kind, write_key_text

KEY = PrivateKey.generate(bytes(range(50, 82)), rehearsal=True)
CHEAP = Argon2Parameters(memory=64, passes=1, lanes=1)
WORDS = "academic acid acne acquire acrobat activity actress adapt"
SALT = bytes(range(16))
TEXT = protect_key(KEY, Passphrase(WORDS), salt=SALT, cost=CHEAP)


def code_of(raised: pytest.ExceptionInfo[KeyMaterialError]) -> str:
    return raised.value.problems[0].code


def content() -> bytes:
    closed = ProtectedKey.from_text(TEXT)
    clear = struct.pack(">BIIB16s8s", 1, closed.cost.memory, closed.cost.passes, closed.cost.lanes, SALT, closed.key_id)
    return clear + closed.ciphertext


def with_content(changed: bytes) -> str:
    return write_key_text(KeyText("protected", True, changed), "altered, with a check that fits")


@pytest.mark.parametrize(
    "typed", [WORDS, WORDS.upper(), " ".join(word[:4] for word in WORDS.split()), f"1. {WORDS.replace(' ', ', ')}"]
)
def test_passphrase_opens_however_its_words_are_typed(typed: str) -> None:
    key = ProtectedKey.from_text(TEXT).unlock(Passphrase(typed))
    assert (key.public, key.reveal()) == (KEY.public, KEY.reveal())


def test_file_says_which_key_it_is_before_it_is_opened() -> None:
    closed = ProtectedKey.from_text(TEXT)
    assert (closed.key_id, closed.rehearsal, key_text_kind(TEXT)) == (KEY.public.key_id, True, "protected")
    assert KEY.public.fingerprint in TEXT


def test_secret_is_not_in_the_file_in_clear() -> None:
    assert KEY.reveal() not in content()
    assert KEY.to_text().splitlines()[1][:20] not in TEXT


@pytest.mark.parametrize("typed", ["", "academic", WORDS + " acid", "Ein ganz anderer Satz"])
def test_other_passphrase_is_told(typed: str) -> None:
    with pytest.raises(KeyMaterialError) as raised:
        ProtectedKey.from_text(TEXT).unlock(Passphrase(typed))
    assert code_of(raised) == "KEY_040"


def test_passphrase_that_is_not_of_the_list_is_taken_as_it_stands_in_one_form_of_unicode() -> None:
    text = protect_key(KEY, Passphrase("  Blåbär på Åland "), salt=SALT, cost=CHEAP)
    decomposed = "Bla\u030aba\u0308r pa\u030a A\u030aland"
    assert ProtectedKey.from_text(text).unlock(Passphrase(decomposed)).public == KEY.public
    with pytest.raises(KeyMaterialError):
        ProtectedKey.from_text(text).unlock(Passphrase("blåbär på åland"))


@pytest.mark.parametrize("at", [*range(0, 34, 3), *range(34, 82, 7)])
def test_altered_byte_does_not_open(at: int) -> None:
    changed = bytearray(content())
    changed[at] ^= 0x02
    with pytest.raises(KeyMaterialError) as raised:
        ProtectedKey.from_text(with_content(bytes(changed))).unlock(Passphrase(WORDS))
    assert code_of(raised) in {"KEY_040", "KEY_041"}


def test_mark_of_practice_cannot_be_taken_off() -> None:
    with pytest.raises(KeyMaterialError) as raised:
        ProtectedKey.from_text(TEXT.replace("for rehearsal", "for real answers"))
    assert code_of(raised) == "KEY_004"
    real = write_key_text(KeyText("protected", False, content()), "the check made anew")
    with pytest.raises(KeyMaterialError) as raised:
        ProtectedKey.from_text(real).unlock(Passphrase(WORDS))
    assert code_of(raised) == "KEY_040"


@pytest.mark.parametrize(
    ("function", "memory", "passes", "lanes"),
    [
        (2, 64, 1, 1),
        (1, 2**32 - 1, 1, 1),
        (1, 64, 2**32 - 1, 1),
        (1, 64, 1, 255),
        (1, 7, 1, 1),
        (1, 64, 0, 1),
        (1, 64, 1, 0),
        (1, 4 * 2**20, 5, 4),
        (1, 2**19, 64, 4),
    ],
)
def test_file_that_would_keep_the_machine_busy_is_refused_at_once(
    function: int, memory: int, passes: int, lanes: int
) -> None:
    changed = struct.pack(">BIIB", function, memory, passes, lanes) + content()[10:]
    with pytest.raises(KeyMaterialError) as raised:
        ProtectedKey.from_text(with_content(changed))
    assert code_of(raised) == "KEY_041"


def test_what_is_written_costs_what_the_reference_says() -> None:
    assert dataclasses.astuple(DEFAULT_ARGON2) == (524_288, 3, 4)
    assert DEFAULT_ARGON2.is_allowed
    assert Argon2Parameters(memory=4 * 2**20, passes=4, lanes=4).is_allowed, "the most that the reference names"


@pytest.mark.parametrize(
    ("salt", "cost", "passphrase"),
    [(bytes(8), CHEAP, WORDS), (SALT, Argon2Parameters(1, 1, 1), WORDS), (SALT, CHEAP, " ")],
)
def test_key_is_not_protected_badly(salt: bytes, cost: Argon2Parameters, passphrase: str) -> None:
    with pytest.raises(ValueError, match="salt"):
        protect_key(KEY, Passphrase(passphrase), salt=salt, cost=cost)


def test_passphrase_shows_nothing() -> None:
    passphrase = Passphrase(WORDS)
    assert f"{passphrase} {passphrase!r}" == "<Passphrase> <Passphrase>"
    for take in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="not pickled"):
            take(passphrase)


def test_wiped_key_opens_and_can_be_written_no_more() -> None:
    key = PrivateKey.generate(bytes(range(32)), rehearsal=True)
    kept = key._secret
    key.wipe()
    assert bytes(kept) == b""
    for write in (key.reveal, key.to_text):
        with pytest.raises(ValueError, match="wiped"):
            write()
