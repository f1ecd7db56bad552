"""Projects in memory and on the disk for tests: cheap to open, with a few texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from kuule.opening.protected_key import Argon2Parameters, Passphrase
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.passphrase_slot import PassphraseSlot
from kuule.qualitative.project.project_storage import ProjectStorage, StoredHeader, make_tables
from kuule.qualitative.project.sealed_rows import SealedRows, sealed_head
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark, RedactionPass

DAY = date(2026, 11, 28)
CHEAP = Argon2Parameters(memory=64, passes=1, lanes=1)
PASSPHRASE = Passphrase("the passphrase of a team")
KEY, PROJECT = bytes(range(64)), bytes(16)
WORDS = ("My aunt Maija knew it.", "I told nobody.", "أخبرت صديقتي ليلى")
CODES = tuple(CodeEntry(f"{number:032x}", name) for number, name in enumerate(("Told", "Silence", "Help")))


def memory_project(rows: Iterable = (), key: bytes = KEY) -> OpenProject:
    """A copy of the one project of the tests, in SQLite's memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    header = StoredHeader(PROJECT, b"slot", sealed_head(key, PROJECT))
    make_tables(connection, header)
    project = OpenProject(SealedRows(ProjectStorage(Path("memory"), connection, header), key))
    project.apply(rows)
    return project


@contextmanager
def watched_project(path: Path) -> Iterator[tuple[sqlite3.Connection, OpenProject]]:
    """A project of the disk through a connection of the test's own, which can look at what is done or hinder it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        header = StoredHeader(**dict(connection.execute("SELECT name, content FROM header")))
        key = PassphraseSlot.from_bytes(header.slot).open(PASSPHRASE, header.project, "the project")
        yield connection, OpenProject(SealedRows(ProjectStorage(path, connection, header), key))


def with_texts(project: OpenProject, words: Sequence[str] = WORDS, item: str = "wish") -> OpenProject:
    """The project with some texts in it."""
    project.apply(AnswerText(project.text_id(item, "en", one), item, "en", one) for one in words)
    return project


def text_of(project: OpenProject, words: str) -> AnswerText:
    return next(text for text in project.texts.values() if text.words == words)


def mark(start: int, end: int, category: IdentifierCategory = IdentifierCategory.PERSON) -> RedactionMark:
    return RedactionMark(TextSpan(start, end), category)


def marks(text: AnswerText, role: str, *several: RedactionMark, done: bool = True) -> RedactionPass:
    return RedactionPass(text.id, role, several, done)


def segment(code: CodeEntry, start: int = 0, end: int = 5) -> CodedSegment:
    return CodedSegment(code.code, TextSpan(start, end))


def coding(text: AnswerText, role: str, *codes: CodeEntry, done: bool = True) -> TextCoding:
    return TextCoding(text.id, role, tuple(segment(one) for one in codes), done)
