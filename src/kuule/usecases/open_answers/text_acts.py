"""What a team says of texts: redactions, codings, decisions on them, memos and translations; and taking an act back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kuule.qualitative.act_log.act_making import make_undoing, random_id
from kuule.qualitative.coding.code_tree import check_entry
from kuule.qualitative.coding.memo_writing import check_memo
from kuule.qualitative.coding.text_codings import adjudication, is_compared, text_coding
from kuule.qualitative.project_model.acts import Act, TakenDataset, Undoing
from kuule.qualitative.project_model.answer_text import TextId
from kuule.qualitative.project_model.code_entries import CodedSegment, CodeEntry, CodeId, TextCoding
from kuule.qualitative.project_model.notes_and_translations import AnswerTranslation, Memo, TranslationOrigin
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.project_model.quote_acts import ActId, QuoteNumber, QuoteProposal
from kuule.qualitative.project_model.redaction_marks import RedactionMark, RedactionPass
from kuule.qualitative.redaction_log.passes import check_can_redact, check_spans, is_released, redaction_pass
from kuule.qualitative.redaction_log.redacted_text import redacted_text
from kuule.usecases.open_answers.project_session import ProjectSession


def save_redaction(session: ProjectSession, text: TextId, marks: Sequence[RedactionMark], *, done: bool) -> Act:
    """Save all that this person marked in a text, in place of what they marked before. Raises ProjectError PROJECT_025
    to PROJECT_028."""
    said = redaction_pass(session.log, session.text(text), marks, role=session.role, done=done)
    return session.save(said)[0]


def save_coding(session: ProjectSession, text: TextId, segments: Sequence[CodedSegment], *, done: bool) -> Act:
    """Save all codes that this person gave a text, in place of those before. Raises ProjectError PROJECT_025,
    PROJECT_026, PROJECT_033, PROJECT_034."""
    said = text_coding(session.log, session.tree, session.text(text), segments, role=session.role, done=done)
    return session.save(said)[0]


def segments_in_original(
    session: ProjectSession, text: TextId, segments: Sequence[CodedSegment]
) -> tuple[CodedSegment, ...]:
    """Segments of a redacted text where they are in the original: codes are on the original, whatever a coder was
    shown. Raises ProjectError PROJECT_025, PROJECT_026."""
    original = session.text(text)
    shown = redacted_text(session.log, original)
    check_spans(replace(original, words=shown.words), [segment.span for segment in segments])
    return tuple(CodedSegment(segment.code, shown.original_span(segment.span)) for segment in segments)


def save_adjudication(session: ProjectSession, text: TextId, segments: Sequence[CodedSegment], *, reason: str) -> Act:
    """Save what a text is to count as. Raises ProjectError PROJECT_025, PROJECT_026, PROJECT_033, PROJECT_035."""
    said = adjudication(session.log, session.tree, session.text(text), segments, role=session.role, reason=reason)
    return session.save(said)[0]


def save_code(session: ProjectSession, entry: CodeEntry) -> Act:
    """Save an entry of the codebook, new or changed. Raises ProjectError PROJECT_029 to PROJECT_032."""
    check_entry(session.tree, entry, session.project.texts.values())
    return session.save(entry)[0]


def save_memo(
    session: ProjectSession, words: str, *, text: TextId | None = None, code: CodeId | None = None, memo: str = ""
) -> Act:
    """Save a new memo, or change one; without words it is gone. Raises ProjectError PROJECT_025, PROJECT_033,
    PROJECT_036."""
    on = session.text(text).id if text is not None else None
    said = Memo(memo or random_id(), words, on, code)
    check_memo(session.log, session.tree, said)
    return session.save(said)[0]


def save_translation(
    session: ProjectSession, text: TextId, language: str, words: str, *, origin: TranslationOrigin
) -> Act:
    """Save a text in another language, for readers of the team. Raises ProjectError PROJECT_025, PROJECT_037 (into the
    language that it is in)."""
    original = session.text(text)
    if language == original.language or not language:
        cause = f"it is in the language {original.language!r} itself"
        raise project_error("PROJECT_037", f"text {original.id}", cause, "give the language of the translation")
    return session.save(AnswerTranslation(original.id, language, words, origin))[0]


def take_back(session: ProjectSession, act: ActId) -> Act:
    """Take back an act of this person's. Raises ProjectError PROJECT_021 to PROJECT_024; PROJECT_028 (a released quote
    rests on it), PROJECT_034 (a blind coding that was compared), PROJECT_066 (a version of the dataset that was taken
    in)."""
    undoing = make_undoing(session.log, act, role=session.role)
    said = session.log.get(act)
    while said is not None and isinstance(said.content, Undoing):
        said = session.log.get(said.content.act)
    if said is not None:
        _check_can_take_back(session, said)
    return session.save(undoing)[0]


def _check_can_take_back(session: ProjectSession, act: Act) -> None:
    """Raise ProjectError if others have built on an act: PROJECT_028, PROJECT_034, PROJECT_066."""
    place, said = f"act {act.id}", act.content
    if isinstance(said, TakenDataset):
        cause = "it took a version of the dataset in: who withdrew since, or gave no leave to quote, would count again"
        raise project_error("PROJECT_066", place, cause, "take in the newest dataset (`kuule project take`)")
    if isinstance(said, RedactionPass):
        check_can_redact(session.log, said.text)
    if isinstance(said, QuoteProposal | QuoteNumber) and is_released(session.log, said.quote):
        cause = "the quote is released: without it nobody could see that any more, or withdraw it"
        raise project_error("PROJECT_028", place, cause, "withdraw the quote first")
    if isinstance(said, TextCoding) and is_compared(session.log, said.text):
        cause = "the blind codings of its text were compared, and stay as they were"
        raise project_error("PROJECT_034", place, cause, "decide together (`kuule answers decide`)")
