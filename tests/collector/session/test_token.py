"""The token: what is sealed opens for a day, and nothing else opens at all."""

import base64
import copy
import pickle
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.collector.session.token import (
    MAX_TOKEN_CONTENT,
    TOKEN_SIZES,
    ContentTooLong,
    TokenError,
    TokenFailure,
    TokenKeys,
    open_token,
    read_visit_id,
    seal_token,
)
from tests.sampling import examples

SECRET = bytes(range(32))
KEYS = TokenKeys(SECRET)
NOW = datetime(2026, 11, 24, 15, 20, 11, tzinfo=UTC)
CONTENT = b'{"edition":"0f0f","row_id":7,"visit":{"answers":{"/data/age":"30-39"}}}'
TOKEN = seal_token(CONTENT, KEYS, NOW)
HOUR = timedelta(hours=1)


def reason_of(text: str, keys: TokenKeys = KEYS, now: datetime = NOW) -> TokenFailure:
    with pytest.raises(TokenError) as raised:
        open_token(text, keys, now)
    return raised.value.reason


@given(st.binary(max_size=200))
def test_token_whatever_the_content_opens_again(content: bytes) -> None:
    assert open_token(seal_token(content, KEYS, NOW), KEYS, NOW) == content


@pytest.mark.parametrize(
    ("length", "characters"),
    [
        (0, 2048),
        (1474, 2048),
        (1475, 4096),
        (3010, 4096),
        (3011, 16384),
        (12226, 16384),
        (12227, 65536),
        (MAX_TOKEN_CONTENT, 65536),
    ],
)
def test_token_has_one_of_four_sizes(length: int, characters: int) -> None:
    token = seal_token(b"\x80" * length, KEYS, NOW)
    assert (len(token), open_token(token, KEYS, NOW)) == (characters, b"\x80" * length)


def test_token_of_more_than_the_largest_content_is_refused_with_how_much() -> None:
    with pytest.raises(ContentTooLong) as raised:
        seal_token(bytes(MAX_TOKEN_CONTENT + 2), KEYS, NOW)
    assert raised.value.excess_bytes == 2


def test_tokens_of_the_same_content_differ_beyond_their_key_id() -> None:
    one, other = (base64.urlsafe_b64decode(seal_token(CONTENT, KEYS, NOW)) for _ in range(2))
    assert one[:9] == other[:9]
    assert one[9:21] != other[9:21]
    assert one[21:37] != other[21:37]


def test_token_holds_neither_content_nor_time_in_clear() -> None:
    raw = base64.urlsafe_b64decode(TOKEN)
    seconds = int(NOW.timestamp())
    numbers = (seconds, seconds * 1000, seconds // 60, seconds // 3600, seconds // 86400)
    spelled = [
        number.to_bytes(size, order)
        for number in numbers
        for size in (4, 8)
        for order in ("big", "little")
        if number < 256**size
    ]
    words = [CONTENT[at : at + 8] for at in range(len(CONTENT) - 8)]
    assert [part for part in (*spelled, *words, *(str(number).encode() for number in numbers)) if part in raw] == []


@pytest.mark.parametrize("hours", [0, 1, 12, 24])
def test_token_opens_for_a_day(hours: int) -> None:
    assert open_token(TOKEN, KEYS, NOW + hours * HOUR) == CONTENT


@pytest.mark.parametrize(
    "later", [timedelta(hours=24, minutes=40), timedelta(hours=25), timedelta(days=2), timedelta(days=30)]
)
def test_token_of_yesterday_has_expired(later: timedelta) -> None:
    assert reason_of(TOKEN, now=NOW + later) is TokenFailure.EXPIRED


@settings(deadline=None)
@given(st.integers(0, 3599), st.integers(0, 3599))
def test_token_is_good_for_24_hours_and_less_than_25(start: int, more: int) -> None:
    sealed_at = NOW.replace(minute=0, second=0) + timedelta(seconds=start)
    token = seal_token(b"", KEYS, sealed_at)
    assert open_token(token, KEYS, sealed_at + timedelta(hours=24) - timedelta(seconds=more)) == b""
    assert reason_of(token, now=sealed_at + timedelta(hours=25, seconds=more)) is TokenFailure.EXPIRED


@pytest.mark.parametrize("hours", [1, 2.5, 24])
def test_token_opens_where_the_clock_was_set_back_by_up_to_a_day(hours: float) -> None:
    """Or where another collector's is ahead."""
    assert open_token(TOKEN, KEYS, NOW - hours * HOUR) == CONTENT


def test_token_of_more_than_a_day_ahead_does_not_open() -> None:
    """Else a clock that was wrong by years would leave tokens that open for years."""
    assert reason_of(TOKEN, now=NOW - 26 * HOUR) is TokenFailure.UNREADABLE


def test_token_of_long_ago_is_not_told_from_a_foreign_one() -> None:
    assert reason_of(TOKEN, now=NOW + timedelta(days=60)) is TokenFailure.UNREADABLE


@pytest.mark.parametrize("visit", [0, 1, 2**63 - 1])
@pytest.mark.parametrize("days", [0, 2, 60, 4000])
def test_token_of_any_age_tells_its_visit_and_no_answer(visit: int, days: int) -> None:
    token = seal_token(CONTENT, KEYS, NOW - timedelta(days=days), visit=visit)
    assert read_visit_id(token, KEYS) == visit
    if days:
        assert reason_of(token) in {TokenFailure.EXPIRED, TokenFailure.UNREADABLE}


@pytest.mark.parametrize("keys", [TokenKeys(bytes(32)), TokenKeys(SECRET, "another-study")])
def test_visit_of_a_token_of_another_secret_or_study_is_not_read(keys: TokenKeys) -> None:
    assert read_visit_id(seal_token(CONTENT, KEYS, NOW, visit=7), keys) is None


@pytest.mark.parametrize("at", [0, 11, 13, 28, 40, 59])
def test_visit_of_an_altered_token_is_not_read(at: int) -> None:
    token = seal_token(CONTENT, KEYS, NOW, visit=7)
    assert read_visit_id(token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :], KEYS) is None


@pytest.mark.parametrize("text", ["", "hello", "A" * TOKEN_SIZES[0], TOKEN[:-1]])
def test_visit_of_what_is_no_token_is_not_read(text: str) -> None:
    assert read_visit_id(text, KEYS) is None


def test_visit_of_one_token_does_not_fit_another() -> None:
    one, other = (base64.urlsafe_b64decode(seal_token(CONTENT, KEYS, NOW, visit=visit)) for visit in (7, 8))
    mixed = base64.urlsafe_b64encode(one[:21] + other[21:45] + one[45:]).decode()
    assert (read_visit_id(mixed, KEYS), reason_of(mixed)) == (None, TokenFailure.ALTERED)


def test_token_holds_its_visit_not_in_clear() -> None:
    number = 0x1122334455667788
    assert number.to_bytes(8, "big") not in base64.urlsafe_b64decode(seal_token(CONTENT, KEYS, NOW, visit=number))


def test_token_of_another_secret_is_unreadable() -> None:
    assert reason_of(TOKEN, keys=TokenKeys(bytes(32))) is TokenFailure.UNREADABLE


def test_token_opens_after_a_restart_and_in_another_time_zone() -> None:
    tokyo = NOW.astimezone(timezone(timedelta(hours=9)))
    assert open_token(TOKEN, TokenKeys(SECRET), tokyo) == CONTENT


def test_token_with_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        seal_token(b"", KEYS, NOW.replace(tzinfo=None))


@pytest.mark.parametrize("at", [0, 3, 13, 27, 28, 100, 2000, 2047])
def test_token_with_one_character_altered(at: int) -> None:
    changed = TOKEN[:at] + ("A" if TOKEN[at] != "A" else "B") + TOKEN[at + 1 :]
    assert reason_of(changed) is (TokenFailure.UNREADABLE if at < 12 else TokenFailure.ALTERED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        TOKEN[:-1],
        TOKEN + "A",
        TOKEN[:-1] + "\n",
        TOKEN[:-1] + "=",
        TOKEN[:-1] + "+",
        TOKEN[:-1] + "é",
        TOKEN[:-1] + "\x00",
        TOKEN[:-1] + "٣",
        "A" * TOKEN_SIZES[0],
        "\U0001f600" * TOKEN_SIZES[0],
    ],
)
def test_token_that_is_none_is_unreadable(text: str) -> None:
    assert reason_of(text) is TokenFailure.UNREADABLE


def test_token_of_another_version_is_unreadable() -> None:
    raw = base64.urlsafe_b64decode(TOKEN)
    assert reason_of(base64.urlsafe_b64encode(b"\x01" + raw[1:]).decode()) is TokenFailure.UNREADABLE


def test_token_with_the_key_id_of_another_hour_is_altered() -> None:
    raw = base64.urlsafe_b64decode(TOKEN)
    other = base64.urlsafe_b64decode(seal_token(CONTENT, KEYS, NOW - HOUR))
    assert reason_of(base64.urlsafe_b64encode(other[:9] + raw[9:]).decode()) is TokenFailure.ALTERED


def test_tokens_halves_do_not_combine() -> None:
    other = seal_token(CONTENT, KEYS, NOW)
    assert reason_of(TOKEN[:1024] + other[1024:]) is TokenFailure.ALTERED


@settings(max_examples=examples(300))
@given(
    st.text(max_size=100)
    | st.text(min_size=TOKEN_SIZES[0], max_size=TOKEN_SIZES[0])
    | st.binary(min_size=1536, max_size=1536).map(lambda raw: base64.urlsafe_b64encode(raw).decode())
)
def test_token_any_text_gives_a_reason_and_nothing_else(text: str) -> None:
    assert reason_of(text) in TokenFailure


def test_token_thousands_of_broken_ones_none_opens() -> None:
    random = Random(20261124)
    breaks = (flip, cut, insert, swap, mix)
    reasons = Counter(reason_of(random.choice(breaks)(TOKEN, random)) for _ in range(5000))
    assert set(reasons) == {TokenFailure.ALTERED, TokenFailure.UNREADABLE}
    assert reasons.total() == 5000


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def flip(token: str, random: Random) -> str:
    at = random.randrange(len(token))
    return token[:at] + random.choice(ALPHABET.replace(token[at], "")) + token[at + 1 :]


def cut(token: str, random: Random) -> str:
    return token[: random.randrange(len(token))]


def insert(token: str, random: Random) -> str:
    at = random.randrange(len(token))
    return token[:at] + random.choice(ALPHABET + "+/=%\r\n\x00é") + token[at:]


def swap(token: str, random: Random) -> str:
    """Two stretches change places; where they are the same, one character more is flipped."""
    one, other = sorted(random.sample(range(0, len(token) - 16, 16), 2))
    changed = list(token)
    changed[one : one + 16], changed[other : other + 16] = changed[other : other + 16], changed[one : one + 16]
    return "".join(changed) if "".join(changed) != token else flip(token, random)


def mix(token: str, random: Random) -> str:
    for _ in range(random.randrange(2, 9)):
        at = random.randrange(len(token))
        token = token[:at] + chr(random.randrange(1, 0x250)) + token[at + 1 :]
    return token if token != TOKEN else flip(token, random)


def test_token_keys_show_nothing() -> None:
    KEYS.sealing_key(NOW)
    assert (repr(KEYS), str(KEYS), hasattr(KEYS, "__dict__")) == ("<TokenKeys>", "<TokenKeys>", False)
    assert repr(KEYS._ring) == f"<keys of hour {int(NOW.timestamp()) // 3600}>"


@pytest.mark.parametrize("taken", [pickle.dumps, copy.copy, copy.deepcopy])
def test_token_keys_are_not_pickled_or_copied(taken: object) -> None:
    with pytest.raises(TypeError, match="not pickled"):
        taken(KEYS)  # type: ignore[operator]


def test_token_error_holds_nothing_of_the_token() -> None:
    with pytest.raises(TokenError) as raised:
        open_token(TOKEN[:-1] + "!", KEYS, NOW)
    assert (str(raised.value), raised.value.args) == ("unreadable", ("unreadable",))


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_token_keys_of_another_length_are_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        TokenKeys(bytes(length))


def test_token_keys_of_two_hours_have_nothing_in_common() -> None:
    (one_id, one), (other_id, other) = KEYS.sealing_key(NOW), KEYS.sealing_key(NOW + HOUR)
    sealed = {key.encrypt(bytes(12), b"the same", None) for key in (one, other, ChaCha20Poly1305(SECRET))}
    assert (len({one_id, other_id}), len(sealed)) == (2, 3)
