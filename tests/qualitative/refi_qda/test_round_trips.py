"""Out, in, and out again is the same to the byte, for texts, codes and memos in every script; and QualCoder reads the
same codings at the same letters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark
from kuule.usecases.open_answers.exchange_texts import written_text
from kuule.usecases.open_answers.project_export import export_project
from kuule.usecases.open_answers.project_import import import_project
from kuule.usecases.open_answers.project_session import ProjectSession
from tests.qualitative.refi_qda.qualcoder_reader import read_by_qualcoder
from tests.qualitative.refi_qda.refi_schema import CODEBOOK_SCHEMA, PROJECT_SCHEMA
from tests.qualitative.refi_qda.small_exchange import as_role, members_of, redacted_session, words
from tests.qualitative.small_project import DAY, text_of
from tests.sampling import examples

_T = TypeVar("_T")
Draw = Callable[[st.SearchStrategy[_T]], _T]
GREEK = st.text(alphabet="αβγδ\x00\r\n<&\ufeff ", min_size=1, max_size=12)
"""For what the team writes: no letter of it is in a text, or it would not be let out."""


def written_bytes(session: ProjectSession, ending: str = ".qdpx") -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"voices{ending}"
        export_project(session, path)
        return path.read_bytes()


def imported(session: ProjectSession, content: bytes, ending: str = ".qdpx") -> int:
    """How many acts came of it."""
    before = len(session.log)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"voices{ending}"
        path.write_bytes(content)
        result = import_project(session, path)
    assert (dict(result.left_out), dict(result.differing)) == ({}, {})
    return len(session.log) - before


def draw_span(draw: Draw, text: str) -> TextSpan:
    start = draw(st.integers(0, len(text) - 1))
    return TextSpan(start, draw(st.integers(start + 1, len(text))))


def draw_codes(draw: Draw) -> list[CodeEntry]:
    found: list[CodeEntry] = []
    for number in range(draw(st.integers(1, 5))):
        above = draw(st.sampled_from([None, *[one.code for one in found]]))
        colour = draw(st.sampled_from(["", "#A0b1C2", "#fff"]))
        entry = CodeEntry(
            f"{number + 10:032x}", f"{draw(GREEK)}{number}", above, draw(GREEK), draw(GREEK), colour=colour
        )
        found.append(entry)
    return found


@st.composite
def sessions(draw: Draw) -> tuple[ProjectSession, ProjectSession]:
    """A project that was worked in by one coder, and a copy in which two readers are done and nothing else."""
    texts = [one for one in draw(st.lists(words(12), min_size=1, max_size=3, unique=True)) if one.strip()] or ["a"]
    several = {
        one: [RedactionMark(draw_span(draw, one), draw(st.sampled_from(IdentifierCategory)))]
        for one in texts
        if draw(st.booleans())
    }
    full, bare = redacted_session(texts, several), redacted_session(texts, several)
    codes = draw_codes(draw)
    full.save(*codes)
    for one in texts:
        segments = [
            CodedSegment(draw(st.sampled_from(codes)).code, draw_span(draw, one))
            for _ in range(draw(st.integers(0, 4)))
        ]
        if segments:
            full.save(TextCoding(text_of(full.project, one).id, full.role, tuple(segments), False))
    first = text_of(full.project, texts[0]).id
    for number, place in enumerate(({"text": first}, {"code": codes[0].code}, {})):
        if draw(st.booleans()):
            full.save(Memo(f"{number + 50:032x}", f"{number}{draw(GREEK)}", **place))
    return full, bare


@given(sessions())
@settings(max_examples=examples(150), deadline=None)
def test_what_went_out_comes_back_equal_to_the_byte(pair: tuple[ProjectSession, ProjectSession]) -> None:
    full, bare = pair
    content = written_bytes(full)
    assert imported(full, content) == 0
    assert written_bytes(full) == content
    missing = len(full.log) - len(bare.log)
    assert imported(bare, content) == missing
    assert written_bytes(bare) == content
    assert imported(bare, content) == 0


@given(sessions())
@settings(max_examples=examples(100), deadline=None)
def test_qualcoder_has_the_same_codings_at_the_same_letters(pair: tuple[ProjectSession, ProjectSession]) -> None:
    session, _ = pair
    content = written_bytes(session)
    PROJECT_SCHEMA.assertValid(etree.fromstring(members_of(content)["project.qde"]))
    read = read_by_qualcoder(content)
    expected = set()
    for text in session.project.texts:
        written = written_text(session, text)
        for cell in session.log.cells_about(text, "coding"):
            said = session.log.content(cell)
            assert isinstance(said, TextCoding)
            for start, end, code in map(written.written_segment, said.segments):
                expected.add((written.words, code, written.words[start:end], start, end))
    names = {entry.name: code for code, entry in session.tree.entries.items()}
    found = {(read.texts[text], code, letters, start, end) for text, code, letters, start, end, _ in read.codings}
    assert {(text, *rest) for text, _, *rest in found} == {(text, *rest) for text, _, *rest in expected}
    assert len(read.codes) == len(names)
    assert {owner for *_, owner in read.codings} <= {session.role}


@given(sessions())
@settings(max_examples=examples(50), deadline=None)
def test_a_codebook_comes_back_equal_to_the_byte(pair: tuple[ProjectSession, ProjectSession]) -> None:
    full, bare = pair
    content = written_bytes(full, ".qdc")
    CODEBOOK_SCHEMA.assertValid(etree.fromstring(content))
    assert imported(full, content, ".qdc") == 0
    assert imported(bare, content, ".qdc") == len(full.tree.entries)
    assert written_bytes(bare, ".qdc") == content


def test_two_coders_of_one_copy_and_another_write_the_same_guids() -> None:
    text = "I told 👩\u200d👧 at school."
    one, other = redacted_session([text]), redacted_session([text])
    code = CodeEntry("a" * 32, "Told")
    for session in (one, other):
        session.save(code)
        session.save(
            TextCoding(
                text_of(session.project, text).id, session.role, (CodedSegment("a" * 32, TextSpan(2, 9)),), False
            )
        )
    assert written_bytes(one) == written_bytes(other)
    row_ids = {act.id for act in one.log} | set(one.project.texts)
    content = b"".join(members_of(written_bytes(one)).values()).replace(b"-", b"")
    assert {row for row in row_ids if row.encode() in content} == set()
    assert DAY.isoformat().replace("-", "").encode() not in content
    assert written_bytes(as_role(one, "looking-on")) != written_bytes(one)
