"""One text: folded until it is asked for, then its words; memos on it and translations of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from kuule.core.problems import KuuleError
from kuule.desk.desk_pages import View, go_to, render_page, tell_of, tells_problems
from kuule.desk.running_desk import Desk, running_desk
from kuule.desk.shown_words import Portion, ShownRun, pieces_of, portion_of, shown_runs
from kuule.qualitative.coding.memo_writing import memos_on
from kuule.qualitative.project_model.answer_text import AnswerText, TextSpan
from kuule.qualitative.project_model.notes_and_translations import AnswerTranslation, TranslationOrigin
from kuule.usecases.open_answers.project_overview import history
from kuule.usecases.open_answers.reading_care import ReadingState
from kuule.usecases.open_answers.text_acts import save_memo, save_translation

_LONGEST_TAG = 35
TASKS = ("redact", "code", "decide", "quote")


def to_task(task: str) -> Callable[..., str]:
    """Where a problem with one task of a text is told: on its own page."""
    return lambda text, *given, **named: f"/text/{text}/{task}".rstrip("/")


def on_text(view: Callable[[HttpRequest, Desk, AnswerText], HttpResponseBase]) -> View:
    """A view of one text of the project; one that is not there is told of in the list. The text has its whole id."""

    @wraps(view)
    def found(request: HttpRequest, text: str) -> HttpResponseBase:
        desk = running_desk()
        desk.reading.look()
        try:
            known = desk.session.text(text)
        except KuuleError as error:
            tell_of(error, "Not found.")
            return go_to("/texts")
        return view(request, desk, known)

    return found


def is_open(desk: Desk, text: AnswerText) -> bool:
    """Whether the words of a text are to be shown now."""
    return text.id in desk.reading.opened and desk.reading.state in {ReadingState.OPEN, ReadingState.DAY_DONE}


def passage(
    request: HttpRequest, desk: Desk, words: str, marks: Sequence[tuple[TextSpan, str]]
) -> tuple[Portion, tuple[ShownRun, ...], int]:
    """What a page shows of some words: the portion, its runs, and how many pieces there are in all of them."""
    asked = request.GET.get("part", "1")
    portion = portion_of(words, int(asked) if asked.isdecimal() and len(asked) < 7 else 1)
    numbered = pieces(words)
    runs = shown_runs(words, portion.span, marks, pieces=numbered if desk.numbered else ())
    return portion, runs, len(numbered)


@lru_cache(maxsize=2)
def pieces(words: str) -> tuple[TextSpan, ...]:
    """The pieces of the words that were looked at last."""
    return pieces_of(words)


def neighbours(desk: Desk, text: AnswerText) -> dict[str, str]:
    """The text after this one in the list that was chosen, "" at its end."""
    listed = desk.chosen_texts()
    after = [one.id for one in listed if (one.item, one.language, one.id) > (text.item, text.language, text.id)]
    return {"next_text": after[0] if after else ""}


@require_GET
@on_text
def show_text(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """The text, folded or with its words, and what is known of it."""
    return text_page(request, desk, text, "text.html", task="")


def text_page(request: HttpRequest, desk: Desk, text: AnswerText, template: str, **content: Any) -> HttpResponseBase:
    """A page of one text. Folded, before the note was read, in a break and at the end of a day it has no words."""
    shown = is_open(desk, text)
    if shown and "runs" not in content:
        content["portion"], content["runs"], content["pieces"] = passage(request, desk, text.words, ())
    session = desk.session
    known = {
        "text": text,
        "shown": shown,
        "redaction": session.redaction_state(text.id),
        "coding": session.coding_outcome(text.id).state,
        "leave": session.leave(text.id),
        "reading_state": desk.reading.state,
        "memos": memos_on(session.log, text=text.id) if shown else (),
        "translations": translations(desk, text) if shown else (),
        "acts": len(history(session, text=text.id)),
        **neighbours(desk, text),
    }
    return render_page(request, template, title=f"Text {text.id[:8]}", **{**known, **content})


def translations(desk: Desk, text: AnswerText) -> tuple[AnswerTranslation, ...]:
    """The translations of a text that are in force."""
    log = desk.session.log
    found = [act.content for cell in log.cells_about(text.id, "translation") for act in log.in_force(cell)]
    return tuple(one for one in found if isinstance(one, AnswerTranslation))


@require_POST
@on_text
def unfold(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Somebody asks for the words."""
    task = request.POST.get("task", "")
    if desk.reading.state is ReadingState.OPEN:
        desk.reading.unfold(text.id)
    return go_to(f"/text/{text.id}/{task}" if task in TASKS else f"/text/{text.id}")


@require_POST
@on_text
def fold(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Somebody has seen enough of it."""
    desk.reading.fold()
    return go_to(f"/text/{text.id}")


@require_POST
@on_text
def turn_numbers(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """Show numbers before the words, or no longer."""
    desk.numbered = request.POST.get("numbers") == "show"
    task = request.POST.get("task", "")
    return go_to(f"/text/{text.id}/{task}" if task in TASKS else f"/text/{text.id}")


@require_POST
@tells_problems(to_task(""))
@on_text
def save_memo_of_text(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """A note of the team on a text, or a change of one."""
    words, memo = request.POST.get("words", "").strip(), request.POST.get("memo", "")
    if words or memo:
        save_memo(desk.session, words, text=text.id, memo=memo)
    return go_to(f"/text/{text.id}")


@require_POST
@tells_problems(to_task(""))
@on_text
def save_translation_of_text(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """A translation of a text, for readers of the team."""
    words, into = request.POST.get("words", "").strip(), request.POST.get("language", "").strip()[:_LONGEST_TAG]
    origin = TranslationOrigin.MACHINE if request.POST.get("machine") else TranslationOrigin.PERSON
    if words:
        save_translation(desk.session, text.id, into, words, origin=origin)
    return go_to(f"/text/{text.id}")
