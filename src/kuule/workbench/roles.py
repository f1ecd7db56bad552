"""Who may do what: a table of roles and actions, and the member that it is asked for. No Django here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a member is in the study."""

    LEAD = "lead"
    COORDINATOR = "coordinator"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    VIEWER = "viewer"


class Action(StrEnum):
    """What a member may do. Those in IN_A_LANGUAGE are asked for one language."""

    SEE_STUDY = "see the study"
    SEE_LANGUAGE = "see a language"
    WRITE_DRAFT = "write a draft"
    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    PRETEST = "note a pretest"
    CONFIRM = "confirm a text whose source changed"
    COMMENT = "comment"
    SEE_COUNTS = "see counts"
    INVITE = "invite"
    CHANGE_MEMBER = "change a member"
    REMOVE_MEMBER = "remove a member"
    SWITCH_LINK = "switch a link"
    DOWNLOAD_ARCHIVE = "download the archive"
    SEE_AUDIT = "see the audit trail"


IN_A_LANGUAGE = frozenset({
    Action.SEE_LANGUAGE, Action.WRITE_DRAFT, Action.REVIEW, Action.ADJUDICATE, Action.PRETEST, Action.CONFIRM,
    Action.COMMENT,
})  # fmt: skip

_ALWAYS = frozenset({Action.SEE_STUDY, Action.SEE_LANGUAGE, Action.SEE_COUNTS})
_RUNS = frozenset({
    Action.COMMENT, Action.ADJUDICATE, Action.PRETEST, Action.CONFIRM, Action.INVITE, Action.CHANGE_MEMBER,
    Action.REMOVE_MEMBER, Action.SWITCH_LINK, Action.DOWNLOAD_ARCHIVE, Action.SEE_AUDIT,
})  # fmt: skip

MAY: Mapping[Role, frozenset[Action]] = {
    Role.LEAD: frozenset(Action),
    Role.COORDINATOR: _ALWAYS | _RUNS,
    Role.TRANSLATOR: _ALWAYS | {Action.WRITE_DRAFT, Action.CONFIRM, Action.COMMENT},
    Role.REVIEWER: _ALWAYS | {Action.REVIEW, Action.ADJUDICATE, Action.PRETEST, Action.CONFIRM, Action.COMMENT},
    Role.VIEWER: _ALWAYS,
}

EVERYWHERE = frozenset({Role.LEAD, Role.COORDINATOR})
"""Roles that see every language and every link; the others see their own languages and their organisation's links."""

INVITES: Mapping[Role, frozenset[Role]] = {
    Role.LEAD: frozenset(Role),
    Role.COORDINATOR: frozenset({Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER}),
    Role.TRANSLATOR: frozenset(),
    Role.REVIEWER: frozenset(),
    Role.VIEWER: frozenset(),
}
"""Whom a role may invite, renew, change and remove, and what it may make of them."""


@dataclass(frozen=True, slots=True)
class Member:
    """Who is there. `name` is what the person chose to be called, `organisation` its name, `links` that one's codes;
    `before` are roles that the person had and has no more."""

    id: int
    name: str
    organisation: str
    role: Role
    languages: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    before: frozenset[Role] = frozenset()

    def sees_language(self, tag: str) -> bool:
        return self.role in EVERYWHERE or tag in self.languages

    def sees_link(self, code: str) -> bool:
        return self.role in EVERYWHERE or code in self.links


def may(member: Member, action: Action, language: str | None = None) -> bool:
    """Whether a member may do this; a language has to be given where the action is one in a language, else it is no."""
    if action not in MAY[member.role]:
        return False
    if action in IN_A_LANGUAGE:
        return language is not None and member.sees_language(language)
    return language is None or member.sees_language(language)


class NotAllowed(Exception):
    """A member asked for what its role or its languages do not have; a page in words (403) comes of it."""


def check_may(member: Member, action: Action, language: str | None = None) -> None:
    """Raise NotAllowed where `may` says no."""
    if not may(member, action, language):
        raise NotAllowed(str(action))


def may_invite(member: Member, role: Role) -> bool:
    """Whether a member may invite, renew or remove somebody of this role."""
    return may(member, Action.INVITE) and role in INVITES[member.role]


def may_change(member: Member, person_id: int, *, role: Role, into: Role) -> bool:
    """Whether a member may make somebody of one role one of another (or leave the role and change the rest): nobody
    changes themselves, and nobody takes or gives a role that they could not invite to."""
    return (
        may(member, Action.CHANGE_MEMBER)
        and person_id != member.id
        and may_invite(member, role)
        and may_invite(member, into)
    )
