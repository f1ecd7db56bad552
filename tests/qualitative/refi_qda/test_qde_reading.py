"""Files of other programs in their shapes, and XML that does harm or is not as the standard has it."""

from __future__ import annotations

import pytest

from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.refi_qda import qde_reading, refi_xml
from kuule.qualitative.refi_qda.exchanged_project import ExchangedCode, ExchangedCoding, ExchangedProject
from kuule.qualitative.refi_qda.qde_reading import DEEPEST_CODE, LONGEST_NAME, read_qdc, read_qdpx
from tests.qualitative.refi_qda.small_exchange import zip_of

CODEBOOK = "urn:QDA-XML:codebook:1.0"
A, B, C, T, U = (f"{letter * 8}-0000-4000-8000-{letter * 12}" for letter in "abcde")


def qdc(
    codes: str, namespace: str = "urn:QDA-XML:codebook:1.0", after: str = "", origin: str = "NVivo"
) -> ExchangedProject:
    xml = f'<CodeBook xmlns="{namespace}" origin="{origin}"><Codes>{codes}</Codes>{after}</CodeBook>'
    return read_qdc(b"\xef\xbb\xbf" + xml.encode(), "book.qdc")


def qdpx(inner: str, members: dict[str, bytes | str] | None = None, origin: str = "MAXQDA 2026") -> ExchangedProject:
    xml = f'<?xml version="1.0"?><Project xmlns="urn:QDA-XML:project:1.0" name="P" origin="{origin}">{inner}</Project>'
    return read_qdpx(zip_of({"project.qde": xml, **(members or {})}), "p.qdpx", lambda guid, name: True)


def inline(words: str, inner: str = "") -> str:
    """Sources with one text, whose words are in the XML itself."""
    text = f"<PlainTextContent>{words}</PlainTextContent>{inner}"
    return f'<Sources><TextSource guid="{T}">{text}</TextSource></Sources>'


def problem_of(codes: str | bytes) -> str:
    content = codes if isinstance(codes, bytes) else None
    with pytest.raises(ProjectError) as told:
        read_qdc(content, "book.qdc") if content is not None else qdc(str(codes))
    (problem,) = told.value.problems
    assert problem.remedy
    return f"{problem.code} {problem.place}: {problem.cause}"


def code(guid: str, inner: str = "", name: str = "Told", more: str = "") -> str:
    return f'<Code guid="{guid}" name="{name}" isCodable="true" {more}>{inner}</Code>'


def test_a_codebook_of_nvivo_is_read() -> None:
    """It has capitals and braces in GUIDs, and a version with a colon."""
    inner = f"<Description>Where somebody was told</Description>{code(B.upper(), name='Nobody')}"
    folder = f'<Code name="Voices" guid="{{{A.upper()}}}" isCodable="false" color="#f0F">{inner}</Code>'
    found = qdc(folder, "urn:QDA-XML:codebook:0:4")
    assert found.codes == (
        ExchangedCode(A, "Voices", None, False, "#f0F", "Where somebody was told"),
        ExchangedCode(B, "Nobody", A),
    )
    assert (found.origin, found.left_out) == ("NVivo", {})


def test_a_codebook_of_atlas_ti_with_groups_tells_what_is_not_read() -> None:
    group = f'<Sets><Set guid="{C}" name="Family"><MemberCode guid="{A}"/></Set></Sets>'
    found = qdc(code(A, more='color="255,0,0"'), after=group, origin="ATLAS.ti Windows 23")
    assert found.codes == (ExchangedCode(A, "Told"),)
    assert found.left_out == {"colours that are none": 1, "sets": 1}


def test_a_project_of_maxqda_is_read_with_what_is_not_read() -> None:
    sources = (
        f'<TextSource guid="{T}" name="doc" plainTextPath="internal://{T}.txt">'
        f'<PlainTextSelection guid="{A}" startPosition="0" endPosition="2" creatingUser="{U}">'
        f"<Description>why</Description>"
        f'<Coding guid="{B}"><CodeRef targetGUID="{C}"/></Coding></PlainTextSelection>'
        f'<Coding guid="{A}" creatingUser="{U}"><CodeRef targetGUID="{C}"/></Coding>'
        f'<VariableValue><VariableRef targetGUID="{A}"/></VariableValue></TextSource>'
        f'<PDFSource guid="{A}"/><PictureSource guid="{B}"/><Novelty/>'
    )
    book = f"<CodeBook><Codes>{code(C)}</Codes></CodeBook>"
    more = f'<Variables><Variable guid="{A}" name="age"/></Variables><Cases><Case guid="{B}"/></Cases>'
    users = f'<Users><User guid="{U}" name="Ann"/></Users>'
    found = qdpx(users + book + more + f"<Sources>{sources}</Sources>", {f"sources/{T}.txt": "\ufeffSo é."})
    (text,) = found.texts
    assert text.words == "So é."
    assert text.codings == (ExchangedCoding(0, 2, C, U), ExchangedCoding(0, 5, C, U))
    assert found.left_out == {
        "PDF files": 1,
        "cases": 1,
        "comments on codings": 1,
        "pictures": 1,
        "sources of an unknown kind": 1,
        "values of variables": 1,
        "variables": 1,
    }


@pytest.mark.parametrize(
    ("origin", "position"), [("MAXQDA", 5), ("NVivo", 5), ("ATLAS.ti 23", 4), ("QualCoder 4.0", 4)]
)
def test_line_ends_of_two_characters_are_counted_as_the_program_does(origin: str, position: int) -> None:
    selection = (
        f'<PlainTextSelection guid="{A}" startPosition="{position}" endPosition="{position + 1}">'
        f'<Coding guid="{B}"><CodeRef targetGUID="{C}"/></Coding></PlainTextSelection>'
    )
    source = f'<Sources><TextSource guid="{T}" plainTextPath="internal://t.txt">{selection}</TextSource></Sources>'
    (text,) = qdpx(source, {"Sources/t.txt": b"\xef\xbb\xbf\xf0\x9f\x91\xa9ab\r\ncd"}, origin).texts
    ((start, end),) = ((one.start, one.end) for one in text.codings)
    assert text.words is not None
    assert text.words[start:end] == "c"


def test_a_text_in_the_xml_itself_is_read() -> None:
    source = inline("a&#13;&#10;b &#x1f469;")
    assert qdpx(source).texts[0].words == "a\nb 👩"


def test_codings_of_no_characters_are_counted() -> None:
    coding = f'<Coding guid="{B}"><CodeRef targetGUID="{C}"/></Coding>'
    spans = ((3, 3), (4, 2), (-1, 2))
    selections = "".join(
        f'<PlainTextSelection guid="{A}" startPosition="{start}" endPosition="{end}">{coding}</PlainTextSelection>'
        for start, end in spans
    )
    source = (
        f'<Sources><TextSource guid="{T}"><PlainTextContent>abc</PlainTextContent>{selections}</TextSource></Sources>'
    )
    assert qdpx(source).left_out == {"codings of no characters": 3}


def test_notes_know_what_they_are_on() -> None:
    notes = f'<Notes><Note guid="{A}" plainTextPath="internal://n.txt"/><Note guid="{B}"/></Notes>'
    reference = f'<NoteRef targetGUID="{A}"/>'
    selection = f'<PlainTextSelection guid="{C}" startPosition="0" endPosition="1">{reference}</PlainTextSelection>'
    source = (
        f'<Sources><TextSource guid="{T}"><PlainTextContent>abc</PlainTextContent>{selection}</TextSource></Sources>'
    )
    found = qdpx(source + notes, {"sources/n.txt": "a memo"})
    assert [(one.guid, one.words) for one in found.notes] == [(A, "a memo")]
    assert found.texts[0].notes == (A,)
    assert found.left_out == {"notes without plain text": 1}


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE CodeBook [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE CodeBook SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE CodeBook [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "<!DOCTYPE CodeBook>",
    ],
)
def test_a_document_type_is_refused(prolog: str) -> None:
    xml = f'{prolog}<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{code(A, name="a")}</Codes></CodeBook>'
    assert problem_of(xml.encode()).startswith("PROJECT_056 book.qdc: its XML has a document type")
    assert problem_of(xml.encode("utf-16")).startswith("PROJECT_056")


@pytest.mark.parametrize("where", ["<Description>&a9;</Description>", ""])
def test_a_billion_laughs_is_not_laughed(where: str) -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    name = "x" if where else "&a9;"
    xml = (
        f'<!DOCTYPE CodeBook [<!ENTITY a0 "ha">{laughs}]><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        f"{code(A, where, name=name)}</Codes></CodeBook>"
    )
    assert problem_of(xml.encode()).startswith("PROJECT_056")


@pytest.mark.parametrize(
    "content",
    [b"", b"words", b"<CodeBook>", b"\0" * 20, b"<a/><b/>", b"<a>\x00</a>",
     b'<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="\xff"/>',
     b"<a>" * 300 + b"</a>" * 300],
)  # fmt: skip
def test_xml_that_is_not_whole_is_told(content: bytes) -> None:
    assert problem_of(content).startswith("PROJECT_056 book.qdc, line ")


@pytest.mark.parametrize(
    ("root", "told"),
    [
        (
            '<CodeBook xmlns="urn:QDA-XML:codebook:2.0"/>',
            "it is of version '2.0' of REFI-QDA, and 0:4, 1.0, 1:0 are known",
        ),
        ('<CodeBook xmlns="urn:QDA-XML:codebook:"/>', "it is of version ''"),
        ("<CodeBook/>", "it begins with 'CodeBook' of 'no namespace', and not with 'CodeBook'"),
        ('<Project xmlns="urn:QDA-XML:project:1.0"/>', "it begins with 'Project' of 'urn:QDA-XML:project:1.0'"),
        ("<html/>", "it begins with 'html'"),
    ],
)
def test_something_else_or_another_version_is_told(root: str, told: str) -> None:
    assert problem_of(root.encode()).startswith(f"PROJECT_057 book.qdc: {told}")


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (code("12"), "its guid is '12', which is no GUID"),
        (code(f"{{{A}", inner=code(A)), "another code has the same GUID"),
        (code(A) + code(A), "another code has the same GUID"),
        (code(A, name="  "), "it has no name"),
        (f'<Code guid="{A}" isCodable="true"/>', "it has no name"),
        (code(A, name="x" * 2_000_000), f"its name has 2,000,000 characters, and at most {LONGEST_NAME} are read"),
        (code(A, f"<Description>{'x' * 2_000_000}</Description>"), "a Description has 2,000,000 characters"),
    ],
)
def test_a_code_that_is_not_as_it_has_to_be_is_told_with_its_line(codes: str, told: str) -> None:
    assert problem_of(codes).startswith(f"PROJECT_058 book.qdc, line 1, Code: {told}")


def test_a_tree_has_a_depth() -> None:
    guids = [f"{number:08x}-0000-4000-8000-000000000000" for number in range(DEEPEST_CODE + 1)]
    nested = ""
    for guid in reversed(guids):
        nested = code(guid, nested)
    assert f"more than {DEEPEST_CODE} deep" in problem_of(nested)


@pytest.mark.parametrize("flood", [b"<a/>", b"<a b=''/>"])
def test_a_flood_of_short_elements_is_not_read(flood: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refi_xml, "MOST_TAGS", 1000)
    monkeypatch.setattr(refi_xml, "MOST_ATTRIBUTES", 500)
    assert problem_of(flood * 999).startswith("PROJECT_056" if flood == b"<a/>" else "PROJECT_054")
    assert problem_of(flood * 1001).startswith(
        "PROJECT_054 book.qdc: its XML has more than 1,000 tags or 500 attributes"
    )


def test_a_letter_that_lies_across_two_pieces_is_read() -> None:
    """It is looked at one MiB at a time."""
    before = f'<CodeBook xmlns="{CODEBOOK}"><Codes><Code guid="{A}" name="'.encode()
    after = '👩" isCodable="true"/></Codes></CodeBook>'.encode()
    padding = b" " * ((1 << 20) - len(before) - 2)
    assert read_qdc(padding + before + after, "book.qdc").codes == (ExchangedCode(A, "👩"),)
    assert problem_of("<a/>👩".encode()[:-1]) == "PROJECT_056 book.qdc, line 1: its XML is not UTF-8"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_xml_that_is_not_utf_8_is_told(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?><CodeBook xmlns="{CODEBOOK}" origin="é"/>'
    assert problem_of(xml.encode(encoding)) == "PROJECT_056 book.qdc, line 1: its XML is not UTF-8"


def test_an_encoding_that_hides_tags_is_not_believed() -> None:
    xml = f'<?xml version="1.0" encoding="UTF-7"?>+ADw-CodeBook xmlns="{CODEBOOK}"/+AD4-'
    assert problem_of(xml.encode()).startswith("PROJECT_056 book.qdc, line 1: its XML is not whole")


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qde_reading, "LARGEST_XML", 100)
    assert problem_of(b" " * 101) == "PROJECT_054 book.qdc: it has 101 bytes, and at most 100 are read"


@pytest.mark.parametrize(
    ("selection", "told"),
    [
        ('startPosition="x" endPosition="2"', "its startPosition is 'x', which is no position"),
        ('startPosition="1"', "its endPosition is '', which is no position"),
        ('startPosition="1" endPosition="99999999999"', "which is no position"),
        ('startPosition="1" endPosition="٣"', "which is no position"),
        ('startPosition="0" endPosition="1"', "it names no code (CodeRef)"),
    ],
)
def test_a_selection_that_is_not_as_it_has_to_be_is_told(selection: str, told: str) -> None:
    inner = f'<PlainTextSelection guid="{A}" {selection}><Coding guid="{B}"/></PlainTextSelection>'
    source = inline("abc", inner)
    with pytest.raises(ProjectError, match="PROJECT_058") as raised:
        qdpx(source)
    assert told in str(raised.value)


def test_a_text_that_is_not_utf_8_is_told() -> None:
    source = f'<Sources><TextSource guid="{T}" plainTextPath="internal://t.txt"/></Sources>'
    with pytest.raises(ProjectError, match=r"PROJECT_058 .*TextSource: its text is not UTF-8"):
        qdpx(source, {"sources/t.txt": "words".encode("utf-16")})
