"""What becomes of a quote: every way to be released, and every way not to be any more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kuule.qualitative.act_log.act_making import make_undoing
from kuule.qualitative.project.open_project import OpenProject
from kuule.qualitative.project.project_merge import merge_copy
from kuule.qualitative.project.row_codec import Tombstone
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin
from kuule.qualitative.project_model.project_problems import ProjectError
from kuule.qualitative.project_model.quote_acts import QuoteNumber, QuoteRuling
from kuule.qualitative.quotes.proposing import TranslatedQuote, make_renumbering, proposal_of, quote_translation
from kuule.qualitative.quotes.quote_states import QuoteBasis, quote_standing, quote_standings
from kuule.qualitative.quotes.ruling import RefusalReason, make_refusal, make_withdrawal, released_quotes
from kuule.usecases.open_answers.project_session import ProjectSession
from kuule.usecases.open_answers.text_acts import take_back
from tests.qualitative.quotes.released_tables import HERE, MAIJA, proposed, redacted_project, released
from tests.qualitative.small_project import DAY, mark, marks, memory_project

Change = Callable[[OpenProject, AnswerText, int], None]


def states(project: OpenProject, basis: QuoteBasis = HERE) -> list[str]:
    return [one.state.value for one in quote_standings(project.log, basis)]


def test_a_quote_is_released_with_the_words_that_were_left() -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    assert states(project) == ["undecided"]
    released(project, number)
    assert states(project) == ["released"]
    [quote] = released_quotes(project.log, project.texts, "our-voice", HERE).quotes
    assert (quote.number, quote.language, quote.words) == (number, "en", "My aunt [a name] of the Islands knew it.")


def test_a_ruling_keeps_what_was_answered_and_what_it_was_based_on() -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    released(project, number)
    standing = quote_standing(project.log, number)
    assert standing.ruling is not None
    assert standing.check is not None
    answers = {"leave": "yes", "shares": "many", "published": "no", "rare": "no", "sister": "no"}
    assert dict(standing.ruling.answers) == answers
    assert (standing.check.dataset, standing.check.tables) == (HERE.dataset, HERE.tables)
    facts = dict(standing.check.facts)
    assert "200 answered 'wish' in 'en', 229 in all languages" in facts["shares"]
    assert "no released table is by this group or by language" in facts["published"]


def merged_mark(project: OpenProject, text: AnswerText, number: int) -> None:
    """A copy that was made before the release has a mark more."""
    copy = memory_project(one for one in project.rows() if not isinstance(getattr(one, "content", None), QuoteRuling))
    copy.save([marks(text, "reader-1", MAIJA, mark(21, 28))], role="reader-1", day=DAY)
    merge_copy(project, copy)


def another_translation(project: OpenProject, text: AnswerText, number: int) -> None:
    written = TranslatedQuote("fi", "Tätini [nimi]", TranslationOrigin.PERSON)
    said = quote_translation(project.log, quote_standing(project.log, number), text, written, role="translator")
    project.save([said], role="translator", day=DAY)


def wider_proposal(project: OpenProject, text: AnswerText, number: int) -> None:
    proposal = quote_standing(project.log, number).proposal
    assert proposal is not None
    project.save([replace(proposal, group="land=nordic")], role="reader-1", day=DAY)


def undone_redaction(project: OpenProject, text: AnswerText, number: int) -> None:
    cell = next(cell for cell in project.log.cells_about(text.id, "redaction") if cell[-1] == "reader-1")
    [act] = project.log.in_force(cell)
    project.save([make_undoing(project.log, act.id, role="reader-1")], role="reader-1", day=DAY)


@pytest.mark.parametrize("change", [merged_mark, another_translation, wider_proposal, undone_redaction])
def test_a_ruling_on_other_acts_than_those_in_force_is_stale(change: Change) -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    released(project, number)
    change(project, text, number)
    assert states(project) == ["stale"]
    assert released_quotes(project.log, project.texts, "our-voice", HERE).quotes == ()


@pytest.mark.parametrize("basis", [replace(HERE, dataset="f" * 16), replace(HERE, tables="b" * 64)])
def test_a_ruling_beside_other_tables_or_another_dataset_is_stale(basis: QuoteBasis) -> None:
    project, text = redacted_project()
    released(project, proposed(project, text))
    assert states(project, basis) == ["stale"]
    assert states(project, QuoteBasis()) == ["released"]


def test_a_quote_is_refused_with_a_reason_and_withdrawn_and_released_again() -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    refusal = make_refusal(quote_standing(project.log, number), RefusalReason.RARE, role="reader-2")
    project.save([refusal], role="reader-2", day=DAY)
    assert states(project) == ["refused"]
    assert refusal.answers == (("refusal", "rare"),)
    with pytest.raises(ProjectError, match=r"^QUOTE_009 quote \d+: it is not released: it is 'refused'"):
        make_withdrawal(quote_standing(project.log, number), role="lead")
    released(project, number)
    project.save([make_withdrawal(quote_standing(project.log, number), role="reader-1")], role="reader-1", day=DAY)
    assert states(project) == ["withdrawn"]
    released(project, number)
    assert states(project) == ["released"]


def test_two_rulings_of_two_copies_contradict_each_other_until_one_more() -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    copy = memory_project(project.rows())
    released(project, number)
    refusal = make_refusal(quote_standing(copy.log, number), RefusalReason.SISTER, role="lead")
    copy.save([refusal], role="lead", day=DAY)
    merge_copy(project, copy)
    assert states(project) == ["contested"]
    released(project, number)
    assert states(project) == ["released"]


def test_a_withdrawn_text_takes_its_quote_and_its_number_stays_taken() -> None:
    project, text = redacted_project()
    number = proposed(project, text)
    released(project, number)
    project.apply([Tombstone(text.id)])
    assert states(project) == ["text-withdrawn"]
    assert dict(released_quotes(project.log, project.texts, "our-voice", HERE).absent) == {number: "text-withdrawn"}
    with pytest.raises(ProjectError, match=r"^QUOTE_001 quote \d+: its text was withdrawn, and it went with it"):
        quote_standing(project.log, number)
    assert not any(text.id in repr(act) for act in project.log)


def test_a_number_that_two_copies_gave_is_noticed_and_one_gets_another() -> None:
    project, text = redacted_project()
    copy = memory_project(project.rows())
    mine = proposed(project, text)
    _, theirs = proposal_of(copy.log, text, TextSpan(0, 10), role="reader-1")
    copy.save([QuoteNumber(mine, theirs.quote), replace(theirs, number=mine)], role="reader-1", day=DAY)
    [kept] = [one.quote for one in quote_standings(project.log)]
    [other] = [one.quote for one in quote_standings(copy.log)]
    merge_copy(project, copy)
    assert {one.quote for one in quote_standings(project.log) if one.number == mine} == {kept, other}
    assert [one.state for one in quote_standings(project.log) if one.number == mine] == ["contested"] * 2
    assert ("quote-number", str(mine)) in project.log.contested_cells()
    with pytest.raises(ProjectError, match=r"^QUOTE_002 .* two copies gave the number to two quotes"):
        quote_standing(project.log, mine)
    said = make_renumbering(project.log, other)
    project.save(said, role="lead", day=DAY)
    assert [one.quote for one in quote_standings(project.log) if one.number == mine] == [kept]
    assert quote_standing(project.log, said[1].number).quote == other
    with pytest.raises(ProjectError, match=r"^QUOTE_009 .* its number is given to it alone"):
        make_renumbering(project.log, kept)


def test_the_proposal_of_a_released_quote_is_not_taken_back_before_it_is_withdrawn() -> None:
    """Else nobody sees that it is released, nobody can withdraw it, and its text cannot be redacted again."""
    project, text = redacted_project()
    number = proposed(project, text)
    released(project, number)
    session = ProjectSession(project, "reader-1", DAY)
    said = [act for act in project.log if act.content.kind in ("quote", "quote-number")]
    assert len(said) == 2
    for act in said:
        with pytest.raises(ProjectError, match=r"^PROJECT_028 "):
            take_back(session, act.id)
    session.save(make_withdrawal(quote_standing(project.log, number), role="reader-1"))
    for act in said:
        take_back(session, act.id)
    assert states(project) == []
