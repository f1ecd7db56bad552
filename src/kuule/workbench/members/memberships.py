"""Changing a membership and closing an account.

Each happens in a transaction that locks the database and checks the acting member once more: they may have been changed
or removed while their request was on its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from kuule.workbench.configuration.workbench_site import running_site
from kuule.workbench.models import Invitation, Organisation, Person
from kuule.workbench.roles import INVITABLE_ROLES, Member, NotAllowed, Role, may_change


class EditConflict(Exception):
    """Somebody else has changed this member since the page was opened."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A member's organisation, role, and languages or countries. Links belong to the organisation."""

    organisation: Organisation
    role: Role
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def version_tag(self) -> str:
        """The membership on one line, for a hidden field of the form that changes it."""
        return " ".join((str(self.organisation.pk), self.role, *self.languages, *self.countries))


def membership_of(person: Person) -> Membership:
    """The membership as it is in the database."""
    return Membership(person.organisation, Role(person.role), tuple(person.languages), tuple(person.countries))


@contextmanager
def transaction_as(member: Member) -> Iterator[None]:
    """A transaction in which this member still has the role that their request came with. Raises NotAllowed.

    If two leads remove or change each other at the same moment, one of them comes second and is no longer a lead by
    then. Since nobody can do it to themselves, one lead always remains.
    """
    with transaction.atomic():
        now = Person.objects.filter(id=member.id, is_active=True, role=str(member.role))
        if not now.exists():
            raise NotAllowed
        yield


def change_membership(person_id: int, into: Membership, *, by: Member, mark: str) -> Membership:
    """Change a membership and return the previous one. It takes effect with the member's next request.

    Links that lead back to the old role are closed with it: a link for the member to set up their account anew, which
    would work for whoever has it, and open invitations that the member made but could not make now. Raises NotAllowed,
    and EditConflict if the member is no longer what `mark` says.
    """
    with transaction_as(by):
        person = Person.objects.select_related("organisation").get(id=person_id)
        before = membership_of(person)
        if not person.is_active or before.version_tag != mark:
            raise EditConflict
        if not may_change(by, person.pk, role=before.role, into=into.role):
            raise NotAllowed
        person.organisation, person.role = into.organisation, str(into.role)
        person.languages, person.countries = list(into.languages), list(into.countries)
        if into.role is not before.role:
            person.roles_before = sorted({*person.roles_before, str(before.role)} - {str(into.role)})
            Invitation.objects.filter(person=person).update(used=True)
            made = Invitation.objects.filter(made_by=person.name, used=False)
            made.exclude(role__in=[str(role) for role in INVITABLE_ROLES[into.role]]).update(used=True)
        person.save(update_fields=["organisation", "role", "languages", "countries", "roles_before"])
    return before


def close_account(person: Person, *, by: Member) -> int:
    """Close an account: its sessions and links stop working, and so do the invitations that it made. The name stays in
    the audit trail. Returns how many invitations were open. Raises NotAllowed."""
    with transaction_as(by):
        person.refresh_from_db(fields=["role"])
        if not may_change(by, person.pk, role=Role(person.role), into=Role(person.role)):
            raise NotAllowed
        person.is_active = False
        person.set_unusable_password()
        person.save(update_fields=["is_active", "password"])
        Authenticator.objects.filter(user=person).delete()
        Invitation.objects.filter(person=person).update(used=True)
        made = Invitation.objects.filter(made_by=person.name, used=False, expires__gt=running_site().clock())
        left = made.update(used=True)
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
    return left
