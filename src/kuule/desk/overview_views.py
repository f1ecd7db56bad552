"""How far the team is: the first page, disagreements, agreement of coders, and the history with its way back."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from kuule.desk.desk_pages import go_to, render_page, tells_problems
from kuule.desk.quote_views import known_quotes, may_decide
from kuule.desk.running_desk import Desk, Notice, running_desk
from kuule.desk.text_views import on_text
from kuule.qualitative.coding.text_codings import CodingState
from kuule.qualitative.project_model.acts import Act, Undoing
from kuule.qualitative.project_model.answer_text import AnswerText
from kuule.qualitative.redaction_log.passes import RedactionState
from kuule.usecases.open_answers.project_overview import disagreements, history, project_status
from kuule.usecases.open_answers.text_acts import take_back
from kuule.usecases.open_answers.waiting_texts import TextTask, waiting_texts

PAGE = 100
KINDS = {
    "dataset": "took in the dataset", "redaction": "marked a text", "code": "wrote the codebook",
    "coding": "coded a text", "adjudication": "decided on a text", "memo": "wrote a memo",
    "translation": "translated a text", "quote": "proposed a quote", "ruling": "decided on a quote",
    "quote-number": "gave a quote its number", "quote-translation": "translated a quote",
    "quote-check": "looked at a quote before deciding", "undoing": "took something back",
}  # fmt: skip


@require_safe
def show_overview(request: HttpRequest) -> HttpResponseBase:
    """What there is, how far it is, and what this person could do next."""
    desk = running_desk()
    status = project_status(desk.session)
    waiting = {task: len(waiting_texts(desk.session, task)) for task in TextTask}
    quotes = sum(may_decide(desk, one) for one in known_quotes(desk))
    return render_page(
        request, "overview.html", title="Overview", project=status, waiting=waiting, tasks=list(TextTask),
        redaction_states=list(RedactionState), coding_states=list(CodingState), codes=len(desk.session.tree.entries),
        quotes=quotes,
    )  # fmt: skip


@require_safe
def show_disagreements(request: HttpRequest) -> HttpResponseBase:
    """Everything that waits for somebody to settle it."""
    desk = running_desk()
    found = list(disagreements(desk.session))
    texts, codes = desk.session.project.texts, desk.session.tree.entries
    rows = [(one, one.about in texts, codes.get(one.about)) for one in found[:500]]
    return render_page(request, "disagreements.html", title="To settle", rows=rows, found=len(found))


@require_safe
def show_history(request: HttpRequest) -> HttpResponseBase:
    """All acts, the newest first."""
    return _history(request, running_desk(), None)


@require_safe
@on_text
def show_text_history(request: HttpRequest, desk: Desk, text: AnswerText) -> HttpResponseBase:
    """What was said of one text."""
    return _history(request, desk, text)


def _history(request: HttpRequest, desk: Desk, text: AnswerText | None) -> HttpResponseBase:
    """One page of a history: of everybody, or of who is at the desk. Of one person nothing is counted, and of others
    there is no list: what somebody did in how many days is nobody's to read."""
    mine, kind = "mine" in request.GET, request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    about, role = None if text is None else text.id, desk.session.role if mine else ""
    acts = tuple(reversed(history(desk.session, text=about, kind=kind, role=role)))
    pages = max(1, -(-len(acts) // PAGE))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 7 else 1
    rows = [
        (act, KINDS[act.content.kind], undone, act.role == desk.session.role and not undone and _stands(desk, act))
        for act, undone in acts[(page - 1) * PAGE : page * PAGE]
    ]
    title = "History" if text is None else f"History of text {text.id[:8]}"
    return render_page(
        request, "history.html", title=title, rows=rows, page=page, pages=pages, text=text, found=len(acts), mine=mine,
        kind=kind, kinds=KINDS, chosen=f"{'mine=1&' if mine else ''}{f'kind={kind}&' if kind else ''}",
    )  # fmt: skip


def _stands(desk: Desk, act: Act) -> bool:
    """Whether an act may be taken back, as far as can be told without trying."""
    if act.content.kind in {"dataset", "quote-number", "quote-check"}:
        return False
    return isinstance(act.content, Undoing) or act in desk.session.log.in_force(act.content.cell)


@require_POST
@tells_problems(lambda act: "/history")
def undo(request: HttpRequest, act: str) -> HttpResponseBase:
    """Take back an own act."""
    desk = running_desk()
    take_back(desk.session, act)
    desk.tell(Notice("Taken back. To have it again, take back the newest line of the history."))
    return go_to("/history")
