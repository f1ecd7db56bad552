"""The check before a quote is released, one question a page, with what is known to each; and proposing a quote."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from kuule.core.problems import KuuleError
from kuule.desk.desk_pages import go_to, tells_problems
from kuule.desk.desk_problems import desk_error
from kuule.desk.quote_views import (
    STATE_WORDS,
    chosen_release,
    known_quotes,
    on_quote,
    quote_page,
    to_quote,
)
from kuule.desk.running_desk import Desk, Notice, QuoteCheckup
from kuule.desk.text_views import is_open, on_text, passage, pieces, text_page, to_task
from kuule.desk.typed_spans import span_of_numbers, spans_of_words
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.quotes.quote_states import QuoteStanding
from kuule.qualitative.quotes.reidentification import QUESTION_WORDS, SAFE_ANSWERS, CheckQuestion, answers_to
from kuule.qualitative.quotes.ruling import RefusalReason
from kuule.qualitative.redaction_log.passes import RedactionState
from kuule.usecases.open_answers.project_overview import without_identifiers
from kuule.usecases.open_answers.quoting import look_at_quote, nameable_groups, propose_quote, release_quote

ALL = "all"
_REFUSED_FOR = {
    CheckQuestion.LEAVE: RefusalReason.NO_LEAVE, CheckQuestion.SHARES: RefusalReason.FEW,
    CheckQuestion.SAID: RefusalReason.NOT_SAID, CheckQuestion.PUBLISHED: RefusalReason.PUBLISHED,
    CheckQuestion.RARE: RefusalReason.RARE, CheckQuestion.SISTER: RefusalReason.SISTER,
}  # fmt: skip


@require_GET
@on_text
def show_proposing(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """The redacted text, to take words of it as a quote; and the quotes that there are of it."""
    if not is_open(desk, text):
        return text_page(request, desk, text, "propose.html", task="quote")
    redacted = without_identifiers(desk.session, text.id)
    there = [one for one in known_quotes(desk) if one.proposal is not None and one.proposal.text == text.id]
    marks = [
        (redacted.redacted_span(one.proposal.span), f"quote {one.number}") for one in there if one.proposal is not None
    ]
    portion, runs, pieces_there = passage(request, desk, redacted.words, marks)
    return text_page(
        request, desk, text, "propose.html", task="quote", portion=portion, runs=runs, pieces=pieces_there,
        ready=desk.session.redaction_state(text.id) is RedactionState.REDACTED, there=there, words=STATE_WORDS,
        groups=_groups(desk, text), release=desk.release,
    )  # fmt: skip


def _groups(desk: Desk, text: AnswerText) -> tuple[tuple[str, str], ...]:
    if desk.release is None:
        return ()
    try:
        return nameable_groups(desk.session, desk.release, text.language)
    except KuuleError:
        return ()


@require_POST
@tells_problems(to_task("quote"))
@on_text
def propose(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Propose words of the redacted text, or all of it."""
    redacted, given = without_identifiers(desk.session, text.id), request.POST
    words, first = given.get("words", "").strip(), given.get("from", "").strip()
    if first:
        span = span_of_numbers(redacted.words, pieces(redacted.words), first, given.get("to", ""))
    elif words:
        span = _the_one_place(redacted.words, words)
    else:
        span = TextSpan(0, len(redacted.words))
    group = given.get("group", "").strip()
    number = propose_quote(desk.session, text.id, redacted.original_span(span), group=group)
    desk.tell(Notice(f"Saved: it is quote {number}. Somebody else looks at it before it is released."))
    return go_to(f"/quotes/{number}")


def _the_one_place(shown: str, words: str) -> TextSpan:
    found = spans_of_words(shown, words)
    if len(found) > 1:
        cause = f"these words are in {len(found)} places of the text"
        raise desk_error("DESK_011", "the words", cause, "type more of them, or give the numbers of the words")
    return found[0]


@require_POST
@tells_problems(to_quote)
@on_quote
def begin_check(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """Look at what is known of a quote now, and begin with the first question."""
    looked_at = look_at_quote(desk.session, standing.number, chosen_release(desk))
    desk.checkups[standing.number] = QuoteCheckup(looked_at)
    return go_to(f"/quotes/{standing.number}/check/{next(iter(looked_at.facts))}")


@require_http_methods(["GET", "HEAD", "POST"])
def check_step(request: HttpRequest, number: int, step: str) -> HttpResponseBase:
    """One question of the check, or all that was answered."""
    view = _answer if request.method == "POST" else _show_step
    return tells_problems(to_quote)(on_quote(lambda *known: view(*known, step=step)))(request, number=number)


def _show_step(
    request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText, *, step: str
) -> HttpResponseBase:
    checkup = _checkup(desk, standing)
    asked = list(checkup.looked_at.facts)
    if step == ALL:
        unsafe = [one for one in asked if checkup.answers.get(one) not in {None, SAFE_ANSWERS[one]}]
        return quote_page(
            request, desk, standing, text, "quote_check_all.html", step=ALL, checkup=checkup, asked=asked,
            unsafe=unsafe, open_questions=[one for one in asked if one not in checkup.answers],
            reason=_REFUSED_FOR[unsafe[0]] if unsafe else "",
        )  # fmt: skip
    question = _question(step, asked)
    place = asked.index(question)
    return quote_page(
        request, desk, standing, text, "quote_check.html", step=question, checkup=checkup, asked=asked, place=place,
        question_words=QUESTION_WORDS[question], facts=checkup.looked_at.facts[question],
        choices=sorted(answers_to(question), reverse=True), chosen=checkup.answers.get(question, ""),
        before=asked[place - 1] if place else None,
    )  # fmt: skip


def _answer(
    request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText, *, step: str
) -> HttpResponseBase:
    checkup = _checkup(desk, standing)
    asked = list(checkup.looked_at.facts)
    question = _question(step, asked)
    given = request.POST.get("answer", "")
    if given not in answers_to(question):
        desk.tell(Notice("Nothing was chosen.", "Choose one of the two answers.", problem=True))
        return go_to(f"/quotes/{standing.number}/check/{question}")
    checkup.answers[question] = given
    following = next((one for one in asked if one not in checkup.answers), ALL)
    return go_to(f"/quotes/{standing.number}/check/{following}")


@require_POST
@tells_problems(to_quote)
@on_quote
def release(request: HttpRequest, desk: Desk, standing: QuoteStanding, text: AnswerText) -> HttpResponseBase:
    """Release the quote with the answers that were given, if everything is still as it was shown."""
    checkup, beside = _checkup(desk, standing), chosen_release(desk)
    if look_at_quote(desk.session, standing.number, beside) != checkup.looked_at:
        del desk.checkups[standing.number]
        cause = "what is known of it changed since the check began"
        raise desk_error("DESK_019", "the check", cause, "begin the check again")
    release_quote(desk.session, standing.number, beside, checkup.answers)
    del desk.checkups[standing.number]
    desk.tell(Notice("Saved: the quote is released. Write the quotes for a release from the list of quotes."))
    return go_to(f"/quotes/{standing.number}")


def _checkup(desk: Desk, standing: QuoteStanding) -> QuoteCheckup:
    found = desk.checkups.get(standing.number)
    if found is None:
        raise desk_error("DESK_019", "the check", "no check of it has begun", "begin the check")
    return found


def _question(step: str, asked: list[CheckQuestion]) -> CheckQuestion:
    if step not in asked:
        raise desk_error("DESK_019", "the check", "it has no such question", "begin the check again")
    return CheckQuestion(step)


@require_safe
def show_check(request: HttpRequest, number: int) -> HttpResponseBase:
    """The address of a check without a question: back to the quote."""
    return go_to(f"/quotes/{number}")
