"""Coding a text blind, and deciding where two coders differ. Spans are given in the redacted text, and kept in the
original."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from kuule.desk.desk_pages import go_to, tells_problems
from kuule.desk.desk_problems import desk_error
from kuule.desk.running_desk import Desk, Notice
from kuule.desk.shown_words import visible_html
from kuule.desk.text_views import is_open, on_text, passage, pieces, text_page, to_task
from kuule.desk.typed_spans import span_of_numbers, spans_of_words
from kuule.qualitative.coding.text_codings import codings_of, is_compared
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.code_entries import CodedSegment
from kuule.usecases.open_answers.project_overview import coded_text, without_identifiers
from kuule.usecases.open_answers.text_acts import save_adjudication, save_coding, segments_in_original

_TOLD = tells_problems(to_task("code"))


def code_choices(desk: Desk) -> list[tuple[str, str]]:
    """The codes that can be given, with their places in the tree."""
    tree = desk.session.tree
    usable = [one for _, one in tree.walk() if one.codable and not one.retired and one.merged_into is None]
    return [(one.code, " / ".join(tree.path(one.code))) for one in usable]


def code_name(desk: Desk, code: str) -> str:
    return " / ".join(desk.session.tree.path(code)) or "a code that is gone"


@require_GET
@on_text
def show_coding(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """The redacted text with this coder's own codes; those of others once two are done."""
    if not is_open(desk, text):
        return text_page(request, desk, text, "code.html", task="code")
    redacted = without_identifiers(desk.session, text.id)
    own, done = own_segments(desk, text)
    marks = [(redacted.redacted_span(one.span), code_name(desk, one.code)) for one in own if not _is_whole(one, text)]
    portion, runs, pieces_there = passage(request, desk, redacted.words, marks)
    found = coded_text(desk.session, text.id)
    return text_page(
        request, desk, text, "code.html", task="code", portion=portion, runs=runs, pieces=pieces_there, done=done,
        own=[(place, *_said(desk, text, redacted.words, one)) for place, one in enumerate(own)],
        others=[
            (one.role, [_said(desk, text, redacted.words, segment) for segment in one.segments])
            for one in found.codings if one.role != desk.session.role
        ],
        choices=code_choices(desk),
    )  # fmt: skip


def own_segments(desk: Desk, text: AnswerText) -> tuple[tuple[CodedSegment, ...], bool]:
    """What this coder gave the text, and whether they are done. After two copies were merged, the codes of both."""
    versions = codings_of(desk.session.log, text.id).get(desk.session.role, ())
    segments = dict.fromkeys(segment for one in versions for segment in one.segments)
    return tuple(segments), bool(versions) and all(one.done for one in versions)


@require_POST
@_TOLD
@on_text
def add_code(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Give a code: to the whole text, to words, or from one number to another."""
    own, _ = own_segments(desk, text)
    new = [CodedSegment(_chosen(request), span) for span in _spans(request, desk, text)]
    save_coding(desk.session, text.id, list(dict.fromkeys([*own, *new])), done=False)
    desk.tell(Notice("Saved: the code is given."))
    return go_to(f"/text/{text.id}/code")


@require_POST
@_TOLD
@on_text
def remove_code(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Take one of the own codes back."""
    own, _ = own_segments(desk, text)
    kept = [one for one in own if segment_key(one) != request.POST.get("segment", "")]
    save_coding(desk.session, text.id, kept, done=False)
    return go_to(f"/text/{text.id}/code")


@require_POST
@_TOLD
@on_text
def finish_coding(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """This coder is done with the text, or takes that back while nobody compared."""
    own, done = own_segments(desk, text)
    save_coding(desk.session, text.id, own, done=not done)
    if not done:
        desk.tell(Notice("Saved: you are done with this text."))
    return go_to(f"/text/{text.id}/code")


@require_GET
@on_text
def show_decision(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """What coders gave a text, side by side, to choose from; empty while it is not compared yet."""
    if not is_open(desk, text):
        return text_page(request, desk, text, "decide.html", task="decide")
    redacted = without_identifiers(desk.session, text.id)
    found = coded_text(desk.session, text.id)
    portion, runs, pieces_there = passage(request, desk, redacted.words, ())
    compared = is_compared(desk.session.log, text.id)
    roles: dict[CodedSegment, list[str]] = {}
    for one in (each for each in found.codings if compared and each.done):
        for segment in one.segments:
            roles.setdefault(segment, []).append(one.role)
    offered = sorted(roles, key=lambda one: (one.span.start, one.span.end, one.code))
    return text_page(
        request, desk, text, "decide.html", task="decide", portion=portion, runs=runs, pieces=pieces_there,
        compared=compared, coders=sorted(one.role for one in found.codings if one.done),
        beside=[(*_said(desk, text, redacted.words, one)[1:], roles[one]) for one in offered],
        offered=[(*_said(desk, text, redacted.words, one), roles[one]) for one in offered],
        decisions=[
            (one.role, one.reason, [_said(desk, text, redacted.words, segment) for segment in one.segments])
            for one in found.decisions
        ],
        choices=code_choices(desk),
    )  # fmt: skip


@require_POST
@tells_problems(to_task("decide"))
@on_text
def save_decision(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """What the text counts as, from what coders gave it and any other code on the whole text."""
    known = {
        segment_key(segment): segment for one in coded_text(desk.session, text.id).codings for segment in one.segments
    }
    chosen = [known[key] for key in request.POST.getlist("segment") if key in known]
    chosen += [CodedSegment(code, _whole(text)) for code in request.POST.getlist("code") if code]
    reason = request.POST.get("reason", "").strip()
    save_adjudication(desk.session, text.id, list(dict.fromkeys(chosen)), reason=reason)
    desk.tell(Notice("Saved: your decision."))
    return go_to(f"/text/{text.id}/decide")


def segment_key(segment: CodedSegment) -> str:
    """How a form names a segment."""
    return f"{segment.code}:{segment.span.start}-{segment.span.end}"


def _said(desk: Desk, text: AnswerText, shown: str, segment: CodedSegment) -> tuple[str, str, str]:
    """How a page names a segment: its key, its code, and its words as far as a reader is shown them."""
    if _is_whole(segment, text):
        return segment_key(segment), code_name(desk, segment.code), "the whole text"
    span = without_identifiers(desk.session, text.id).redacted_span(segment.span)
    return segment_key(segment), code_name(desk, segment.code), visible_html(shown[span.start : span.end][:200])


def _chosen(request: HttpRequest) -> str:
    code = request.POST.get("code", "")
    if not code:
        raise desk_error("DESK_013", "the code", "none was chosen", "choose one; new ones are made in the codebook")
    return code


def _spans(request: HttpRequest, desk: Desk, text: AnswerText) -> Sequence[TextSpan]:
    """Where the code is, in the original."""
    words, first = request.POST.get("words", "").strip(), request.POST.get("from", "").strip()
    shown = without_identifiers(desk.session, text.id).words
    if first:
        found = [span_of_numbers(shown, pieces(shown), first, request.POST.get("to", ""))]
    elif words:
        found = list(spans_of_words(shown, words)[:1])
    else:
        return [_whole(text)]
    placed = segments_in_original(desk.session, text.id, [CodedSegment(_chosen(request), span) for span in found])
    return [one.span for one in placed]


def _whole(text: AnswerText) -> TextSpan:
    return TextSpan(0, len(text.words))


def _is_whole(segment: CodedSegment, text: AnswerText) -> bool:
    return segment.span == _whole(text)
