"""A written text has nothing by which readers count otherwise, and every span is found in it and back."""

from __future__ import annotations

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.refi_qda.plain_text import plain_text
from tests.qualitative.refi_qda.small_exchange import words
from tests.sampling import examples


@given(words())
@settings(max_examples=examples(400))
def test_every_reader_reads_the_same_letters(text: str) -> None:
    written = plain_text(text).words
    content = written.encode()
    assert (content.decode("utf-8"), content.decode("utf-8-sig")) == (written, written)
    assert io.TextIOWrapper(io.BytesIO(content), encoding="utf-8").read() == written
    assert plain_text(written).words == written
    assert plain_text(written).pairs == ()


@given(words(shortest=2), st.data())
@settings(max_examples=examples(400))
def test_a_span_is_the_same_letters_in_the_file_and_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = TextSpan(start, data.draw(st.integers(start + 1, len(text))))
    plain = plain_text(text)
    written = plain.written_span(span)
    assert 0 <= written.start < written.end <= len(plain.words)
    back = plain.read_span(written)
    assert back.contains(span)
    assert plain.written_span(back) == written
    cuts_a_line_end = "\r\n" in (text[start - 1 : start + 1], text[span.end - 1 : span.end + 1])
    assert cuts_a_line_end or back == span
    assert cuts_a_line_end or plain_text(text[span.start : span.end]).words == plain.words[written.start : written.end]


def test_what_is_not_written_is_replaced_one_by_one() -> None:
    plain = plain_text("\ufeffa\x00b\r\nc\rd\x85👩\u200d👧")
    assert plain.words == "\u2060a\ufffdb\nc\nd\x85👩\u200d👧"
    assert plain.pairs == (4,)
    assert plain.written_span(TextSpan(4, 5)) == TextSpan(4, 5)
    assert plain.written_span(TextSpan(5, 7)) == TextSpan(4, 6)
    assert plain.read_span(TextSpan(4, 5)) == TextSpan(4, 6)
