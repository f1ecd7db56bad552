"""The table of roles: every role and action is in it, and nobody gets further than its languages and links."""

from __future__ import annotations

import pytest

from kuule.workbench.roles import (
    EVERYWHERE,
    IN_A_LANGUAGE,
    INVITES,
    MAY,
    Action,
    Member,
    NotAllowed,
    Role,
    check_may,
    may,
    may_change,
    may_invite,
)

WRITES = {Action.WRITE_DRAFT, Action.REVIEW, Action.ADJUDICATE, Action.PRETEST, Action.CONFIRM, Action.COMMENT}
RUNS = {
    Action.INVITE, Action.CHANGE_MEMBER, Action.REMOVE_MEMBER, Action.SWITCH_LINK, Action.DOWNLOAD_ARCHIVE,
    Action.SEE_AUDIT,
}  # fmt: skip


def member(role: Role, *languages: str, links: tuple[str, ...] = ()) -> Member:
    return Member(1, "somebody", "A partner", role, frozenset(languages), frozenset(links))


def test_every_role_and_every_action_is_in_the_tables() -> None:
    assert set(MAY) == set(Role) == set(INVITES)
    assert set().union(*MAY.values()) == set(Action)


@pytest.mark.parametrize("role", Role)
def test_every_action_is_open_or_closed_as_the_table_says(role: Role) -> None:
    one = member(role, "sv")
    given = {action: "sv" if action in IN_A_LANGUAGE else None for action in Action}
    assert {action for action in Action if may(one, action, given[action])} == MAY[role]


def test_viewer_writes_nothing_and_runs_nothing() -> None:
    assert MAY[Role.VIEWER] & (WRITES | RUNS) == set()


def test_who_runs_the_study_is_lead_or_coordinator_alone() -> None:
    assert {role for role in Role if MAY[role] & RUNS} == {Role.LEAD, Role.COORDINATOR} == EVERYWHERE


@pytest.mark.parametrize("role", [Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER])
@pytest.mark.parametrize("action", sorted(IN_A_LANGUAGE))
def test_another_language_cannot_be_reached(role: Role, action: Action) -> None:
    assert not may(member(role, "sv"), action, "ar")
    assert not may(member(role), action, "sv")
    assert not may(member(role, "sv"), action)


def test_lead_sees_every_language_and_link() -> None:
    lead = member(Role.LEAD)
    assert (may(lead, Action.WRITE_DRAFT, "ar"), lead.sees_link("k7")) == (True, True)
    viewer = member(Role.VIEWER, "sv", links=("k7",))
    assert (viewer.sees_link("k7"), viewer.sees_link("m3")) == (True, False)


def test_guard_raises_where_the_question_says_no() -> None:
    check_may(member(Role.TRANSLATOR, "sv"), Action.WRITE_DRAFT, "sv")
    with pytest.raises(NotAllowed, match="write a draft"):
        check_may(member(Role.VIEWER, "sv"), Action.WRITE_DRAFT, "sv")


def test_nobody_invites_above_themselves() -> None:
    assert [role for role in Role if may_invite(member(Role.COORDINATOR), role)] == [
        Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER,
    ]  # fmt: skip
    assert [role for role in Role if may_invite(member(Role.TRANSLATOR, "sv"), role)] == []


def test_role_is_changed_by_who_may_give_both_and_never_by_oneself() -> None:
    below = {Role.TRANSLATOR, Role.REVIEWER, Role.VIEWER}
    may_give = {Role.LEAD: set(Role), Role.COORDINATOR: below}
    for who in Role:
        one, given = member(who, "sv"), may_give.get(who, set())
        changes = {(a, b) for a in Role for b in Role if may_change(one, 2, role=a, into=b)}
        assert changes == {(a, b) for a in given for b in given}
        assert not any(may_change(one, one.id, role=who, into=into) for into in Role)
