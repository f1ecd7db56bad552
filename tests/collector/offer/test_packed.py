"""What a token holds, made small: it comes back whole, or not at all, and never unfolds without a bound."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.collector.offer.packed import MOST, UnknownDictionary, dictionary_of, number_of, pack, unpack
from kuule.forms.form import compile_form
from kuule.forms.xlsform import read_xlsform
from kuule.sealing.padding import ContentTooLong
from tests.study.small_study import FORM

DICTIONARY = b'"/data/about/age":"30_to_39"/data/about'
KNOWN = {number_of(DICTIONARY): DICTIONARY}
CONTENT = b'{"a":{"/data/about/age":"30_to_39"}}'


@given(st.binary(max_size=400))
def test_packed_content_comes_back(content: bytes) -> None:
    assert unpack(pack(content, DICTIONARY), KNOWN) == content


def test_dictionary_of_a_form_has_its_names_and_makes_an_answer_small(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(FORM, "utf-8")
    form = compile_form(read_xlsform(tmp_path / "form.md").xform)
    dictionary = dictionary_of(form, "0" * 64)
    assert all(item.path.encode() in dictionary for item in form.items)
    answers = "".join(f'"{item.path}":"x",' for item in form.items).encode()
    assert len(pack(answers, dictionary)) < len(answers) / 4


def test_content_of_another_dictionary_is_told_from_damage() -> None:
    with pytest.raises(UnknownDictionary):
        unpack(pack(CONTENT, b"of another edition"), KNOWN)


@pytest.mark.parametrize("place", range(len(pack(CONTENT, DICTIONARY))))
def test_packed_content_with_one_byte_altered_is_refused_or_the_same(place: int) -> None:
    packed = bytearray(pack(CONTENT, DICTIONARY))
    packed[place] ^= 0x10
    try:
        content = unpack(bytes(packed), KNOWN)
    except ValueError:
        return
    assert content == CONTENT  # a copy may be taken from another place that says the same


@pytest.mark.parametrize("content", [b"", CONTENT, zlib.compress(CONTENT), pack(CONTENT, DICTIONARY) + b"x"])
def test_what_was_not_packed_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="packed"):
        unpack(content, KNOWN)


@given(st.binary(max_size=100))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"packed|dictionary"):
        unpack(content, KNOWN)


def test_content_without_end_is_not_unfolded() -> None:
    assert unpack(pack(bytes(MOST), DICTIONARY), KNOWN) == bytes(MOST)
    with pytest.raises(ContentTooLong) as raised:
        pack(bytes(MOST + 3), DICTIONARY)
    assert raised.value.excess_bytes == 3
    packing = zlib.compressobj(zdict=DICTIONARY)
    with pytest.raises(ValueError, match="does not end"):
        unpack(packing.compress(bytes(MOST + 1)) + packing.flush(), KNOWN)
