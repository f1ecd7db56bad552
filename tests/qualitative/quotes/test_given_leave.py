"""Leave to quote in a project: it is of a version of the dataset, and without it nothing is quoted."""

from __future__ import annotations

import pytest

from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_merge import merge_copy
from kuule.qualitative.project_model.acts import TakenDataset
from kuule.qualitative.project_model.answer_text import QuoteLeave, TextSpan
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.quote_acts import QuoteNumber, QuoteProposal
from kuule.qualitative.quotes.given_leave import check_leave, leave_of
from kuule.qualitative.quotes.proposing import proposal_of
from kuule.qualitative.quotes.quote_states import QuoteBasis, quote_standing
from kuule.qualitative.quotes.ruling import RefusalReason, make_refusal, make_withdrawal, released_quotes
from kuule.qualitative.redaction_log.passes import check_can_redact
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.text_acts import take_back
from tests.qualitative.quotes.released_tables import proposed, redacted_project, released
from tests.qualitative.small_project import DAY, WORDS, marks, memory_project, text_of, with_texts

GIVEN, REFUSED, UNASKED = WORDS


def version(project: OpenProject, name: str, given: tuple[str, ...], refused: tuple[str, ...]) -> TakenDataset:
    ids = [tuple(sorted(text_of(project, one).id for one in some)) for some in (given, refused)]
    return TakenDataset("our-voice", name, True, (), *ids)


def project_with(given: tuple[str, ...] = (GIVEN,), refused: tuple[str, ...] = (REFUSED,)) -> OpenProject:
    project = with_texts(memory_project())
    project.save([version(project, "1", given, refused)], role="lead", day=DAY)
    return project


def test_each_text_has_what_those_said_who_wrote_it() -> None:
    project = project_with()
    said = {words: leave_of(project.log, text_of(project, words).id) for words in WORDS}
    assert said == {GIVEN: QuoteLeave.GIVEN, REFUSED: QuoteLeave.NOT_GIVEN, UNASKED: QuoteLeave.NOT_ASKED}


def test_a_later_version_says_otherwise_at_once() -> None:
    project = project_with()
    text = text_of(project, GIVEN)
    assert leave_of(project.log, text.id) is QuoteLeave.GIVEN
    project.save([version(project, "2", (), (GIVEN,))], role="lead", day=DAY)
    assert leave_of(project.log, text.id) is QuoteLeave.NOT_GIVEN


def test_copies_with_different_versions_need_the_leave_of_both() -> None:
    mine, other = project_with(), with_texts(memory_project())
    other.save([version(other, "2", (REFUSED, UNASKED), (GIVEN,))], role="lead", day=DAY)
    merge_copy(mine, other)
    assert {leave_of(mine.log, text_of(mine, one).id) for one in (GIVEN, REFUSED)} == {QuoteLeave.NOT_GIVEN}
    assert leave_of(mine.log, text_of(mine, UNASKED).id) is QuoteLeave.NOT_ASKED


def test_a_text_without_leave_is_not_proposed() -> None:
    project = project_with()
    for words in WORDS:
        text = text_of(project, words)
        for reader in ("reader-1", "reader-2"):
            project.save([marks(text, reader)], role=reader, day=DAY)
    proposal_of(project.log, text_of(project, GIVEN), TextSpan(0, 7), role="reader-1")
    proposal_of(project.log, text_of(project, UNASKED), TextSpan(0, 7), role="reader-1")
    text = text_of(project, REFUSED)
    with pytest.raises(ProjectError, match=f"^QUOTE_017 text {text.id}: "):
        proposal_of(project.log, text, TextSpan(0, 7), role="reader-1")
    with pytest.raises(ProjectError, match=r"^QUOTE_017 "):
        check_leave(project.log, text)


def test_a_released_quote_whose_leave_is_gone_can_be_withdrawn_and_its_text_redacted_again() -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    released(project, number)
    project.save([version(project, "2", (), (text.words,))], role="lead", day=DAY)
    standing = quote_standing(project.log, number)
    assert standing.state == "no-leave"
    with pytest.raises(ProjectError, match=r"^PROJECT_028 "):
        check_can_redact(project.log, text.id)
    project.save([make_withdrawal(standing, role="reader-1")], role="reader-1", day=DAY)
    assert quote_standing(project.log, number).state == "withdrawn"
    check_can_redact(project.log, text.id)


def test_a_quote_without_leave_that_was_never_released_is_not_withdrawn() -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    project.save([version(project, "2", (), (text.words,))], role="lead", day=DAY)
    with pytest.raises(ProjectError, match=r"^QUOTE_009 "):
        make_withdrawal(quote_standing(project.log, number), role="reader-1")


def test_taking_in_a_dataset_is_not_taken_back() -> None:
    """Else who gave no leave in the newer version would have given it again, and who withdrew would be counted."""
    project = project_with()
    [later] = project.save([version(project, "2", (), (GIVEN,))], role="lead", day=DAY)
    session = ProjectSession(project, "lead", DAY)
    with pytest.raises(ProjectError, match=r"^PROJECT_066 "):
        take_back(session, later.id)
    assert session.leave(text_of(project, GIVEN).id) is QuoteLeave.NOT_GIVEN


def test_a_quote_whose_leave_is_gone_is_absent_and_says_why() -> None:
    project = project_with()
    text = text_of(project, GIVEN)
    said = QuoteNumber(12, "1" * 32), QuoteProposal("1" * 32, 12, text.id, TextSpan(0, 7), "reader-1")
    project.save(said, role="reader-1", day=DAY)
    assert quote_standing(project.log, 12).state == "undecided"
    project.save([version(project, "2", (), (GIVEN,))], role="lead", day=DAY)
    assert quote_standing(project.log, 12).state == "no-leave"
    quotes = released_quotes(project.log, project.texts, "our-voice", QuoteBasis("2", "t"))
    assert dict(quotes.absent) == {12: "no-leave"}
    refusal = make_refusal(quote_standing(project.log, 12), RefusalReason.NO_LEAVE, role="reader-2")
    project.save([refusal], role="reader-2", day=DAY)
    assert quote_standing(project.log, 12).state == "refused"
