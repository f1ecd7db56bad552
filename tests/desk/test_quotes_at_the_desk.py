"""Quotes at the desk: proposed, checked question by question, released by somebody else, translated, withdrawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kuule.desk.quote_views import DECISIONS, REFUSALS, STATE_WORDS
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.project_model.quote_acts import QuoteDecision
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory
from kuule.qualitative.quotes.quote_states import QuoteState, quote_standing
from kuule.qualitative.quotes.ruling import RefusalReason
from kuule.usecases.open_answers.reading_care import ReadingLimits
from kuule.usecases.open_answers.text_acts import save_redaction
from tests.desk.desk_here import DeskHere
from tests.desk.quoted_room import MARKER, QuotedRoom, kept_room, text_with
from tests.qualitative.small_project import DAY, PASSPHRASE, mark

SAFE = {"leave": "yes", "shares": "many", "published": "no", "rare": "no", "sister": "no"}
QUOTED = "I wish [a name] had asked me."


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> QuotedRoom:
    return kept_room(tmp_path_factory.mktemp("quoted"))


@pytest.fixture
def desk(room: QuotedRoom, tmp_path: Path) -> Iterator[DeskHere]:
    """A desk at which reader-1 has proposed a quote, and reader-2 sits now with the release chosen."""
    with room.copy(tmp_path / "w", "reader-1") as desk:
        propose(desk)
        desk.become("reader-2")
        desk.post("/note")
        desk.post("/quotes/release", {"place": str(tmp_path / "w" / "first")})
        yield desk


def propose(desk: DeskHere, **where: str) -> str:
    """Propose the sentence; gives the page that says so."""
    text = text_with(desk, MARKER)
    desk.open_text(text, "quote")
    return desk.post(f"/text/{text}/quote/propose", where or {"words": QUOTED})


def number_of(desk: DeskHere) -> int:
    [number] = re.findall(r"/quotes/([0-9]+)\"", desk.get("/quotes"))
    return int(number)


def answer_all(desk: DeskHere, **answers: str) -> str:
    """Begin the check and answer each question as it is asked. Gives the last page."""
    number = number_of(desk)
    page = desk.post(f"/quotes/{number}/open")
    page = desk.post(f"/quotes/{number}/check/begin")
    for question, answer in {**SAFE, **answers}.items():
        page = desk.post(f"/quotes/{number}/check/{question}", {"answer": answer})
    return page


def test_quote_is_released_by_somebody_else_after_five_questions(desk: DeskHere) -> None:
    number = number_of(desk)
    assert "for you" in desk.get("/quotes")
    page = desk.post(f"/quotes/{number}/open")
    assert QUOTED in page
    page = desk.post(f"/quotes/{number}/check/begin")
    assert "Question 1 of 5" in page
    assert "NOBODY WAS ASKED, as far as the dataset knows" in page
    page = answer_all(desk)
    assert "What you answered" in page
    page = desk.post(f"/quotes/{number}/check/release")
    assert "Saved: the quote is released." in page
    assert quote_standing(desk.session.log, number).state is QuoteState.RELEASED
    assert "{{ quote" in page


def test_who_proposed_a_quote_does_not_check_it(desk: DeskHere) -> None:
    desk.become("reader-1")
    desk.post("/note")
    number = number_of(desk)
    assert "You proposed it." in desk.get(f"/quotes/{number}")
    answer_all(desk)
    page = desk.post(f"/quotes/{number}/check/release")
    assert "reader-1 proposed it" in page
    assert quote_standing(desk.session.log, number).state is QuoteState.UNDECIDED


def test_an_answer_by_which_somebody_could_be_known_leads_to_a_refusal(desk: DeskHere) -> None:
    number = number_of(desk)
    page = answer_all(desk, rare="yes")
    assert "It cannot be released like this" in page
    assert '<option value="rare" selected>' in page
    assert "somebody could be recognised" in desk.post(f"/quotes/{number}/check/release")
    page = desk.post(f"/quotes/{number}/refuse", {"reason": "rare"})
    assert "a fact in it is rare" in page
    assert quote_standing(desk.session.log, number).state is QuoteState.REFUSED


def test_what_changed_since_it_was_shown_is_shown_again_before_a_release(desk: DeskHere) -> None:
    number = number_of(desk)
    answer_all(desk)
    desk.post(f"/quotes/{number}/translate", {"language": "fi", "words": "Kunpa [a name] olisi kysynyt."})
    page = desk.post(f"/quotes/{number}/check/release")
    assert "changed since the check began" in page
    assert quote_standing(desk.session.log, number).state is QuoteState.UNDECIDED


def test_a_check_is_not_released_before_every_question_is_answered(desk: DeskHere) -> None:
    number = number_of(desk)
    desk.post(f"/quotes/{number}/open")
    desk.post(f"/quotes/{number}/check/begin")
    desk.post(f"/quotes/{number}/check/leave", {"answer": "yes"})
    assert "4 questions have no answer yet" in desk.get(f"/quotes/{number}/check/all")
    assert "Nothing was chosen" in desk.post(f"/quotes/{number}/check/rare", {"answer": "perhaps"})
    assert "has the answer" in desk.post(f"/quotes/{number}/check/release")
    assert "no such question" in desk.get_followed(f"/quotes/{number}/check/said")
    assert quote_standing(desk.session.log, number).state is QuoteState.UNDECIDED


def test_translation_is_reviewed_by_somebody_else_and_makes_a_release_stale(desk: DeskHere) -> None:
    number = number_of(desk)
    answer_all(desk)
    desk.post(f"/quotes/{number}/check/release")
    page = desk.post(f"/quotes/{number}/translate", {"language": "ar", "words": "ليت [اسم] سألتني\n"})
    assert "nobody has reviewed it" in page
    assert "somebody else reviews it" in page
    assert "reader-2 translated it" in desk.post(f"/quotes/{number}/review", {"language": "ar"})
    assert quote_standing(desk.session.log, number).state is QuoteState.STALE
    desk.become("lead")
    desk.post("/note")
    desk.post(f"/quotes/{number}/open")
    assert "reviewed</summary>" in desk.post(f"/quotes/{number}/review", {"language": "ar"})
    assert "no other language than its own" in desk.post(
        f"/quotes/{number}/translate", {"language": "en", "words": "x"}
    )


def test_translation_does_not_say_what_was_taken_out(desk: DeskHere) -> None:
    """Its translator has read the original, and puts the name beside the label."""
    number = number_of(desk)
    desk.post(f"/quotes/{number}/open")
    for words in (f"Kunpa [nimi] ({MARKER}) olisi kysynyt", f"Kunpa [nimi] olisi kysynyt, {MARKER.upper()}!"):
        page = desk.post(f"/quotes/{number}/translate", {"language": "fi", "words": words})
        assert "a translation of it says what was taken out of the text" in page
        assert MARKER.casefold() not in page.casefold()
    assert quote_standing(desk.session.log, number).translations == ()


def test_name_that_was_taken_out_in_one_place_is_not_quoted_from_another(desk: DeskHere) -> None:
    twice = AnswerText("ab" * 16, "wish", "en", f"{MARKER} knew. Nobody else. My uncle {MARKER} told me.")
    desk.session.project.apply([twice])
    for role in ("reader-1", "reader-2"):
        desk.session.role = role
        save_redaction(desk.session, twice.id, [mark(0, len(MARKER), IdentifierCategory.PERSON)], done=True)
    desk.open_text(twice.id, "quote")
    assert "proposed by <bdi>reader-2</bdi>" in desk.post(f"/text/{twice.id}/quote/propose", {"words": "Nobody else."})
    page = desk.post(f"/text/{twice.id}/quote/propose", {})
    assert "taken out of another place of the same text" in page


def test_quotes_are_written_for_the_next_release_and_withdrawn(desk: DeskHere, tmp_path: Path) -> None:
    number = number_of(desk)
    answer_all(desk)
    desk.post(f"/quotes/{number}/check/release")
    page = desk.post("/quotes/export", {"place": str(tmp_path / "quotes.json")})
    assert "1 quote; 0 numbers cannot be quoted" in page
    assert (tmp_path / "quotes.json").stat().st_mode & 0o777 == 0o600
    [quote] = json.loads((tmp_path / "quotes.json").read_text("utf-8"))["quotes"]
    assert (quote["number"], quote["words"]) == (number, QUOTED)
    assert "something is there already" in desk.post("/quotes/export", {"place": str(tmp_path / "quotes.json")})
    page = desk.post(f"/quotes/{number}/withdraw")
    assert "Saved: the quote is withdrawn." in page
    assert quote_standing(desk.session.log, number).state is QuoteState.WITHDRAWN


def test_group_is_one_that_the_chosen_release_shows(desk: DeskHere) -> None:
    text = text_with(desk, MARKER)
    page = desk.open_text(text, "quote")
    assert '<option value="region=north">Region: North</option>' in page
    page = desk.post(f"/text/{text}/quote/propose", {"from": "1", "to": "4", "group": "land"})
    assert "is no group" in page
    page = desk.post(f"/text/{text}/quote/propose", {"from": "1", "to": "4", "group": "region=north"})
    assert "group: <bdi>region=north</bdi>" in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"words": "nowhere"}, "not in this text"),
        ({"words": "e"}, "places of the text"),
        ({"from": "9999"}, "no two numbers"),
    ],
)
def test_words_that_cannot_be_quoted_are_told_where_they_were_given(desk: DeskHere, fields, told) -> None:
    text = text_with(desk, MARKER)
    page = desk.post(f"/text/{text}/quote/propose", fields)
    assert told in page
    assert f'<h1>Text <span class="code">{text[:8]}</span></h1>' in page


def test_text_that_is_not_redacted_by_two_is_not_quoted(desk: DeskHere) -> None:
    text = text_with(desk, "30 times")
    assert "This one is not there yet" in desk.open_text(text, "quote")
    assert "have not both been through it" in desk.post(f"/text/{text}/quote/propose", {})


def test_release_of_something_else_is_not_chosen(desk: DeskHere, tmp_path: Path) -> None:
    desk.post("/quotes/release", {"forget": "1"})
    number = number_of(desk)
    assert "Say which one first" in desk.get(f"/quotes/{number}")
    assert "no release was chosen" in desk.post(f"/quotes/{number}/check/begin")
    for place in (str(tmp_path), str(tmp_path / "no"), "", "\x00", "x" * 5000, "~nobody-at-all/x"):
        assert '<div class="box notice" role="alert">' in desk.post("/quotes/release", {"place": place})


def test_quote_whose_leave_is_gone_is_told_on_every_page_and_withdrawn(desk: DeskHere) -> None:
    """A later version of the dataset says no."""
    number, text = number_of(desk), text_with(desk, MARKER)
    answer_all(desk)
    desk.post(f"/quotes/{number}/check/release")
    [taken] = desk.session.project.datasets
    desk.session.save(replace(taken, with_leave=(), without_leave=(text,)))
    assert "may not be quoted" in desk.get("/quotes")
    assert "may not be quoted" in desk.get(f"/text/{text}/quote")
    page = desk.get(f"/quotes/{number}")
    assert "Withdraw this quote" in page
    assert "Begin the check" not in page
    assert "Saved: the quote is withdrawn." in desk.post(f"/quotes/{number}/withdraw")
    assert quote_standing(desk.session.log, number).state is QuoteState.WITHDRAWN


def test_words_are_folded_on_every_page_of_a_quote_and_count_once(desk: DeskHere) -> None:
    number = number_of(desk)
    desk.post(f"/quotes/{number}/check/begin")
    for path in ("", "/check/leave", "/check/all"):
        assert "had asked me" not in desk.get(f"/quotes/{number}{path}")
        assert "Show the words" in desk.get(f"/quotes/{number}{path}")
    assert "had asked me" in desk.post(f"/quotes/{number}/open", {"step": "leave"})
    desk.post(f"/quotes/{number}/open")
    assert desk.desk.reading.texts == 1
    desk.post("/away")
    assert "had asked me" not in desk.get(f"/quotes/{number}")


def test_break_and_end_of_the_day_hold_for_quotes(room: QuotedRoom, tmp_path: Path) -> None:
    with room.copy(tmp_path / "w", "reader-1", ReadingLimits(minutes=5, texts_a_day=1)) as desk:
        propose(desk)
        desk.post("/away")
        number = number_of(desk)
        assert "had asked me" not in desk.post(f"/quotes/{number}/open")
        assert "You have read enough for today" in desk.get(f"/quotes/{number}")
    with room.copy(tmp_path / "v", "reader-1", ReadingLimits(minutes=5)) as desk:
        propose(desk)
        number = number_of(desk)
        for _ in range(3):
            desk.clock[0] += 200
            desk.get(f"/quotes/{number}")
        assert "It is time for a break" in desk.get(f"/quotes/{number}")
        assert "had asked me" not in desk.get(f"/quotes/{number}")


def test_number_that_two_copies_gave_is_settled_in_the_list(
    room: QuotedRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kuule.qualitative.quotes.proposing.free_number", lambda log: 12)
    with room.copy(tmp_path / "other", "reader-1") as desk:
        text = text_with(desk, "17 t")
        desk.open_text(text, "quote")
        desk.post(f"/text/{text}/quote/propose", {})
    with room.copy(tmp_path / "w", "reader-2") as desk:
        propose(desk)
        page = desk.post("/copies/merge", {"place": str(tmp_path / "other" / "voices"), "passphrase": PASSPHRASE.text})
        assert "1 thing was changed in both" in page
        assert "A quote: <a" in desk.get("/disagreements")
        assert "two copies gave the number to two quotes" in desk.get_followed("/quotes/12")
        moved, _ = re.findall(r'name="quote" value="([0-9a-f]{32})"', desk.get("/quotes"))
        monkeypatch.setattr("kuule.qualitative.quotes.proposing.free_number", lambda log: 77)
        assert "it is quote 77 now" in desk.post("/quotes/renumber", {"quote": moved})
        assert re.findall(r'/quotes/([0-9]+)"', desk.get("/quotes")) == ["12", "77"]
        assert "no quote of the project has this id" in desk.post("/quotes/renumber", {"quote": "<b>"})


def test_a_quote_that_is_not_there_is_told_in_the_list(desk: DeskHere) -> None:
    assert "no quote of the project has this number" in desk.get_followed("/quotes/999999")
    assert desk.ask("GET", "/quotes/99999999999999999999999").status in {303, 404}


def test_every_state_of_a_quote_has_words() -> None:
    assert set(STATE_WORDS) == set(QuoteState)


def test_no_list_of_quotes_and_no_title_has_words(desk: DeskHere) -> None:
    number = number_of(desk)
    desk.post(f"/quotes/{number}/open")
    for path in ("/quotes", "/", "/history", "/dataset", "/copies", "/themes", "/agreement"):
        assert "had asked me" not in desk.get(path)
    [title] = re.findall("<title>(.*?)</title>", desk.get(f"/quotes/{number}"))
    assert title == f"Quote {number} · desk"


def test_quote_whose_leave_is_gone_says_so_on_every_page(desk: DeskHere) -> None:
    """A later version of the dataset says that somebody who wrote the same words gave no leave."""
    text, number = text_with(desk, MARKER), number_of(desk)
    project = desk.session.project
    [taken] = project.datasets
    project.save([replace(taken, version="a" * 64, with_leave=(), without_leave=(text,))], role="lead", day=DAY)
    assert quote_standing(project.log, number).state is QuoteState.NO_LEAVE
    assert "may not be quoted" in desk.get("/quotes")
    page = desk.get(f"/quotes/{number}")
    assert "may not be quoted" in page
    assert "Begin the check" not in page


def test_each_state_decision_and_refusal_has_words() -> None:
    assert set(STATE_WORDS) == set(QuoteState)
    assert set(DECISIONS) == set(QuoteDecision)
    assert set(REFUSALS) == set(RefusalReason)


def test_text_without_leave_is_told_before_anybody_proposes_it(desk: DeskHere) -> None:
    text, project = text_with(desk, MARKER), desk.session.project
    page = desk.open_text(text, "quote")
    assert "<strong>Nobody was asked</strong>" in page
    project.save([replace(project.datasets[0], version="a" * 64, without_leave=(text,))], role="lead", day=DAY)
    page = desk.get(f"/text/{text}/quote")
    assert "gave no leave to quote it" in page
    assert "Propose this quote" not in page
    assert "1 text." in desk.post("/texts/choose", {"leave": "not-given"})
