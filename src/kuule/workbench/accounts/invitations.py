"""Invitations: a link that works once, for seven days, bound to an organisation, a role and languages.

The link holds 256 random bits; the database holds their SHA-256, so that nobody who reads it can follow one.
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
    """There is no such invitation, or it was used, taken back, or is too old. Which one is not said."""


@dataclass(frozen=True, slots=True)
class InvitationRequest:
    """What a person is invited to. `person` is somebody who is there already and gets a new beginning."""

    organisation: Organisation
    role: Role
    languages: tuple[str, ...] = ()
    person: Person | None = None


def invite(wanted: InvitationRequest, *, by: str) -> str:
    """Keep an invitation and return its link, which is nowhere else."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    Invitation.objects.create(
        token_hash=_hashed(token),
        organisation=wanted.organisation,
        role=str(wanted.role),
        languages=sorted(wanted.languages),
        person=wanted.person,
        made_by=by,
        expires=running_site().clock() + timedelta(days=INVITATION_DAYS),
    )
    return f"{running_site().options.address}/join/{token}"


def find_open_invitation(token: str) -> Invitation:
    """The invitation of a link. Raises NotOpen."""
    found = Invitation.objects.filter(token_hash=_hashed(token), used=False, expires__gt=running_site().clock()).first()
    if found is None or (found.person is not None and not found.person.is_active):
        raise InvitationClosed
    return found


def list_open_invitations() -> Sequence[Invitation]:
    """Those that may still be followed, the newest first."""
    still = Invitation.objects.filter(used=False, expires__gt=running_site().clock())
    return list(still.select_related("organisation", "person").order_by("-id"))


def accept_invitation(token: str, *, username: str, name: str, password: str) -> Person:
    """Make the person, or give who is there a new password and no second factor; the link is then used up.

    In one transaction that holds the database, so that two who follow one link at once make one person. Raises NotOpen.
    """
    with transaction.atomic():
        invitation = find_open_invitation(token)
        invitation.used = True
        invitation.save(update_fields=["used"])
        person: Person | None = invitation.person
        if person is None:
            person = Person(username=username, organisation=invitation.organisation)
            person.role, person.languages = invitation.role, invitation.languages
        else:
            Authenticator.objects.filter(user=person).delete()
        person.name = name
        person.set_password(password)
        person.save()
    return person


def close_invitation(invitation_id: int, *, roles: Iterable[Role]) -> Invitation | None:
    """Use up an open invitation to one of these roles; None where there is none."""
    with transaction.atomic():
        found = Invitation.objects.filter(id=invitation_id, used=False, role__in=[str(role) for role in roles]).first()
        if found is not None:
            found.used = True
            found.save(update_fields=["used"])
    return found


def rename_person(person: Person, name: str) -> None:
    """A new name, also on the invitations that this person made."""
    with transaction.atomic():
        Invitation.objects.filter(made_by=person.name).update(made_by=name)
        person.name = name
        person.save(update_fields=["name"])


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
