"""The member who makes a request."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from kuule.workbench.models import Person
from kuule.workbench.roles import Member, Role


def request_member(request: HttpRequest) -> Member:
    """The member who makes this request; views behind `require_member` always have one."""
    return cast("Member", request.member)  # type: ignore[attr-defined]


def member_of_person(person: Person) -> Member:
    """The member that the table of roles knows, from a person of the database."""
    organisation = person.organisation
    return Member(
        id=person.pk,
        name=person.name,
        organisation=organisation.name,
        role=Role(person.role),
        languages=frozenset(person.languages),
        links=frozenset(organisation.links),
        earlier_roles=frozenset(map(Role, person.roles_before)),
        countries=frozenset(person.countries),
    )
