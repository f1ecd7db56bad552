"""How far a team is: counts, lists, disagreements, agreement by code. All of it is exact, and for the team alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kuule.qualitative.coding.code_agreement import CodeAgreement, code_agreements
from kuule.qualitative.coding.code_counts import CodeFrequency, code_frequencies, codes_by_text
from kuule.qualitative.coding.memo_writing import memos_on
from kuule.qualitative.coding.text_codings import CodingState, adjudications_of, visible_codings
from kuule.qualitative.project_model.acts import Act, TakenDataset
from kuule.qualitative.project_model.answer_text import AnswerText, QuoteLeave, TextId
from kuule.qualitative.project_model.code_entries import Adjudication, CodeEntry, CodeId, TextCoding
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.redaction_log.passes import RedactionState
from kuule.qualitative.redaction_log.redacted_text import RedactedText, redacted_text
from kuule.usecases.open_answers.project_session import ProjectSession


@dataclass(frozen=True, slots=True)
class ProjectStatus:
    """How many texts there are, by what, and how far the work on them is. Nothing is counted by role."""

    datasets: tuple[TakenDataset, ...]
    texts: int
    answers: int
    acts: int
    withdrawn: int
    by_language: Mapping[str, int]
    by_item: Mapping[str, int]
    redaction: Mapping[RedactionState, int]
    coding: Mapping[CodingState, int]
    disagreements: int
    leave: Mapping[QuoteLeave, int]


class DisagreementKind(StrEnum):
    """What does not agree, and so what somebody has to look at."""

    DATASETS = "datasets"
    CONTRADICTION = "contradiction"
    CODE_LOOP = "code-loop"
    RETIRED_CODE = "retired-code"
    CATEGORY = "category"
    CODING = "coding"


@dataclass(frozen=True, slots=True)
class ProjectDisagreement:
    """One thing on which the team does not agree: `about` is the id of a text, a code or a memo, `acts` are those that
    contradict each other where there are such."""

    kind: DisagreementKind
    about: str
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True)
class TextFilter:
    """Which texts are wanted. What is empty or None does not narrow the choice."""

    query: str = ""
    item: str = ""
    language: str = ""
    redaction: RedactionState | None = None
    coding: CodingState | None = None
    leave: QuoteLeave | None = None


@dataclass(frozen=True, slots=True)
class CodedText:
    """What a role may see of the codings of a text, what was decided, and the memos on it."""

    state: CodingState
    codings: tuple[TextCoding, ...]
    decisions: tuple[Adjudication, ...]
    memos: tuple[Memo, ...]


def project_status(session: ProjectSession) -> ProjectStatus:
    """How far the work is."""
    texts = session.project.texts
    times = occurrences(session)
    return ProjectStatus(
        datasets=session.project.datasets,
        texts=len(texts),
        answers=sum(times.get(text, 1) for text in texts),
        acts=len(session.log),
        withdrawn=len(session.project.tombstones),
        by_language=_ordered(Counter(text.language for text in texts.values())),
        by_item=_ordered(Counter(text.item for text in texts.values())),
        redaction=Counter(session.redaction_state(text) for text in texts),
        coding=Counter(session.coding_outcome(text).state for text in texts),
        disagreements=sum(1 for _ in disagreements(session)),
        leave=Counter(session.leave(text) for text in texts),
    )


def occurrences(session: ProjectSession) -> Mapping[TextId, int]:
    """How many people wrote a text, for those that more than one wrote."""
    found: dict[TextId, int] = {}
    for dataset in session.project.datasets:
        for text, number in dataset.repeated:
            found[text] = max(number, found.get(text, 1))
    return found


def list_texts(session: ProjectSession, wanted: TextFilter = TextFilter()) -> tuple[AnswerText, ...]:
    """The texts that fit a filter, by item and language and then in an order that tells nothing: that of their ids."""
    found = session.search(wanted.query) if wanted.query.strip() else session.project.texts.keys()
    texts = [session.project.texts[one] for one in found]
    if wanted.item:
        texts = [text for text in texts if text.item == wanted.item]
    if wanted.language:
        texts = [text for text in texts if text.language == wanted.language]
    if wanted.redaction is not None:
        texts = [text for text in texts if session.redaction_state(text.id) is wanted.redaction]
    if wanted.coding is not None:
        texts = [text for text in texts if session.coding_outcome(text.id).state is wanted.coding]
    if wanted.leave is not None:
        texts = [text for text in texts if session.leave(text.id) is wanted.leave]
    return tuple(sorted(texts, key=lambda text: (text.item, text.language, text.id)))


def without_identifiers(session: ProjectSession, text: TextId) -> RedactedText:
    """A text without what passes that are done marked, with labels in its own language."""
    return redacted_text(session.log, session.text(text))


def coded_text(session: ProjectSession, text: TextId) -> CodedText:
    """What this person may see of the codings of a text. Raises ProjectError PROJECT_025."""
    found = session.text(text).id
    visible = visible_codings(session.log, found, role=session.role)
    return CodedText(
        state=session.coding_outcome(found).state,
        codings=tuple(one for role in sorted(visible) for one in visible[role]),
        decisions=adjudications_of(session.log, found),
        memos=memos_on(session.log, text=found),
    )


def history(
    session: ProjectSession, *, text: TextId | None = None, kind: str = "", role: str = ""
) -> tuple[tuple[Act, bool], ...]:
    """Acts in order, of one text or of all, each with whether it was taken back. `role` is for whoever looks at their
    own: nothing is counted by it, and nobody is shown what somebody else did in how many days."""
    acts = session.log if text is None else sorted(session.log.acts_about(text), key=lambda act: act.order)
    wanted = (act for act in acts if kind in ("", act.content.kind) and role in ("", act.role))
    return tuple((act, session.log.is_undone(act)) for act in wanted)


def agreement_by_code(session: ProjectSession, *, only: CodeId | None = None) -> tuple[CodeAgreement, ...]:
    """Agreement of blind coders on each code, or on one."""
    return code_agreements(session.log, session.tree, session.project.texts, only=only)


def frequencies(session: ProjectSession) -> tuple[CodeFrequency, ...]:
    """How many answers have each code. Exact: for the team alone."""
    tree = session.tree
    return code_frequencies(tree, codes_by_text(session.log, tree, session.project.texts), occurrences(session))


def disagreements(session: ProjectSession) -> Iterator[ProjectDisagreement]:
    """Everything on which the team does not agree, or on which two copies did not."""
    log, tree = session.log, session.tree
    for cell, acts in log.contested_cells().items():
        kind = DisagreementKind.DATASETS if cell[0] == "dataset" else DisagreementKind.CONTRADICTION
        yield ProjectDisagreement(kind, cell[-1], acts)
    for code in sorted(tree.in_loops):
        yield ProjectDisagreement(DisagreementKind.CODE_LOOP, code)
    for text in sorted(session.project.texts):
        if session.redaction_state(text) is RedactionState.DISPUTED:
            yield ProjectDisagreement(DisagreementKind.CATEGORY, text)
        outcome = session.coding_outcome(text)
        if outcome.state is CodingState.DIFFERS:
            yield ProjectDisagreement(DisagreementKind.CODING, text)
        if any(is_unused(tree.entries.get(segment.code)) for segment in outcome.segments):
            yield ProjectDisagreement(DisagreementKind.RETIRED_CODE, text)


def is_unused(entry: CodeEntry | None) -> bool:
    """Whether a code is not to be used for coding any more, and nothing counts in its place."""
    return entry is None or (entry.retired and entry.merged_into is None)


def _ordered(counts: Counter[str]) -> Mapping[str, int]:
    return dict(sorted(counts.items()))
