"""Who works on which language: members, and invitations that nobody has followed yet."""

from __future__ import annotations

from collections.abc import Mapping

from kuule.workbench.accounts.invitations import list_open_invitations
from kuule.workbench.models import Person
from kuule.workbench.roles import Role

INVITED = ""
"""In the place of the name of somebody who has not come yet."""
_AT_WORK = (Role.TRANSLATOR, Role.REVIEWER)


def people_by_language() -> Mapping[str, Mapping[Role, list[str]]]:
    """By the tag of a language, the names of its translators and of its reviewers."""
    found: dict[str, dict[Role, list[str]]] = {}
    for person in Person.objects.filter(is_active=True, role__in=map(str, _AT_WORK)).order_by("name"):
        for tag in person.languages:
            found.setdefault(tag, {}).setdefault(Role(person.role), []).append(person.name)
    for invitation in list_open_invitations():
        if invitation.person is None and invitation.role in _AT_WORK:
            for tag in invitation.languages:
                found.setdefault(tag, {}).setdefault(Role(invitation.role), []).append(INVITED)
    return found
