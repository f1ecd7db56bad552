"""What comes back from other programs becomes acts of one role, or is told in words; nothing is half taken in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from kuule.qualitative.coding.text_codings import codings_of
from kuule.qualitative.project.row_codec import Tombstone
from kuule.qualitative.project_model.answer_text import TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, TextCoding
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.usecases.open_answers.project_export import export_project
from kuule.usecases.open_answers.project_import import ImportChoices, ImportCounts, import_project
from kuule.usecases.open_answers.project_session import ProjectSession
from tests.qualitative.refi_qda.small_exchange import as_role, members_of, redact, redacted_session, zip_of
from tests.qualitative.small_project import mark, text_of

AUNT, NOBODY = "My aunt Maija knew it. 👩\u200d👧", "I told nobody."
MARKED = {AUNT: [mark(8, 13)]}
TOLD, SILENCE = CodeEntry("a" * 32, "Told"), CodeEntry("b" * 32, "Silence", definition="nobody was told")
PLAIN = ImportChoices()
GUID = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def session() -> ProjectSession:
    session = redacted_session([AUNT, NOBODY], MARKED)
    session.save(TOLD, SILENCE)
    return session


def save_coding(session: ProjectSession, words: str, *segments: tuple[CodeEntry, int, int], done: bool = False) -> None:
    found = tuple(CodedSegment(entry.code, TextSpan(start, end)) for entry, start, end in segments)
    session.save(TextCoding(text_of(session.project, words).id, session.role, found, done))


def segments(session: ProjectSession, words: str) -> set[tuple[str, str]]:
    """The codes of this role with the letters of the original that they are on."""
    versions = codings_of(session.log, text_of(session.project, words).id).get(session.role, ())
    names = {code: entry.name for code, entry in session.tree.entries.items()}
    return {(names[one.code], words[one.span.start : one.span.end]) for coding in versions for one in coding.segments}


def exported(session: ProjectSession, tmp_path: Path, change: Callable[[str], str] = str) -> Path:
    """A file of the project, changed as another program would."""
    to = tmp_path / f"voices-{len(list(tmp_path.iterdir()))}.qdpx"
    export_project(session, to)
    members = members_of(to.read_bytes())
    to.write_bytes(zip_of({**members, "project.qde": change(members["project.qde"].decode())}))
    return to


def elsewhere(session: ProjectSession, tmp_path: Path, change: Callable[[str], str] = str) -> Path:
    """A file in which coder-2 coded, on a copy that this project has not seen."""
    copy = as_role(redacted_session([AUNT, NOBODY], MARKED), "coder-2")
    copy.save(TOLD, SILENCE)
    save_coding(copy, AUNT, (TOLD, 3, 7), (SILENCE, 8, 16))
    return exported(copy, tmp_path, change)


def give_new_guids(path: Path) -> None:
    """What a program does that gives everything a GUID of its own, but for the files."""
    members = members_of(path.read_bytes())
    text = members["project.qde"].decode()
    for number, guid in enumerate(sorted(set(re.findall(r'(?:guid|GUID|User)="([0-9a-f-]{36})"', text)))):
        text = text.replace(f'"{guid}"', f'"{number:08x}-0000-4000-8000-000000000000"')
    path.write_bytes(zip_of({**members, "project.qde": text}))


def problems_of(session: ProjectSession, path: Path, choices: ImportChoices = PLAIN) -> list[str]:
    before = len(session.log)
    with pytest.raises(ProjectError) as told:
        import_project(session, path, choices)
    assert len(session.log) == before
    assert all(problem.remedy for problem in told.value.problems)
    return [f"{problem.code} {problem.place}" for problem in told.value.problems]


def test_codings_made_elsewhere_become_those_of_a_role(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    coder = as_role(session, "coder-2")
    assert import_project(coder, path) == ImportCounts(0, 1, 0, {}, {})
    assert segments(coder, AUNT) == {("Told", "aunt"), ("Silence", "Maija kn")}
    assert import_project(coder, path) == ImportCounts(0, 0, 0, {}, {})


def test_somebody_unknown_in_the_file_becomes_who_takes_it_in(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path, lambda qde: qde.replace("coder-2", "Ann at her desk"))
    give_new_guids(path)
    coder = as_role(session, "coder-3")
    assert import_project(coder, path, ImportChoices(done=True)).coded_texts == 1
    assert segments(coder, AUNT) == {("Told", "aunt"), ("Silence", "Maija kn")}
    (coding,) = codings_of(session.log, text_of(session.project, AUNT).id)["coder-3"]
    assert coding.done


def test_codings_of_another_role_stay_where_they_are(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    as_role(session, "coder-2").save(TextCoding(text_of(session.project, NOBODY).id, "coder-2", (), False))
    assert import_project(session, path) == ImportCounts(0, 0, 0, {"codings of others": 2}, {})


def test_two_unknown_people_are_not_one(session: ProjectSession, tmp_path: Path) -> None:
    def by_two(qde: str) -> str:
        """The first selection and its coding are Ann's."""
        both = qde.replace('name="coder-2"/>', f'name="Bo"/><User guid="{GUID}" name="Ann"/>')
        return re.sub(r'creatingUser="[^"]+"', f'creatingUser="{GUID}"', both, count=2)

    path, coder = elsewhere(session, tmp_path, by_two), as_role(session, "coder-9")
    give_new_guids(path)
    assert problems_of(coder, path) == ["PROJECT_060 its users"]
    assert problems_of(coder, path, ImportChoices(user="Zed")) == ["PROJECT_061 user 'Zed'"]
    assert import_project(coder, path, ImportChoices(user="Ann")).coded_texts == 1
    assert segments(coder, AUNT) == {("Told", "aunt")}


def test_nobody_takes_another_roles_codings_for_their_own(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    as_role(session, "coder-2").save(TextCoding(text_of(session.project, NOBODY).id, "coder-2", (), False))
    assert problems_of(session, path, ImportChoices(user="coder-2")) == ["PROJECT_062 user 'coder-2'"]


def test_what_is_there_stays_unless_it_is_replaced(session: ProjectSession, tmp_path: Path) -> None:
    coder = as_role(session, "coder-2")
    save_coding(coder, AUNT, (TOLD, 0, 2), (TOLD, 9, 11))
    path = exported(
        coder,
        tmp_path,
        lambda qde: qde.replace('startPosition="0" endPosition="2"', 'startPosition="0" endPosition="7"'),
    )
    import_project(coder, path)
    assert segments(coder, AUNT) == {("Told", "My"), ("Told", "ai"), ("Told", "My aunt")}
    import_project(coder, path, ImportChoices(replace=True))
    assert segments(coder, AUNT) == {("Told", "ai"), ("Told", "My aunt")}


def test_codings_that_were_compared_stay(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    coder = as_role(session, "coder-2")
    for one in (session, coder):
        save_coding(one, AUNT, (TOLD, 0, 2), done=True)
    assert import_project(coder, path).left_out == {"texts whose blind codings were compared already": 1}
    assert segments(coder, AUNT) == {("Told", "My")}


def test_a_text_that_changed_is_refused_with_words(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    coder, aunt = as_role(session, "coder-2"), text_of(session.project, AUNT)
    redact(session.project, aunt, [mark(3, 13)])
    assert problems_of(coder, path) == [f"PROJECT_059 text {aunt.id}"]
    taken = import_project(coder, path, ImportChoices(skip_changed=True))
    assert (taken.coded_texts, taken.left_out) == (0, {"texts whose words changed": 1})


def test_a_text_that_another_program_changed_is_refused(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    members = members_of(path.read_bytes())
    path.write_bytes(zip_of({name: content.replace(b"knew", b"new") for name, content in members.items()}))
    assert problems_of(as_role(session, "coder-2"), path) == [f"PROJECT_059 text {text_of(session.project, AUNT).id}"]


def test_texts_of_elsewhere_are_told(session: ProjectSession, tmp_path: Path) -> None:
    other = as_role(redacted_session(["Something else."]), "coder-2")
    other.save(TOLD)
    save_coding(other, "Something else.", (TOLD, 0, 4))
    other.save(Memo("7" * 32, "on it", text_of(other.project, "Something else.").id))
    left_out = import_project(as_role(session, "coder-2"), exported(other, tmp_path)).left_out
    assert left_out == {
        "memos on several things, or on what is not in the project": 1,
        "texts that are not in the project: withdrawn, or from elsewhere": 1,
    }


def test_known_codes_stay_as_they_are_and_new_ones_come(session: ProjectSession, tmp_path: Path) -> None:
    book = (
        '<CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="NVivo"><Codes>'
        f'<Code guid="{{{UUID(SILENCE.code)}}}" name="Stille" isCodable="false" color="#123456">'
        f'<Code guid="{GUID}" name="No\u202enight" isCodable="true">'
        "<Description>At night.\n\nNot when: it was day</Description>"
        '</Code></Code>'
        '<Code guid="22222222-2222-4333-8444-555555555555" name=" TOLD" isCodable="true"/>'
        '<Code guid="33333333-2222-4333-8444-555555555555" name="Help" isCodable="true"/>'
        '<Code guid="44444444-2222-4333-8444-555555555555" name="help" isCodable="true"/>'
        "</Codes></CodeBook>"
    )  # fmt: skip
    path = tmp_path / "book.QDC"
    path.write_text(book, "utf-8")
    taken = import_project(session, path)
    assert taken.codes == 2
    assert taken.left_out == {"codes with the name of the code beside them, which count as that one": 1}
    assert dict(taken.differing) == {"colour": 1, "description": 1, "heading or code": 1, "name": 2}
    entries = session.tree.entries
    assert entries[SILENCE.code] == SILENCE
    new = entries[GUID.replace("-", "")]
    assert (new.parent, new.definition, new.when_not) == (SILENCE.code, "At night.", "it was day")


def test_a_code_that_repeats_an_answer_is_refused_and_nothing_comes(session: ProjectSession, tmp_path: Path) -> None:
    redact(session.project, text_of(session.project, NOBODY))
    definition = AUNT[:22] + " 👩\u200d👧"
    path = tmp_path / "book.qdc"
    path.write_text(
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        f'<Code guid="{GUID}" name="New" isCodable="true"><Description>{definition}</Description></Code>'
        '<Code guid="33333333-2222-4333-8444-555555555555" name="Help" isCodable="true"/></Codes></CodeBook>',
        "utf-8",
    )
    assert problems_of(session, path) == ["PROJECT_031 code 'New'"]
    assert "Help" not in {entry.name for entry in session.tree.entries.values()}


def test_headings_and_codes_out_of_use_take_no_codings(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    session.save(CodeEntry(TOLD.code, "Told", codable=False), CodeEntry(SILENCE.code, "Silence", retired=True))
    left_out = import_project(as_role(session, "coder-2"), path).left_out
    assert left_out == {"codings with a heading, or with a code that is not used any more": 2}


def test_codings_beyond_a_text_or_with_a_code_that_is_missing_are_told(session: ProjectSession, tmp_path: Path) -> None:
    def broken(qde: str) -> str:
        return qde.replace('endPosition="7"', 'endPosition="700"').replace(
            f'CodeRef targetGUID="{"b" * 8}', 'CodeRef targetGUID="cccccccc'
        )

    left_out = import_project(as_role(session, "coder-2"), elsewhere(session, tmp_path, broken)).left_out
    assert left_out == {
        "codings beyond the end of their text": 1,
        "codings with a code that the file does not have": 1,
    }


def test_memos_come_once_and_changed_ones_are_told(session: ProjectSession, tmp_path: Path) -> None:
    copy = redacted_session([AUNT, NOBODY], MARKED)
    copy.save(TOLD, SILENCE)
    on_text = Memo("7" * 32, "on it 👩\u200d👧", text_of(copy.project, AUNT).id)
    copy.save(on_text, Memo("8" * 32, "on a code", None, TOLD.code), Memo("9" * 32, "on all"))
    path = exported(copy, tmp_path)
    assert import_project(session, path).memos == 3
    assert session.log.content(("memo", "7" * 32)) == on_text
    assert import_project(session, path) == ImportCounts(0, 0, 0, {}, {})
    session.save(Memo("9" * 32, "on all of it"), Memo("8" * 32, "", None, TOLD.code))
    assert import_project(session, path).left_out == {"memos that say something else here": 2}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("voices.qdpx", b"no zip", "PROJECT_053 voices.qdpx"),
        ("voices.nvp", b"", "PROJECT_051 voices.nvp"),
        ("book.qdc", b"PK\x03\x04", "PROJECT_056 book.qdc, line 1"),
    ],
)
def test_something_else_is_told(session: ProjectSession, tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    assert problems_of(session, tmp_path / name) == [told]


def test_a_file_that_is_not_there_is_told(session: ProjectSession, tmp_path: Path) -> None:
    (tmp_path / "folder.qdpx").mkdir()
    for name in ("none.qdpx", "folder.qdpx"):
        assert problems_of(session, tmp_path / name) == [f"PROJECT_053 {tmp_path / name}"]


def test_a_withdrawn_text_does_not_come_back(session: ProjectSession, tmp_path: Path) -> None:
    path = elsewhere(session, tmp_path)
    session.project.apply([Tombstone(text_of(session.project, AUNT).id)])
    coder = as_role(session, "coder-2")
    before = len(session.log)
    assert import_project(coder, path).left_out == {
        "texts that are not in the project: withdrawn, or from elsewhere": 1
    }
    assert len(session.log) == before
