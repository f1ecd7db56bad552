"""What leaves a project: redacted texts, what a role may see, and no word that was taken out."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from kuule.qualitative.project_model.acts import TakenDataset
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import Adjudication, CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory
from kuule.usecases.open_answers.project_export import ExportCounts, export_project
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.shared_words import check_quote_says_nothing_removed
from tests.qualitative.refi_qda.qualcoder_reader import read_by_qualcoder
from tests.qualitative.refi_qda.small_exchange import as_role, members_of, redact, redacted_session
from tests.qualitative.small_project import DAY, mark, marks, memory_project, text_of, with_texts

AUNT = "My aunt Maija knew it."
MARKED = {AUNT: [mark(8, 13, IdentifierCategory.PERSON)]}
TOLD, SILENCE = CodeEntry("a" * 32, "Told"), CodeEntry("b" * 32, "Silence")


@pytest.fixture
def session() -> ProjectSession:
    session = redacted_session([AUNT, "I told nobody."], MARKED)
    session.save(TOLD, SILENCE)
    return session


def code(session: ProjectSession, words: str, entry: CodeEntry, role: str, *, done: bool = False) -> None:
    span = CodedSegment(entry.code, TextSpan(3, 10))
    said = TextCoding(text_of(session.project, words).id, role, (span,), done)
    session.project.save([said], role=role, day=DAY)


def users_of(path: Path) -> list[str]:
    return re.findall('<User guid="[^"]+" name="([^"]+)"', members_of(path.read_bytes())["project.qde"].decode())


def problems_of(session: ProjectSession, to: Path, **choices: bool) -> list[str]:
    with pytest.raises(ProjectError) as told:
        export_project(session, to, **choices)
    assert not to.exists() or to.read_bytes() == b"mine"
    assert all(problem.remedy for problem in told.value.problems)
    return [f"{problem.code} {problem.place}" for problem in told.value.problems]


def test_only_redacted_texts_leave(session: ProjectSession, tmp_path: Path) -> None:
    with_texts(session.project, ["Nobody read the marker Zebulon yet."])
    half = text_of(with_texts(session.project, ["Zebulon was read once."]), "Zebulon was read once.")
    session.project.save([marks(half, "reader-1")], role="reader-1", day=DAY)
    to = tmp_path / "voices.qdpx"
    assert export_project(session, to) == ExportCounts(codes=2, texts=2, not_redacted=2)
    content = b"".join([to.read_bytes(), *members_of(to.read_bytes()).values()])
    assert b"[a name]" in content
    assert content.count(b"<TextValue>wish</TextValue>") == content.count(b"<TextValue>en</TextValue>") == 2
    assert b"Zebulon" not in content
    assert b"Maija" not in content
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["voices.qdpx"]


@pytest.mark.parametrize(
    ("language", "words", "marked", "coded", "letters"),
    [
        ("fi", "👋 Kerroin Maijalle Oulussa eilen.", (10, 18), (10, 26), "[sukulaisen nimi] Oulussa"),
        ("fi", "👋 Kerroin Maijalle Oulussa eilen.", (10, 18), (19, 26), "Oulussa"),
        ("ar", "أخبرت ليلى في الرباط أمس", (6, 10), (11, 20), "في الرباط"),
        ("ar", "أخبرت ليلى في الرباط أمس", (6, 10), (0, 10), "أخبرت [اسم أحد الأقارب]"),
        ("so", "Waxaan u sheegay Hodan shalay.", (17, 22), (9, 22), "sheegay [a relative's name]"),
    ],
)
def test_labels_of_a_language_leave_codings_at_the_same_letters(
    tmp_path: Path, language: str, words: str, marked: tuple[int, int], coded: tuple[int, int], letters: str
) -> None:
    project = memory_project()
    text = AnswerText(project.text_id("wish", language, words), "wish", language, words)
    project.apply([text])
    redact(project, text, [mark(*marked, IdentifierCategory.RELATIVE)])
    session = ProjectSession(project, "coder-1", DAY)
    session.save(TOLD)
    session.save(TextCoding(text.id, "coder-1", (CodedSegment(TOLD.code, TextSpan(*coded)),), False))
    export_project(session, tmp_path / "voices.qdpx")
    [(_, _, found, *_)] = read_by_qualcoder((tmp_path / "voices.qdpx").read_bytes()).codings
    assert found == letters


def test_a_coder_hands_on_nobody_elses_blind_codes(session: ProjectSession, tmp_path: Path) -> None:
    code(session, AUNT, TOLD, "coder-1")
    code(session, AUNT, SILENCE, "coder-2", done=True)
    export_project(session, tmp_path / "blind.qdpx")
    assert {owner for *_, owner in read_by_qualcoder((tmp_path / "blind.qdpx").read_bytes()).codings} == {"coder-1"}
    code(session, AUNT, TOLD, "coder-1", done=True)
    export_project(as_role(session, "coder-2"), tmp_path / "compared.qdpx")
    assert users_of(tmp_path / "compared.qdpx") == ["coder-2", "coder-1"]
    read = read_by_qualcoder((tmp_path / "compared.qdpx").read_bytes())
    assert {(found, letters, owner) for _, found, letters, _, _, owner in read.codings} == {
        ("Told", "aunt [a name]", "coder-1"),
        ("Silence", "aunt [a name]", "coder-2"),
    }


def test_what_was_decided_leaves_without_a_coder(session: ProjectSession, tmp_path: Path) -> None:
    code(session, AUNT, TOLD, "coder-1", done=True)
    code(session, AUNT, SILENCE, "coder-2", done=True)
    code(session, "I told nobody.", TOLD, "coder-1")
    said = Adjudication(text_of(session.project, AUNT).id, "lead", (CodedSegment("b" * 32, TextSpan(0, 2)),))
    session.project.save([said], role="lead", day=DAY)
    export_project(session, tmp_path / "decided.qdpx", decided=True)
    read = read_by_qualcoder((tmp_path / "decided.qdpx").read_bytes())
    assert {(found, letters, owner) for _, found, letters, _, _, owner in read.codings} == {
        ("Silence", "My", "(decided)")
    }
    assert b"coder-" not in members_of((tmp_path / "decided.qdpx").read_bytes())["project.qde"]


def test_texts_say_whether_they_may_be_quoted(session: ProjectSession, tmp_path: Path) -> None:
    given = TakenDataset("our-voice", "v", True, with_leave=(text_of(session.project, AUNT).id,))
    session.project.save([given], role="lead", day=DAY)
    export_project(session, tmp_path / "voices.qdpx")
    qde = members_of((tmp_path / "voices.qdpx").read_bytes())["project.qde"].decode()
    assert 'name="leave to quote"' in qde
    assert "<TextValue>given</TextValue>" in qde


def test_retired_codes_stay_unless_something_has_them(session: ProjectSession, tmp_path: Path) -> None:
    code(session, AUNT, TOLD, "coder-1")
    session.save(CodeEntry(TOLD.code, "Told", retired=True), CodeEntry(SILENCE.code, "Silence", retired=True))
    export_project(session, tmp_path / "voices.qdpx")
    assert set(read_by_qualcoder((tmp_path / "voices.qdpx").read_bytes()).codes) == {"Told"}


def test_a_memo_that_says_what_was_taken_out_stops_the_export(session: ProjectSession, tmp_path: Path) -> None:
    to, aunt = tmp_path / "voices.qdpx", text_of(session.project, AUNT).id
    with_texts(session.project, ["A whole answer that nobody has read so far, of some length."])
    session.save(Memo("1" * 32, "MAIJA is the aunt's name", aunt), Memo("2" * 32, "see Maija's text"))
    session.save(Memo("3" * 32, "“a whole answer that nobody has read so far”"), Memo("4" * 32, "no Maijala, no name"))
    assert sorted(problems_of(session, to)) == [f"PROJECT_052 memo {one * 32}" for one in "123"]
    assert export_project(session, to, with_memos=False).memos == 0


@pytest.mark.parametrize(
    ("words", "name", "said"),
    [
        ("أخبرت صديقتي ليلى", "ليلى", ("وليلى", "لليلى", "لَيلى", "ليـلى", "لي\u200dلى")),
        ("My aunt Zoë knew it.", "Zoë", ("Zoe\u0308", "ZOE", "Zo\u00adë", "\u202eZoë")),
    ],
)
def test_what_was_taken_out_is_known_however_it_is_written(words: str, name: str, said: tuple[str, ...]) -> None:
    at = words.index(name)
    session = redacted_session([words], {words: [mark(at, at + len(name), IdentifierCategory.PERSON)]})
    text = text_of(session.project, words)
    for one in said:
        with pytest.raises(ProjectError, match=r"^QUOTE_019 "):
            check_quote_says_nothing_removed(session, text.id, "quote 12", words="", translations=[f"it was {one}."])
    check_quote_says_nothing_removed(session, text.id, "quote 12", words="", translations=[f"{name}xyz", "other"])
    check_quote_says_nothing_removed(session, text.id, "quote 12", words="nobody", translations=["ei kukaan"])


def test_a_code_that_says_what_was_taken_out_stops_the_export(session: ProjectSession, tmp_path: Path) -> None:
    session.save(CodeEntry(TOLD.code, "Told", example="I told Maija."))
    assert problems_of(session, tmp_path / "voices.qdpx") == [f"PROJECT_052 code {TOLD.code}"]
    assert problems_of(session, tmp_path / "book.qdc") == [f"PROJECT_052 code {TOLD.code}"]


def test_a_code_that_repeats_what_somebody_wrote_later_stops_the_export(
    session: ProjectSession, tmp_path: Path
) -> None:
    words = "They should have asked me at school, and listened."
    session.save(CodeEntry(TOLD.code, "Told", definition=words))
    assert export_project(session, tmp_path / "before.qdpx").codes == 2
    with_texts(session.project, [f"Yes. {words}"])
    assert problems_of(session, tmp_path / "voices.qdpx") == [f"PROJECT_052 code {TOLD.code}"]
    redact(session.project, text_of(session.project, f"Yes. {words}"))
    assert export_project(session, tmp_path / "after.qdpx").texts == 3


def test_nothing_to_write_is_told(tmp_path: Path) -> None:
    session = redacted_session([])
    with_texts(session.project, ["Nobody is done with it."])
    assert problems_of(session, tmp_path / "voices.qdpx") == ["PROJECT_050 the export"]
    assert problems_of(session, tmp_path / "book.qdc") == ["PROJECT_050 the export"]


def test_a_file_that_cannot_be_written_is_told(session: ProjectSession, tmp_path: Path) -> None:
    there = tmp_path / "there.qdpx"
    there.write_bytes(b"mine")
    assert problems_of(session, there) == [f"PROJECT_051 {there}"]
    assert problems_of(session, tmp_path / "voices.docx") == ["PROJECT_051 voices.docx"]
    missing = tmp_path / "nowhere" / "voices.qdpx"
    assert problems_of(session, missing) == [f"PROJECT_051 {missing}"]


def test_texts_are_in_no_order_that_tells(session: ProjectSession, tmp_path: Path) -> None:
    """Of texts that came first and last, neither is first in the file for that."""
    later = [f"Answer number {number}." for number in range(8)]
    for one in later:
        redact(session.project, text_of(with_texts(session.project, [one]), one))
    export_project(as_role(session, "lead"), tmp_path / "voices.qdpx")
    read = read_by_qualcoder((tmp_path / "voices.qdpx").read_bytes())
    guids = [name.rpartition("-")[2] for name in read.texts]
    assert guids == sorted(guids)
    assert [text for text in read.texts.values() if text in later] != later
