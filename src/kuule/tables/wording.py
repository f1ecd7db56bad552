"""The words for the codes of a table: what was asked and what could be answered, in each language. No numbers here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AskedIn:
    """Which editions of the questionnaire asked a question, by their `numbers` from 1, of how many. `reworded` says
    that others asked it in other words, which are counted apart."""

    numbers: tuple[int, ...]
    of: int
    reworded: bool = False


@dataclass(frozen=True, slots=True)
class ItemWording:
    """One item in one language: the question as it was shown, and the label of each answer code."""

    name: str
    question: str
    answers: Mapping[str, str]
    sensitive: bool = False
    order_matters: bool = False
    """True if the answers are a scale, so that a chart keeps their order."""
    multiple: bool = False
    """True if a person can give several answers."""
    quotes_answer: bool = False
    """True if the question quoted an earlier answer of each person. An ellipsis is in that place."""
    asked_in: AskedIn | None = None
    """Who could have been asked, where that is not everybody: the people who answered these editions."""


@dataclass(frozen=True, slots=True)
class Wording:
    """All items and cuts of a study in one language. `cuts` maps the name of a cut to its title and the label of each
    group code, in order if it is one of `ordered_cuts`; `links` maps the code of a partner's link to the partner's
    name. `sections` are the parts of the questionnaire in order, each as (heading, names of its items); a part without
    a heading has ""."""

    language: str
    title: str
    organisation: str
    items: Mapping[str, ItemWording]
    cuts: Mapping[str, tuple[str, Mapping[str, str]]]
    links: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ordered_cuts: frozenset[str] = frozenset()
