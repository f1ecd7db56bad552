"""Keys split into words, put together again, and every way in which that can go wrong."""

import copy
import itertools
import pickle
import random
import re
import traceback
from collections.abc import Callable
from functools import cache

import pytest
from shamir_mnemonic import combine_mnemonics, generate_mnemonics
from shamir_mnemonic.rs1024 import create_checksum

from kuule.core.problems import KeyMaterialError
from kuule.opening.checksum_errors import has_valid_checksum, likely_error_places
from kuule.opening.key_shares import SHARE_WORDS, KeyShare, ShareChecksumError, ShareSet, split_key
from kuule.opening.private_key import PrivateKey
from kuule.opening.slip39_words import WORDLIST
from kuule.sealing.share_threshold import ShareThreshold

SECRET = bytes(range(100, 132))
KEY = PrivateKey.generate(SECRET, rehearsal=False)


@cache
def shares() -> tuple[KeyShare, ...]:
    """Two of three, made when the first test asks: whoever only collects the tests does not wait for it."""
    return split_key(KEY, ShareThreshold(2, 3))


def code_of(raised: pytest.ExceptionInfo[KeyMaterialError]) -> str:
    return raised.value.problems[0].code


def together(*shares: KeyShare) -> bytes:
    gathering = ShareSet(shares[0])
    for share in shares[1:]:
        gathering.add(share, "here")
    return gathering.secret()


@pytest.mark.parametrize(("needed", "count"), [(2, 2), (2, 3), (3, 5), (16, 16)])
def test_any_shares_that_are_enough_give_the_secret(needed: int, count: int) -> None:
    made = split_key(KEY, ShareThreshold(needed, count))
    assert [share.number for share in made] == list(range(1, count + 1))
    picked = itertools.islice(itertools.combinations(made, needed), 12)
    assert {together(*some) for some in picked} == {SECRET}


def test_shares_are_plain_slip_39() -> None:
    """Whoever has only the sheets opens them with any implementation, without a passphrase."""
    assert combine_mnemonics([" ".join(share.words) for share in shares()[1:]]) == SECRET
    assert {len(share.words) for share in shares()} == {SHARE_WORDS}
    assert len({share.words[:3] for share in shares()}) == 1


def test_one_share_too_few_gives_nothing() -> None:
    with pytest.raises(KeyMaterialError) as raised:
        together(shares()[0])
    assert code_of(raised) == "KEY_036"


def test_same_share_twice_is_told() -> None:
    with pytest.raises(KeyMaterialError) as raised:
        together(shares()[0], KeyShare(shares()[0].words))
    assert (code_of(raised), "sheet 1 once more" in str(raised.value)) == ("KEY_035", True)


def test_share_of_another_splitting_is_told() -> None:
    with pytest.raises(KeyMaterialError) as raised:
        together(shares()[0], split_key(KEY, ShareThreshold(2, 3))[1])
    assert code_of(raised) == "KEY_034"


def test_share_of_another_key_under_the_same_identifier_is_told() -> None:
    """The identifier has 15 bits: once in 32,768 times two keys share one, and the digest tells."""
    other = split_key(PrivateKey.generate(bytes(32), rehearsal=False), ShareThreshold(2, 3))[1]
    indices = [WORDLIST.index(word) for word in (*shares()[0].words[:2], *other.words[2:-3])]
    words = [WORDLIST[place] for place in [*indices, *create_checksum(indices, b"shamir_extendable")]]
    with pytest.raises(KeyMaterialError) as raised:
        together(shares()[0], KeyShare(words))
    assert code_of(raised) == "KEY_037"


@pytest.mark.parametrize("count", [0, SHARE_WORDS - 1, SHARE_WORDS + 1])
def test_other_number_of_words_is_told(count: int) -> None:
    with pytest.raises(KeyMaterialError) as raised:
        KeyShare((*shares()[0].words, "acid")[:count])
    assert code_of(raised) == "KEY_032"


def test_one_wrong_word_is_located_wherever_it_is() -> None:
    chance = random.Random(1)
    for place in range(SHARE_WORDS):
        words = list(shares()[0].words)
        words[place] = chance.choice([word for word in WORDLIST if word != words[place]])
        with pytest.raises(ShareChecksumError) as raised:
            KeyShare(words)
        assert (raised.value.places, code_of(raised)) == ((place + 1,), "KEY_033")
        assert f"word {place + 1}," in str(raised.value)


def test_neighbours_that_changed_places_are_located() -> None:
    for place in range(SHARE_WORDS - 1):
        words = list(shares()[0].words)
        words[place], words[place + 1] = words[place + 1], words[place]
        if words != list(shares()[0].words):
            with pytest.raises(ShareChecksumError) as raised:
                KeyShare(words)
            assert raised.value.places == (place + 1, place + 2)


@pytest.mark.slow
def test_two_wrong_words_are_never_taken_and_never_located_wrongly_as_right() -> None:
    chance = random.Random(2)
    for _ in range(200):
        indices = [WORDLIST.index(word) for word in shares()[0].words]
        for place in chance.sample(range(SHARE_WORDS), 2):
            indices[place] = (indices[place] + chance.randrange(1, 1024)) % 1024
        assert not has_valid_checksum(indices)
        assert likely_error_places(indices) == (), "one word cannot mend two: the checksum's distance is four"


@pytest.mark.parametrize(
    "make",
    [
        lambda: generate_mnemonics(1, [(2, 3)], SECRET, extendable=True, iteration_exponent=9),
        lambda: generate_mnemonics(2, [(2, 3), (2, 3)], SECRET),
    ],
    ids=["slow", "groups"],
)
def test_share_of_other_software_is_told(make: Callable[[], list[list[str]]]) -> None:
    made = make()[0][0]
    with pytest.raises(KeyMaterialError) as raised:
        KeyShare(made.split())
    assert code_of(raised) == "KEY_038"


@pytest.mark.parametrize("text", ["2of3", " 2 of 3 ", "02of03"])
def test_threshold_is_read(text: str) -> None:
    assert ShareThreshold.from_text(text) == ShareThreshold(2, 3)


@pytest.mark.parametrize("text", ["", "2", "2/3", "3of2", "1of3", "0of0", "2of17", "two of three", "2of3of4"])
def test_threshold_that_cannot_be_is_told(text: str) -> None:
    with pytest.raises(KeyMaterialError) as raised:
        ShareThreshold.from_text(text)
    assert code_of(raised) == "KEY_030"


def test_share_shows_its_number_only() -> None:
    def fails(share: KeyShare) -> None:
        raise RuntimeError(str(share))

    with pytest.raises(RuntimeError) as raised:
        fails(shares()[0])
    shown = "".join(traceback.TracebackException.from_exception(raised.value, capture_locals=True).format())
    assert "<KeyShare 1>" in shown
    # one or two words of a share may stand in a traceback by chance
    assert len(set(shares()[0].words) & set(re.findall("[a-z]+", shown))) < 5
    for take in (pickle.dumps, copy.copy):
        with pytest.raises(TypeError, match="not pickled"):
            take(shares()[0])


def test_no_problem_quotes_a_word() -> None:
    words = list(shares()[0].words)
    words[7], words[19] = "acid", "acne"
    with pytest.raises(KeyMaterialError) as raised:
        KeyShare(words)
    said = "".join(traceback.format_exception(raised.value)).split()
    assert set(words) & set(said) <= {"together", "type"}, "our own sentence has these two, whatever the sheet says"
