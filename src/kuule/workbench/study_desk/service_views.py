"""The services that help at the lead's desk: the list of those that the study adds or hides, the form of one of them,
and the form that hides one."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import Problem, StudyError, WorkbenchError
from kuule.helplines.support_file import built_in_row
from kuule.workbench.configuration.workbench_site import WorkbenchSite
from kuule.workbench.page_rendering import render_page
from kuule.workbench.roles import Permission
from kuule.workbench.study_desk.own_services import OwnService, OwnServices, read_own_services, row_problems
from kuule.workbench.study_desk.recorded_change import record_change
from kuule.workbench.study_desk.service_form import ServiceForm, named_kinds, service_choices, shown_form, typed_form
from kuule.workbench.study_desk.service_hiding import HideForm, find_help_left, read_hide_form, services_to_hide
from kuule.workbench.study_desk.state_views import site_for_desk
from kuule.workbench.study_desk.study_files import StudyFile, put_back, read_study_file, replace_study_file
from kuule.workbench.study_desk.text_files import TextFile, kept_texts, text_of, written_as

SERVICES, SERVICE, HIDE = "/study/help", "/study/help/service", "/study/help/hide"
REMOVE = "remove"


def services_page(request: HttpRequest) -> HttpResponse:
    """The services that the study adds or hides, and what is wrong with its file. If the address names one that is
    hidden, who finds nobody now."""
    site = site_for_desk(request)
    text = text_of(read_study_file(site, TextFile.HELP))
    services: tuple[OwnService, ...] = ()
    problems: tuple[Problem, ...] = ()
    lost = None
    try:
        found = _services(text)
        services = found.rows
        problems = row_problems(text or "") if services else ()
        lost = found.find(request.GET.get("country", ""), request.GET.get("name", ""))
    except StudyError as error:
        problems = error.problems
    lost = lost if lost and lost.hides else None
    return render_page(
        request,
        "study/services.html",
        title="",
        services=services,
        problems=problems,
        taken=request.GET.get("taken") == "yes",
        address=_address,
        lost=lost,
        left=find_help_left(site, text or "", lost) if lost else None,
        named=named_kinds(),
        hide_address=_hide_address,
    )


def hide_page(request: HttpRequest) -> HttpResponse:
    """The form that hides a service, of the study or of the directory, with who says so and why."""
    site = site_for_desk(request, Permission.CHANGE_STUDY)
    if (read := _readable_file(site)) is None:
        return HttpResponseRedirect(SERVICES)
    present, services = read
    if request.method != "POST":
        return _hide_page(request, site, services, HideForm({"service": request.GET.get("service", "")}, {}))
    form = read_hide_form(request.POST, services, site.clock().date())
    if form.row is None:
        return _hide_page(request, site, services, form, status=400)
    country, name = form.row["country"], form.row["name"]
    new = written_as(present, services.with_row(services.find(country, name), form.row))
    try:
        if not replace_study_file(site, new, kept=kept_texts(TextFile.HELP), seen=present.digest):
            return _hide_page(request, site, services, form, status=409, changed=True)
    except WorkbenchError as error:
        return _hide_page(request, site, services, form, status=400, problems=error.problems)
    _record(request, site, new, present)
    return HttpResponseRedirect(f"{SERVICES}?{urlencode({'country': country, 'name': name})}")


def _hide_page(
    request: HttpRequest,
    site: WorkbenchSite,
    services: OwnServices,
    form: HideForm,
    *,
    status: int = 200,
    changed: bool = False,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    try:
        first = site.read_study_settings().help.countries
    except StudyError:
        first = ()
    return render_page(
        request,
        "study/hide.html",
        title="",
        status=status,
        form=form,
        choices=services_to_hide(services, first),
        changed=changed,
        problems=problems,
        own_address=HIDE,
    )


def service_page(request: HttpRequest) -> HttpResponse:
    """One service, or a new one where the address names none. When the form is posted its row is written, unless
    somebody else changed that row since the page was made: then both are shown."""
    needed = (Permission.CHANGE_STUDY,) if request.method == "POST" else ()
    site = site_for_desk(request, *needed)
    if (read := _readable_file(site)) is None:
        return HttpResponseRedirect(SERVICES)
    present, services = read
    row = _row(request, services)
    if request.method != "POST":
        return _page(request, site, row, shown_form(row))
    typed = typed_form(request.POST, row, services, site.clock().date())
    if request.POST.get("seen", "") != (row.digest if row else ""):
        return _page(request, site, row, typed, status=409, changed=True)
    removes = request.POST.get("go") == REMOVE and row is not None and _may_remove(row)
    if typed.wrong and not removes:
        return _page(request, site, row, typed, status=400)
    text = services.without_row(row) if row and removes else services.with_row(row, typed.values)
    new = written_as(present, text)
    if new.content == present.content:
        return HttpResponseRedirect(SERVICES)
    try:
        if not replace_study_file(site, new, kept=kept_texts(TextFile.HELP), seen=present.digest):
            return _page(request, site, row, typed, status=409, changed=True)
    except WorkbenchError as error:
        return _page(request, site, row, typed, status=400, problems=error.problems)
    _record(request, site, new, present)
    return HttpResponseRedirect(f"{SERVICES}?taken=yes")


def _readable_file(site: WorkbenchSite) -> tuple[StudyFile, OwnServices] | None:
    """The file as it is and its services; None if it is no table, which the list of services says."""
    present = read_study_file(site, TextFile.HELP)
    try:
        return present, _services(text_of(present))
    except StudyError:
        return None


def _services(text: str | None) -> OwnServices:
    """Raises StudyError."""
    if text is None:
        remedy = "ask whoever administers this workbench to save it as CSV, UTF-8, with commas"
        raise StudyError(Problem("STUDY_201", TextFile.HELP, "it is no text in UTF-8", remedy))
    return read_own_services(text)


def _row(request: HttpRequest, services: OwnServices) -> OwnService | None:
    country, name = request.GET.get("country", ""), request.GET.get("name", "")
    if not (country or name):
        return None
    found = services.find(country, name)
    if found is None and request.method != "POST":
        raise Http404
    return found


def _record(request: HttpRequest, site: WorkbenchSite, new: StudyFile, present: StudyFile) -> None:
    undo = partial(put_back, site, present, kept=kept_texts(TextFile.HELP), seen=new.digest)
    record_change(request, "changed a file", f"{new.name}, {new.digest}, instead of {present.digest}", undo=undo)


def _page(
    request: HttpRequest,
    site: WorkbenchSite,
    row: OwnService | None,
    form: ServiceForm,
    *,
    status: int = 200,
    changed: bool = False,
    problems: tuple[Problem, ...] = (),
) -> HttpResponse:
    choices = service_choices(site)
    spoken = form.values.get("languages", "").split()
    return render_page(
        request,
        "study/service.html",
        title="",
        status=status,
        row=row,
        form=form,
        choices=choices,
        spoken=spoken,
        others=" ".join(one for one in spoken if one not in choices.languages),
        changed=changed,
        problems=problems,
        own_address=_address(row) if row else SERVICE,
        removable=row is not None and _may_remove(row),
        hide_address=_hide_address(row.country, row.name) if row else HIDE,
    )


def _may_remove(row: OwnService) -> bool:
    """Without its row a service of the directory that is hidden would be back there, and nobody would have checked
    it."""
    return not (row.hides and built_in_row(row.country, row.name))


def _address(row: OwnService) -> str:
    return f"{SERVICE}?{urlencode({'country': row.country, 'name': row.name})}"


def _hide_address(country: str, name: str) -> str:
    return f"{HIDE}?{urlencode({'service': f'{country} {name}'})}"
