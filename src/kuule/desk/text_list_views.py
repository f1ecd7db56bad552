"""The list of texts: what there is, how far it is, and no word of it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from kuule.desk.desk_pages import go_to, language_name, render_page
from kuule.desk.running_desk import running_desk
from kuule.qualitative.coding.text_codings import CodingState
from kuule.qualitative.project_model.answer_text import QuoteLeave
from kuule.qualitative.redaction_log.passes import RedactionState
from kuule.usecases.open_answers.project_overview import TextFilter
from kuule.usecases.open_answers.waiting_texts import TextTask

PAGE = 50


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """One page of the list as it was chosen."""
    desk = running_desk()
    texts = desk.chosen_texts()
    pages = max(1, -(-len(texts) // PAGE))
    asked = request.GET.get("page", "1")
    page = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 7 else 1
    every = desk.session.project.texts.values()
    languages = {tag: language_name(tag) for tag in sorted({text.language for text in every})}
    rows = [
        (text, desk.session.redaction_state(text.id), desk.session.coding_outcome(text.id).state)
        for text in texts[(page - 1) * PAGE : page * PAGE]
    ]
    return render_page(
        request, "texts.html", title="Texts", rows=rows, page=page, pages=pages, found=len(texts),
        items=sorted({text.item for text in every}), languages=languages,
        redactions=list(RedactionState), codings=list(CodingState), tasks=list(TextTask), leaves=list(QuoteLeave),
        first=(page - 1) * PAGE + 1,
    )  # fmt: skip


@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """Choose what the list has. A search is sent as a form and kept in memory, so that no address has it."""
    desk, given = running_desk(), request.POST
    desk.wanted, desk.task = TextFilter(), None
    if "clear" not in given:
        redaction, coding, task = (given.get(name, "") for name in ("redaction", "coding", "task"))
        leave = given.get("leave", "")
        desk.wanted = TextFilter(
            given.get("query", "")[:400],
            given.get("item", ""),
            given.get("language", ""),
            RedactionState(redaction) if redaction in list(RedactionState) else None,
            CodingState(coding) if coding in list(CodingState) else None,
            QuoteLeave(leave) if leave in list(QuoteLeave) else None,
        )
        desk.task = TextTask(task) if task in list(TextTask) else None
    return go_to("/texts")
