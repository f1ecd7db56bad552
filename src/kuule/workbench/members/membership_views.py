"""The page that changes a member's role, languages or organisation (and, with the organisation, the links)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_plain
from kuule.workbench.members.memberships import EditConflict, Membership, change_membership, membership_of
from kuule.workbench.members.people_views import PEOPLE_PATH, editable_person, offered_roles, read_invitation_form
from kuule.workbench.models import Organisation, Person
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.register_desk.current_register import register_countries
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import UNRESTRICTED_ROLES, Member, NotAllowed


def change_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """The form with what a member is now. When it is posted, save the changes."""
    member = request_member(request)
    person = editable_person(member, person_id)
    if person.pk == member.id:
        raise NotAllowed
    if request.method != "POST":
        return _page(request, member, person)
    into, wrong = read_invitation_form(request, member)
    if into is None:
        return _page(request, member, person, wrong=wrong, status=422)
    after = Membership(into.organisation, into.role, into.languages, into.countries)
    try:
        before = change_membership(person.pk, after, by=member, mark=request.POST.get("mark", ""))
    except EditConflict:
        return _page(request, member, editable_person(member, person_id), meanwhile=say("change_meanwhile"), status=409)
    _tell(request, person.name, before, after)
    return HttpResponseRedirect(PEOPLE_PATH)


def _tell(request: HttpRequest, name: str, before: Membership, after: Membership) -> None:
    """Record a change of rights and a change of organisation in the audit trail, one entry each, and tell it on the
    next page."""
    changes = [f"{before.role} to {after.role}"] if after.role is not before.role else []
    earlier, later = (*before.languages, *before.countries), (*after.languages, *after.countries)
    changes += [f"+{one}" for one in later if one not in earlier]
    changes += [f"-{one}" for one in earlier if one not in later]
    if changes:
        record_action(request, "changed a member", f"{name}: {' '.join(changes)}")
    if after.organisation != before.organisation:
        record_action(request, "moved a member", f"{name}: to {after.organisation}")
    is_changed = changes or after.organisation != before.organisation
    add_notice(request, say("changed", name=name) if is_changed else say("said_nothing"))


def _page(
    request: HttpRequest,
    member: Member,
    person: Person,
    *,
    wrong: dict[str, str] | None = None,
    meanwhile: str = "",
    status: int = 200,
) -> HttpResponse:
    now = membership_of(person)
    typed = request.POST if wrong else None
    return render_page(
        request,
        "change.html",
        title=say_plain("change_tab"),
        status=status,
        study=running_site().read_study_settings(),
        person=person,
        mark=request.POST.get("mark", "") if wrong else now.version_tag,
        organisation=typed.get("organisation", "") if typed else str(now.organisation),
        role=typed.get("role", "") if typed else now.role,
        languages=typed.getlist("language") if typed else now.languages,
        organisations=Organisation.objects.order_by("name"),
        roles=offered_roles(member),
        countries=register_countries(),
        chosen_countries=typed.getlist("country") if typed else now.countries,
        everywhere=UNRESTRICTED_ROLES,
        wrong=wrong or {},
        meanwhile=meanwhile,
    )
