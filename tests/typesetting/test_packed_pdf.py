"""A PDF in fewer bytes: the same pages, the same tags, and whatever has another shape is left alone."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from kuule.typesetting.packed_pdf import packed_pdf

MANY = b"""#set document(title: "Told", date: none)
#set text(lang: "en")
= Told
#for number in range(120) [
  == Part #number
  Some *words* and #link("https://example.org/")[a link].
  #table(columns: 2, [a], [#number])
]
"""


@pytest.fixture(scope="module")
def made() -> bytes:
    pdf = typst.compile(MANY, format="pdf", pdf_standards="ua-1", timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def content_of(pdf: bytes) -> dict[int, object]:
    """Every object of a document by its number, with streams as they are when unpacked."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    found = {number: plain(reader.get_object(number)) for number in range(1, int(str(reader.trailer["/Size"])))}
    return {number: one for number, one in found.items() if one is not None}


def plain(one: object) -> object:
    if isinstance(one, IndirectObject):
        return f"{one.idnum} R"
    if isinstance(one, StreamObject):
        known = {name: plain(one.raw_get(name)) for name in one if name not in ("/Length", "/Filter")}
        return None if known.get("/Type") in ("/ObjStm", "/XRef") else (known, one.get_data())
    if isinstance(one, DictionaryObject):
        return {name: plain(one.raw_get(name)) for name in one}
    return [plain(each) for each in one] if isinstance(one, ArrayObject) else one


def test_packed_document_has_the_same_objects_in_half_of_the_bytes(made: bytes) -> None:
    packed = packed_pdf(made)
    assert len(packed) < len(made) / 2
    assert content_of(packed) == content_of(made)
    before, after = (PdfReader(io.BytesIO(one), strict=True) for one in (made, packed))
    assert [page.extract_text() for page in after.pages] == [page.extract_text() for page in before.pages]
    for name in ("/Root", "/Info"):
        assert after.trailer.raw_get(name).idnum == before.trailer.raw_get(name).idnum
    assert after.trailer["/ID"] == before.trailer["/ID"]


def test_packing_is_the_same_to_the_byte_and_is_done_once(made: bytes) -> None:
    packed = packed_pdf(made)
    assert packed_pdf(made) == packed
    assert packed_pdf(packed) == packed


@pytest.mark.parametrize(
    "broken",
    [
        lambda pdf: b"",
        lambda pdf: pdf[:-400],
        lambda pdf: pdf.replace(b"trailer", b"trailor"),
        lambda pdf: pdf.replace(b"\n3 0 obj", b"\n3 1 obj"),
        lambda pdf: pdf.replace(b"xref\n0 ", b"xref\n1 "),
        lambda pdf: pdf + b"\n1 0 obj\n<<>>\nendobj\n",
    ],
    ids=["nothing", "cut", "no trailer", "an object elsewhere", "another table", "more at the end"],
)
def test_document_of_another_shape_is_left_as_it_is(made: bytes, broken: Callable[[bytes], bytes]) -> None:
    pdf = broken(made)
    assert packed_pdf(pdf) == pdf
