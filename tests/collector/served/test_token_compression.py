"""What a token holds, made small: it comes back whole, or not at all, and never unfolds without a bound."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.collector.served.token_compression import (
    MAX_CONTENT_BYTES,
    UnknownDictionary,
    compress,
    compression_dictionary,
    decompress,
    dictionary_id,
)
from kuule.forms.compile.form import compile_form
from kuule.forms.xlsform.converter import read_xlsform
from kuule.sealing.padding import ContentTooLong
from tests.study.small_study import FORM

DICTIONARY = b'"/data/about/age":"30_to_39"/data/about'
KNOWN = {dictionary_id(DICTIONARY): DICTIONARY}
CONTENT = b'{"a":{"/data/about/age":"30_to_39"}}'


@given(st.binary(max_size=400))
def test_packed_content_comes_back(content: bytes) -> None:
    assert decompress(compress(content, DICTIONARY), KNOWN) == content


def test_dictionary_of_a_form_has_its_names_and_makes_an_answer_small(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(FORM, "utf-8")
    form = compile_form(read_xlsform(tmp_path / "form.md").xform)
    dictionary = compression_dictionary(form, "0" * 64)
    assert all(item.path.encode() in dictionary for item in form.items)
    answers = "".join(f'"{item.path}":"x",' for item in form.items).encode()
    assert len(compress(answers, dictionary)) < len(answers) / 4


def test_content_of_another_dictionary_is_told_from_damage() -> None:
    with pytest.raises(UnknownDictionary):
        decompress(compress(CONTENT, b"of another edition"), KNOWN)


@pytest.mark.parametrize("place", range(len(compress(CONTENT, DICTIONARY))))
def test_packed_content_with_one_byte_altered_is_refused_or_the_same(place: int) -> None:
    packed = bytearray(compress(CONTENT, DICTIONARY))
    packed[place] ^= 0x10
    try:
        content = decompress(bytes(packed), KNOWN)
    except ValueError:
        return
    assert content == CONTENT  # a copy may be taken from another place that says the same


@pytest.mark.parametrize("content", [b"", CONTENT, zlib.compress(CONTENT), compress(CONTENT, DICTIONARY) + b"x"])
def test_what_was_not_packed_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="packed"):
        decompress(content, KNOWN)


@given(st.binary(max_size=100))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"packed|dictionary"):
        decompress(content, KNOWN)


def test_content_without_end_is_not_unfolded() -> None:
    assert decompress(compress(bytes(MAX_CONTENT_BYTES), DICTIONARY), KNOWN) == bytes(MAX_CONTENT_BYTES)
    with pytest.raises(ContentTooLong) as raised:
        compress(bytes(MAX_CONTENT_BYTES + 3), DICTIONARY)
    assert raised.value.excess_bytes == 3
    packing = zlib.compressobj(zdict=DICTIONARY)
    with pytest.raises(ValueError, match="does not end"):
        decompress(packing.compress(bytes(MAX_CONTENT_BYTES + 1)) + packing.flush(), KNOWN)
