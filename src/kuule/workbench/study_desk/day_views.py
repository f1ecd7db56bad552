"""The days of a study at the lead's desk: a list, and a file for calendar programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kuule.planning.study_calendar import calendar_bytes
from kuule.planning.study_days import read_study_days
from kuule.workbench.page_rendering import render_page
from kuule.workbench.study_desk.state_views import site_for_desk


def days_page(request: HttpRequest) -> HttpResponse:
    """What is due and what comes. What is to be done is English, as all that a check says."""
    site = site_for_desk(request)
    found, today = read_study_days(site.study_folder, site.study_folder.name), site.clock().date()
    return render_page(
        request,
        "study/days.html",
        title="",
        due=found.days_due(today),
        ahead=found.days_ahead(today),
        unknown=found.unknown,
    )


def download_days(request: HttpRequest) -> HttpResponse:
    """All days as iCalendar."""
    site = site_for_desk(request)
    found = read_study_days(site.study_folder, site.study_folder.name)
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{found.study_id}.ics"'}
    return HttpResponse(
        calendar_bytes(found, site.clock()), content_type="text/calendar; charset=utf-8", headers=headers
    )
