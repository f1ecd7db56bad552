"""The table of roles: every role and action is in it, and nobody gets further than its languages and links."""

from __future__ import annotations

import pytest

from kuule.workbench.roles import (
    COUNTRY_PERMISSIONS,
    COUNTRY_ROLES,
    INVITABLE_ROLES,
    LANGUAGE_PERMISSIONS,
    ROLE_PERMISSIONS,
    UNRESTRICTED_ROLES,
    Member,
    NotAllowed,
    Permission,
    Role,
    check_may,
    may,
    may_change,
    may_invite,
    sees_register,
)

WRITES = {
    Permission.WRITE_DRAFT,
    Permission.REVIEW,
    Permission.ADJUDICATE,
    Permission.PRETEST,
    Permission.CONFIRM,
    Permission.COMMENT,
}
RUNS = {
    Permission.INVITE, Permission.CHANGE_MEMBER, Permission.REMOVE_MEMBER, Permission.SWITCH_LINK,
    Permission.DOWNLOAD_ARCHIVE, Permission.SEE_AUDIT, Permission.DECIDE_VALUES, Permission.RUN_ROUND,
    Permission.DOWNLOAD_RELEASE,
}  # fmt: skip
CODES = {Permission.PROPOSE_VALUE, Permission.CONFIRM_VALUE, Permission.DISAGREE, Permission.CODE_BLIND}


def member(role: Role, *languages: str, links: tuple[str, ...] = (), countries: tuple[str, ...] = ()) -> Member:
    bounds = frozenset(languages), frozenset(links)
    return Member(1, "somebody", "A partner", role, *bounds, countries=frozenset(countries))


def test_every_role_and_every_action_is_in_the_tables() -> None:
    assert set(ROLE_PERMISSIONS) == set(Role) == set(INVITABLE_ROLES)
    assert set().union(*ROLE_PERMISSIONS.values()) == set(Permission)


@pytest.mark.parametrize("role", Role)
def test_every_action_is_open_or_closed_as_the_table_says(role: Role) -> None:
    one = member(role, "sv", countries=("FI",))
    given = {action: "sv" if action in LANGUAGE_PERMISSIONS else None for action in Permission}
    country = {action: "FI" if action in COUNTRY_PERMISSIONS else None for action in Permission}
    found = {action for action in Permission if may(one, action, given[action], country=country[action])}
    assert found == ROLE_PERMISSIONS[role]


def test_viewer_writes_nothing_and_runs_nothing() -> None:
    assert ROLE_PERMISSIONS[Role.VIEWER] & (WRITES | RUNS) == set()


def test_who_runs_the_study_is_lead_or_coordinator_alone() -> None:
    assert (
        {role for role in Role if ROLE_PERMISSIONS[role] & RUNS} == {Role.LEAD, Role.COORDINATOR} == UNRESTRICTED_ROLES
    )


def test_release_is_seen_by_who_answers_for_it_or_reviews_its_words() -> None:
    seen = {role for role in Role if Permission.PREVIEW_RELEASE in ROLE_PERMISSIONS[role]}
    assert seen == {role for role in Role if Permission.SEE_RELEASES in ROLE_PERMISSIONS[role]}
    assert seen == UNRESTRICTED_ROLES | {Role.REVIEWER}


def test_kit_is_for_everybody_but_coders_and_its_draft_never_for_who_translates() -> None:
    seen = {role for role in Role if Permission.SEE_KIT in ROLE_PERMISSIONS[role]}
    drafts = {role for role in Role if Permission.SEE_DRAFT_KIT in ROLE_PERMISSIONS[role]}
    assert (seen, drafts) == (set(Role) - {Role.CODER}, seen - {Role.TRANSLATOR})
    assert [may(member(Role.VIEWER, "sv"), Permission.SEE_KIT, tag) for tag in ("sv", "ar")] == [True, False]


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER])
@pytest.mark.parametrize("action", sorted(LANGUAGE_PERMISSIONS))
def test_another_language_cannot_be_reached(role: Role, action: Permission) -> None:
    assert not may(member(role, "sv"), action, "ar")
    assert not may(member(role), action, "sv")
    assert not may(member(role, "sv"), action)


@pytest.mark.parametrize("action", sorted(COUNTRY_PERMISSIONS))
def test_another_country_cannot_be_reached(action: Permission) -> None:
    assert not may(member(Role.CODER, countries=("FI",)), action, country="SE")
    assert not may(member(Role.CODER), action, country="FI")
    assert not may(member(Role.CODER, countries=("FI",)), action)
    assert not may(member(Role.TRANSLATOR, "sv", countries=("FI",)), action, country="FI")


def test_coder_has_countries_and_nothing_of_the_translators() -> None:
    coder = member(Role.CODER, "sv", countries=("FI",))
    assert {one for one in WRITES | RUNS if may(coder, one, "sv" if one in LANGUAGE_PERMISSIONS else None)} == set()
    assert {role for role in Role if ROLE_PERMISSIONS[role] & CODES} == {Role.LEAD, Role.CODER}
    assert {Role.CODER} == COUNTRY_ROLES


def test_register_is_seen_by_coders_and_by_who_runs_the_study() -> None:
    assert {role for role in Role if sees_register(member(role))} == {Role.LEAD, Role.COORDINATOR, Role.CODER}
    assert (member(Role.LEAD).sees_country("FI"), member(Role.CODER).sees_country("FI")) == (True, False)


def test_who_sees_what_others_code_does_not_code_blind() -> None:
    assert {role for role in Role if Permission.CODE_BLIND in ROLE_PERMISSIONS[role]} == {Role.CODER}


def test_lead_sees_every_language_and_link() -> None:
    lead = member(Role.LEAD)
    assert (may(lead, Permission.WRITE_DRAFT, "ar"), lead.sees_link("k7")) == (True, True)
    viewer = member(Role.VIEWER, "sv", links=("k7",))
    assert (viewer.sees_link("k7"), viewer.sees_link("m3")) == (True, False)


def test_guard_raises_where_the_question_says_no() -> None:
    check_may(member(Role.TRANSLATOR, "sv"), Permission.WRITE_DRAFT, "sv")
    with pytest.raises(NotAllowed, match="write a draft"):
        check_may(member(Role.VIEWER, "sv"), Permission.WRITE_DRAFT, "sv")


def test_nobody_invites_above_themselves() -> None:
    assert [role for role in Role if may_invite(member(Role.COORDINATOR), role)] == [
        Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER, Role.CODER,
    ]  # fmt: skip
    assert [role for role in Role if may_invite(member(Role.TRANSLATOR, "sv"), role)] == []


def test_role_is_changed_by_who_may_give_both_and_never_by_oneself() -> None:
    below = {Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER, Role.CODER}
    may_give = {Role.LEAD: set(Role), Role.COORDINATOR: below}
    for who in Role:
        one, given = member(who, "sv"), may_give.get(who, set())
        changes = {(a, b) for a in Role for b in Role if may_change(one, 2, role=a, into=b)}
        assert changes == {(a, b) for a in given for b in given}
        assert not any(may_change(one, one.id, role=who, into=into) for into in Role)
