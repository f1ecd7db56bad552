"""Writing a project or its codebook for other programs, in REFI-QDA: redacted texts alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import atomic_file
from kuule.qualitative.coding.code_tree import CodeTree
from kuule.qualitative.coding.text_codings import coding_outcome, visible_codings
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeId
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.redaction_log.passes import RedactionState, redaction_state
from kuule.qualitative.refi_qda.codebook_matching import codes_to_write, exchanged_codes
from kuule.qualitative.refi_qda.coding_matching import DECIDED, WrittenText
from kuule.qualitative.refi_qda.exchange_guids import GuidMaker, guid_of_id
from kuule.qualitative.refi_qda.exchanged_project import (
    ExchangedCoding,
    ExchangedNote,
    ExchangedProject,
    ExchangedText,
    ExchangedUser,
    Guid,
)
from kuule.qualitative.refi_qda.plain_text import writable
from kuule.qualitative.refi_qda.qde_writing import qdc_bytes, qde_bytes
from kuule.qualitative.refi_qda.qdpx_archive import pack_qdpx
from kuule.usecases.open_answers.exchange_texts import (
    CODEBOOK_ENDING,
    PROJECT_ENDING,
    ending_error,
    guid_maker,
    memos_in_force,
    text_name,
    written_text,
)
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.shared_words import check_shared_words


@dataclass(frozen=True, slots=True)
class ExportCounts:
    """How much was written, and how many texts stayed because they are not redacted by two."""

    codes: int
    texts: int = 0
    codings: int = 0
    memos: int = 0
    not_redacted: int = 0


def export_project(
    session: ProjectSession, to: Path, *, decided: bool = False, with_memos: bool = True
) -> ExportCounts:
    """Write a `.qdpx` of the redacted texts with what this person may see of their codings, or with what was `decided`
    instead; or a `.qdc` of the codebook. Only whoever runs it can read the file.

    Raises ProjectError PROJECT_050 (nothing to write), PROJECT_051 (the file), PROJECT_052 (memos or codes that say
    what was taken out).
    """
    ending = to.suffix.lower()
    if ending not in (PROJECT_ENDING, CODEBOOK_ENDING):
        raise ending_error(to.name)
    if to.exists():
        raise project_error("PROJECT_051", str(to), "something has this name already", "give another name")
    content, counts = _codebook(session) if ending == CODEBOOK_ENDING else _project(session, decided, with_memos)
    try:
        with atomic_file(to) as file:
            file.write(content)
    except OSError as error:
        cause = f"it cannot be written ({error.strerror or error})"
        raise project_error("PROJECT_051", str(to), cause, "make room, or name a folder where you may write") from None
    return counts


def exchanged_project(
    session: ProjectSession, guids: GuidMaker, *, decided: bool = False, with_memos: bool = True
) -> ExchangedProject:
    """The project as it is written: its redacted texts, in an order that tells nothing.

    Raises ProjectError PROJECT_050, PROJECT_052.
    """
    redacted = [text for text in session.project.texts if redaction_state(session.log, text) is RedactionState.REDACTED]
    if not redacted:
        cause = "no text is redacted by two, and only such texts leave the project"
        remedy = "let two readers be done first; or write the codebook alone (.qdc)"
        raise project_error("PROJECT_050", "the export", cause, remedy)
    tree = session.tree
    codings = {text: _codings(session, tree, text, decided=decided) for text in redacted}
    used = frozenset(one.code for of_text in codings.values() for some in of_text.values() for one in some)
    kept = codes_to_write(tree, used)
    memos = _memos(session, set(redacted), kept) if with_memos else ()
    check_shared_words(session, memos, [tree.entries[code] for code in sorted(kept)], set(redacted))
    on_text, on_code, on_project = _note_places(memos)
    others = {label for of_text in codings.values() for label in of_text} - {session.role}
    labels = (
        sorted(others) if decided else [session.role, *sorted(others)]
    )  # programs take the first for who is at them
    texts = [_text(session, text, guids, codings[text], on_text[text]) for text in redacted]
    return ExchangedProject(
        name=_project_name(session),
        users=tuple(ExchangedUser(guids.of_user(label), label) for label in labels),
        codes=exchanged_codes(tree, kept, on_code),
        texts=tuple(sorted(texts, key=lambda one: one.guid)),
        notes=tuple(
            ExchangedNote(one, f"memo {place}", memo.words) for place, (one, memo) in enumerate(_by_guid(memos), 1)
        ),
        own_notes=tuple(on_project),
    )


def _project(session: ProjectSession, decided: bool, with_memos: bool) -> tuple[bytes, ExportCounts]:
    guids = guid_maker(session)
    project = exchanged_project(session, guids, decided=decided, with_memos=with_memos)
    files = {f"{one.guid}.txt": (one.words or "").encode() for one in project.texts}
    files |= {f"{one.guid}.txt": writable(one.words).encode() for one in project.notes}
    counts = ExportCounts(
        codes=len(project.codes),
        texts=len(project.texts),
        codings=sum(len(one.codings) for one in project.texts),
        memos=len(project.notes),
        not_redacted=len(session.project.texts) - len(project.texts),
    )
    return pack_qdpx(qde_bytes(project, guids), files), counts


def _codebook(session: ProjectSession) -> tuple[bytes, ExportCounts]:
    tree = session.tree
    kept = codes_to_write(tree, frozenset())
    if not kept:
        cause = "the codebook has no code"
        raise project_error("PROJECT_050", "the export", cause, "define a code first (`kuule answers define`)")
    check_shared_words(session, (), [tree.entries[code] for code in sorted(kept)], frozenset())
    return qdc_bytes(exchanged_codes(tree, kept, {})), ExportCounts(len(kept))


def _project_name(session: ProjectSession) -> str:
    names = sorted({f"{one.study} (practice)" if one.rehearsal else one.study for one in session.project.datasets})
    return ", ".join(names) or "open answers"


def _codings(
    session: ProjectSession, tree: CodeTree, text: TextId, *, decided: bool
) -> dict[str, tuple[CodedSegment, ...]]:
    """The segments of a text by who is named for them."""
    if decided:
        segments = coding_outcome(session.log, tree, text).segments
        return {DECIDED: segments} if segments else {}
    found = visible_codings(session.log, text, role=session.role)
    return {
        role: segments
        for role, versions in found.items()
        if (segments := tuple(segment for one in versions for segment in one.segments))
    }


def _text(
    session: ProjectSession,
    text: TextId,
    guids: GuidMaker,
    codings: dict[str, tuple[CodedSegment, ...]],
    notes: tuple[Guid, ...],
) -> ExchangedText:
    original, written, guid = session.project.texts[text], written_text(session, text), guids.of_text(text)
    found = {_coding(written, segment, guids.of_user(label)) for label, some in codings.items() for segment in some}
    return ExchangedText(
        guid=guid,
        name=text_name(original, guid),
        words=written.words,
        codings=tuple(sorted(found)),
        notes=notes,
        item=original.item,
        language=original.language,
        leave=str(session.leave(text)),
    )


def _coding(written: WrittenText, segment: CodedSegment, user: Guid) -> ExchangedCoding:
    start, end, code = written.written_segment(segment)
    return ExchangedCoding(start, end, guid_of_id(code), user)


def _memos(session: ProjectSession, texts: Set[TextId], codes: Set[CodeId]) -> tuple[Memo, ...]:
    """Memos on what is written, and on the project."""
    return tuple(
        memo
        for memo in memos_in_force(session)
        if (memo.text is None or memo.text in texts) and (memo.code is None or memo.code in codes)
    )


def _by_guid(memos: tuple[Memo, ...]) -> list[tuple[Guid, Memo]]:
    return sorted(((guid_of_id(memo.memo), memo) for memo in memos), key=lambda one: one[0])


def _note_places(
    memos: tuple[Memo, ...],
) -> tuple[defaultdict[TextId, tuple[Guid, ...]], defaultdict[str, tuple[Guid, ...]], list[Guid]]:
    on_text: defaultdict[TextId, tuple[Guid, ...]] = defaultdict(tuple)
    on_code: defaultdict[str, tuple[Guid, ...]] = defaultdict(tuple)
    on_project = []
    for guid, memo in _by_guid(memos):
        if memo.text is not None:
            on_text[memo.text] += (guid,)
        elif memo.code is not None:
            on_code[memo.code] += (guid,)
        else:
            on_project.append(guid)
    return on_text, on_code, on_project
