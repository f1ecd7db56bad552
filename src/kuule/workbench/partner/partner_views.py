"""The partner's page: its translations and how far they are, its links, and at least how many came. And the switch."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import Problem, StoreError, StudyError
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.middleware import request_member
from kuule.workbench.models import Organisation
from kuule.workbench.page_rendering import add_notice, render_page
from kuule.workbench.partner.progress_summary import ProgressSummary, summarise_progress
from kuule.workbench.roles import Permission, check_may, may
from kuule.workbench.store_proxy import StoreSnapshot

_FRESH_SECONDS = 300
"""Counts move at midnight; a switch that another member turned is seen after so long."""


@dataclass(frozen=True, slots=True)
class PartnerLink:
    """A link of a partner. `figure` is how many came by it at least, None where that is not known or not counted."""

    code: str
    partner: str
    address: str
    on: bool
    figure: int | None


class _Looked:
    """What the clerk saw last, and when, on a clock that only grows."""

    look: StoreSnapshot | None = None
    at = float("-inf")


def home_page(request: HttpRequest) -> HttpResponse:
    """What a member sees first."""
    member, site = request_member(request), running_site()
    study = site.read_study_settings()
    look, trouble = store_snapshot()
    counted = study.counts and look is not None and may(member, Permission.SEE_COUNTS)
    links = [
        PartnerLink(
            code,
            partner,
            f"{site.options.survey.rstrip('/')}/{code}",
            look is None or code not in look.switched_off,
            look.counts.get(("link", code), 0) if counted and look else None,
        )
        for code, partner in (study.links.partners.items() if study.links.on else ())
        if member.sees_link(code)
    ]
    standing, problems = _standing(site.study_folder, site.clock().date())
    languages = [
        (one, look.counts.get(("language", one.tag), 0) if counted and look else None)
        for one in standing
        if may(member, Permission.SEE_LANGUAGE, one.tag)
    ]
    content: dict[str, Any] = {
        "study": study,
        "links": links,
        "languages": languages,
        "problems": problems,
        "trouble": trouble,
        "clerk": site.store_proxy,
    }
    return render_page(request, "home.html", title="Your part", **content)


def _standing(study: Path, today: date) -> tuple[tuple[ProgressSummary, ...], tuple[Problem, ...]]:
    """How far the languages are, or what keeps that from being told: links and the way to the desk stay."""
    try:
        return summarise_progress(study, today), ()
    except StudyError as error:
        return (), error.problems


def switch_link(request: HttpRequest, code: str) -> HttpResponse:
    """Switch a partner's link off, or on again: collectors learn it through the store within half a minute."""
    member, site = request_member(request), running_site()
    check_may(member, Permission.SWITCH_LINK)
    if site.store_proxy is None or code not in site.read_study_settings().links.partners:
        raise Http404
    on = request.POST.get("on") == "yes"
    if request.method == "POST":
        try:
            site.store_proxy.switch_link(code, on=on)
        except StoreError as error:
            add_notice(request, f"Nothing was changed: {error.problems[0].cause}")
            return HttpResponseRedirect("/")
        _Looked.at = float("-inf")
        record_action(request, "switched a link on" if on else "switched a link off", code)
        owners = ", ".join(one.name for one in Organisation.objects.all() if code in one.links)
        add_notice(request, f"The link {code}{f' ({owners})' if owners else ''} is {'on' if on else 'off'}.")
    return HttpResponseRedirect("/")


def store_snapshot() -> tuple[StoreSnapshot | None, str]:
    """What the collector's store says, at most five minutes old; and what is in the way, where it says nothing."""
    clerk = running_site().store_proxy
    if clerk is None:
        return None, ""
    if time.monotonic() - _Looked.at > _FRESH_SECONDS:
        try:
            _Looked.look = clerk.read_snapshot()
        except StoreError as error:
            return None, error.problems[0].cause
        _Looked.at = time.monotonic()
    return _Looked.look, ""
