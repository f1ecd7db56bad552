"""New acts: what somebody says now, with the acts that it replaces; and taking one back."""

from __future__ import annotations

import re
import secrets
from datetime import date

from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.acts import Act, ActContent, Undoing
from kuule.qualitative.project_model.project_problems import project_error
from kuule.qualitative.project_model.quote_acts import ActId

_ROLE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LONGEST_ROLE = 30


def check_role(role: str) -> None:
    """Raise ProjectError PROJECT_020 if a role is not a plain label. A name of a person is no role, but nobody can tell
    that from a label."""
    if len(role) > _LONGEST_ROLE or not _ROLE.fullmatch(role):
        cause = "a role is small letters, digits and hyphens, at most 30, such as reader-1"
        raise project_error("PROJECT_020", f"role {role[:40]!r}", cause, "give such a label, and no name of a person")


def random_id() -> str:
    """An id for a new act, code, memo or quote: 128 random bits."""
    return secrets.token_hex(16)


def make_act(log: ActLog, content: ActContent, *, role: str, day: date) -> Act:
    """The act by which somebody says this now. It replaces what is in force for the same cell, all of it where acts
    contradict each other. Raises ProjectError PROJECT_020."""
    check_role(role)
    replaces = tuple(act.id for act in log.in_force(content.cell))
    return Act(random_id(), log.last_clock + 1, role, day, content, replaces)


def make_undoing(log: ActLog, act_id: ActId, *, role: str) -> Undoing:
    """What takes an act back. Whoever did it can do so while it is in force; an undoing can be taken back in the same
    way, as long as nobody has said anything else of the same thing since.

    Raises ProjectError PROJECT_021 (no such act), PROJECT_022 (somebody else's), PROJECT_023 (something else is in
    force), PROJECT_024 (taken back already).
    """
    act = log.get(act_id)
    if act is None:
        cause = "no act of the project has this id; it may have gone with a withdrawn text"
        raise project_error("PROJECT_021", f"act {act_id[:40]!r}", cause, "look for it with `kuule project history`")
    if act.role != role:
        cause = f"it is an act of {act.role}, and {role} takes back only their own"
        remedy = "ask them to take it back, or say otherwise by an act of your own"
        raise project_error("PROJECT_022", f"act {act_id}", cause, remedy)
    if log.is_undone(act):
        cause = "it was taken back already"
        raise project_error("PROJECT_024", f"act {act_id}", cause, "to have it again, take back the act that undid it")
    if _is_replaced(log, act):
        cause = "something else is in force there since"
        raise project_error("PROJECT_023", f"act {act_id}", cause, "take back the newer act first")
    return Undoing(act_id, act.content.about_text)


def _is_replaced(log: ActLog, act: Act) -> bool:
    """Whether taking an act back would change nothing, or would bring back what somebody has replaced since."""
    if not isinstance(act.content, Undoing):
        return act not in log.in_force(act.content.cell)
    undone = log.get(act.content.act)
    while undone is not None and isinstance(undone.content, Undoing):
        undone = log.get(undone.content.act)
    if undone is None:
        return True
    newer = (one for one in log.in_force(undone.content.cell) if one.clock > act.clock)
    return next(newer, None) is not None
