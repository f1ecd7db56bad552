"""Two passes: what either reader marked is out, and nothing is redacted by one reader or by a suggestion."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kuule.qualitative.act_log.act_making import make_undoing
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_merge import merge_copy
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.quote_acts import QuoteDecision, QuoteRuling
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark
from kuule.qualitative.redaction_log.passes import (
    JoinedMark,
    RedactionState,
    joined_marks,
    redaction_pass,
    redaction_state,
)
from kuule.qualitative.redaction_log.redacted_text import RedactedText, redacted_text, replace_marks
from tests.qualitative.small_project import DAY, mark, memory_project, text_of, with_texts

AUNT = "My aunt Maija knew it in Oulu."
NAME, PLACE = mark(8, 13, IdentifierCategory.RELATIVE), mark(25, 29, IdentifierCategory.PLACE)


@pytest.fixture
def project() -> OpenProject:
    return with_texts(memory_project(), (AUNT,))


def save(project: OpenProject, role: str, *marks: RedactionMark, done: bool = True) -> None:
    text = text_of(project, AUNT)
    project.save([redaction_pass(project.log, text, marks, role=role, done=done)], role=role, day=DAY)


def state(project: OpenProject) -> RedactionState:
    return redaction_state(project.log, text_of(project, AUNT).id)


def shown(project: OpenProject) -> str:
    return redacted_text(project.log, text_of(project, AUNT)).words


def test_a_text_is_redacted_once_two_are_done(project: OpenProject) -> None:
    assert (state(project), shown(project)) == (RedactionState.UNREAD, AUNT)
    save(project, "reader-1", NAME, done=False)
    assert (state(project), shown(project)) == (RedactionState.STARTED, AUNT)
    save(project, "reader-1", NAME)
    assert (state(project), shown(project)) == (
        RedactionState.READ_ONCE,
        "My aunt [a relative's name] knew it in Oulu.",
    )
    save(project, "reader-1", NAME)
    assert state(project) is RedactionState.READ_ONCE, "one reader twice is one pass"
    save(project, "reader-2", PLACE)
    assert state(project) is RedactionState.REDACTED
    assert shown(project) == "My aunt [a relative's name] knew it in [a place]."


def test_a_mark_goes_only_when_everyone_who_made_it_takes_it_back(project: OpenProject) -> None:
    save(project, "reader-1", NAME)
    save(project, "reader-2", NAME)
    save(project, "reader-2")
    assert shown(project) == "My aunt [a relative's name] knew it in Oulu."
    save(project, "reader-1")
    assert shown(project) == AUNT


def test_marks_that_overlap_are_one_and_stay_without_a_word_while_their_kinds_differ(project: OpenProject) -> None:
    save(project, "reader-1", NAME)
    save(project, "reader-2", mark(3, 13, IdentifierCategory.PERSON))
    assert (state(project), shown(project)) == (RedactionState.DISPUTED, "My [left out] knew it in Oulu.")
    save(project, "reader-2", mark(3, 13, IdentifierCategory.RELATIVE))
    assert (state(project), shown(project)) == (RedactionState.REDACTED, "My [a relative's name] knew it in Oulu.")


def test_a_pass_is_taken_back_and_had_again(project: OpenProject) -> None:
    text = text_of(project, AUNT)
    (act,) = project.save(
        [redaction_pass(project.log, text, [NAME], role="reader-1", done=True)], role="reader-1", day=DAY
    )
    (back,) = project.save([make_undoing(project.log, act.id, role="reader-1")], role="reader-1", day=DAY)
    assert (state(project), shown(project)) == (RedactionState.UNREAD, AUNT)
    project.save([make_undoing(project.log, back.id, role="reader-1")], role="reader-1", day=DAY)
    assert state(project) is RedactionState.READ_ONCE


def test_a_reader_on_two_copies_loses_no_mark(project: OpenProject) -> None:
    other = memory_project(project.rows())
    save(project, "reader-1", NAME)
    save(other, "reader-1", PLACE)
    merge_copy(project, other)
    assert shown(project) == "My aunt [a relative's name] knew it in [a place]."
    assert state(project) is RedactionState.READ_ONCE


def refused(code: str):
    return pytest.raises(ProjectError, match=f"^{code} ")


def test_marks_that_cannot_be_are_told(project: OpenProject) -> None:
    with refused("PROJECT_026"):
        save(project, "reader-1", mark(20, len(AUNT) + 1))
    with refused("PROJECT_027"):
        save(project, "reader-1", NAME, mark(12, 15))
    with pytest.raises(ValueError, match="at least one character"):
        TextSpan(3, 3)


def test_a_released_quote_keeps_its_redactions(project: OpenProject) -> None:
    text = text_of(project, AUNT)
    save(project, "reader-1", NAME)

    def rule(decision: QuoteDecision) -> None:
        project.save([QuoteRuling("q", text.id, "reader-2", decision, ())], role="reader-2", day=DAY)

    rule(QuoteDecision.RELEASED)
    with refused("PROJECT_028"):
        save(project, "reader-1")
    rule(QuoteDecision.WITHDRAWN)
    save(project, "reader-1")
    assert shown(project) == AUNT


LETTERS = st.text(alphabet="aä👩\u200d\u0301ليZ ", min_size=1, max_size=40)


@st.composite
def cut_texts(draw: st.DrawFn) -> tuple[str, list[JoinedMark]]:
    words = draw(LETTERS)
    edges = sorted(draw(st.sets(st.integers(0, len(words)), max_size=8)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    categories = st.sampled_from([None, *IdentifierCategory])
    return words, [JoinedMark(TextSpan(start, end), draw(categories), ("r",)) for start, end in pairs]


@settings(deadline=None)
@given(cut_texts(), st.data())
def test_positions_are_found_again(made: tuple[str, list[JoinedMark]], data: st.DataObject) -> None:
    words, marks = made
    cut = replace_marks(words, marks, "en")
    start = data.draw(st.integers(0, len(words) - 1))
    span = TextSpan(start, data.draw(st.integers(start + 1, len(words))))
    there = cut.redacted_span(span)
    assert there.end <= len(cut.words)
    assert cut.original_span(there).contains(span), "what was marked is found whole"
    if not any(span.overlaps(one.span) for one in marks):
        assert cut.words[there.start : there.end] == words[span.start : span.end]
        assert cut.original_span(there) == span
    for (original, label), one in zip(cut.cuts, marks, strict=True):
        assert (original, cut.words[label.start], cut.words[label.end - 1]) == (one.span, "[", "]")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9), st.sampled_from("abc")), max_size=9))
def test_nothing_that_anybody_marked_is_left(given_marks: list[tuple[int, int, str]]) -> None:
    words = "".join(chr(0x4E00 + number) for number in range(30))
    project = with_texts(memory_project(), (words,))
    text = next(iter(project.texts.values()))
    said: dict[str, list[RedactionMark]] = {"a": [], "b": [], "c": []}
    for start, length, role in given_marks:
        one = mark(start, start + length)
        if not any(one.span.overlaps(other.span) for other in said[role]):
            said[role].append(one)
    for role, marks in said.items():
        project.save([redaction_pass(project.log, text, marks, role=role, done=True)], role=role, day=DAY)
    left = redacted_text(project.log, text).words
    out = {words[at] for several in said.values() for one in several for at in range(one.span.start, one.span.end)}
    assert {letter for letter in left if letter in words} == set(words) - out
    spans = [one.span for one in joined_marks(project.log, text.id)]
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_text_without_a_mark_is_itself() -> None:
    assert replace_marks(AUNT, [], "en") == RedactedText(AUNT, ())
    assert AnswerText("i", "wish", "en", AUNT).words == AUNT
