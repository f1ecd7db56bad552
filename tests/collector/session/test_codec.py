"""The token of a visit is sealed and opened by the codec alone, and says why it does not open."""

from __future__ import annotations

import random
import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kuule.collector.served.serve_options import ServeOptions
from kuule.collector.served.served_editions import ServedEdition, ServedEditions, load_editions
from kuule.collector.session.codec import ContentTooLong, LossReason, TokenCodec
from kuule.collector.session.conversation import Conversation
from kuule.collector.session.outcome import (
    AsideKind,
    AsidePage,
    Paused,
    QuestionPage,
    ReviewPage,
    ScreenedOut,
    Submitted,
    VisitEnded,
    state_to_carry,
)
from kuule.collector.session.posted import REVIEW_PAGE, Posted, page_name, split_page_name
from kuule.collector.session.respondent_codes import PausedVisit
from kuule.collector.session.session_state import SessionState
from kuule.collector.session.token import TOKEN_SIZES
from kuule.core.limits import MAX_TOKEN_HOURS
from kuule.forms.navigation.page import Page
from kuule.forms.navigation.visit import Visit
from kuule.sealing.return_codes import ReturnCode, new_code
from tests.collector.site_for_tests import start

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECRET = bytes(range(32))
WISH = "/data/end/wish"
STATE = SessionState(
    "edition", "en", "k7", new_code(), Visit("/data/end", 7, answers={WISH: "words"}), assigned_row_id=9
)


@pytest.fixture(scope="session")
def editions(edition_folder: Path) -> ServedEditions:
    options = ServeOptions((edition_folder,), "sqlite:///not-opened", rehearsal=True, drafts=True)
    return load_editions(options)


@pytest.fixture(scope="session")
def served(editions: ServedEditions) -> ServedEdition:
    return editions.current


@pytest.fixture(scope="session")
def codec(editions: ServedEditions) -> TokenCodec:
    return TokenCodec.from_secret(SECRET, editions)


def with_text(length: int) -> SessionState:
    text = "".join(random.Random(3).choices(string.printable, k=length))
    return replace(STATE, visit=replace(STATE.visit, answers={WISH: text}))


@pytest.mark.parametrize("state", [STATE, with_text(3_000), with_text(30_000)])
def test_token_opens_to_what_was_sealed(codec: TokenCodec, served: ServedEdition, state: SessionState) -> None:
    token = codec.seal(state, served, NOW)
    assert len(token) in TOKEN_SIZES
    assert codec.open(token, NOW) == state
    assert codec.open(token, NOW + timedelta(hours=24)) == state


def test_token_is_of_the_visit_that_it_holds(codec: TokenCodec, served: ServedEdition) -> None:
    token = codec.seal(STATE, served, NOW)
    assert codec.visit_id(token) == STATE.row_id(served.edition.study.id) == 9
    assert codec.visit_id("A" * TOKEN_SIZES[0]) is None


def test_another_collector_with_the_secret_opens_the_token(
    codec: TokenCodec, editions: ServedEditions, served: ServedEdition
) -> None:
    assert TokenCodec.from_secret(SECRET, editions).open(codec.seal(STATE, served, NOW), NOW) == STATE
    assert TokenCodec.from_secret(bytes(32), editions).open(codec.seal(STATE, served, NOW), NOW) is LossReason.ALTERED


def test_old_token_has_expired(codec: TokenCodec, served: ServedEdition) -> None:
    token = codec.seal(STATE, served, NOW)
    assert codec.open(token, NOW + timedelta(hours=MAX_TOKEN_HOURS)) is LossReason.EXPIRED
    assert codec.visit_id(token) == 9


@pytest.mark.parametrize("token", ["", "x", "ä" * 2_048, "A" * 2_048, "A" * 65_536])
def test_what_is_no_token_counts_as_altered(codec: TokenCodec, token: str) -> None:
    assert codec.open(token, NOW) is LossReason.ALTERED


def test_altered_token_does_not_open(codec: TokenCodec, served: ServedEdition) -> None:
    token = codec.seal(STATE, served, NOW)
    altered = token[:-1] + ("A" if token[-1] != "A" else "B")
    assert codec.open(altered, NOW) is LossReason.ALTERED


def test_token_of_an_edition_that_is_not_served_says_so(codec: TokenCodec, served: ServedEdition) -> None:
    other = replace(served, edition=replace(served.edition, id="0" * 64))
    assert codec.open(codec.seal(STATE, other, NOW), NOW) is LossReason.EDITION


def test_state_that_is_too_long_is_not_sealed(codec: TokenCodec, served: ServedEdition) -> None:
    with pytest.raises(ContentTooLong):
        codec.seal(with_text(62_000), served, NOW)
    with pytest.raises(ContentTooLong):
        codec.seal(with_text(70_000), served, NOW)


def test_repr_shows_no_key(codec: TokenCodec) -> None:
    assert "TokenKeys" not in repr(codec)
    assert "keys" not in repr(Conversation(codec)).partition("editions=")[0]


PAGE = Page("/data/end", "", 1, 1, (), first=True, can_pass=True)
CODE = ReturnCode(new_code().digits)


def test_page_carries_the_state_from_before_where_the_new_one_is_too_long(served: ServedEdition) -> None:
    earlier = replace(STATE, visit=Visit("/data/end", 7))
    assert state_to_carry(QuestionPage(served, STATE, PAGE)) == (served, STATE)
    assert state_to_carry(QuestionPage(served, STATE, PAGE, previous_state=earlier)) == (served, earlier)


def test_each_page_inside_a_visit_carries_its_state_and_the_others_none(served: ServedEdition) -> None:
    inside = [
        ReviewPage(served, STATE, ()),
        AsidePage(served, STATE, AsideKind.HELP),
        Paused(served, PausedVisit(STATE, CODE, NOW.date())),
    ]
    outside = [ScreenedOut(served, "en", "age"), Submitted(served, "en", True), VisitEnded(served, "en", True)]
    assert [state_to_carry(outcome) for outcome in inside] == [(served, STATE)] * 3
    assert [state_to_carry(outcome) for outcome in outside] == [None] * 3


def test_reply_to_a_step_too_long_for_a_token_carries_the_state_from_before(
    edition_folder: Path, tmp_path: Path, codec: TokenCodec, served: ServedEdition
) -> None:
    start(edition_folder, tmp_path)
    items = {item.name: item for item in served.items}
    gates = {items[gate.question].path: gate.answer for gate in served.edition.study.gates.values()}
    conversation, wish = Conversation(codec), items["wish"]
    state = replace(STATE, edition_id=served.edition.id, link="", visit=Visit(wish.page_key, 7, answers=gates))
    typed = "".join(random.Random(5).choices(string.ascii_letters, k=70_000))
    token, fields = codec.seal(state, served, NOW), {wish.path: [typed]}
    reply = conversation.step("en", Posted(token, served.edition.short, wish.page_key, "next", "", fields), NOW)
    assert isinstance(reply.outcome, QuestionPage)
    assert reply.outcome.previous_state == state
    assert codec.open(reply.token, NOW) == state
    assert [one.typed for one in reply.outcome.page.questions if one.path == wish.path] == [(typed,)]


def test_sending_with_a_gate_not_passed_leads_to_that_gate(
    edition_folder: Path, tmp_path: Path, codec: TokenCodec, served: ServedEdition
) -> None:
    start(edition_folder, tmp_path)
    items = {item.name: item for item in served.items}
    first = items[next(iter(served.edition.study.gates.values())).question]
    state = replace(STATE, edition_id=served.edition.id, link="", visit=Visit(items["wish"].page_key, 7))
    reply = Conversation(codec).step(
        "en", Posted(codec.seal(state, served, NOW), served.edition.short, REVIEW_PAGE, "send", "", {}), NOW
    )
    assert isinstance(reply.outcome, QuestionPage)
    assert reply.outcome.page.key == first.page_key != items["wish"].page_key


@pytest.mark.parametrize("name", ["12345678./data/end", "12345678.~review", ".", "", "no-edition", "a.b.c"])
def test_page_name_is_read_as_it_was_written(name: str) -> None:
    edition, page = split_page_name(name)
    assert page_name(edition, page) == (name if "." in name else f"{name}.")
