"""Copies and files: another copy is merged, a newer dataset taken in, and redacted texts exchanged with other
programs. What is written has a place that somebody types; nothing is downloaded, so that no copy stays with a browser.
"""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from kuule.core.amounts import amount
from kuule.desk.desk_pages import go_to, render_page, tells_problems
from kuule.desk.desk_problems import desk_error
from kuule.desk.running_desk import Desk, Notice, running_desk
from kuule.desk.typed_places import typed_place
from kuule.usecases.open_answers.desk_opening import check_nobody_else_reads
from kuule.usecases.open_answers.project_export import export_project
from kuule.usecases.open_answers.project_import import ImportChoices, ImportCounts, import_content, import_project
from kuule.usecases.open_answers.project_keeping import (
    merge_project_copy,
    merge_uploaded_copy,
    take_newer_dataset,
    typed_passphrase,
)

_TOLD = tells_problems(lambda: "/copies")


@require_safe
def show_copies(request: HttpRequest) -> HttpResponseBase:
    """The four forms."""
    desk = running_desk()
    path = desk.session.project.path.absolute()
    proposed = path.with_name(f"{path.stem}-{desk.session.day}.qdpx")
    return render_page(request, "copies.html", title="Copies and files", project=path, proposed=proposed)


@require_POST
@_TOLD
def merge(request: HttpRequest) -> HttpResponseBase:
    """Take all of another copy of the project into this one."""
    desk = running_desk()
    passphrase = typed_passphrase(request.POST.get("passphrase", ""))
    content = _uploaded(request)
    if content is not None:
        merged = merge_uploaded_copy(desk.session, content[1], passphrase)
    else:
        merged = merge_project_copy(desk.session, _place(request, "the other copy"), passphrase)
    desk.tell(
        Notice(
            f"Merged: {amount(merged.acts, 'act')}, {amount(merged.texts, 'text')} and"
            f" {amount(merged.withdrawn, 'withdrawal')} came from the other copy. That file stays as it is."
        )
    )
    if merged.disagreements:
        what = amount(merged.disagreements, "thing was", "things were")
        desk.tell(Notice(f"{what} changed in both, and can be found under “To settle”."))
    return go_to("/copies")


@require_POST
@_TOLD
def take(request: HttpRequest) -> HttpResponseBase:
    """Take in the dataset as it is now."""
    desk = running_desk()
    place = _place(request, "the dataset")
    check_nobody_else_reads(place)
    taken = take_newer_dataset(desk.session, place)
    desk.dataset = place
    desk.checkups.clear()
    desk.tell(
        Notice(
            f"Taken in: {amount(taken.added, 'text is', 'texts are')} new."
            f" {amount(taken.withdrawn, 'was', 'were')} withdrawn, and"
            f" {amount(taken.acts_removed, 'act', 'acts')} about such texts went with them."
        )
    )
    if taken.fewer:
        fewer = amount(taken.fewer, "text")
        desk.tell(Notice(f"Of {fewer} that several people wrote there are fewer now. Look at quotes of them again."))
    return go_to("/copies")


@require_POST
@_TOLD
def export(request: HttpRequest) -> HttpResponseBase:
    """Write redacted texts, codes and codings for other programs."""
    desk = running_desk()
    place, given = _place(request, "the file to write"), request.POST
    counts = export_project(desk.session, place, decided="decided" in given, with_memos="without_memos" not in given)
    said = f"Written: {place}. {amount(counts.codes, 'code')}"
    if counts.texts:
        said += f", {amount(counts.texts, 'text')} with {amount(counts.codings, 'coding')}"
        said += f", {amount(counts.memos, 'memo')}"
    desk.tell(Notice(f"{said}."))
    if counts.not_redacted:
        desk.tell(Notice(f"{amount(counts.not_redacted, 'text stays', 'texts stay')} here: not redacted by two."))
    if counts.texts:
        desk.tell(Notice("The file is not sealed: whoever has it can read the redacted texts. Delete it after use."))
    return go_to("/copies")


@require_POST
@_TOLD
def take_in_codings(request: HttpRequest) -> HttpResponseBase:
    """Take in codes, memos and one person's codings from another program."""
    desk, given = running_desk(), request.POST
    choices = ImportChoices(
        given.get("user", "").strip(), "done" in given, "replace" in given, skip_changed="skip_changed" in given
    )
    content = _uploaded(request)
    if content is not None:
        taken = import_content(desk.session, content[1], content[0], choices)
    else:
        taken = import_project(desk.session, _place(request, "the file of the other program"), choices)
    _tell_taken(desk, taken)
    return go_to("/copies")


def _tell_taken(desk: Desk, taken: ImportCounts) -> None:
    desk.tell(
        Notice(
            f"Taken in: {amount(taken.codes, 'new code')}, {amount(taken.memos, 'new memo')}; the codes of"
            f" {amount(taken.coded_texts, 'text')} are others now."
        )
    )
    for reason, count in taken.left_out.items():
        desk.tell(Notice(f"Not taken in: {count:,} {reason}."))
    for what, count in taken.differing.items():
        desk.tell(Notice(f"The file says otherwise of {amount(count, 'code')} ({what}). The codebook stays as it is."))


def _uploaded(request: HttpRequest) -> tuple[str, bytes] | None:
    """The name and the content of the file that was sent, None if a place was typed instead."""
    sent = request.FILES.get("file")
    if sent is None or not sent.name:
        return None
    if request.POST.get("place", "").strip():
        cause = "a file was chosen and a place was typed"
        raise desk_error("DESK_017", "the file", cause, "give one of the two")
    return sent.name, sent.read()


def _place(request: HttpRequest, what: str) -> Path:
    return typed_place(request.POST.get("place", ""), what)
