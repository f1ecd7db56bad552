"""The report's text, the services that help and the settings at the lead's desk: changed as text, tried, compared and
taken, and what they were before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import Problem, WorkbenchError
from kuule.workbench.page_rendering import render_page
from kuule.workbench.roles import Permission
from kuule.workbench.study_desk.form_trial import FormTrial
from kuule.workbench.study_desk.recorded_change import record_change
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.study_desk.study_files import (
    StudyFile,
    earlier_files,
    find_earlier_file,
    put_back,
    read_study_file,
    replace_study_file,
)
from kuule.workbench.study_desk.study_findings import by_code
from kuule.workbench.study_desk.text_files import (
    LONGEST_FILE,
    TextFile,
    kept_texts,
    text_of,
    try_text_file,
    written_as,
)

TAKE = "take"
_HEADINGS = {
    TextFile.REPORT: "section_report",
    TextFile.HELP: "study_file_help",
    TextFile.SETTINGS: "study_file_settings",
}
_LEADS = {
    TextFile.REPORT: "study_file_report_lead",
    TextFile.HELP: "study_file_help_lead",
    TextFile.SETTINGS: "study_file_settings_lead",
}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page says besides the text in its field."""

    typed: str
    status: int = 200
    trial: FormTrial | None = None
    checked: str = ""
    problems: tuple[Problem, ...] = ()
    changed: bool = False
    too_long: bool = False
    taken: bool = False


def text_file_page(request: HttpRequest, name: str) -> HttpResponse:
    """One file as text. When it is posted it is tried and compared; when what was compared is posted again with the
    button that takes it, it is the study's."""
    needed = (Permission.CHANGE_STUDY,) if request.method == "POST" else ()
    site = site_for_desk(request, *needed)
    which = TextFile(name)
    present = read_study_file(site, which)
    if request.method != "POST":
        return _page(request, which, present, _Shown(text_of(present) or "", taken=request.GET.get("taken") == "yes"))
    typed = request.POST.get("text", "").replace("\r\n", "\n")
    if len(typed) > LONGEST_FILE:
        return _page(request, which, present, _Shown(typed, 400, too_long=True))
    if request.POST.get("seen", "") != present.digest:
        return _page(request, which, present, _Shown(typed, 409, changed=True))
    new = written_as(present, typed)
    if new.content == present.content:
        return HttpResponseRedirect(_address(which))
    try:
        trial = try_text_file(site, new)
        wanted = request.POST.get("go") == TAKE and request.POST.get("checked") == new.digest
        if not (trial.is_readable and wanted):
            status = 200 if trial.is_readable else 400
            return _page(request, which, present, _Shown(typed, status, trial, new.digest))
        if not replace_study_file(site, new, kept=kept_texts(which), seen=present.digest):
            return _page(request, which, read_study_file(site, which), _Shown(typed, 409, changed=True))
    except WorkbenchError as error:
        return _page(request, which, present, _Shown(typed, 400, problems=error.problems))
    undo = partial(put_back, site, present, kept=kept_texts(which), seen=new.digest)
    on = f"{which}, {new.digest}, instead of {present.digest}"
    record_change(request, "changed a file", on, undo=undo)
    return HttpResponseRedirect(f"{_address(which)}?taken=yes")


def earlier_text(request: HttpRequest, name: str, digits: str) -> HttpResponse:
    """What the file was before, in the field: to be compared and taken again."""
    site, which = site_for_desk(request), TextFile(name)
    found = find_earlier_file(site, kept_texts(which), digits)
    if found is None:
        raise Http404
    earlier = StudyFile(which, found.path.read_bytes())
    return _page(request, which, read_study_file(site, which), _Shown(text_of(earlier) or ""))


def _page(request: HttpRequest, which: TextFile, present: StudyFile, shown: _Shown) -> HttpResponse:
    site = site_for_desk(request)
    return render_page(
        request,
        "study/file.html",
        title="",
        status=shown.status,
        which=which,
        heading=_HEADINGS[which],
        lead=_LEADS[which],
        present=present,
        present_text=text_of(present),
        state=shown,
        earlier=earlier_files(site, kept_texts(which)),
        own_address=_address(which),
        longest=LONGEST_FILE,
        by_code=by_code,
    )


def _address(which: TextFile) -> str:
    return f"/study/file/{which}"
