"""Every name in a register is the name of something: countries, provisions, standards, topics, choices."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from pydantic import BaseModel

from kuule.core.problems import Problem
from kuule.core.suggestions import did_you_mean
from kuule.register.check_rules.checked_register import CheckedRegister
from kuule.register.data_model.answers import Answer, ChoiceAnswer
from kuule.register.reading.data_paths import DataPath

CODE = "REGISTER_006"
_LISTED = 8
"""Of many names a problem lists so many."""


def check(checked: CheckedRegister) -> Iterator[Problem]:
    """A problem for each name that is not known, with the nearest that is."""
    return chain(
        _of_settings(checked), _of_provisions(checked), _of_values(checked), _of_codings(checked), _of_actions(checked)
    )


def _unknown(
    checked: CheckedRegister, part: BaseModel, path: DataPath, name: str, known: tuple[str, Collection[str]]
) -> Iterator[Problem]:
    """A problem unless the name is known; `known` says what kind of thing it names, and all there are of it."""
    what, names = known
    if name not in names:
        listed = sorted(names)
        more = ", …" if len(listed) > _LISTED else ""
        otherwise = f"use one that the register has: {', '.join(listed[:_LISTED]) or 'none'}{more}"
        cause = f"{name!r} is no {what} of this register"
        yield checked.error_problem(CODE, part, path, cause, did_you_mean(name, names, otherwise))


def _countries(checked: CheckedRegister) -> tuple[str, Collection[str]]:
    settings = checked.register.settings
    return "country", frozenset((*settings.countries, *settings.also_seen))


def _provisions(checked: CheckedRegister) -> tuple[str, Collection[str]]:
    return "provision", checked.register.provisions.keys()


def _standards(checked: CheckedRegister) -> tuple[str, Collection[str]]:
    return "standard", checked.register.standards.keys()


def _of_settings(checked: CheckedRegister) -> Iterator[Problem]:
    settings = checked.register.settings
    if settings.map_provision is not None:
        yield from _unknown(checked, settings, ("map_provision",), settings.map_provision, _provisions(checked))


def _of_provisions(checked: CheckedRegister) -> Iterator[Problem]:
    topics = "topic", frozenset(topic.id for topic in checked.register.settings.topics)
    for provision in checked.register.provisions.values():
        yield from _unknown(checked, provision, ("topic",), provision.topic, topics)
        for number, held in enumerate(provision.standards):
            path = ("standards", number, "standard")
            yield from _unknown(checked, provision, path, held.standard, _standards(checked))


def _of_values(checked: CheckedRegister) -> Iterator[Problem]:
    for read in checked.register.values.values():
        yield from _unknown(checked, read, ("country",), read.country, _countries(checked))
        yield from _unknown(checked, read, ("provision",), read.provision, _provisions(checked))
        for number, value in enumerate(read.values):
            path = ("values", number, "answer", "choice")
            yield from _unknown_choice(checked, read, path, read.provision, value.answer)


def _of_codings(checked: CheckedRegister) -> Iterator[Problem]:
    for file in checked.register.codings:
        for number, coding in enumerate(file.codings):
            path = ("codings", number)
            yield from _unknown(checked, file, (*path, "country"), coding.country, _countries(checked))
            yield from _unknown(checked, file, (*path, "provision"), coding.provision, _provisions(checked))
            yield from _unknown_choice(checked, file, (*path, "answer", "choice"), coding.provision, coding.answer)


def _of_actions(checked: CheckedRegister) -> Iterator[Problem]:
    for action in checked.register.actions.values():
        known = (
            ("countries", action.countries, _countries(checked)),
            ("provisions", action.provisions, _provisions(checked)),
            ("standards", action.standards, _standards(checked)),
        )
        for key, names, all_known in known:
            for number, name in enumerate(names):
                yield from _unknown(checked, action, (key, number), name, all_known)


def _unknown_choice(
    checked: CheckedRegister, part: BaseModel, path: DataPath, asked: str, answer: Answer | None
) -> Iterator[Problem]:
    provision = checked.register.provisions.get(asked)
    if isinstance(answer, ChoiceAnswer) and provision is not None and provision.kind == "choice":
        yield from _unknown(checked, part, path, answer.choice, ("choice", [one.id for one in provision.choices]))
