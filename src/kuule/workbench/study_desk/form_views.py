"""The questionnaire at the lead's desk: to download, to send another one, to see what that would change, to take it,
and to go back to an earlier one."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import Problem, WorkbenchError
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.study_desk.current_trial import try_sent_form
from kuule.workbench.study_desk.form_files import (
    KEPT_FORMS,
    find_sent_form,
    keep_sent_form,
    read_present_form,
    take_sent_form,
)
from kuule.workbench.study_desk.form_trial import FormTrial
from kuule.workbench.study_desk.recorded_change import record_change
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.study_desk.study_files import StudyFile, earlier_files, find_earlier_file, put_back
from kuule.workbench.study_desk.study_findings import by_code
from kuule.workbench.uploaded_files import uploaded_file

QUESTIONNAIRE = "/study/questionnaire"
_CONTENT_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".md": "text/markdown; charset=utf-8",
}


def questionnaire_page(request: HttpRequest) -> HttpResponse:
    """The file that there is, and a form to send another. What is sent is tried, and kept if it could be taken; nothing
    is changed yet."""
    site = site_for_desk(request)
    if request.method != "POST":
        return _questionnaire(request, site)
    check_may(request_member(request), Permission.CHANGE_STUDY)
    sent = uploaded_file(request, "form")
    if sent is None:
        return _questionnaire(request, site, nothing_sent=True)
    try:
        kept = keep_sent_form(site, *sent)
    except WorkbenchError as error:
        return _refused(request, site, error)
    return _tried(request, site, kept)


def download_questionnaire(request: HttpRequest) -> HttpResponse:
    """The file that there is."""
    present = read_present_form(site_for_desk(request))
    if not present.content:
        raise Http404
    record_action(request, "downloaded the questionnaire", _object(present))
    return _attached(present)


def trial_page(request: HttpRequest, digits: str) -> HttpResponse:
    """What a questionnaire that was sent would change. When it is posted, it is taken, unless the one that it was
    compared with is not there any more."""
    needed = (Permission.CHANGE_STUDY,) if request.method == "POST" else ()
    site = site_for_desk(request, *needed)
    path, present = find_sent_form(site, digits), read_present_form(site)
    if path is None:
        raise Http404
    try:
        trial, replaced = try_sent_form(site, path), False
    except WorkbenchError as error:
        return _questionnaire(request, site, problems=error.problems)
    if request.method == "POST" and trial.is_readable:
        if take_sent_form(site, digits, seen=request.POST.get("seen", "")):
            on = f"{present.name}, {digits}, instead of {present.digest}"
            undo = partial(put_back, site, present, kept=KEPT_FORMS, seen=digits)
            record_change(request, "took a questionnaire", on, undo=undo)
            return HttpResponseRedirect(f"{QUESTIONNAIRE}?taken=yes")
        replaced, present = True, read_present_form(site)
        trial = try_sent_form(site, path)
    return _trial(request, trial, digits, present, status=409 if replaced else 200)


def earlier_questionnaire(request: HttpRequest, digits: str) -> HttpResponse:
    """A questionnaire that the study had, to download. When it is posted, it is compared as if it had been sent."""
    needed = (Permission.CHANGE_STUDY,) if request.method == "POST" else ()
    site = site_for_desk(request, *needed)
    found = find_earlier_file(site, KEPT_FORMS, digits)
    if found is None:
        raise Http404
    form = StudyFile(f"form{found.path.suffix}", found.path.read_bytes())
    if request.method != "POST":
        record_action(request, "downloaded an earlier questionnaire", _object(form))
        return _attached(form)
    try:
        kept = keep_sent_form(site, form.name, form.content)
    except WorkbenchError as error:
        return _questionnaire(request, site, problems=error.problems)
    return _tried(request, site, kept)


def _tried(request: HttpRequest, site: WorkbenchSite, kept: StudyFile) -> HttpResponse:
    """Where its comparison is. A file that cannot be taken is shown its reasons at once, and is not kept: it could be
    anything, such as answers or a secret key that somebody chose by mistake."""
    path = find_sent_form(site, kept.digest)
    if path is None:
        raise Http404
    try:
        trial = try_sent_form(site, path)
    except WorkbenchError as error:
        path.unlink(missing_ok=True)
        return _refused(request, site, error)
    if not trial.is_readable:
        path.unlink(missing_ok=True)
        record_action(request, "sent a questionnaire that was refused", _object(kept))
        return _trial(request, trial, kept.digest, read_present_form(site), status=400)
    record_action(request, "sent a questionnaire", _object(kept))
    return HttpResponseRedirect(f"{QUESTIONNAIRE}/{kept.digest}")


def _refused(request: HttpRequest, site: WorkbenchSite, error: WorkbenchError) -> HttpResponse:
    record_action(request, "sent a questionnaire that was refused", error.problems[0].code)
    return _questionnaire(request, site, problems=error.problems)


def _trial(
    request: HttpRequest, trial: FormTrial, digits: str, present: StudyFile, *, status: int = 200
) -> HttpResponse:
    return render_page(
        request,
        "study/trial.html",
        title="",
        status=status,
        trial=trial,
        digits=digits,
        present=present,
        replaced=status == 409,
        by_code=by_code,
    )


def _questionnaire(
    request: HttpRequest, site: WorkbenchSite, *, problems: tuple[Problem, ...] = (), nothing_sent: bool = False
) -> HttpResponse:
    return render_page(
        request,
        "study/questionnaire.html",
        title="",
        status=400 if problems or nothing_sent else 200,
        present=read_present_form(site),
        earlier=earlier_files(site, KEPT_FORMS),
        problems=problems,
        nothing_sent=nothing_sent,
        taken=request.GET.get("taken") == "yes",
    )


def _object(form: StudyFile) -> str:
    return f"{form.name}, {form.digest}"


def _attached(form: StudyFile) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{form.name}"'}
    return HttpResponse(form.content, content_type=_CONTENT_TYPES[form.ending], headers=headers)
