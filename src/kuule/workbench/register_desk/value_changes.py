"""What a member can do with the values of a cell. Each change makes new values of what the file holds, or says why not.

Nothing is ever deleted: a rejected value stays with the decision that rejected it, and so does a disagreement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pydantic import ValidationError

from kuule.register.comparison.cells import RegisterCell
from kuule.register.data_model.country_values import CountryValues, Decision, Disagreement, LegalValue
from kuule.workbench.member_words.saying import say_between, say_plain
from kuule.workbench.register_desk.register_member import RegisterMember


class ChangeRefused(Exception):
    """The change does not fit what the file holds, or is not this member's to make. The message is a sentence."""


class CellChange(Protocol):
    """One change of one cell."""

    @property
    def words(self) -> str:
        """What was done, for the audit trail."""
        ...

    @property
    def value_id(self) -> str:
        """The value that it is about, "" for several."""
        ...

    def is_made(self, read: CountryValues | None) -> bool:
        """Whether the file has it already, since a button was pressed twice."""
        ...

    def apply(self, cell: RegisterCell, read: CountryValues | None) -> CountryValues:
        """The values with it. Raises ChangeRefused."""
        ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new value, or with `replaces` the member's own one written anew."""

    member: RegisterMember
    value: LegalValue
    replaces: str = ""

    @property
    def words(self) -> str:
        return "changed a value" if self.replaces else "proposed a value"

    @property
    def value_id(self) -> str:
        return self.value.id

    def is_made(self, read: CountryValues | None) -> bool:
        same = (one for one in read.values if one.coded_by == self.value.coded_by) if read else ()
        return any(one == self.value.model_copy(update={"id": one.id}) for one in same)

    def apply(self, cell: RegisterCell, read: CountryValues | None) -> CountryValues:
        if not self.replaces:
            fresh = self.value.model_copy(update={"id": next_value_id(read)})
            if read is None:
                return CountryValues(country=cell.country, provision=cell.provision.id, values=(fresh,))
            return read.model_copy(update={"values": (*read.values, fresh)})
        before = _value(read, self.replaces)
        if not self.member.may_change(cell, before):
            raise ChangeRefused(say_plain("refused_meanwhile"))
        kept = {"id": before.id, "checked_on": None}
        return _replaced(read, self.value.model_copy(update=kept))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A second person read the source and found the same."""

    member: RegisterMember
    value_id: str
    words: str = "confirmed a value"

    def is_made(self, read: CountryValues | None) -> bool:
        found = _find(read, self.value_id)
        return found is not None and found.confirmed_by == self.member.word

    def apply(self, cell: RegisterCell, read: CountryValues | None) -> CountryValues:
        value = _value(read, self.value_id)
        if self.member.is_own(value.coded_by):
            raise ChangeRefused(say_plain("refused_own"))
        if not self.member.may_confirm(cell, value):
            raise ChangeRefused(say_plain("refused_settled"))
        return _replaced(read, value.model_copy(update={"confirmed_by": self.member.word}))


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody read the source otherwise, and says why."""

    member: RegisterMember
    value_id: str
    why: str
    today: date
    words: str = "disagreed with a value"

    def is_made(self, read: CountryValues | None) -> bool:
        found = _find(read, self.value_id)
        return found is not None and any(
            (one.by, one.why) == (self.member.word, self.why) and one.settled_on is None for one in found.disagreements
        )

    def apply(self, cell: RegisterCell, read: CountryValues | None) -> CountryValues:
        value = _value(read, self.value_id)
        if not self.member.may_disagree(cell, value):
            raise ChangeRefused(say_plain("refused_disagree"))
        said = Disagreement(by=self.member.word, on=self.today, why=self.why)
        return _replaced(read, value.model_copy(update={"disagreements": (*value.disagreements, said)}))


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Somebody looked again, and the value still holds. The day of the next look moves."""

    member: RegisterMember
    value_id: str
    today: date
    next_review: date
    words: str = "looked at a value again"

    def is_made(self, read: CountryValues | None) -> bool:
        found = _find(read, self.value_id)
        return found is not None and found.checked_on == self.today and found.next_review == self.next_review

    def apply(self, cell: RegisterCell, read: CountryValues | None) -> CountryValues:
        value = _value(read, self.value_id)
        if not self.member.may_look_again(cell, value):
            raise ChangeRefused(say_plain("refused_look"))
        return _replaced(read, value.model_copy(update={"checked_on": self.today, "next_review": self.next_review}))


@dataclass(frozen=True, slots=True)
class ReviewVerdict:
    """A decision: which values are kept and which rejected, and why. It settles what was disputed about them, and the
    words of the file's `dispute` go with it where `ends_dispute` says so."""

    member: RegisterMember
    keeps: tuple[str, ...]
    rejects: tuple[str, ...]
    why: str
    today: date
    ends_dispute: bool = False
    words: str = "decided between values"

    @property
    def value_id(self) -> str:
        return " ".join((*(f"+{one}" for one in self.keeps), *(f"-{one}" for one in self.rejects)))

    def is_made(self, read: CountryValues | None) -> bool:
        return read is not None and bool(read.decisions) and self._says_the_same(read.decisions[-1])

    def _says_the_same(self, last: Decision) -> bool:
        now = (self.member.word, self.today, self.keeps, self.rejects)
        return (last.by, last.on, last.keeps, last.rejects) == now and last.why.startswith(self.why)

    def apply(self, cell: RegisterCell, read: CountryValues | None) -> CountryValues:
        ids = (*self.keeps, *self.rejects)
        values = [_value(read, one) for one in ids]
        if not self.member.may_decide(cell) or read is None:
            raise ChangeRefused(say_plain("refused_role"))
        if own := [one.id for one in values if not self.member.is_judge_of(one)]:
            raise ChangeRefused(say_plain("refused_judge", values=say_between().join(own)))
        decision = Decision(
            on=self.today, by=self.member.word, keeps=self.keeps, rejects=self.rejects, why=self._reasons(read)
        )
        decided = tuple(self._settled(one) if one.id in ids else one for one in read.values)
        ended = {"dispute": None} if self.ends_dispute else {}
        return read.model_copy(update={"values": decided, "decisions": (*read.decisions, decision), **ended})

    def _reasons(self, read: CountryValues) -> str:
        """Why, with the words of the dispute that it ends: they would be lost otherwise."""
        ends = self.ends_dispute and read.dispute is not None
        return f"{self.why}\n\nWhat was disputed: {read.dispute}" if ends else self.why

    def _settled(self, value: LegalValue) -> LegalValue:
        said = tuple(
            one if one.settled_on is not None else one.model_copy(update={"settled_on": self.today})
            for one in value.disagreements
        )
        return value.model_copy(update={"disagreements": said})


def next_value_id(read: CountryValues | None) -> str:
    """An id that no value of the file has."""
    taken = {one.id for one in read.values} if read else set()
    number = len(taken) + 1
    while f"v{number}" in taken:
        number += 1
    return f"v{number}"


def apply_change(change: CellChange, cell: RegisterCell, read: CountryValues | None) -> CountryValues:
    """The values with a change, held once more to all that the model demands of a file. Raises ChangeRefused."""
    try:
        return CountryValues.model_validate(change.apply(cell, read).model_dump())
    except ValidationError as error:
        raise ChangeRefused(" ".join(_said(one) for one in error.errors(include_url=False))) from None


def _said(error: Mapping[str, object]) -> str:
    context = error.get("ctx")
    said = str(context["error"]) if isinstance(context, dict) and "error" in context else str(error["msg"])
    return f"{said[:1].upper()}{said[1:]}."


def _find(read: CountryValues | None, value_id: str) -> LegalValue | None:
    return next((one for one in read.values if one.id == value_id), None) if read else None


def _value(read: CountryValues | None, value_id: str) -> LegalValue:
    found = _find(read, value_id)
    if found is None:
        raise ChangeRefused(say_plain("refused_gone"))
    return found


def _replaced(read: CountryValues | None, value: LegalValue) -> CountryValues:
    if read is None:
        raise ChangeRefused(say_plain("refused_gone"))
    return read.model_copy(update={"values": tuple(value if one.id == value.id else one for one in read.values)})
