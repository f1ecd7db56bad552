"""Cells: one country on one provision, with what is known of it and how well."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kuule.register.agreement.divergence import DoubleCoding, double_codings
from kuule.register.check_rules.contradictions import Contradiction, contradictions, standing_values
from kuule.register.data_model.country_values import CountryValues, Decision, LegalStatus, LegalValue
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.sources import Confidence
from kuule.register.data_model.whole_register import Register


class RegisterCellState(StrEnum):
    """What a register knows. `open`: nobody has read what the law in force says, though bills, older law, or words
    of which nobody knows whether they are in force or what they come to may be among the cell's other values.
    `single`: one reading, or several of which no two contradict each other.
    `contradicted`: sources contradict each other, or somebody disagrees with a reading, and nobody has decided."""

    OPEN = "open"
    SINGLE = "single"
    CONTRADICTED = "contradicted"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """What a register says of one country on one provision.

    `standing` are the values that say what the law is today, `others` the rest: rejected, repealed, proposed, not in
    force yet. `contradictions` are the pairs of standing values that cannot both be right, `dispute` what somebody says
    in words of that. `is_due`: the next review of a standing value has passed. `confidence` is the best of a
    standing value, None in an open cell.
    """

    country: str
    provision: Provision
    state: RegisterCellState
    standing: tuple[LegalValue, ...]
    others: tuple[LegalValue, ...]
    contradictions: tuple[Contradiction, ...]
    dispute: str | None
    decisions: tuple[Decision, ...]
    double_coding: DoubleCoding
    is_due: bool

    @property
    def is_law(self) -> bool:
        """Whether a standing value was read in the statute itself. Somebody's ranking of countries never is."""
        return not self.provision.ranking and any(value.source.is_law for value in self.standing)

    @property
    def is_confirmed(self) -> bool:
        """Whether a second person confirmed each standing value."""
        return bool(self.standing) and all(value.confirmed_by is not None for value in self.standing)

    @property
    def is_unsettled(self) -> bool:
        """Whether double coding of the provision diverges too much, or was never done; `double_coding` says which."""
        return self.double_coding is not DoubleCoding.SETTLED

    @property
    def confidence(self) -> Confidence | None:
        """The best of a standing value: A before D."""
        return min((value.confidence for value in self.standing), default=None)

    @property
    def uncompared(self) -> tuple[LegalValue, ...]:
        """Standing values without a coded answer, where there is more than one value: nobody can say by the coded
        answers whether they agree with the others."""
        return tuple(value for value in self.standing if value.answer is None) if len(self.standing) > 1 else ()


def cells(register: Register, today: date) -> Mapping[tuple[str, str], RegisterCell]:
    """By country and provision: every provision of the register's countries, in their order, and of countries that
    were also seen what was read there."""
    double_coding = double_codings(register)
    found = {}
    for country, provision in _places(register):
        read = register.values.get((country, provision.id))
        found[country, provision.id] = _cell(register, country, provision, read, double_coding[provision.id], today)
    return found


def _places(register: Register) -> Iterator[tuple[str, Provision]]:
    for country in register.settings.countries:
        yield from ((country, provision) for provision in register.provisions.values())
    for country in register.settings.also_seen:
        for provision in register.provisions.values():
            if (country, provision.id) in register.values:
                yield country, provision


def _cell(
    register: Register,
    country: str,
    provision: Provision,
    read: CountryValues | None,
    double_coding: DoubleCoding,
    today: date,
) -> RegisterCell:
    if read is None:
        return RegisterCell(
            country, provision, RegisterCellState.OPEN, (), (), (), None, (), double_coding, is_due=False
        )
    standing = _readings(standing_values(read, today))
    against = contradictions(read, today, register.settings.age_of_majority)
    return RegisterCell(
        country,
        provision,
        _state(read, standing, against),
        standing,
        tuple(value for value in read.values if value not in standing),
        against,
        read.dispute,
        read.decisions,
        double_coding,
        is_due=any(value.is_due(today) for value in standing),
    )


def _readings(standing: tuple[LegalValue, ...]) -> tuple[LegalValue, ...]:
    """What stands, if any of it says what the law is: words without a coded answer, of which it is not clear whether
    they are in force, do not."""
    return standing if any(one.status is LegalStatus.IN_FORCE or one.answer for one in standing) else ()


def _state(
    read: CountryValues, standing: tuple[LegalValue, ...], against: tuple[Contradiction, ...]
) -> RegisterCellState:
    if against or read.dispute is not None or any(value.is_disputed for value in standing):
        return RegisterCellState.CONTRADICTED
    if not standing:
        return RegisterCellState.OPEN
    return RegisterCellState.DECIDED if read.decisions else RegisterCellState.SINGLE
