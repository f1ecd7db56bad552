"""Invitations: a link that works once, within seven days, for one organisation, one role and its languages.

The link contains 256 random bits. The database keeps only their SHA-256, so that nobody who reads it can use the link.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from kuule.workbench.configuration.workbench_site import INVITATION_DAYS, running_site
from kuule.workbench.models import Invitation, Organisation, Person
from kuule.workbench.roles import Role

_TOKEN_BYTES = 32


class InvitationClosed(Exception):
    """The invitation does not exist, was used, was revoked or has expired. The visitor is not told which."""


@dataclass(frozen=True, slots=True)
class InvitationRequest:
    """What a person is invited to. A coder has `countries` of the register; `person` is an existing member who is
    to set up their account anew."""

    organisation: Organisation
    role: Role
    languages: tuple[str, ...] = ()
    person: Person | None = None
    countries: tuple[str, ...] = ()


def invite(request: InvitationRequest, *, by: str) -> str:
    """Store an invitation and return its link, which is kept nowhere else."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    Invitation.objects.create(
        token_hash=_hashed(token),
        organisation=request.organisation,
        role=str(request.role),
        languages=sorted(request.languages),
        countries=sorted(request.countries),
        person=request.person,
        made_by=by,
        expires=running_site().clock() + timedelta(days=INVITATION_DAYS),
    )
    return f"{running_site().options.address}/join/{token}"


def find_open_invitation(token: str) -> Invitation:
    """The invitation that a link belongs to. Raises InvitationClosed."""
    found = Invitation.objects.filter(token_hash=_hashed(token), used=False, expires__gt=running_site().clock()).first()
    if found is None or (found.person is not None and not found.person.is_active):
        raise InvitationClosed
    return found


def list_open_invitations() -> Sequence[Invitation]:
    """All invitations that can still be used, the newest first."""
    still = Invitation.objects.filter(used=False, expires__gt=running_site().clock())
    return list(still.select_related("organisation", "person").order_by("-id"))


def accept_invitation(token: str, *, username: str, name: str, password: str) -> Person:
    """Create the person or, for an existing one, set a new password and delete the second factors. The link is then
    used up.

    One transaction locks the database, so that two people who follow the same link create one account. Raises
    InvitationClosed.
    """
    with transaction.atomic():
        invitation = find_open_invitation(token)
        invitation.used = True
        invitation.save(update_fields=["used"])
        person: Person | None = invitation.person
        if person is None:
            person = Person(username=username, organisation=invitation.organisation)
            person.role, person.languages, person.countries = (
                invitation.role,
                invitation.languages,
                invitation.countries,
            )
        else:
            Authenticator.objects.filter(user=person).delete()
        person.name = name
        person.set_password(password)
        person.save()
    return person


def close_invitation(invitation_id: int, *, roles: Iterable[Role]) -> Invitation | None:
    """Close an open invitation to one of these roles; None if there is none."""
    with transaction.atomic():
        found = Invitation.objects.filter(id=invitation_id, used=False, role__in=[str(role) for role in roles]).first()
        if found is not None:
            found.used = True
            found.save(update_fields=["used"])
    return found


def rename_person(person: Person, name: str) -> None:
    """Change a person's name, also on the invitations that they made."""
    with transaction.atomic():
        Invitation.objects.filter(made_by=person.name).update(made_by=name)
        person.name = name
        person.save(update_fields=["name"])


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
