"""A member at the register: the word that its files have for them, and what they may do with a value.

Files hold `coder-3` and never a name. Coders are numbered in the order in which they first come to the register, and
keep their number whatever role they have later: nobody confirms or decides about what they read themselves.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kuule.core.files import write_atomically
from kuule.core.locks import exclusive_lock
from kuule.core.problems import Problem, WorkbenchError
from kuule.register.comparison.cells import RegisterCell
from kuule.register.data_model.country_values import LegalValue
from kuule.workbench.roles import Member, Permission, Role, may

SEATS_FILE = "register-seats.json"


@dataclass(frozen=True, slots=True)
class RegisterMember:
    """`word` stands for the member in the files. `earlier_words` did while the same person had other roles."""

    member: Member
    word: str
    earlier_words: frozenset[str] = frozenset()

    def may(self, action: Permission, country: str) -> bool:
        return may(self.member, action, country=country)

    def is_own(self, word: str) -> bool:
        """Whether a word of the files may mean this person. Two coordinators have one word, and count as one."""
        return word == self.word or word in self.earlier_words

    def may_change(self, cell: RegisterCell, value: LegalValue) -> bool:
        """Whether the member may write their own value anew: until somebody confirms it or disagrees with it."""
        untouched = value.confirmed_by is None and not value.disagreements and not _is_decided(cell, value)
        return self.may(Permission.PROPOSE_VALUE, cell.country) and value.coded_by == self.word and untouched

    def may_confirm(self, cell: RegisterCell, value: LegalValue) -> bool:
        """Whether the member may say that they read the same: a value of somebody else's, which nobody disputes."""
        is_open = value.confirmed_by is None and not value.is_disputed and not _is_rejected(cell, value)
        return self.may(Permission.CONFIRM_VALUE, cell.country) and is_open and not self.is_own(value.coded_by)

    def may_disagree(self, cell: RegisterCell, value: LegalValue) -> bool:
        """Whether the member may say that they read it otherwise, once at a time; their own value they change."""
        said = any(self.is_own(one.by) for one in value.disagreements if one.settled_on is None)
        is_open = not said and not _is_rejected(cell, value)
        return self.may(Permission.DISAGREE, cell.country) and is_open and not self.is_own(value.coded_by)

    def may_look_again(self, cell: RegisterCell, value: LegalValue) -> bool:
        """Whether the member may say that a value still holds."""
        return self.may(Permission.PROPOSE_VALUE, cell.country) and value in cell.standing and not value.is_disputed

    def may_decide(self, cell: RegisterCell) -> bool:
        """Whether there is something for the member to decide."""
        return self.may(Permission.DECIDE_VALUES, cell.country) and bool(cell.standing or cell.others)

    def is_judge_of(self, value: LegalValue) -> bool:
        """Whether the member stands apart from a value: who read it or disputes it does not decide about it."""
        disputing = any(self.is_own(one.by) for one in value.disagreements if one.settled_on is None)
        return not disputing and not self.is_own(value.coded_by)


def register_member_of(member: Member, data: Path) -> RegisterMember:
    """A member at the register. `data` is the folder of the workbench, where the numbers of coders are kept."""
    roles = {str(role) for role in member.earlier_roles - {Role.CODER, member.role}}
    if member.role is Role.CODER:
        return RegisterMember(member, _coders_word(member.id, data), frozenset(roles))
    known = _read_seats(data / SEATS_FILE)
    numbered = {_word(known.index(member.id))} if member.id in known else set()
    return RegisterMember(member, str(member.role), frozenset(roles | numbered))


def _is_rejected(cell: RegisterCell, value: LegalValue) -> bool:
    """Whether the last decision about a value rejected it."""
    named = [one for one in cell.decisions if value.id in (*one.keeps, *one.rejects)]
    return bool(named) and value.id in sorted(named, key=lambda one: one.on)[-1].rejects


def _is_decided(cell: RegisterCell, value: LegalValue) -> bool:
    return any(value.id in (*one.keeps, *one.rejects) for one in cell.decisions)


def _coders_word(number: int, data: Path) -> str:
    file = data / SEATS_FILE
    known = _read_seats(file)
    if number in known:
        return _word(known.index(number))
    with exclusive_lock(file.with_name(f".{SEATS_FILE}.held"), lambda: None):
        seats = _read_seats(file)
        if number not in seats:
            seats.append(number)
            write_atomically(file, json.dumps(seats).encode(), mode=0o600)
        return _word(seats.index(number))


def _read_seats(file: Path) -> list[int]:
    """The numbers of the coders, in the order in which they came. Raises WorkbenchError."""
    if not file.is_file():
        return []
    try:
        return [int(one) for one in json.loads(file.read_text("utf-8"))]
    except (ValueError, TypeError):
        cause = "the list of who is which coder is no JSON any more"
        remedy = "put it back from the backup: with a new one, two coders could change places"
        raise WorkbenchError(Problem("WORKBENCH_011", file.name, cause, remedy)) from None


def _word(place: int) -> str:
    return f"coder-{place + 1}"
