"""The page of the members: who is here, who is invited, and how to invite, renew and remove. `membership_views` changes
them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.core.problems import StudyError
from kuule.study.folder.partner_files import read_study_partners
from kuule.study.settings.study_settings import Study
from kuule.workbench.accounts.display_names import clean_name
from kuule.workbench.accounts.invitations import InvitationRequest, close_invitation, invite, list_open_invitations
from kuule.workbench.audit_trail.audit_entries import record_action
from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.member_words.saying import say, say_plain
from kuule.workbench.members.memberships import close_account, transaction_as
from kuule.workbench.models import LONGEST_ORGANISATION, Organisation, Person
from kuule.workbench.notices import add_notice
from kuule.workbench.page_rendering import render_page
from kuule.workbench.register_desk.current_register import register_countries
from kuule.workbench.request_member import request_member
from kuule.workbench.roles import (
    COUNTRY_ROLES,
    INVITABLE_ROLES,
    UNRESTRICTED_ROLES,
    Member,
    NotAllowed,
    Permission,
    Role,
    check_may,
    may_invite,
)
from kuule.workbench.signing_desk.own_partner import partner_of_name

PEOPLE_PATH = "/people"


def people_page(request: HttpRequest) -> HttpResponse:
    """Members by organisation, open invitations, and the form for a new one. When it is posted, the new link is shown,
    once."""
    member = request_member(request)
    check_may(member, Permission.INVITE)
    if request.method != "POST":
        return _page(request, member)
    wanted, wrong = read_invitation_form(request, member)
    if wanted is None:
        return _page(request, member, wrong=wrong, status=422)
    with transaction_as(member):
        link = invite(wanted, by=member.name)
        record_action(request, "invited", _about(wanted))
    return _page(request, member, link=link)


def renew_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Create a link with which a member who lost a password or a second factor sets them up anew. The old ones work
    until the link is used."""
    member = request_member(request)
    editable_person(member, person_id)
    if request.method != "POST":
        return HttpResponseRedirect(PEOPLE_PATH)
    with transaction_as(member):
        person = editable_person(member, person_id)
        wanted = InvitationRequest(
            person.organisation, Role(person.role), tuple(person.languages), person, tuple(person.countries)
        )
        link = invite(wanted, by=member.name)
        record_action(request, "invited to begin anew", person.name)
    return _page(request, member, link=link)


def remove_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Close an account, after asking on a page of its own."""
    member = request_member(request)
    person = editable_person(member, person_id)
    if person.pk == member.id:
        raise NotAllowed
    if request.method != "POST":
        return render_page(request, "remove.html", title=say_plain("remove_tab"), person=person)
    left = close_account(person, by=member)
    record_action(request, "removed a member", person.name)
    add_notice(request, say("removed", name=person.name))
    if left:
        add_notice(request, say("removed_invitations", name=person.name, number=left))
    return HttpResponseRedirect(PEOPLE_PATH)


def revoke_invitation(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Make an open invitation unusable."""
    member = request_member(request)
    check_may(member, Permission.INVITE)
    if request.method == "POST" and (gone := close_invitation(invitation_id, roles=INVITABLE_ROLES[member.role])):
        record_action(request, "took an invitation back", f"{gone.role}, {gone.organisation}")
        add_notice(request, say("people_withdrawn"))
    return HttpResponseRedirect(PEOPLE_PATH)


def assign_links(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Set which links of the study belong to an organisation."""
    member = request_member(request)
    check_may(member, Permission.INVITE)
    organisation = Organisation.objects.filter(id=organisation_id).first()
    if organisation is None:
        raise Http404
    if request.method == "POST":
        known = running_site().read_study_settings().links.partners
        organisation.links = sorted(set(request.POST.getlist("link")) & set(known))
        organisation.save(update_fields=["links"])
        record_action(request, "gave links", f"{organisation}: {', '.join(organisation.links) or 'none'}")
        add_notice(request, say("people_links_kept", organisation=organisation))
    return HttpResponseRedirect(PEOPLE_PATH)


def editable_person(member: Member, person_id: int) -> Person:
    """A member whose role this member may invite. Raises Http404 and NotAllowed."""
    check_may(member, Permission.CHANGE_MEMBER)
    person = Person.objects.filter(id=person_id, is_active=True).select_related("organisation").first()
    if person is None:
        raise Http404
    if not may_invite(member, Role(person.role)):
        raise NotAllowed
    return person


def read_invitation_form(request: HttpRequest, member: Member) -> tuple[InvitationRequest | None, dict[str, str]]:
    """What the form asks for, or None and what is wrong, by field."""
    study, posted = running_site().read_study_settings(), request.POST
    wrong: dict[str, str] = {}
    role = next((role for role in offered_roles(member) if role == posted.get("role")), None)
    chosen = set(posted.getlist("language")) - {study.source_language}
    languages = tuple(tag for tag in study.languages if tag in chosen)
    countries = tuple(code for code in register_countries() if code in posted.getlist("country"))
    name = clean_name(posted.get("organisation", ""))
    if role is None:
        wrong["role"] = say("place_no_role")
    elif role in COUNTRY_ROLES:
        if not countries:
            wrong["country"] = say("place_no_country")
    elif role not in UNRESTRICTED_ROLES and not languages and not _works_in_the_source(role, name, study):
        wrong["language"] = say("place_no_language")
    if not 1 <= len(name) <= LONGEST_ORGANISATION:
        wrong["organisation"] = say("place_no_organisation", longest=LONGEST_ORGANISATION)
    if wrong or role is None:
        return None, wrong
    organisation, _ = Organisation.objects.get_or_create(name=name)
    if role in COUNTRY_ROLES:
        return InvitationRequest(organisation, role, countries=countries), {}
    return InvitationRequest(organisation, role, () if role in UNRESTRICTED_ROLES else languages), {}


def offered_roles(member: Member) -> list[Role]:
    """The roles that a member may give here. Those that are bound to countries need a register."""
    roles = (role for role in Role if may_invite(member, role))
    return [role for role in roles if role not in COUNTRY_ROLES or register_countries()]


def _works_in_the_source(role: Role, organisation: str, study: Study) -> bool:
    """Whether somebody needs no language to be of use: they look or sign for a partner that works in the language of
    the study itself, which nobody translates."""
    partner = partner_of_name(organisation) if role in (Role.VIEWER, Role.SIGNATORY) else None
    return partner is not None and study.source_language in partner.languages


def _organisation_names() -> list[str]:
    """Those that are here, and the partners of the study: a partner is known by its name, letter for letter."""
    try:
        partners = [one.name for one in read_study_partners(running_site().study_folder).values()]
    except StudyError:
        partners = []
    return sorted({*partners, *map(str, Organisation.objects.all())}, key=str.casefold)


def _about(wanted: InvitationRequest) -> str:
    bounds = (*wanted.languages, *wanted.countries)
    return ", ".join(filter(None, (wanted.role, str(wanted.organisation), " ".join(bounds))))


def _page(request: HttpRequest, member: Member, *, status: int = 200, **content: object) -> HttpResponse:
    study = running_site().read_study_settings()
    members = Person.objects.filter(is_active=True).select_related("organisation").order_by("name")
    return render_page(
        request,
        "people.html",
        title=say_plain("way_people"),
        status=status,
        study=study,
        organisations=Organisation.objects.order_by("name"),
        organisation_names=_organisation_names(),
        people=[(person, Role(person.role)) for person in members],
        invitations=list_open_invitations(),
        roles=offered_roles(member),
        may_remove=[role for role in Role if may_invite(member, role)],
        countries=register_countries(),
        everywhere=UNRESTRICTED_ROLES,
        given=request.POST if content.get("wrong") else request.GET,
        **{"link": "", "wrong": {}, **content},
    )
