"""Padding to one length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.sealing.padding import ContentTooLong, MalformedPadding, pad, unpad


@given(st.binary(max_size=64), st.integers(1, 64))
def test_padding_whatever_the_content_comes_off_again(content: bytes, spare: int) -> None:
    padded = pad(content, len(content) + spare)
    assert (len(padded), unpad(padded)) == (len(content) + spare, content)


def test_pad_content_that_ends_like_padding_keeps_it() -> None:
    assert unpad(pad(b"a\x80\x00\x00", 9)) == b"a\x80\x00\x00"


def test_pad_content_with_no_room_for_the_mark_says_by_how_much() -> None:
    with pytest.raises(ContentTooLong) as raised:
        pad(b"abcd", 4)
    assert raised.value.excess_bytes == 1


@pytest.mark.parametrize("padded", [b"", b"\x00\x00", b"abc", b"abc\x00", b"abc\x80\x00\x01"])
def test_unpad_without_a_mark_before_the_zeros_is_refused(padded: bytes) -> None:
    with pytest.raises(MalformedPadding):
        unpad(padded)
