"""The questionnaire as a document at the lead's desk: for an ethics board, a panel, cognitive interviews."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse

from kuule.core.problems import Problem, StudyError, WorkbenchError
from kuule.languages.cldr.tags import find_language
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.errands.errand_process import run_errand_process
from kuule.workbench.page_rendering import render_page
from kuule.workbench.study_desk.desk_editions import DeskEditions, read_desk_editions
from kuule.workbench.study_desk.disk_trouble import disk_trouble
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.study_desk.study_orders import STUDY_ERRANDS, StudyErrand

_CONTENT_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def print_page(request: HttpRequest) -> HttpResponse:
    """A form for a document. When it is posted, the document."""
    site = site_for_desk(request)
    editions = read_desk_editions(site)
    if request.method != "POST":
        return _form(request, site, editions)
    study, kind = site.read_study_settings(), request.POST.get("format", "")
    language, since = request.POST.get("language", ""), editions.find(request.POST.get("since", ""))
    if kind not in _CONTENT_TYPES or language not in study.languages:
        return _form(request, site, editions, status=400)
    order = {
        "do": StudyErrand.PRINT,
        "study": str(site.study_folder),
        "language": language,
        "format": kind,
        "room": request.POST.get("room") == "yes",
        "since": str(since.folder) if since is not None else "",
    }
    try:
        name, content = _make(site, order)
    except (StudyError, WorkbenchError) as error:
        return _form(request, site, editions, status=503, problems=error.problems)
    compared = f", since edition {since.edition.short}" if since is not None else ""
    record_action(request, "downloaded the questionnaire as a document", f"{language}, {kind}{compared}")
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{study.id}-{name}"'}
    return HttpResponse(content, content_type=_CONTENT_TYPES[kind], headers=headers)


def _make(site: WorkbenchSite, order: dict[str, object]) -> tuple[str, bytes]:
    out = site.data / f"print-{secrets.token_hex(8)}.partial"
    try:
        made = run_errand_process(STUDY_ERRANDS, {**order, "out": str(out)})
        with disk_trouble("the document"):
            return str(made["name"]), out.read_bytes()
    finally:
        out.unlink(missing_ok=True)


def _form(
    request: HttpRequest,
    site: WorkbenchSite,
    editions: DeskEditions,
    *,
    status: int = 200,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    study = site.read_study_settings()
    return render_page(
        request,
        "study/print.html",
        title="",
        status=status,
        languages=[find_language(tag) for tag in study.languages],
        source=study.source_language,
        editions=editions.editions,
        problems=problems,
    )
