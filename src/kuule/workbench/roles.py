"""Who may do what: a table of roles and permissions, and the member about whom it is asked. No Django here."""

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
    CODER = "coder"
    SIGNATORY = "signatory"


class Permission(StrEnum):
    """What a member may do. Those in LANGUAGE_PERMISSIONS are checked for one language, those in COUNTRY_PERMISSIONS
    for one country of the register."""

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
    SEE_COUNTRY = "see a country of the register"
    PROPOSE_VALUE = "propose a value"
    CONFIRM_VALUE = "confirm a value"
    DISAGREE = "disagree with a value"
    DECIDE_VALUES = "decide between values"
    CODE_BLIND = "code blind"
    RUN_ROUND = "open and close a round of blind coding"
    SIGN_STATEMENT = "sign a statement for the organisation"
    SEE_RELEASES = "see which releases there are"
    PREVIEW_RELEASE = "preview a release"
    DOWNLOAD_RELEASE = "download a release"
    SEE_KIT = "see and download a kit"
    SEE_DRAFT_KIT = "see and download a kit that is a draft"
    SEE_STUDY_DESK = "see how far the study is, its problems and its questionnaire"
    TEST_STUDY = "go through the questionnaire and note a question"
    CHANGE_STUDY = "change the study's questionnaire and its texts"
    FREEZE_EDITION = "freeze an edition"


LANGUAGE_PERMISSIONS = frozenset({
    Permission.SEE_LANGUAGE, Permission.WRITE_DRAFT, Permission.REVIEW, Permission.ADJUDICATE, Permission.PRETEST,
    Permission.CONFIRM, Permission.COMMENT, Permission.PREVIEW_RELEASE,
})  # fmt: skip

COUNTRY_PERMISSIONS = frozenset({
    Permission.SEE_COUNTRY, Permission.PROPOSE_VALUE, Permission.CONFIRM_VALUE, Permission.DISAGREE,
    Permission.DECIDE_VALUES, Permission.CODE_BLIND,
})  # fmt: skip

_ALWAYS = frozenset({Permission.SEE_STUDY, Permission.SEE_LANGUAGE, Permission.SEE_COUNTS, Permission.SEE_KIT})
_RUNS = frozenset({
    Permission.COMMENT, Permission.ADJUDICATE, Permission.PRETEST, Permission.CONFIRM, Permission.INVITE,
    Permission.CHANGE_MEMBER, Permission.REMOVE_MEMBER, Permission.SWITCH_LINK, Permission.DOWNLOAD_ARCHIVE,
    Permission.SEE_AUDIT, Permission.SEE_COUNTRY, Permission.DECIDE_VALUES, Permission.RUN_ROUND,
    Permission.SEE_RELEASES, Permission.PREVIEW_RELEASE, Permission.DOWNLOAD_RELEASE, Permission.SEE_DRAFT_KIT,
    Permission.SEE_STUDY_DESK, Permission.TEST_STUDY,
})  # fmt: skip

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    # A lead sees what others code, so that a coding of theirs would not be blind.
    Role.LEAD: frozenset(Permission) - {Permission.CODE_BLIND},
    Role.COORDINATOR: _ALWAYS | _RUNS,
    # Not drafts of kits: whoever translates must not see what another translator wrote.
    Role.TRANSLATOR: _ALWAYS | {Permission.WRITE_DRAFT, Permission.CONFIRM, Permission.COMMENT},
    Role.REVIEWER: _ALWAYS
    | {Permission.REVIEW, Permission.ADJUDICATE, Permission.PRETEST, Permission.CONFIRM, Permission.COMMENT}
    # Words beside their numbers are part of what is reviewed; copies of numbers under embargo are not handed out.
    | {Permission.SEE_RELEASES, Permission.PREVIEW_RELEASE, Permission.SEE_DRAFT_KIT, Permission.TEST_STUDY},
    # Somebody of a panel, or an interviewer. Not translators: the pages have what other translators wrote.
    Role.VIEWER: _ALWAYS | {Permission.SEE_DRAFT_KIT, Permission.TEST_STUDY},
    Role.CODER: frozenset({
        Permission.SEE_STUDY, Permission.SEE_COUNTS, Permission.SEE_COUNTRY, Permission.PROPOSE_VALUE,
        Permission.CONFIRM_VALUE, Permission.DISAGREE, Permission.CODE_BLIND,
    }),
    # Leads alone invite them: who could invite one could sign for any organisation.
    Role.SIGNATORY: _ALWAYS | {Permission.SIGN_STATEMENT, Permission.SEE_DRAFT_KIT, Permission.TEST_STUDY},
}  # fmt: skip

UNRESTRICTED_ROLES = frozenset({Role.LEAD, Role.COORDINATOR})
"""Roles that see every language, country and link. The others see their own languages or countries, and the links of
their organisation."""
COUNTRY_ROLES = frozenset({Role.CODER})
"""Roles that are bound to countries of the register, and not to languages. Without a register nobody gets them."""

INVITABLE_ROLES: Mapping[Role, frozenset[Role]] = {
    Role.LEAD: frozenset(Role),
    Role.COORDINATOR: frozenset({Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER, Role.CODER}),
    Role.TRANSLATOR: frozenset(),
    Role.REVIEWER: frozenset(),
    Role.VIEWER: frozenset(),
    Role.CODER: frozenset(),
    Role.SIGNATORY: frozenset(),
}
"""Whom a role may invite, renew, change and remove, and which roles it may give them."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the table of roles knows them. `name` is what they chose to be called, `organisation` the name of
    theirs, `links` its codes; `earlier_roles` are roles that they no longer have."""

    id: int
    name: str
    organisation: str
    role: Role
    languages: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    earlier_roles: frozenset[Role] = frozenset()
    countries: frozenset[str] = frozenset()

    def sees_language(self, tag: str) -> bool:
        return self.role in UNRESTRICTED_ROLES or tag in self.languages

    def sees_country(self, code: str) -> bool:
        return self.role in UNRESTRICTED_ROLES or code in self.countries

    def sees_link(self, code: str) -> bool:
        return self.role in UNRESTRICTED_ROLES or code in self.links


def may(member: Member, action: Permission, language: str | None = None, *, country: str | None = None) -> bool:
    """Whether a member may do this. A permission that applies to one language or one country needs it; without it the
    answer is no."""
    if action not in ROLE_PERMISSIONS[member.role]:
        return False
    if action in COUNTRY_PERMISSIONS:
        return country is not None and member.sees_country(country)
    if action in LANGUAGE_PERMISSIONS:
        return language is not None and member.sees_language(language)
    return language is None or member.sees_language(language)


def sees_register(member: Member) -> bool:
    """Whether a member has anything to do with the register of law, in whichever country."""
    return Permission.SEE_COUNTRY in ROLE_PERMISSIONS[member.role]


class NotAllowed(Exception):
    """A member asked for something that their role, languages or countries do not allow. It becomes a page that says so
    (403)."""


def check_may(member: Member, action: Permission, language: str | None = None, *, country: str | None = None) -> None:
    """Raise NotAllowed if `may` says no."""
    if not may(member, action, language, country=country):
        raise NotAllowed(str(action))


def may_invite(member: Member, role: Role) -> bool:
    """Whether a member may invite, renew or remove somebody with this role."""
    return may(member, Permission.INVITE) and role in INVITABLE_ROLES[member.role]


def may_change(member: Member, person_id: int, *, role: Role, into: Role) -> bool:
    """Whether a member may change somebody from one role to another (or keep the role and change the rest). Nobody
    changes themselves, and nobody gives or takes a role that they could not invite to."""
    return (
        may(member, Permission.CHANGE_MEMBER)
        and person_id != member.id
        and may_invite(member, role)
        and may_invite(member, into)
    )
