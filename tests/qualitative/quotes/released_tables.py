"""A project in memory with a redacted text, and released tables beside which a quote of it is looked at."""

from __future__ import annotations

from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.quotes.proposing import proposal_of
from kuule.qualitative.quotes.quote_states import QuoteBasis, quote_standing
from kuule.qualitative.quotes.reidentification import (
    SAFE_ANSWERS,
    AnswerCounts,
    PublishedTables,
    check_facts,
    questions_for,
)
from kuule.qualitative.quotes.ruling import check_act, make_release_ruling
from kuule.qualitative.redaction_log.redacted_text import redacted_text
from tests.publishing.released import BY_LAND, tables, wording
from tests.qualitative.small_project import DAY, mark, marks, memory_project, text_of, with_texts

WORDS = "My aunt Maija of the Islands knew it."
MAIJA = mark(8, 13)
HERE = QuoteBasis("0123456789abcdef", "a" * 64)
PUBLISHED = PublishedTables(tables(BY_LAND), wording())
MANY = AnswerCounts({("wish", "en"): 200, ("story", "en"): 20, ("wish", "fi"): 29})


def redacted_project(words: str = WORDS, key: bytes | None = None) -> tuple[OpenProject, AnswerText]:
    project = with_texts(memory_project() if key is None else memory_project(key=key), (words,))
    text = text_of(project, words)
    for role in ("reader-1", "reader-2"):
        project.save([marks(text, role, *([MAIJA] if words == WORDS else ()))], role=role, day=DAY)
    return project, text


def proposed(project: OpenProject, text: AnswerText, *, group: str = "", role: str = "reader-1") -> int:
    said = proposal_of(project.log, text, TextSpan(0, len(text.words)), role=role, group=group)
    project.save(said, role=role, day=DAY)
    return said[0].number


def released(project: OpenProject, number: int, *, role: str = "reader-2", basis: QuoteBasis = HERE) -> None:
    standing = quote_standing(project.log, number)
    proposal = standing.proposal
    assert proposal is not None
    text = project.texts[proposal.text]
    words = redacted_text(project.log, text).words
    check = check_act(standing, check_facts(text, words, proposal.group, PUBLISHED, MANY), basis, role=role)
    [shown] = project.save([check], role=role, day=DAY)
    answers = {str(one): SAFE_ANSWERS[one] for one in questions_for(proposal.group)}
    project.save([make_release_ruling(standing, check, shown.id, answers, role=role)], role=role, day=DAY)
