"""The codebook: the tree of codes, and one entry to write or change."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_safe

from kuule.desk.desk_pages import go_to, render_page, tells_problems
from kuule.desk.desk_problems import desk_error
from kuule.desk.running_desk import Desk, Notice, running_desk
from kuule.qualitative.act_log.act_making import random_id
from kuule.qualitative.project_model.code_entries import CodeEntry
from kuule.usecases.open_answers.project_overview import frequencies
from kuule.usecases.open_answers.text_acts import save_code


@require_safe
def show_codebook(request: HttpRequest) -> HttpResponseBase:
    """The tree, with how many answers have each code."""
    desk = running_desk()
    tree = desk.session.tree
    rows = [(one, tree.entries[one.code], _into(desk, tree.entries[one.code])) for one in frequencies(desk.session)]
    return render_page(request, "codebook.html", title="Codebook", rows=rows)


def _back(code: str = "") -> str:
    return f"/codebook/{code}" if code else "/codebook/new"


@require_http_methods(["GET", "HEAD", "POST"])
@tells_problems(_back)
def edit_code(request: HttpRequest, code: str = "") -> HttpResponseBase:
    """One entry: what it says now, or a new one."""
    desk = running_desk()
    tree = desk.session.tree
    if code and code not in tree.entries:
        desk.tell(Notice("That code is not in the codebook.", "Choose one from the list.", problem=True))
        return go_to("/codebook")
    entry = tree.entries.get(code) or CodeEntry(random_id(), "")
    if request.method == "POST":
        save_code(desk.session, _given(request, entry))
        desk.tell(Notice("Saved: the codebook."))
        return go_to("/codebook")
    others = [(one.code, " / ".join(tree.path(one.code))) for _, one in tree.walk() if one.code != code]
    return render_page(
        request,
        "code_entry.html",
        title="A code" if entry.name else "A new code",
        entry=entry,
        code=code,
        others=others,
    )


def _given(request: HttpRequest, entry: CodeEntry) -> CodeEntry:
    """The entry as it was typed."""
    typed = request.POST
    if not typed.get("name", "").strip():
        raise desk_error("DESK_013", "the name", "nothing was typed", "name the code by what sets it apart from others")
    into = typed.get("into", "") or None
    return replace(
        entry,
        name=typed["name"].strip(),
        parent=typed.get("parent", "") or None,
        definition=typed.get("definition", "").strip(),
        example=typed.get("example", "").strip(),
        when_not=typed.get("when_not", "").strip(),
        codable="heading" not in typed,
        retired="retired" in typed or into is not None,
        merged_into=into,
    )


def _into(desk: Desk, entry: CodeEntry) -> str:
    return " / ".join(desk.session.tree.path(entry.merged_into)) if entry.merged_into else ""
