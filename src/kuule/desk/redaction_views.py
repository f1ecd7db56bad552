"""Redacting a text: marks are given by the words themselves or by numbers, and nothing else is needed for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST
from markupsafe import Markup

from kuule.desk.desk_pages import go_to, language_name, tells_problems
from kuule.desk.desk_problems import desk_error
from kuule.desk.running_desk import Desk, Notice
from kuule.desk.shown_words import Portion, visible_html
from kuule.desk.text_views import is_open, on_text, passage, pieces, text_page, to_task
from kuule.desk.typed_spans import span_of_numbers, spans_of_words
from kuule.languages.gettext.shipped_words import SOURCE_LANGUAGE
from kuule.qualitative.identifiers.identifier_suggestion import IdentifierSuggestion
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.redaction_marks import IdentifierCategory, RedactionMark
from kuule.qualitative.redaction_log.passes import RedactionState, joined_marks, passes_of
from kuule.qualitative.redaction_log.redaction_labels import redaction_labels
from kuule.usecases.open_answers.project_overview import without_identifiers
from kuule.usecases.open_answers.suggested_marks import TextSuggestions, suggestions_for
from kuule.usecases.open_answers.text_acts import save_redaction

_TOLD = tells_problems(to_task("redact"))
_LONGEST_SHOWN = 300


@require_GET
@on_text
def show_redaction(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """The text with this reader's own marks. Those of others show once this reader is done: a second look that has
    seen the first is none."""
    if not is_open(desk, text):
        return text_page(request, desk, text, "redact.html", task="redact")
    own, done = own_marks(desk, text)
    labels = redaction_labels(text.language)
    shown = [(mark.span, labels.words[mark.category]) for mark in own]
    differing: tuple[Markup, ...] = ()
    if done:
        joined = joined_marks(desk.session.log, text.id)
        shown = [(one.span, labels.words[one.category]) for one in joined]
        differing = tuple(
            visible_html(text.words[one.span.start : one.span.end]) for one in joined if one.category is None
        )
    portion, runs, pieces_there = passage(request, desk, text.words, shown)
    suggested = suggestions_for(desk.session, text.id, desk.model)
    listed = [(place, visible_html(text.words[one.span.start : one.span.end]), one) for place, one in enumerate(own)]
    return text_page(
        request, desk, text, "redact.html", task="redact", portion=portion, runs=runs, pieces=pieces_there,
        own=listed, done=done, differing=differing,
        categories=tuple(IdentifierCategory), labels=redaction_labels(SOURCE_LANGUAGE).words, in_text=labels,
        others=max(0, len(passes_of(desk.session.log, text.id)) - 1) if done else None,
        left=visible_html(without_identifiers(desk.session, text.id).words[:2000]) if done else "",
        coverage=suggested.coverage, language_words=language_name(text.language),
        suggestions=_shown_suggestions(text, suggested, portion, own), suggestions_elsewhere=len(suggested.suggested)
        - sum(one.suggestion.span.overlaps(portion.span) for one in suggested.suggested),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownSuggestion:
    """A suggestion as a page has it: how a form names it, its words, and whether this reader has marked there."""

    key: str
    words: Markup
    category: str
    rule: str
    recall: str
    marked: bool


def _shown_suggestions(
    text: AnswerText, suggested: TextSuggestions, portion: Portion, own: Sequence[RedactionMark]
) -> list[ShownSuggestion]:
    """Those in the part of the text that the page has."""
    english = redaction_labels(SOURCE_LANGUAGE).words
    return [
        ShownSuggestion(
            key=suggestion_key(one.suggestion),
            words=visible_html(text.words[one.suggestion.span.start : one.suggestion.span.end][:_LONGEST_SHOWN]),
            category=english[one.suggestion.category],
            rule=one.suggestion.rule,
            recall=one.recall,
            marked=any(mark.span.overlaps(one.suggestion.span) for mark in own),
        )
        for one in suggested.suggested
        if one.suggestion.span.overlaps(portion.span)
    ]


def suggestion_key(one: IdentifierSuggestion) -> str:
    """How a form names a suggestion."""
    return f"{one.span.start}-{one.span.end}:{one.category}"


def own_marks(desk: Desk, text: AnswerText) -> tuple[tuple[RedactionMark, ...], bool]:
    """What this reader marked, and whether their pass is done. After two copies were merged, the marks of both."""
    versions = passes_of(desk.session.log, text.id).get(desk.session.role, ())
    marks = {(mark.span.start, mark.span.end): mark for one in versions for mark in one.marks}
    return tuple(marks[place] for place in sorted(marks)), bool(versions) and all(one.done for one in versions)


@require_POST
@_TOLD
@on_text
def mark_words(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Mark what was typed wherever it is."""
    return _add(desk, text, spans_of_words(text.words, request.POST.get("words", "")), request)


@require_POST
@_TOLD
@on_text
def mark_span(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Mark from one number to another."""
    span = span_of_numbers(text.words, pieces(text.words), request.POST.get("from", ""), request.POST.get("to", ""))
    return _add(desk, text, [span], request)


@require_POST
@_TOLD
@on_text
def mark_suggested(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Make one suggestion a mark of this reader's: one at a time, after looking at it. It says what suggested it."""
    given = request.POST.get("suggestion", "")
    suggested = suggestions_for(desk.session, text.id, desk.model).suggested
    chosen = [one.suggestion.mark for one in suggested if suggestion_key(one.suggestion) == given]
    if not chosen:
        raise desk_error("DESK_020", "the suggestion", "it is not among those of this text", "choose one from the list")
    own, _ = own_marks(desk, text)
    save_redaction(desk.session, text.id, [*own, *chosen], done=False)
    desk.tell(Notice("Saved: 1 place marked. Your pass is not done by that: read every word."))
    part = request.POST.get("part", "")
    return go_to(f"/text/{text.id}/redact{f'?part={part}' if part.isdecimal() and len(part) < 7 else ''}")


@require_POST
@_TOLD
@on_text
def remove_mark(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Take one of the own marks back."""
    own, _ = own_marks(desk, text)
    gone = request.POST.get("mark", "")
    kept = [mark for mark in own if f"{mark.span.start}-{mark.span.end}" != gone]
    save_redaction(desk.session, text.id, kept, done=False)
    return go_to(f"/text/{text.id}/redact")


@require_POST
@_TOLD
@on_text
def finish_pass(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """This reader has read all of it, or takes that back."""
    own, done = own_marks(desk, text)
    save_redaction(desk.session, text.id, own, done=not done)
    if not done:
        state = desk.session.redaction_state(text.id)
        desk.tell(Notice("Saved: your pass is done. " + _AFTER.get(state, "Another reader goes over it next.")))
    return go_to(f"/text/{text.id}/redact")


_AFTER = {
    RedactionState.REDACTED: "Two readers are done with it.",
    RedactionState.DISPUTED: "You two see one place as different things: both of you can change your mark.",
}


def _add(desk: Desk, text: AnswerText, spans: Sequence[TextSpan], request: HttpRequest) -> HttpResponseBase:
    """Save the marks with more of them. What is marked already stays as it is, unless it is another category now."""
    given = request.POST.get("category", "")
    if given not in list(IdentifierCategory):
        raise desk_error("DESK_013", "what it is", "nothing was chosen", "choose what the words are")
    own, _ = own_marks(desk, text)
    new = [RedactionMark(span, IdentifierCategory(given)) for span in spans]
    taken = {mark.span for mark in new}
    kept = [mark for mark in own if mark.span not in taken]
    save_redaction(desk.session, text.id, [*kept, *new], done=False)
    desk.tell(Notice(f"Saved: {len(new)} {'place' if len(new) == 1 else 'places'} marked."))
    return go_to(f"/text/{text.id}/redact")
