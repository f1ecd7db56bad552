"""How well blind coders agree on each provision: the share of units on which they differ, and alpha by variable."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from kuule.register.agreement.divergence import (
    Divergence,
    DoubleCoding,
    ProvisionCoding,
    provision_codings,
)
from kuule.register.data_model.answers import AgeAnswer, ChoiceAnswer, DateAnswer, TimeLimit
from kuule.register.data_model.codings import BlindCoding
from kuule.register.data_model.limit_ends import several, year_classes
from kuule.register.data_model.provisions import Provision
from kuule.register.data_model.whole_register import Register
from kuule.reliability.krippendorff_alpha import Level, krippendorff_alpha

_NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """Of one provision: what double coding says of it, how far coders differ (None where
    two never coded it in one country), and alpha by variable, None where it is not defined."""

    provision: str
    double_coding: DoubleCoding
    divergence: Divergence | None
    alphas: Mapping[str, float | None]


def coder_agreements(register: Register) -> tuple[CoderAgreement, ...]:
    """One for each provision, in the register's order, of the last round in which two coded it."""
    known = provision_codings(register)
    return tuple(_agreement(register, provision, known[provision.id]) for provision in register.provisions.values())


def _agreement(register: Register, provision: Provision, found: ProvisionCoding) -> CoderAgreement:
    differ = found.divergence
    alphas = _alphas(register, provision, differ.round) if differ is not None else {}
    return CoderAgreement(provision.id, found.double_coding, differ, alphas)


def _alphas(register: Register, provision: Provision, round_name: str) -> Mapping[str, float | None]:
    units: dict[tuple[str, str, str], list[BlindCoding]] = {}
    for file in register.codings:
        for coding in file.codings:
            if file.round == round_name and coding.provision == provision.id:
                units.setdefault(coding.unit, []).append(coding)
    found = {}
    for name, (level, read) in _variables(provision).items():
        values = [[value for one in unit if (value := read(one.answer)) is not None] for unit in units.values()]
        found[name] = krippendorff_alpha(values, level)
    return found


_Read = Callable[[Any], Hashable]
"""Gives the value of a variable in an answer; None where it says none, which alpha leaves out."""


def _variables(provision: Provision) -> Mapping[str, tuple[Level, _Read]]:
    order = [choice.id for choice in provision.choices]
    by_kind: Mapping[str, Mapping[str, tuple[Level, _Read]]] = {
        "time-limit": {
            "form": (Level.NOMINAL, _code("form")),
            "clock": (Level.NOMINAL, _code("clock")),
            "years": (Level.INTERVAL, _longest),
            "until_age": (Level.INTERVAL, _last_age),
            "earliest_end_age": (Level.INTERVAL, _earliest_end),
        },
        "age": {"age": (Level.INTERVAL, _youngest)},
        "choice": {"choice": (Level.ORDINAL, lambda answer: _place(answer, order))},
        "date": {"done": (Level.NOMINAL, lambda answer: answer.done if isinstance(answer, DateAnswer) else _NOT_SAID)},
        "text": {},
    }
    return by_kind[provision.kind]


def _code(name: str) -> _Read:
    """A code of a time limit. That an answer has none, or could not be given, is a code as well."""
    return lambda answer: getattr(answer, name, None) or _NOT_SAID


def _longest(answer: object) -> int | None:
    return max(year_classes(answer), default=None) if isinstance(answer, TimeLimit) else None


def _last_age(answer: object) -> int | None:
    return max(several(answer.until_age), default=None) if isinstance(answer, TimeLimit) else None


def _earliest_end(answer: object) -> int | None:
    return answer.earliest_end_age if isinstance(answer, TimeLimit) else None


def _youngest(answer: object) -> int | None:
    return min(several(answer.age), default=None) if isinstance(answer, AgeAnswer) else None


def _place(answer: object, order: list[str]) -> int | None:
    """The place of a choice in the provision's order, which goes from what protects best to what protects least."""
    return order.index(answer.choice) if isinstance(answer, ChoiceAnswer) and answer.choice in order else None
