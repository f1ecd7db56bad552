"""Taking in what other programs wrote in REFI-QDA: codes and memos that are new, and one person's codings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from kuule.core.problems import Problem
from kuule.qualitative.coding.code_tree import CodeTree, check_entry
from kuule.qualitative.coding.memo_writing import check_memo
from kuule.qualitative.coding.text_codings import codings_of, is_compared
from kuule.qualitative.project_model.acts import ActContent
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeId, TextCoding
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError, project_error
from kuule.qualitative.refi_qda.codebook_matching import CodebookMatch, match_codebook
from kuule.qualitative.refi_qda.coding_matching import (
    WrittenText,
    check_unchanged,
    chosen_users,
    take_codings,
)
from kuule.qualitative.refi_qda.exchange_guids import GuidMaker, id_of_guid
from kuule.qualitative.refi_qda.exchanged_project import ExchangedProject, ExchangedText, Guid
from kuule.qualitative.refi_qda.plain_text import writable
from kuule.qualitative.refi_qda.qde_reading import read_qdc, read_qdpx
from kuule.qualitative.refi_qda.qdpx_archive import LARGEST_ARCHIVE
from kuule.usecases.open_answers.exchange_texts import (
    CODEBOOK_ENDING,
    PROJECT_ENDING,
    TextFinder,
    ending_error,
    guid_maker,
    memos_in_force,
    written_text,
)
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.shared_words import texts_repeated

_Returned = tuple[TextId, ExchangedText, WrittenText]


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What to do where a file can be taken in more than one way.

    `user` is whose codings are meant, "" for the only ones there are. `done` says that this person is done with each
    text that has codings. To `replace` is to take away what the file does not have. `skip_changed` leaves out texts
    whose words changed.
    """

    user: str = ""
    done: bool = False
    replace: bool = False
    skip_changed: bool = False


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """How much came, and what did not: `left_out` by reason, `differing` codes by what the file says otherwise of
    them."""

    codes: int
    coded_texts: int
    memos: int
    left_out: Mapping[str, int]
    differing: Mapping[str, int]


def import_project(session: ProjectSession, path: Path, choices: ImportChoices = ImportChoices()) -> ImportCounts:
    """Take in a `.qdpx` or a `.qdc`, all that can be taken or nothing, as acts of this person. Raises what
    `import_content` raises."""
    check_ending(path.name)
    return import_content(session, _content(path), path.name, choices)


def import_content(
    session: ProjectSession, content: bytes, name: str, choices: ImportChoices = ImportChoices()
) -> ImportCounts:
    """The same of a file that is in memory; `name` is what it is called.

    Raises ProjectError PROJECT_051 (its ending), PROJECT_053 to PROJECT_058 (what is in it), PROJECT_059 (texts that
    changed), PROJECT_060 to PROJECT_062 (whose codings); PROJECT_029 to PROJECT_032 (a code that the codebook cannot
    have), PROJECT_009.
    """
    check_ending(name)
    guids = guid_maker(session)
    finder = TextFinder.from_session(session, guids)
    project = _read(content, name, finder)
    match = match_codebook(session.tree, project.codes)
    tree = _tree_with(session, match)
    left_out = Counter(project.left_out)
    left_out["codes with the name of the code beside them, which count as that one"] += match.joined
    returned = _returned_texts(session, project, finder, choices, left_out)
    codings = list(_codings(session, project, guids, (tree, match.ids), returned, choices, left_out))
    memos = list(_memos(session, project, finder, match.ids, left_out))
    for memo in memos:
        check_memo(session.log, tree, memo)
    said: list[ActContent] = [*match.added, *codings, *memos]
    if said:
        session.save(*said)
    missed = {words: count for words, count in sorted(left_out.items()) if count}
    return ImportCounts(len(match.added), len(codings), len(memos), missed, match.differing)


def check_ending(name: str) -> None:
    """Raise ProjectError PROJECT_051 unless a file is called as those of REFI-QDA are."""
    if _ending(name) not in (PROJECT_ENDING, CODEBOOK_ENDING):
        raise ending_error(name)


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _read(content: bytes, name: str, finder: TextFinder) -> ExchangedProject:
    return read_qdc(content, name) if _ending(name) == CODEBOOK_ENDING else read_qdpx(content, name, finder.knows)


def _content(path: Path) -> bytes:
    if not path.is_file():
        cause = "there is no file here"
        raise project_error("PROJECT_053", str(path), cause, "give the file that the other program wrote")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_ARCHIVE + 1)
    except OSError as error:
        cause = f"it cannot be read ({error.strerror or error})"
        raise project_error("PROJECT_053", str(path), cause, "see that you may read it") from None


def _tree_with(session: ProjectSession, match: CodebookMatch) -> CodeTree:
    """The codebook with what is new in the file. Raises ProjectError PROJECT_029 to PROJECT_032, all that there are."""
    tree, problems = session.tree, list[Problem]()
    said = [part for entry in match.added for part in (entry.definition, entry.example, entry.when_not)]
    texts = texts_repeated(said, session.project.texts.values())
    for entry in match.added:
        try:
            check_entry(tree, entry, texts)
        except ProjectError as error:
            problems += error.problems
        tree = CodeTree({**tree.entries, entry.code: entry}, tree.in_loops)
    if problems:
        raise ProjectError(*problems)
    return tree


def _returned_texts(
    session: ProjectSession,
    project: ExchangedProject,
    finder: TextFinder,
    choices: ImportChoices,
    left_out: Counter[str],
) -> list[_Returned]:
    found: dict[TextId, _Returned] = {}
    for given in project.texts:
        text = finder.find(given.guid, given.name)
        if text is None:
            left_out["texts that are not in the project: withdrawn, or from elsewhere"] += 1
        elif given.words is not None and text in found:
            left_out["texts that are in the file twice"] += 1
        elif given.words is not None:
            found[text] = (text, given, written_text(session, text))
    if not choices.skip_changed:
        check_unchanged(found.values())
    same = [one for one in found.values() if one[1].words == one[2].words]
    left_out["texts whose words changed"] += len(found) - len(same)
    return same


def _codings(
    session: ProjectSession,
    project: ExchangedProject,
    guids: GuidMaker,
    codebook: tuple[CodeTree, Mapping[Guid, CodeId]],
    returned: list[_Returned],
    choices: ImportChoices,
    left_out: Counter[str],
) -> Iterator[TextCoding]:
    """What this person codes now, text by text, where that is new."""
    tree, ids = codebook
    roles = {act.role for act in session.log}
    users = chosen_users(project, guids, role=session.role, roles=roles, user=choices.user)
    before = {text: codings_of(session.log, text).get(session.role, ()) for text, _, _ in returned}
    had = {text: tuple(one for version in versions for one in version.segments) for text, versions in before.items()}
    taken = take_codings(tree, returned, ids, users, had, replace=choices.replace)
    left_out.update(taken.left_out)
    for text, given, _ in returned:
        was_done = bool(before[text]) and all(one.done for one in before[text])
        done = was_done or (choices.done and any(one.user in users for one in given.codings))
        segments = taken.segments.get(text)
        if segments is None and done == was_done:
            continue
        if is_compared(session.log, text):
            left_out["texts whose blind codings were compared already"] += 1
            continue
        yield TextCoding(text, session.role, _sorted(had[text] if segments is None else segments), done)


def _sorted(segments: tuple[CodedSegment, ...]) -> tuple[CodedSegment, ...]:
    return tuple(sorted(set(segments), key=lambda one: (one.span.start, one.span.end, one.code)))


def _memos(
    session: ProjectSession,
    project: ExchangedProject,
    finder: TextFinder,
    ids: Mapping[Guid, CodeId],
    left_out: Counter[str],
) -> Iterator[Memo]:
    """Memos that are new. One that nothing in the file names is on the project, as journals of other programs are."""
    known = memos_in_force(session)
    words = {_words(memo.words) for memo in known}
    ids_there = {cell[-1] for cell in session.log.cells("memo")}
    places = _note_places(project, finder, ids)
    for note in project.notes:
        if _words(note.words) in words or not note.words.strip():
            continue
        on = places.get(note.guid, {(None, None)})
        if id_of_guid(note.guid) in ids_there:
            left_out["memos that say something else here"] += 1
        elif len(on) > 1 or None in on:
            left_out["memos on several things, or on what is not in the project"] += 1
        else:
            ((text, code),) = (one for one in on if one is not None)
            yield Memo(id_of_guid(note.guid), note.words, text, code)


def _note_places(
    project: ExchangedProject, finder: TextFinder, ids: Mapping[Guid, CodeId]
) -> dict[Guid, set[tuple[TextId | None, CodeId | None] | None]]:
    """What each note is on: a text, a code, or the project; None for what the project does not have."""
    places: dict[Guid, set[tuple[TextId | None, CodeId | None] | None]] = {}
    for given in project.texts:
        text = finder.find(given.guid, given.name)
        for note in given.notes:
            places.setdefault(note, set()).add(None if text is None else (text, None))
    for code in project.codes:
        for note in code.notes:
            places.setdefault(note, set()).add((None, ids[code.guid]))
    for note in project.own_notes:
        places.setdefault(note, set()).add((None, None))
    return places


def _words(words: str) -> str:
    return "\n".join(line.strip() for line in writable(words).split("\n")).strip()
