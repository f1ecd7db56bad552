"""Sessions with redacted texts, and files as other programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.project_model.redaction_marks import RedactionMark
from kuule.usecases.open_answers.project_session import ProjectSession
from tests.qualitative.small_project import DAY, marks, memory_project, text_of, with_texts

SCRIPTS = "aößжёאבليلىไทย한글漢字नमéo\u0308👩\u200d👧\U0001f1eb\U0001f1ee\u202e\u200f"
"""Latin, Cyrillic, Hebrew, Arabic, Thai, Korean, Chinese, Devanagari, combining marks, emoji, bidi controls."""
AWKWARD = ("\r\n", "\r", "\n", "\ufeff", "\x00", "\x1b", "\ufffe", "\x85", "\u2028", "<b>&amp;", "]]>", " ", "\t")
pieces = st.one_of(st.sampled_from(SCRIPTS), st.sampled_from(AWKWARD), st.characters(exclude_categories=("Cs",)))


def words(longest: int = 24, shortest: int = 1) -> st.SearchStrategy[str]:
    """Words in every script, with everything that has ever shifted a position."""
    return st.lists(pieces, min_size=shortest, max_size=longest).map("".join)


def redacted_session(
    texts: Sequence[str], several: Mapping[str, Sequence[RedactionMark]] = {}, *, role: str = "coder-1"
) -> ProjectSession:
    """A session at a project in memory whose texts two readers are done with."""
    project = with_texts(memory_project(), list(dict.fromkeys(texts)))
    for one in dict.fromkeys(texts):
        redact(project, text_of(project, one), several.get(one, ()))
    return ProjectSession(project, role, DAY)


def redact(project: OpenProject, text: AnswerText, several: Sequence[RedactionMark] = ()) -> None:
    for reader in ("reader-1", "reader-2"):
        project.save([marks(text, reader, *several)], role=reader, day=DAY)


def as_role(session: ProjectSession, role: str) -> ProjectSession:
    return ProjectSession(session.project, role, DAY)


def zip_of(members: Mapping[str, bytes | str]) -> bytes:
    """An archive of another program."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members_of(qdpx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(qdpx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
