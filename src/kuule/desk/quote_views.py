"""Quotes: the list with what became of each, and one of them with what can be done about it. Words are folded here as
they are everywhere: a quote shows them once its text is open."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from kuule.core.amounts import amount
from kuule.core.problems import KuuleError
from kuule.desk.desk_pages import View, go_to, render_page, tell_of, tells_problems
from kuule.desk.desk_problems import desk_error
from kuule.desk.running_desk import Desk, Notice, running_desk
from kuule.desk.shown_words import visible_html
from kuule.desk.text_views import is_open
from kuule.desk.typed_places import typed_place
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.project_model.notes_and_translations import TranslationOrigin
from kuule.qualitative.project_model.quote_acts import QuoteDecision
from kuule.qualitative.quotes.quote_states import QuoteBasis, QuoteStanding, QuoteState, quote_standing, quote_standings
from kuule.qualitative.quotes.quoted_words import words_of_span
from kuule.qualitative.quotes.reidentification import QUESTION_WORDS, CheckQuestion
from kuule.qualitative.quotes.ruling import RefusalReason, can_withdraw, proposal_in
from kuule.usecases.open_answers.quoting import (
    export_quotes,
    list_quotes,
    quote_basis,
    refuse_quote,
    renumber_quote,
    review_quote_translation,
    translate_quote,
    withdraw_quote,
)
from kuule.usecases.open_answers.reading_care import ReadingState

STATE_WORDS = {
    QuoteState.RELEASED: "released",
    QuoteState.UNDECIDED: "waits for somebody else to look at it",
    QuoteState.REFUSED: "refused",
    QuoteState.WITHDRAWN: "withdrawn",
    QuoteState.STALE: "to be looked at again: something changed since it was released",
    QuoteState.CONTESTED: "two copies say different things of it",
    QuoteState.NO_LEAVE: "may not be quoted: somebody who wrote it gave no leave",
    QuoteState.TEXT_WITHDRAWN: "gone: its text was withdrawn, or the proposal was taken back",
}
REFUSALS = {
    RefusalReason.NO_LEAVE: "its writer gave no leave to be quoted",
    RefusalReason.FEW: "few share what it says of its writer",
    RefusalReason.PUBLISHED: "together with what is published it points at fewer people",
    RefusalReason.RARE: "a fact in it is rare",
    RefusalReason.SISTER: "a sister would know who wrote it",
    RefusalReason.NOT_SAID: "the words do not say the group",
    RefusalReason.REDACTION: "more of it has to be redacted",
    RefusalReason.NOT_WANTED: "it would hurt who reads it, or serves no point",
}
DECISIONS = {
    QuoteDecision.RELEASED: "released", QuoteDecision.REFUSED: "refused", QuoteDecision.WITHDRAWN: "withdrawn",
}  # fmt: skip
_LONGEST_TAG = 35
_RULED = frozenset({QuoteState.RELEASED, QuoteState.STALE})
QuoteView = Callable[[HttpRequest, Desk, QuoteStanding, AnswerText], HttpResponseBase]


def to_quotes(*given: object, **named: object) -> str:
    """Where a problem with a quote is told that may not be there."""
    return "/quotes"


def to_quote(number: int, **named: object) -> str:
    """Where a problem with what is done to a quote is told: on its own page."""
    return f"/quotes/{number}"


def on_quote(view: QuoteView) -> View:
    """A view of one quote whose text is there, as it is beside the tables of the chosen release."""

    @wraps(view)
    def found(request: HttpRequest, number: int) -> HttpResponseBase:
        desk = running_desk()
        desk.reading.look()
        try:
            quote_standing(desk.session.log, number)
        except KuuleError as error:
            tell_of(error, "Not found.")
            return go_to("/quotes")
        [standing] = [one for one in known_quotes(desk) if one.number == number]
        return view(request, desk, standing, desk.session.text(proposal_in(standing).text))

    return found


def known_quotes(desk: Desk) -> tuple[QuoteStanding, ...]:
    """All quotes beside the tables of the chosen release. One that cannot be read any more is chosen no longer."""
    try:
        basis = _basis(desk)
    except KuuleError as error:
        desk.release = None
        tell_of(error, "Not opened.")
        basis = _basis(desk)
    return tuple(quote_standings(desk.session.log, basis))


def _basis(desk: Desk) -> QuoteBasis:
    """What quotes are looked at beside. A release is read anew when one of its files or the dataset is another."""
    key = (desk.release, _file_states(desk.release), tuple(one.version for one in desk.session.project.datasets))
    if desk.basis is None or desk.basis[0] != key:
        desk.basis = (key, quote_basis(desk.session, desk.release))
    return desk.basis[1]


def _file_states(release: Path | None) -> tuple[tuple[str, int, int, int], ...]:
    if release is None:
        return ()
    try:
        with os.scandir(release) as files:
            states = [(one.name, one.stat(follow_symlinks=False)) for one in files]
    except OSError:
        return ()
    return tuple(sorted((name, one.st_ino, one.st_size, one.st_mtime_ns) for name, one in states))


def quoted_html(desk: Desk, standing: QuoteStanding, text: AnswerText) -> Markup:
    """The words of a quote as they would be published."""
    return visible_html(words_of_span(desk.session.log, text, proposal_in(standing).span))


@require_safe
def show_quotes(request: HttpRequest) -> HttpResponseBase:
    """The list: numbers and states, and no words."""
    desk = running_desk()
    texts = desk.session.project.texts
    rows = [
        (one, one.proposal, texts.get(one.proposal.text) if one.proposal else None, may_decide(desk, one))
        for one in known_quotes(desk)
    ]
    path = desk.session.project.path.absolute()
    return render_page(
        request, "quotes.html", title="Quotes", rows=rows, words=STATE_WORDS, release=desk.release,
        proposed=path.with_name(f"{path.stem}-quotes-{desk.session.day}.json"),
    )  # fmt: skip


def may_decide(desk: Desk, standing: QuoteStanding) -> bool:
    """Whether a quote waits for this person: somebody else proposed it."""
    waits = standing.state in {QuoteState.UNDECIDED, QuoteState.STALE}
    return waits and standing.proposal is not None and standing.proposal.role != desk.session.role


@require_POST
@tells_problems(to_quotes)
def choose_release(request: HttpRequest) -> HttpResponseBase:
    """From now on quotes are looked at beside the tables of this release."""
    desk = running_desk()
    if "forget" in request.POST:
        desk.release = None
        return go_to("/quotes")
    place = typed_place(request.POST.get("place", ""), "the release")
    list_quotes(desk.session, place)
    desk.release = place
    desk.checkups.clear()
    return go_to("/quotes")


@require_POST
@tells_problems(to_quotes)
def export(request: HttpRequest) -> HttpResponseBase:
    """Write the quotes that are released beside the chosen release, for the next one to take in."""
    desk = running_desk()
    place = typed_place(request.POST.get("place", ""), "the file to write")
    quotes = export_quotes(desk.session, chosen_release(desk), place)
    found, left = amount(len(quotes.quotes), "quote"), amount(len(quotes.absent), "number")
    desk.tell(Notice(f"Written: {place}. {found}; {left} cannot be quoted now."))
    return go_to("/quotes")


def chosen_release(desk: Desk) -> Path:
    """The release beside whose tables quotes are looked at. Raises DeskError DESK_018."""
    if desk.release is None:
        remedy = "type where the release is, on the page of quotes"
        raise desk_error("DESK_018", "the release", "no release was chosen, and a quote is released beside one", remedy)
    return desk.release


@require_POST
@tells_problems(to_quotes)
def renumber(request: HttpRequest) -> HttpResponseBase:
    """Give a quote another number, where two copies gave one twice."""
    desk = running_desk()
    number = renumber_quote(desk.session, request.POST.get("quote", ""))
    desk.tell(Notice(f"Saved: it is quote {number} now. The other one keeps its number."))
    return go_to("/quotes")


@require_safe
@on_quote
def show_quote(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """One quote: what became of it, its translations, and what can be done."""
    return quote_page(request, desk, standing, text, "quote.html")


def quote_page(
    request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText, template: str, **content: Any
) -> HttpResponseBase:
    """A page of one quote. Its words are there only while its text is open."""
    shown = is_open(desk, text)
    proposal = proposal_in(standing)
    known: dict[str, Any] = {
        "standing": standing, "text": text, "proposal": proposal, "shown": shown, "release": desk.release,
        "reading_state": desk.reading.state, "state_words": STATE_WORDS, "refusals": REFUSALS, "decisions": DECISIONS,
        "questions": {str(one): words for one, words in QUESTION_WORDS.items()}, "all_questions": tuple(CheckQuestion),
        "words": quoted_html(desk, standing, text) if shown else "", "own": proposal.role == desk.session.role,
        "may_decide": may_decide(desk, standing), "redaction": desk.session.redaction_state(text.id),
        "may_withdraw": can_withdraw(standing),
        "may_refuse": standing.ruling is None and standing.state in {QuoteState.UNDECIDED, QuoteState.NO_LEAVE},
        "translations": [(one, visible_html(one.words) if shown else "") for one in standing.translations],
    }  # fmt: skip
    title = f"Quote {standing.number}"
    return render_page(request, template, title=title, **{**known, **content})


@require_POST
@on_quote
def unfold(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """Somebody asks for the words. It counts as its text does: once."""
    if desk.reading.state is ReadingState.OPEN:
        desk.reading.unfold(text.id)
    step = request.POST.get("step", "")
    steps = (*CheckQuestion, "all")
    return go_to(f"/quotes/{standing.number}/check/{step}" if step in steps else f"/quotes/{standing.number}")


@require_POST
@tells_problems(to_quote)
@on_quote
def translate(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """Save a translation. A quote that is released is then to be looked at again."""
    given = request.POST
    origin = TranslationOrigin.MACHINE if given.get("machine") else TranslationOrigin.PERSON
    into = given.get("language", "").strip()[:_LONGEST_TAG]
    translate_quote(desk.session, standing.number, into, given.get("words", ""), origin=origin)
    desk.tell(Notice("Saved: the translation. Somebody else reads both, and says whether it is right."))
    return go_to(f"/quotes/{standing.number}")


@require_POST
@tells_problems(to_quote)
@on_quote
def review(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """Say that a translation is right."""
    review_quote_translation(desk.session, standing.number, request.POST.get("language", ""))
    again = " The quote was released before that, and is checked again." if standing.state in _RULED else ""
    desk.tell(Notice(f"Saved: the translation is reviewed.{again}"))
    return go_to(f"/quotes/{standing.number}")


@require_POST
@tells_problems(to_quote)
@on_quote
def refuse(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """Refuse a quote, with a reason. Whoever proposed it takes it back like this."""
    given = request.POST.get("reason", "")
    if given not in list(RefusalReason):
        raise desk_error("DESK_013", "the reason", "no reason was chosen", "choose why it is not released")
    refuse_quote(desk.session, standing.number, RefusalReason(given))
    desk.checkups.pop(standing.number, None)
    desk.tell(Notice("Saved: the quote is refused."))
    return go_to(f"/quotes/{standing.number}")


@require_POST
@tells_problems(to_quote)
@on_quote
def withdraw(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """Take a released quote back."""
    withdraw_quote(desk.session, standing.number)
    desk.tell(Notice("Saved: the quote is withdrawn. What was published keeps it. Write the quotes for a release again,"
                     " and make the release again if it has this one."))  # fmt: skip
    return go_to(f"/quotes/{standing.number}")
