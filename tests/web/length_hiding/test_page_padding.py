"""What a page weighs on the line: one of few sizes, compressed or not, and the same page whoever unpacks it."""

from __future__ import annotations

import base64
import gzip
import random
import subprocess
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.web.length_hiding.page_padding import (
    ANSWER_MARGIN,
    MIN_COMPRESSED,
    UNCOMPRESSED_STEP,
    MinimumSize,
    accepts_gzip,
    compress_page,
    pad_uncompressed,
    sample_token,
)

SIZES = [4096, 8192, 16384, 32768, 65536, 98304, 131072]


def noise(length: int) -> bytes:
    """Bytes that do not compress."""
    return random.Random(length).randbytes(length)


@given(st.binary(max_size=20_000))
def test_packed_page_unpacks_to_itself_and_has_one_of_few_sizes(page: bytes) -> None:
    line = compress_page(page)
    assert gzip.decompress(line) == page
    assert len(line) in SIZES


@pytest.mark.parametrize("length", [0, 3_000, 4_000, 9_000, 20_000, 30_000, 40_000, 66_000, 130_000])
def test_size_is_the_next_of_the_few(length: int) -> None:
    line = compress_page(noise(length))
    assert gzip.decompress(line) == noise(length)
    assert len(line) == next(size for size in SIZES if size >= length + ANSWER_MARGIN)


def test_packed_page_is_read_by_other_programs_too() -> None:
    """The filling stands where RFC 1952 has room for it: gzip and zlib's own reader pass over it."""
    page = b"<p>" * 1000
    assert subprocess.run(["gzip", "-dc"], input=compress_page(page), capture_output=True, check=True).stdout == page
    assert zlib.decompress(compress_page(page), wbits=zlib.MAX_WBITS | 32) == page


def test_filling_of_a_page_of_the_largest_gap_fits_into_its_field() -> None:
    line = compress_page(noise(SIZES[3] - ANSWER_MARGIN))
    assert (len(line), gzip.decompress(line)) == (65536, noise(SIZES[3] - ANSWER_MARGIN))


@pytest.mark.parametrize("weigh", [compress_page, pad_uncompressed])
@given(length=st.integers(0, 40_000), marks=st.integers(0, 200))
def test_what_little_stands_in_the_fields_does_not_change_the_size(weigh, length: int, marks: int) -> None:
    blank = noise(length)
    assert len(weigh(blank + noise(marks), blank)) == len(weigh(blank))


def test_size_does_not_depend_on_the_token_by_chance() -> None:
    """Around a step pages with other tokens have one size; untold which text is the token, they have two."""
    words = base64.b64encode(noise(3_300))
    tokens = [base64.urlsafe_b64encode(noise(1_000 + number))[:1_000] for number in range(12)]
    told, untold = set(), set()
    for length in range(3_900, 4_100, 2):
        told.add(frozenset(len(compress_page(words[:length] + token, token=token)) for token in tokens))
        untold.add(frozenset(len(compress_page(words[:length] + token)) for token in tokens))
    assert told == {frozenset({4096}), frozenset({8192})}
    assert frozenset({4096, 8192}) in untold


def test_long_text_makes_a_page_longer() -> None:
    assert len(compress_page(noise(6_000), noise(3_000))) == 2 * MIN_COMPRESSED


@given(st.integers(0, 4_900), st.sampled_from([0, 2_048, 4_096]))
def test_all_pages_that_are_to_have_one_size_have_it(length: int, token: int) -> None:
    """Whatever else is on them, and whichever token; without one they have that of the smallest."""
    least, sealed = MinimumSize(5_000, 20_000), base64.urlsafe_b64encode(noise(token))[:token]
    words = base64.b64encode(noise(length))
    line = compress_page(words + sealed, token=sealed, minimum=least)
    assert gzip.decompress(line) == words + sealed
    assert len(line) == {0: 6_912, 2_048: 6_912, 4_096: 8_704}[token]
    assert len(pad_uncompressed(b" " * length + sealed, token=sealed, minimum=least)) == 2 * UNCOMPRESSED_STEP


def test_page_that_is_larger_than_the_others_has_the_next_of_the_few_sizes() -> None:
    least = MinimumSize(5_000, 5_000)
    assert len(compress_page(noise(7_200), minimum=least)) == 8_192
    assert len(compress_page(noise(6_000), noise(9_000), minimum=least)) == 6_912
    assert len(compress_page(noise(9_000), minimum=least)) == 16_384


def test_page_needs_what_it_has_besides_its_token() -> None:
    sealed = sample_token(2_048)
    words = base64.b64encode(noise(3_000))
    least = MinimumSize.of_page(words + sealed, sealed)
    assert (abs(least.compressed - 3_000) < 60, least.uncompressed) == (True, 4_000)


@given(st.binary(max_size=40_000))
def test_plain_page_is_a_whole_number_of_steps_and_begins_with_itself(page: bytes) -> None:
    line = pad_uncompressed(page)
    assert line.startswith(page)
    assert len(line) % UNCOMPRESSED_STEP == 0
    filling = line[len(page) :]
    assert (filling[:4], filling[4:-3].strip(b"."), filling[-3:]) == (b"<!--", b"", b"-->")


TAKEN = [
    "gzip",
    "gzip, deflate, br",
    "br;q=1.0, gzip;q=0.8",
    "deflate,gzip",
    "GZIP",
    "x-gzip",
    "gzip ; q=0.5",
    "gzip;q=1",
]
NOT_TAKEN = ["", "identity", "br", "gzip;q=0", "gzip;q=0.0, br", "gzip; q=0", "bgzip", "gzipped", "*"]


@pytest.mark.parametrize(("said", "taken"), [(said, True) for said in TAKEN] + [(said, False) for said in NOT_TAKEN])
def test_gzip_is_sent_to_those_who_take_it(said: str, taken: bool) -> None:
    assert accepts_gzip(said) is taken
