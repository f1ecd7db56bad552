"""Whatever is broken in a file of another program, it is read or told in words; nothing else happens."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.core.problems import Problem
from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.usecases.open_answers.project_export import export_project
from kuule.usecases.open_answers.project_import import import_project
from kuule.usecases.open_answers.project_session import ProjectSession
from tests.qualitative.refi_qda.small_exchange import as_role, members_of, redacted_session, zip_of
from tests.qualitative.small_project import text_of
from tests.sampling import examples

TEXTS = ("I told 👩\u200d👧 nobody.", "أخبرت صديقتي ليلى")
PIECES = (
    b"<",
    b">",
    b'"',
    b"&",
    b"</Codes>",
    b"<Code>",
    b"0",
    b"-1",
    b"true",
    b"\0",
    b"\xff",
    b"guid",
    b"{",
    b"..",
    b"/",
)


def worked_in() -> ProjectSession:
    session = redacted_session(TEXTS)
    session.save(
        CodeEntry("a" * 32, "Told", colour="#abc"), CodeEntry("b" * 32, "Nobody", "a" * 32, "whom nobody asked")
    )
    for one in TEXTS:
        text = text_of(session.project, one).id
        session.save(TextCoding(text, session.role, (CodedSegment("b" * 32, TextSpan(1, 9)),), False))
    session.save(Memo("c" * 32, "a memo", text_of(session.project, TEXTS[0]).id), Memo("d" * 32, "another"))
    return session


def whole_file() -> bytes:
    with TemporaryDirectory() as folder:
        export_project(worked_in(), Path(folder) / "voices.qdpx")
        return (Path(folder) / "voices.qdpx").read_bytes()


WHOLE = whole_file()
changes = st.lists(
    st.tuples(st.integers(0), st.integers(0, 12), st.sampled_from(PIECES) | st.binary(max_size=3)),
    min_size=1,
    max_size=4,
)


def broken(content: bytes, several: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, piece in several:
        at = place % (len(content) + 1)
        content = content[:at] + piece + content[at + length :]
    return content


def taken_or_told(content: bytes) -> None:
    session = as_role(redacted_session(TEXTS), "coder-2")
    before = len(session.log)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "voices.qdpx"
        path.write_bytes(content)
        problems: tuple[Problem, ...] = ()
        try:
            import_project(session, path)
        except ProjectError as error:
            problems = error.problems
    assert all(problem.remedy for problem in problems)
    assert not problems or len(session.log) == before


@given(changes)
@settings(max_examples=examples(200), deadline=None)
def test_a_broken_archive_is_taken_or_told(several: list[tuple[int, int, bytes]]) -> None:
    taken_or_told(broken(WHOLE, several))


@given(changes)
@settings(max_examples=examples(300), deadline=None)
def test_broken_xml_is_taken_or_told(several: list[tuple[int, int, bytes]]) -> None:
    members = members_of(WHOLE)
    taken_or_told(zip_of({**members, "project.qde": broken(members["project.qde"], several)}))


def test_the_whole_file_is_taken() -> None:
    session = as_role(redacted_session(TEXTS), "coder-1")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "voices.qdpx"
        path.write_bytes(WHOLE)
        counts = import_project(session, path)
    assert (counts.codes, counts.coded_texts, counts.memos) == (2, 2, 2)
