"""The members: who is here, who is invited, and the ways to invite, renew and remove. `changing.py` changes them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from kuule.workbench.audit import record
from kuule.workbench.entry import member_of
from kuule.workbench.invitations import Wanted, invite, open_invitations, take_back
from kuule.workbench.members import acting, remove
from kuule.workbench.models import LONGEST_ORGANISATION, Organisation, Person
from kuule.workbench.names import name_from
from kuule.workbench.pages import notice, page
from kuule.workbench.roles import EVERYWHERE, INVITES, Action, Member, NotAllowed, Role, check_may, may_invite
from kuule.workbench.site import running_site

HERE = "/people"


def people(request: HttpRequest) -> HttpResponse:
    """Members by organisation, open invitations, and the form to invite; posted, the new link, shown once."""
    member = member_of(request)
    check_may(member, Action.INVITE)
    if request.method != "POST":
        return _page(request, member)
    wanted, wrong = wanted_of(request, member)
    if wanted is None:
        return _page(request, member, wrong=wrong, status=422)
    with acting(member):
        link = invite(wanted, by=member.name)
        record(request, "invited", _about(wanted))
    return _page(request, member, link=link)


def renew(request: HttpRequest, person_id: int) -> HttpResponse:
    """A link by which a member who lost password or second factor begins anew. The old ones work until it is used."""
    member = member_of(request)
    somebody(member, person_id)
    if request.method != "POST":
        return HttpResponseRedirect(HERE)
    with acting(member):
        person = somebody(member, person_id)
        wanted = Wanted(person.organisation, Role(person.role), tuple(person.languages), person)
        link = invite(wanted, by=member.name)
        record(request, "invited to begin anew", person.name)
    return _page(request, member, link=link)


def remove_person(request: HttpRequest, person_id: int) -> HttpResponse:
    """Close an account, after a page that asks."""
    member = member_of(request)
    person = somebody(member, person_id)
    if person.pk == member.id:
        raise NotAllowed
    if request.method != "POST":
        return page(request, "remove.html", title="Remove a member", person=person)
    left = remove(person, by=member)
    record(request, "removed a member", person.name)
    gone = (
        f" Invitations that {person.name} made and nobody followed: {left}, which do not work any more." if left else ""
    )
    notice(request, f"{person.name} cannot sign in any more.{gone}")
    return HttpResponseRedirect(HERE)


def take_invitation_back(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """An open link does not work any more."""
    member = member_of(request)
    check_may(member, Action.INVITE)
    if request.method == "POST" and (gone := take_back(invitation_id, roles=INVITES[member.role])):
        record(request, "took an invitation back", f"{gone.role}, {gone.organisation}")
        notice(request, "The invitation does not work any more.")
    return HttpResponseRedirect(HERE)


def links_of(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """Which of the study's links belong to an organisation."""
    member = member_of(request)
    check_may(member, Action.INVITE)
    organisation = Organisation.objects.filter(id=organisation_id).first()
    if organisation is None:
        raise Http404
    if request.method == "POST":
        known = running_site().study().links.partners
        organisation.links = sorted(set(request.POST.getlist("link")) & set(known))
        organisation.save(update_fields=["links"])
        record(request, "gave links", f"{organisation}: {', '.join(organisation.links) or 'none'}")
        notice(request, f"The links of {organisation} were kept.")
    return HttpResponseRedirect(HERE)


def somebody(member: Member, person_id: int) -> Person:
    """A member whose role this member may invite. Raises Http404 and NotAllowed."""
    check_may(member, Action.CHANGE_MEMBER)
    person = Person.objects.filter(id=person_id, is_active=True).select_related("organisation").first()
    if person is None:
        raise Http404
    if not may_invite(member, Role(person.role)):
        raise NotAllowed
    return person


def wanted_of(request: HttpRequest, member: Member) -> tuple[Wanted | None, dict[str, str]]:
    """What the form asks for; or what does not fit, by field."""
    study, posted, wrong = running_site().study(), request.POST, {}
    role = next((role for role in INVITES[member.role] if role == posted.get("role")), None)
    asked = set(posted.getlist("language")) - {study.source_language}
    languages = tuple(tag for tag in study.languages if tag in asked)
    name = name_from(posted.get("organisation", ""))
    if role is None:
        wrong["role"] = "Please choose a role."
    elif role not in EVERYWHERE and not languages:
        wrong["language"] = "Please choose at least one language for this role."
    if not 1 <= len(name) <= LONGEST_ORGANISATION:
        wrong["organisation"] = f"Please name the organisation, in up to {LONGEST_ORGANISATION} characters."
    if wrong or role is None:
        return None, wrong
    organisation, _ = Organisation.objects.get_or_create(name=name)
    return Wanted(organisation, role, () if role in EVERYWHERE else languages), {}


def _about(wanted: Wanted) -> str:
    languages = f", {' '.join(wanted.languages)}" if wanted.languages else ""
    return f"{wanted.role}, {wanted.organisation}{languages}"


def _page(request: HttpRequest, member: Member, *, status: int = 200, **content: object) -> HttpResponse:
    study = running_site().study()
    members = Person.objects.filter(is_active=True).select_related("organisation").order_by("name")
    return page(
        request,
        "people.html",
        title="People",
        status=status,
        study=study,
        organisations=Organisation.objects.order_by("name"),
        people=[(person, Role(person.role)) for person in members],
        invitations=open_invitations(),
        roles=[role for role in Role if may_invite(member, role)],
        everywhere=EVERYWHERE,
        posted=request.POST,
        **{"link": "", "wrong": {}, **content},
    )
