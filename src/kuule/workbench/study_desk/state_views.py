"""The first page of the lead's desk, which says how far the study is and what comes next, and the page of what is wrong
with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from kuule.study.settings.field_phase import FieldPhase
from kuule.workbench.configuration.workbench_site import WorkbenchSite, running_site
from kuule.workbench.page_rendering import render_page
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Permission, check_may
from kuule.workbench.study_desk.current_findings import read_findings
from kuule.workbench.study_desk.study_findings import by_code
from kuule.workbench.study_desk.study_knowledge import read_study_knowledge
from kuule.workbench.study_desk.study_stages import Standing, StudyStage, next_stage, stage_standings


def state_page(request: HttpRequest) -> HttpResponse:
    """How far the study is, stage by stage, and what can be done here."""
    site = site_for_desk(request)
    facts, unread = read_study_knowledge(site)
    standings = stage_standings(facts)
    return render_page(
        request,
        "study/state.html",
        title="",
        facts=facts,
        standings=standings,
        next=next_stage(standings),
        unread=unread,
        StudyStage=StudyStage,
        Standing=Standing,
        FieldPhase=FieldPhase,
        has_kits=site.has_kits,
    )


def problems_page(request: HttpRequest) -> HttpResponse:
    """Everything that `kuule check` finds, as it is now."""
    findings = read_findings(site_for_desk(request))
    return render_page(
        request,
        "study/problems.html",
        title="",
        findings=findings,
        by_code=by_code,
    )


def site_for_desk(request: HttpRequest, *needed: Permission) -> WorkbenchSite:
    """The site, for a member who may see this desk and has the other permissions that are needed. Raises NotAllowed."""
    for one in (Permission.SEE_STUDY_DESK, *needed):
        check_may(request_member(request), one)
    return running_site()
