"""What is in force follows from the set of acts alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kuule.qualitative.act_log.act_making import make_act, make_undoing
from kuule.qualitative.act_log.acts_in_force import ActLog
from kuule.qualitative.project_model.acts import Act, Undoing
from kuule.qualitative.project_model.code_entries import CodeEntry
from kuule.qualitative.project_model.notes_and_translations import Memo
from kuule.qualitative.project_model.project_problems import ProjectError
from tests.qualitative.small_project import DAY

CELL = ("memo", "m")


def say(log: ActLog, words: str, *, role: str = "reader-1", memo: str = "m") -> Act:
    act = make_act(log, Memo(memo, words), role=role, day=DAY)
    log.add(act)
    return act


def undo(log: ActLog, act: Act) -> Act:
    done = make_act(log, make_undoing(log, act.id, role=act.role), role=act.role, day=DAY)
    log.add(done)
    return done


def words_in_force(log: ActLog) -> list[str]:
    return [act.content.words for act in log.in_force(CELL)]


def refused(code: str):
    return pytest.raises(ProjectError, match=f"^{code} ")


def test_the_newest_act_of_a_cell_counts() -> None:
    log = ActLog()
    say(log, "one")
    say(log, "two", role="reader-2")
    assert words_in_force(log) == ["two"]


def test_an_act_is_taken_back_and_had_again() -> None:
    log = ActLog()
    say(log, "one")
    two = say(log, "two")
    back = undo(log, two)
    assert words_in_force(log) == ["one"]
    undo(log, back)
    assert words_in_force(log) == ["two"]


def test_a_chain_of_undoings_ends_somewhere() -> None:
    log = ActLog()
    act = say(log, "one")
    for number in range(1500):
        act = Act(f"{number:032x}", log.last_clock + 1, "reader-1", DAY, undoing_for(act))
        log.add(act)
    assert words_in_force(log) == ["one"]


def test_what_a_taken_back_act_replaced_stays_replaced_where_a_later_act_knew_both() -> None:
    log = ActLog()
    say(log, "one")
    two = say(log, "two")
    say(log, "three")
    log.add(Act("f" * 32, log.last_clock + 1, "reader-1", DAY, undoing_for(two)))
    assert words_in_force(log) == ["three"]


def undoing_for(act: Act) -> Undoing:
    """The content of an undoing that no rule let through."""
    return Undoing(act.id)


def test_two_copies_that_did_not_know_of_each_other_contradict_until_a_third_act() -> None:
    log = ActLog()
    base = say(log, "one")
    mine, theirs = ActLog([base]), ActLog([base])
    a, b = say(mine, "mine"), say(theirs, "theirs", role="reader-2")
    both = ActLog([base, a, b])
    assert sorted(words_in_force(both)) == ["mine", "theirs"]
    assert list(both.contested_cells()) == [CELL]
    assert both.content(CELL) == ActLog([b, a, base]).content(CELL)
    say(both, "together")
    assert words_in_force(both) == ["together"]
    assert both.contested_cells() == {}


def test_acts_that_cannot_be_taken_back_say_why() -> None:
    log = ActLog()
    one = say(log, "one")
    two = say(log, "two")
    with refused("PROJECT_021"):
        make_undoing(log, "e" * 32, role="reader-1")
    with refused("PROJECT_022"):
        make_undoing(log, two.id, role="reader-2")
    with refused("PROJECT_023"):
        make_undoing(log, one.id, role="reader-1")
    back = undo(log, two)
    with refused("PROJECT_024"):
        make_undoing(log, two.id, role="reader-1")
    say(log, "three")
    with refused("PROJECT_023"):
        make_undoing(log, back.id, role="reader-1")


@pytest.mark.parametrize("role", ["", "Reader", "anna maria", "-a", "a" * 31, "rôle"])
def test_a_role_is_a_plain_label(role: str) -> None:
    with refused("PROJECT_020"):
        make_act(ActLog(), CodeEntry("c", "Told"), role=role, day=DAY)


@given(st.lists(st.integers(0, 9), max_size=30), st.randoms(use_true_random=False))
def test_the_order_in_which_acts_come_makes_no_difference(steps: list[int], chance: random.Random) -> None:
    copies = [ActLog(), ActLog()]
    for step in steps:
        log = copies[step % 2]
        mine = [act for act in log if act.content.kind != "undoing" or step > 5]
        if step > 6 and mine:
            chosen = chance.choice(mine)
            log.add(Act(f"{chance.getrandbits(128):032x}", log.last_clock + 1, "reader-1", DAY, undoing_for(chosen)))
        elif step == 4:
            for act in copies[1]:
                log.add(act)
        else:
            say(log, str(step), memo="m" if step < 3 else "n")
    acts = [*copies[0], *copies[1]]
    shuffled = chance.sample(acts, len(acts))
    one, other = ActLog(acts), ActLog()
    for act in shuffled:
        other.add(act)
        for cell in (CELL, ("memo", "n")):
            other.in_force(cell)  # what was worked out before an act came must not stay
    assert list(one) == list(other)
    for cell in (CELL, ("memo", "n")):
        assert one.in_force(cell) == other.in_force(cell)
        assert bool(one.in_force(cell)) or all(one.is_undone(act) for act in one if act.content.cell == cell)
