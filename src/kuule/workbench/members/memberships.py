"""What becomes of members: another place in the study, or a closed account.

Each in a transaction that holds the database and looks at who asks once more, since they may have been changed or
removed while their request was on its way.
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
    """Somebody else changed this member since the page was opened."""


@dataclass(frozen=True, slots=True)
class Membership:
    """What a member is in the study. Links are the organisation's."""

    organisation: Organisation
    role: Role
    languages: tuple[str, ...] = ()

    @property
    def version_tag(self) -> str:
        """In one line, for the form that changes it."""
        return " ".join((str(self.organisation.pk), self.role, *self.languages))


def membership_of(person: Person) -> Membership:
    """As it is in the database."""
    return Membership(person.organisation, Role(person.role), tuple(person.languages))


@contextmanager
def transaction_as(member: Member) -> Iterator[None]:
    """A transaction in which this member still has the role that its request came with. Raises NotAllowed.

    Two leads who remove or change each other at once come one after the other, and the second is a lead no more: since
    nobody does it to themselves, one lead always stays.
    """
    with transaction.atomic():
        now = Person.objects.filter(id=member.id, is_active=True, role=str(member.role))
        if not now.exists():
            raise NotAllowed
        yield


def change_membership(person_id: int, into: Membership, *, by: Member, mark: str) -> Membership:
    """Give a member another place, and return the one that it had. It holds from the member's next request on.

    With the role go links that lead back to it: the member's own new beginning, which whoever holds it could follow
    into the new role, and open invitations that the member made and could not make now. Raises NotAllowed, and
    ChangedMeanwhile where the member is not what `mark` says any more.
    """
    with transaction_as(by):
        person = Person.objects.select_related("organisation").get(id=person_id)
        before = membership_of(person)
        if not person.is_active or before.version_tag != mark:
            raise EditConflict
        if not may_change(by, person.pk, role=before.role, into=into.role):
            raise NotAllowed
        person.organisation, person.role, person.languages = into.organisation, str(into.role), list(into.languages)
        if into.role is not before.role:
            person.roles_before = sorted({*person.roles_before, str(before.role)} - {str(into.role)})
            Invitation.objects.filter(person=person).update(used=True)
            made = Invitation.objects.filter(made_by=person.name, used=False)
            made.exclude(role__in=[str(role) for role in INVITABLE_ROLES[into.role]]).update(used=True)
        person.save(update_fields=["organisation", "role", "languages", "roles_before"])
    return before


def close_account(person: Person, *, by: Member) -> int:
    """Close an account: no session and no link of it works any more, nor an invitation that it made; its name stays in
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
