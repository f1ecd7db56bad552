"""The first page of every member: what comes next, the table of its languages, its links and at least how many people
came through them. Links can be switched off here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import KuuleError, Problem, StoreError, StudyError
from kuule.study.settings.study_settings import Study
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_between, say_english, say_plain
from kuule.workbench.members.language_people import people_by_language
from kuule.workbench.models import Organisation
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.partner.collector_snapshot import forget_snapshot, store_snapshot
from kuule.workbench.partner.partner_board import PartnerBoard, partner_board
from kuule.workbench.partner.survey_state import survey_state
from kuule.workbench.register_desk.country_rows import CountryRow, country_rows
from kuule.workbench.register_desk.register_context import context_of
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import Member, Permission, check_may, may, sees_register
from kuule.workbench.store_proxy import StoreSnapshot
from kuule.workbench.translation_desk.language_table import LanguageTable, language_table


@dataclass(frozen=True, slots=True)
class PartnerLink:
    """A link of a partner. `figure` is at least how many people came through it; None if that is unknown or not
    counted."""

    code: str
    partner: str
    address: str
    on: bool
    figure: int | None


def home_page(request: HttpRequest) -> HttpResponse:
    """The first page that a member sees."""
    member, site = request_member(request), running_site()
    study = site.read_study_settings()
    look, trouble = store_snapshot()
    sees_counts = look is not None and may(member, Permission.SEE_COUNTS)
    counted = study.counts and sees_counts
    off = look.switched_off if look is not None else frozenset()
    board = partner_board(member, study_id=study.id, switched_off=off, today=site.clock().date())
    table, problems = _table(member)
    register_rows, register_problems = _register_rows(member)
    content: dict[str, Any] = {
        "study": study,
        "links": _links(member, study, board, look if counted else None),
        "table": table,
        "answered": {tag: at_least for (kind, tag), at_least in look.counts.items() if kind == "language"}
        if counted and look
        else {},
        "help_opened": look.help_opened if study.count_help and sees_counts and look else None,
        "problems": problems,
        "register_rows": register_rows,
        "register_problems": register_problems,
        "board": board,
        "trouble": trouble,
        "survey": survey_state(study, look, site.clock()),
        "store_proxy": site.store_proxy,
    }
    return render_page(request, "home.html", title=say_plain("way_home"), **content)


def _links(member: Member, study: Study, board: PartnerBoard, counted: StoreSnapshot | None) -> tuple[PartnerLink, ...]:
    """The links of the member's organisation: those ticked for it, and those in its file."""
    look, _ = store_snapshot()
    own = board.partner.links if board.partner is not None else ()
    return tuple(
        PartnerLink(
            code,
            partner,
            f"{running_site().options.survey.rstrip('/')}/{code}",
            look is None or code not in look.switched_off,
            counted.counts.get(("link", code), 0) if counted is not None else None,
        )
        for code, partner in (study.links.partners.items() if study.links.on else ())
        if member.sees_link(code) or code in own
    )


def _table(member: Member) -> tuple[LanguageTable, tuple[Problem, ...]]:
    """The table of the languages, or the reason why it cannot be shown. Links are shown in either case."""
    try:
        return language_table(member, people_by_language()), ()
    except StudyError as error:
        return LanguageTable(()), error.problems


def _register_rows(member: Member) -> tuple[tuple[CountryRow, ...] | None, tuple[Problem, ...]]:
    """The member's countries in the register, None where they have nothing to do with one, and what keeps it from
    being read."""
    if running_site().register_folder is None or not sees_register(member):
        return None, ()
    try:
        return country_rows(context_of(member)), ()
    except KuuleError as error:
        return (), error.problems


def switch_link(request: HttpRequest, code: str) -> HttpResponse:
    """Switch a partner's link off, or on again. Collectors read it from the store within half a minute."""
    member, site = request_member(request), running_site()
    check_may(member, Permission.SWITCH_LINK)
    if site.store_proxy is None or code not in site.read_study_settings().links.partners:
        raise Http404
    on = request.POST.get("on") == "yes"
    if request.method == "POST":
        try:
            site.store_proxy.switch_link(code, on=on)
        except StoreError as error:
            add_notice(request, say("link_not_changed", cause=say_english(error.problems[0].cause)))
            return HttpResponseRedirect("/")
        forget_snapshot()
        record_action(request, "switched a link on" if on else "switched a link off", code)
        owners = say_between().join(one.name for one in Organisation.objects.all() if code in one.links)
        owned = f"{code} ({owners})" if owners else code
        add_notice(request, say("link_on", link=owned) if on else say("link_off", link=owned))
    return HttpResponseRedirect("/")
